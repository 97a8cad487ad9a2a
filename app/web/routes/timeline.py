"""The timeline: the whole page, or the part that htmx swaps."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

from app.db import queries
from app.db.rows import Cursor, SavedView, SiteSummary
from app.domain.filters import Facet, Filters, Limit
from app.web import urls
from app.web.api.answers import unchanged
from app.web.deps import Here
from app.web.render import FIXED, current_query, is_swap, page_tag, respond, swap_target
from app.web.views import timeline as views
from app.web.views.facets import SuggestedActors, choices
from app.web.views.item_list import item_list
from app.web.views.shell import Shell
from app.web.views.source import Source, source

router = APIRouter()
PAGE = 50
CONTESTED = 6


@router.get("/suggested-actors")
def suggest_actors(request: Request, here: Here, name: str = "") -> Response:
    """The actors that the typed name may mean, to be ticked as those of the facet are."""
    filters = urls.read_filters(request.query_params)
    with here.reading() as conn:
        found = queries.suggested_actors(conn, filters, name)
    return respond(SuggestedActors(name=name.strip(), choices=choices(Facet.ACTOR, found)))


@router.get("/")
def show(request: Request, here: Here) -> Response:
    """The timeline under the query's filters, with the item of `item` open.

    `pages` says how many pages of the list to show, `after` with which later place to begin.
    """
    query = request.query_params
    filters = urls.read_filters(query)
    target = swap_target(request) if is_swap(request) else ""
    after = Cursor.decode(query["after"]) if query.get("after") else None
    with here.reading() as conn:
        as_asked, filters = filters, queries.named_actors(conn, filters)
        has_empty = any(not value for _, value in query.multi_items())
        if not is_swap(request) and (has_empty or filters != as_asked):  # a plain form sends what it has as it is
            return RedirectResponse(urls.href("/", filters, item=query.get("item")), status_code=303)
        if target == "more":
            days = queries.day_counts(conn, filters.lifting(Limit.DATES))
            page = queries.timeline_cards(conn, filters, limit=PAGE, after=after)
            pages = urls.read_pages(query)
            more = item_list(page, filters, days, seen=query.get("seen"), current=None, pages=pages)
            opened_uid = current_query(request).get("item")
            address = urls.href("/", filters, item=opened_uid, pages=urls.pages_parameter(pages))
            return respond(more, headers={"HX-Replace-Url": address})
        if target == "source":
            pane = views.source_pane(None, queries.contested(conn, filters, limit=CONTESTED), filters)
            shown = urls.pages_parameter(urls.read_pages(current_query(request)))
            return respond(pane, headers={"HX-Push-Url": urls.href("/", filters, pages=shown)})
        site = here.site(conn)
        shell = here.shell(site, "timeline", filters, address=urls.href("/", filters))
        saved = queries.saved_views(conn)
        tag = page_tag(request.url, target, site, shell, saved)
        if same := unchanged(request, tag, FIXED):
            return same
        opened = open_source(conn, query.get("item"), filters, base=str(request.base_url))
        results = make_results(
            conn, shell, site, filters, saved, opened, after=after, seen=query.get("seen"), pages=urls.read_pages(query)
        )
    if target:
        uid = opened.card.uid if opened else None
        address = urls.href("/", filters, item=uid, pages=urls.pages_parameter(urls.read_pages(query)))
        is_new = address.partition("?")[2] != str(current_query(request))
        return respond(results, headers={"HX-Push-Url": address if is_new else "false", "ETag": tag})
    if opened:  # what is shared is the item
        shell = replace(shell, address=f"/items/{opened.card.uid}")
    return respond(views.TimelinePage(shell=shell, results=results), headers={"ETag": tag})


def make_results(
    conn: Connection,
    shell: Shell,
    site: SiteSummary,
    filters: Filters,
    saved: Sequence[SavedView],
    opened: Source | None,
    *,
    after: Cursor | None,
    seen: str | None,
    pages: int,
) -> views.Results:
    """Everything that the filters change."""
    undated = filters.lifting(Limit.DATES)
    counts = queries.count_items(conn, filters)
    days = queries.day_counts(conn, undated)
    return views.results(
        shell=shell,
        site=site,
        filters=filters,
        saved=saved,
        page=queries.timeline_cards(conn, filters, limit=PAGE * pages, after=after),
        counts=counts,
        facets=queries.facet_counts(conn, filters),
        days=days,
        all_days=queries.day_counts(conn, Filters()) if undated.is_narrowed() else days,
        source=opened,
        contested=None if opened else queries.contested(conn, filters, limit=CONTESTED),
        ways_out=queries.ways_out(conn, filters) if counts.total and not counts.items else None,
        after=after,
        seen=seen,
        pages=pages,
    )


def open_source(conn: Connection, uid: str | None, filters: Filters, *, base: str) -> Source | None:
    """The item's evidence for the pane; None where there is no such item (any more)."""
    row = queries.item(conn, uid) if uid else None
    document = queries.document(conn, row.document_id) if row else None
    if row is None or document is None:
        return None
    told = queries.document_items(conn, document.id)
    return source(row, document, told, filters, base=base, besides=queries.told_with(conn, row.id))
