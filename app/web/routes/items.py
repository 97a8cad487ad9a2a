"""An item's permalink: its own page, or the pane beside the timeline."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import queries
from app.domain.errors import NotFound
from app.web import urls
from app.web.deps import Here
from app.web.render import current_query, is_swap, respond, swap_target
from app.web.views import words
from app.web.views.items import ItemPage
from app.web.views.source import excerpt, mentions, source
from app.web.views.timeline import source_pane

router = APIRouter()


@router.get("/items/{uid}")
def show(request: Request, here: Here, uid: str) -> Response:
    """The item with its evidence; the query is the timeline's choice, to go back to."""
    filters = urls.read_filters(request.query_params)
    with here.reading() as conn:
        row = queries.item(conn, uid)
        document = queries.document(conn, row.document_id) if row else None
        if row is None or document is None:
            raise NotFound("This item does not exist, or was removed with its article.")
        items, besides = queries.document_items(conn, document.id), queries.told_with(conn, row.id)
        found = source(row, document, items, filters, base=str(request.base_url), besides=besides)
        if is_swap(request) and swap_target(request) == "source":
            pane = source_pane(found, None, filters)
            pages = urls.pages_parameter(urls.read_pages(current_query(request)))
            return respond(pane, headers={"HX-Push-Url": urls.href("/", filters, item=uid, pages=pages)})
        told = mentions(queries.item_mentions(conn, row.id), row)
        site = here.site(conn)
    page = ItemPage(
        shell=here.shell(site, "timeline", filters, address=f"/items/{uid}"),
        source=found,
        context=excerpt(found.paragraphs),
        mentions=told,
        day=words.fuzzy(row.date),
    )
    return respond(page)
