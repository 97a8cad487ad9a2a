"""The map of where items are placed."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.db import queries
from app.db.cache import ByGeneration
from app.db.places import PlaceCount, Positions, place_counts, placed_by_kind
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.exports.csv import csv_lines
from app.web import urls
from app.web.api.answers import answer_by_content
from app.web.deps import Here
from app.web.maps.view import Step, View
from app.web.render import is_swap, respond
from app.web.views import words
from app.web.views.map import MapPage, map_view
from app.web.views.shell import Shell

router = APIRouter()


@dataclass(slots=True)
class PlacedItems:
    """A place; `items` counts them by kind, `lat` and `lon` are degrees, null where the place is not known here."""

    name: str
    lat: float | None
    lon: float | None
    items: dict[ItemKind, int]


@dataclass(slots=True)
class Places:
    """The places, those with most items first, and how many items name none."""

    places: list[PlacedItems]
    unplaced: int


@router.get("/map.json")
def as_data(request: Request, here: Here) -> Response:
    """The places of what the filters show, with their positions and how many items of each kind each has."""
    found, unplaced = _places(request, here)
    shown = [PlacedItems(each.name, *_lat_lon(each), dict(each.counts)) for each in found]
    return answer_by_content(request, Places(shown, unplaced))


@router.get("/map.csv")
def as_table(request: Request, here: Here) -> Response:
    """The same, a place a line."""
    found, _ = _places(request, here)
    rows = [[each.name, *_lat_lon(each), *(each.counts.get(kind, 0) for kind in ItemKind)] for each in found]
    lines = "".join(csv_lines(("place", "lat", "lon", *ItemKind), rows))
    return Response(lines, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="places.csv"'})


def _places(request: Request, here: Here) -> tuple[Sequence[PlaceCount], int]:
    positions: ByGeneration[Positions] = request.app.state.positions
    with here.reading() as conn:
        filters = queries.named_actors(conn, urls.read_filters(request.query_params))
        return place_counts(conn, filters, positions.get(conn))


def _lat_lon(place: PlaceCount) -> tuple[float | None, float | None]:
    return place.position or (None, None)


@router.get("/map")
def show(request: Request, here: Here) -> Response:
    """The places of what the filters show, or the part of the page that a move or a filter changes.

    `view` is "longitude,latitude,kilometres of the shorter side" where not all that is wanted, `by` a step from there.
    """
    query = request.query_params
    filters = urls.read_filters(query)
    view, step = View.read(query.get("view", "")), Step.read(query.get("by", ""))
    view = view.after(step) if view and step else view
    positions: ByGeneration[Positions] = request.app.state.positions
    with here.reading() as conn:
        filters = queries.named_actors(conn, filters)
        if not is_swap(request) and any(not value for _, value in query.multi_items()):  # a plain form sends all it has
            return RedirectResponse(urls.href("/map", filters, view=view.written() if view else None), status_code=303)
        found, unplaced = place_counts(conn, filters, positions.get(conn))
        kinds = placed_by_kind(conn, filters)
        facets = queries.facet_counts(conn, filters)
        site = here.site(conn)
    address = urls.href("/map", filters, view=view.written() if view else None)
    shell = here.shell(site, "map", filters, address=address)
    drawn = map_view(
        found,
        unplaced,
        filters,
        view,
        shell=shell,
        span=_span(shell, filters),
        kinds=kinds,
        facets=facets,
    )
    if is_swap(request):
        return respond(drawn, headers={"HX-Push-Url": address})
    return respond(MapPage(shell=drawn.shell, map=drawn))


def _span(shell: Shell, filters: Filters) -> str:
    """The dates chosen; without any the months of the crisis, in the words of the timeline's title."""
    if filters.first or filters.last:
        return words.short_days(filters.first, filters.last)
    return shell.period
