"""Version 1 of the interface for programs: read-only, the same filters as the timeline, described by OpenAPI."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.db import profiles, queries
from app.db.actors import actor_page
from app.db.directory import Directory
from app.db.ties import actor_ties, country_ties
from app.domain.errors import BadRequest, NotFound
from app.domain.vocabulary import ActorKind, ItemKind
from app.knowledge.known_actors import known_profile
from app.web import urls
from app.web.api import lane_models, models
from app.web.api import lanes as lane_shapes
from app.web.api.answers import answer, answer_by_content, generation_tag, unchanged
from app.web.api.parameters import EMPTY_IS_NONE, IS_A_DAY, After, Choice, Limit, Place
from app.web.api.problems import documented
from app.web.deps import Here
from app.web.views.reading import coverage
from app.web.views.source import marked

ROOT = "/api/v1"
LARGEST_ID = 2**31 - 1
router = APIRouter(prefix=ROOT, responses=documented(422))


@router.get("/items", tags=["items"], response_model=models.ItemPage, responses=documented(400))
def items(request: Request, here: Here, filters: Choice, after: Place, limit: Limit = 50) -> Response:
    """The items that the filters show, in the order of their dates, those without a date last."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        page = queries.timeline_items(conn, filters, limit=limit, after=after)
    more = {"limit": str(limit), "after": page.next.encode()} if page.next else {}
    following = urls.href(f"{ROOT}/items", filters, **more) if more else None
    return answer(request, models.ItemPage([models.item(row) for row in page.items], following), tag)


@router.get("/items/{uid}", tags=["items"], response_model=models.ItemDetail, responses=documented(404))
def item(request: Request, here: Here, uid: str) -> Response:
    """One item with every place that tells of it."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        row = queries.item(conn, uid)
        if row is None:
            raise NotFound("This item does not exist, or was removed with its article.")
        spans = queries.item_mentions(conn, row.id)
    return answer(request, models.ItemDetail(models.item(row), [models.span(each) for each in spans]), tag)


@router.get("/articles", tags=["articles"], response_model=models.ArticlePage, responses=documented(400))
def articles(
    request: Request,
    here: Here,
    after: Place,
    limit: Limit = 50,
    q: Annotated[str, Query(description="Text in title, outlet or file name.")] = "",
) -> Response:
    """The articles, the newest first, those without a date last."""
    with here.reading() as conn:
        page = queries.documents(conn, limit=limit, after=after, text=q)
    following = None
    if page.next:
        pairs = [("q", q), ("limit", str(limit)), ("after", page.next.encode())]
        following = f"{ROOT}/articles?{urlencode([pair for pair in pairs if pair[1]])}"
    found = models.ArticlePage([models.article(row) for row in page.documents], following)
    return answer_by_content(request, found)


@router.get("/articles/{article_id}", tags=["articles"], response_model=models.ArticleDetail, responses=documented(404))
def article(
    request: Request,
    here: Here,
    article_id: int,
    view: Annotated[
        Literal["coverage"] | None, EMPTY_IS_NONE, Query(description="With it, all sentences and what each gave.")
    ] = None,
) -> Response:
    """One article with its text and its items."""
    with here.reading() as conn:
        row = queries.document(conn, article_id) if 0 < article_id <= LARGEST_ID else None
        if row is None:
            raise NotFound("This article does not exist, or was removed.")
        found = queries.document_items(conn, row.id)
    detail = models.ArticleDetail(models.article(row), row.text, [models.item(each) for each in found])
    if view == "coverage":
        detail.sentences = models.sentences(coverage(row.text, marked(found)))
    return answer_by_content(request, detail)


@router.get("/actors", tags=["actors"], response_model=models.ActorPage)
def actors(
    request: Request,
    here: Here,
    limit: Limit = 50,
    after: After = "",
    name: Annotated[str, Query(description="Text in the name.")] = "",
    kind: Annotated[ActorKind | None, EMPTY_IS_NONE, Query(description="What they are.")] = None,
    country: Annotated[str, Query(description="Code of the country that they act or speak for.")] = "",
) -> Response:
    """All actors in the order of their slugs, each with the number of its items."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        page = actor_page(conn, name=name, kind=kind, country=country, limit=limit, after=after or None)
    following = None
    if page.next:
        pairs = [
            ("name", name),
            ("kind", kind or ""),
            ("country", country),
            ("limit", str(limit)),
            ("after", page.next),
        ]
        following = f"{ROOT}/actors?{urlencode([pair for pair in pairs if pair[1]])}"
    counted = [models.CountedActor(models.actor(row), count) for row, count in page.actors]
    return answer(request, models.ActorPage(counted, following), tag)


