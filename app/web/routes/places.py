"""The map of where items are placed."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import queries
from app.db.cache import ByGeneration
from app.db.places import Positions, place_counts
from app.domain.vocabulary import ItemKind
from app.web import urls
from app.web.api.answers import answer_by_content
from app.web.deps import Here
from app.web.render import respond
from app.web.views import words
from app.web.views.map import map_page
from app.web.views.rings import View

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
    filters = urls.read_filters(request.query_params)
    positions: ByGeneration[Positions] = request.app.state.positions
    with here.reading() as conn:
        found, unplaced = place_counts(conn, filters, positions.get(conn))
    shown = Places(
        places=[
            PlacedItems(
                name=place.name,
                lat=place.position[0] if place.position else None,
                lon=place.position[1] if place.position else None,
                items=dict(place.counts),
            )
            for place in found
        ],
        unplaced=unplaced,
    )
    return answer_by_content(request, shown)


@router.get("/map")
def show(request: Request, here: Here) -> Response:
    """The places of what the filters show; `view` is "longitude,latitude,width in km" where not all that is wanted."""
    filters = urls.read_filters(request.query_params)
    positions: ByGeneration[Positions] = request.app.state.positions
    with here.reading() as conn:
        filters = queries.named_actors(conn, filters)
        found, unplaced = place_counts(conn, filters, positions.get(conn))
        site = here.site(conn)
    shell = here.shell(site, "map", filters, address=urls.href("/map", filters, view=request.query_params.get("view")))
    first, last = filters.first or site.first_day, filters.last or site.last_day
    page = map_page(
        found,
        unplaced,
        filters,
        View.read(request.query_params.get("view", "")),
        shell=shell,
        span=words.months(first, last) if first and last else "",
    )
    return respond(page)
