"""The list of places beside the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.db.places import PlaceCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in, country_name
from app.web.maps.frame import Frame
from app.web.maps.ground import code_of
from app.web.maps.outlines import land_near
from app.web.maps.regions import is_broad
from app.web.views import words
from app.web.views.cards import Code
from app.web.views.rings import items_href


@dataclass(frozen=True, slots=True)
class KindCount:
    """A place's items of one kind, and in words."""

    kind: ItemKind
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place with its country; `note` says what readers would else miss on the map."""

    name: str
    code: Code | None
    href: str
    count: int
    kinds: tuple[KindCount, ...]
    note: str


def place_lines(places: Sequence[PlaceCount], frame: Frame | None, filters: Filters) -> Iterator[PlaceLine]:
    """The places in their order; without a frame, nothing is said of where they are."""
    at = frame.points([(p.position[1], p.position[0]) if p.position else (0.0, 0.0) for p in places]) if frame else ()
    in_view = {place.name for place, point in zip(places, at, strict=False) if point}
    for place in places:
        kinds = (kind for kind in ItemKind if place.counts.get(kind))
        land = land_near(place.position[1], place.position[0]) if place.position and not is_broad(place.name) else None
        code = code_of(land.name) if land else None if place.position else country_in(place.name)
        yield PlaceLine(
            name=place.name,
            code=Code(code, country_name(code)) if code else None,
            href=items_href(filters, [place.name]),
            count=place.total,
            kinds=tuple(
                KindCount(kind, place.counts[kind], words.counted(place.counts[kind], *words.COUNTED[kind]))
                for kind in kinds
            ),
            note=_note(
                place, is_disputed=land is not None and land.dispute is not None, is_in_view=place.name in in_view
            )
            if frame
            else "",
        )


def _note(place: PlaceCount, *, is_disputed: bool, is_in_view: bool) -> str:
    if is_broad(place.name):
        return "too broad for a point"
    if not place.position:
        return "" if country_in(place.name) else "not on the map"
    notes = ["disputed"] if is_disputed else []
    if not is_in_view:
        notes.append("outside this view")
    return ", ".join(notes)