@router.get("/actors/{slug}", tags=["actors"], response_model=models.ActorDetail, responses=documented(404))
def actor(request: Request, here: Here, slug: str) -> Response:
    """One actor: what is known of it, its items by kind, and whom it has to do with."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        found = profiles.actor(conn, slug)
        if found is None:
            raise NotFound("No actor has this slug.")
        directory: Directory = request.app.state.directory.get(conn)
        ties = directory.ties(slug, lambda: actor_ties(conn, found.row.id))
        entry = directory.actor(found.row.slug)
    known = known_profile(found.key) if found.key else None
    detail = models.ActorDetail(
        actor=models.actor(found.row),
        url=f"/actors/{found.row.slug}",
        items=_shown(entry.counts) if entry else {},
        aliases=list(dict.fromkeys((*(known.aliases if known else ()), *found.names))),
        offices=[models.Office(**asdict(office)) for office in known.offices] if known else [],
        learnt_from=found.origin.document_id if found.origin else None,
        ties=models.ties(ties),
    )
    return answer(request, detail, tag)


@router.get("/countries", tags=["countries"], response_model=models.CountryList)
def countries(
    request: Request, here: Here, name: Annotated[str, Query(description="Words of the name, or the code.")] = ""
) -> Response:
    """All countries and bodies that have items, the most items first."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        found = request.app.state.directory.get(conn).find_countries(name)
    return answer(request, models.CountryList([models.country(entry) for entry in found]), tag)


@router.get("/countries/{code}", tags=["countries"], response_model=models.CountryDetail, responses=documented(404))
def country(request: Request, here: Here, code: str) -> Response:
    """One country or body: its items by kind, and whom it has to do with."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        directory: Directory = request.app.state.directory.get(conn)
        entry = directory.country(code)
        if entry is None:
            raise NotFound("No item is about a country or body of this code.")
        ties = directory.ties(code, lambda: country_ties(conn, code))
    detail = models.CountryDetail(models.country(entry), _shown(entry.counts), models.ties(ties))
    return answer(request, detail, tag)


def _shown(counts: Mapping[ItemKind, int]) -> dict[ItemKind, int]:
    return {kind: count for kind, count in counts.items() if count}


@router.get("/facets", tags=["items"], response_model=models.FacetCounts)
def facets(request: Request, here: Here, filters: Choice) -> Response:
    """How many items each value of a facet would show if it alone of the facet were chosen, under all other filters."""
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        counts, values = queries.count_items(conn, filters), queries.facet_counts(conn, filters)
    return answer(request, models.facet_counts(counts, values), tag)


@router.get("/views", tags=["timeline"], response_model=models.SavedViews)
def saved_views(request: Request, here: Here) -> Response:
    """The filters that editors saved under a name."""
    with here.reading() as conn:
        found = queries.saved_views(conn)
    views = [models.SavedView(each.name, each.query, f"/?{each.query}".rstrip("?")) for each in found]
    return answer_by_content(request, models.SavedViews(views))


@router.get("/lanes", tags=["timeline"], response_model=lane_models.Lanes, responses=documented(400))
def lanes(
    request: Request,
    here: Here,
    filters: Choice,
    first: Annotated[date, IS_A_DAY, Query(alias="a", description="First day of the window.")],
    last: Annotated[date, IS_A_DAY, Query(alias="b", description="Last day of the window, included.")],
    width: Annotated[float, Query(alias="w", gt=0, le=1_000_000, description="Width of the window in CSS pixels.")],
    margin: Annotated[
        int, Query(alias="m", ge=0, le=100_000, description="So many more days are drawn on both sides of the window.")
    ] = 0,
) -> Response:
    """What the timeline draws in a window of days: bars, marks or marks with words, by the pixels that a day has.

    Under 7 pixels a day, bars of weeks; from 48, marks with words; between them marks, or bars of days where marks
    would hide most items. The window takes the place of the filters `from` and `to`, so that what lies beside the
    chosen days can be drawn, too; links leave them out.
    """
    if last < first:
        raise BadRequest("The window ends before it begins: `b` must not be before `a`.")
    with here.reading() as conn:
        tag = generation_tag(conn)
        if same := unchanged(request, tag):
            return same
        found = lane_shapes.lanes(conn, request.app.state.drawing.get(conn), filters, first, last, width, margin)
    return answer(request, found, tag)
