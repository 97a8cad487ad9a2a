"""The list of places beside the map."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.db.places import PlaceCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in, country_name
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
    """A place with its country; `note` says what readers would else miss on the map.

    `outside` are the sheets whose view does not have it.
    """

    name: str
    code: Code | None
    href: str
    count: int
    kinds: tuple[KindCount, ...]
    note: str
    outside: tuple[str, ...]


def place_lines(
    places: Sequence[PlaceCount], drawn: Mapping[str, Collection[str]], filters: Filters
) -> Iterator[PlaceLine]:
    """The places in their order; `drawn` are the names of those on the map, by the name of the sheet."""
    href = items_href(filters)
    for place in places:
        kinds = (kind for kind in ItemKind if place.counts.get(kind))
        is_point = place.position is not None and not is_broad(place.name)
        land = land_near(place.position[1], place.position[0]) if place.position and is_point else None
        code = code_of(land.name) if land else None if place.position else country_in(place.name)
        yield PlaceLine(
            name=place.name,
            code=Code(code, country_name(code)) if code else None,
            href=href([place.name]),
            count=place.total,
            kinds=tuple(
                KindCount(kind, place.counts[kind], words.counted(place.counts[kind], *words.COUNTED[kind]))
                for kind in kinds
            ),
            note=_note(place, is_disputed=land is not None and land.dispute is not None),
            outside=tuple(sheet for sheet, names in drawn.items() if place.name not in names)
            if is_point or code
            else (),
        )


def _note(place: PlaceCount, *, is_disputed: bool) -> str:
    if is_broad(place.name):
        return "too broad for a point"
    if not place.position and not country_in(place.name):
        return "not on the map"
    return "disputed" if is_disputed else ""
