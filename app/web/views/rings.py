"""What stands on the map: a ring for each place with its items by kind, near ones made one, and countries' names."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.db.places import PlaceCount
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.maps.area import Area
from app.web.maps.frame import Frame, Sheet
from app.web.maps.joining import Joined, Ring
from app.web.views import words

SMALLEST = 12.0  # radius of a ring, pixels
LABEL_ROOM = 22.0  # pixels around a country's name
MOST_PER_LINK = 30  # places that a link to the timeline can name
MOST_TOLD = 8  # places that a ring's name tells of
CHARACTER, LINE = 7.2, 15.0  # of a ring's name, pixels
MARGIN = 6.0  # for names of wide letters
CAPITAL = 9.2  # of a country's name

type Box = tuple[float, float, float, float]  # left, top, right and bottom, units


@dataclass(frozen=True, slots=True)
class Arc:
    """A kind's part of a ring: its length and where it begins, in percent of the ring."""

    kind: ItemKind
    length: float
    offset: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where a ring's name stands, in pixels from its middle."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A ring: `x`, `y` in percent of the map, `radius` in pixels; without room its name has no `label`.

    `told` are its items by kind, `members` its places where there are several. `is_whole` tells that items name only
    the country, or an area.
    """

    x: float
    y: float
    radius: float
    count: int
    text: str
    label: Label | None
    told: str
    members: str
    places: frozenset[str]
    href: str
    arcs: tuple[Arc, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name on the map, in percent."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Places that are drawn at one point, with where that is in degrees, and all their items.

    `code` is the country's where they name only the country; `is_area` is true of regions, seas and the like.
    """

    lon: float
    lat: float
    places: tuple[PlaceCount, ...]
    total: int
    code: str = ""
    is_area: bool = False

    @property
    def only(self) -> str:
        """What alone is named, where that is no point: a country or an area."""
        return "country" if self.code else "area" if self.is_area else ""


def drawn_marks(
    frame: Frame, areas: Mapping[str, Area], spots: Sequence[Spot], filters: Filters
) -> tuple[list[Mark], list[Name]]:
    """The rings, near ones made one, and the countries' names where there is room."""
    most = max((spot.total for spot in spots), default=1)
    sheet, unit = frame.sheet, frame.sheet.unit
    rings = Joined[Spot](lambda total: _radius(total, most, sheet) * unit, sheet.width, sheet.height)
    points = sorted((spot for spot in spots if not spot.code), key=lambda spot: -spot.total)
    for spot, at in zip(points, frame.points([(spot.lon, spot.lat) for spot in points]), strict=True):
        if at:
            rings.add(*at, spot.total, spot)
    buttons = (sheet.width - sheet.buttons[0] * unit, 0.0, float(sheet.width), sheet.buttons[1] * unit)
    taken = [(buttons[0], buttons[3] * share) for share in (0, 0.25, 0.5, 0.75, 1)] + [(buttons[2], buttons[3])]
    taken += [point for group in rings.rings for point in _around(group, LINE * unit)]
    whole = {spot.code: spot for spot in spots if spot.code}
    for code in sorted(whole.keys() & areas.keys(), key=lambda code: (-whole[code].total, code)):
        x, y, room = areas[code].roomiest(taken)
        if room:
            taken += _around(rings.add(x, y, whole[code].total, whole[code]), LINE * unit)
    rings.settle()
    boxes: list[Box] = [buttons]
    href = items_href(filters)
    marks = [_mark(group, most, sheet, href) for group in sorted(rings.rings, key=lambda group: -group.total)]
    marks = list(_labelled(marks, sheet, boxes))
    return marks, list(_names(areas, whole.keys(), sheet, taken, boxes))


def items_href(filters: Filters) -> Callable[[Collection[str]], str]:
    """A function that makes links to the timeline of the items at some places, under the same filters."""
    link = urls.href_of_values("/", filters, Facet.PLACE)
    return lambda names: link(sorted(set(names))[:MOST_PER_LINK])


def _around(group: Ring[Spot], beyond: float) -> list[tuple[float, float]]:
    x, y, reach = group.x, group.y, group.radius + beyond
    return [(x, y), (x - reach, y), (x + reach, y), (x, y - reach), (x, y + reach)]


def _mark(group: Ring[Spot], most: int, sheet: Sheet, href: Callable[[Collection[str]], str]) -> Mark:
    first = max(group.members, key=lambda spot: spot.total)
    places = sorted((place for spot in group.members for place in spot.places), key=lambda place: -place.total)
    counts: Counter[ItemKind] = Counter()
    for place in places:
        counts.update(place.counts)
    text = country_name(first.code) if first.code else first.places[0].name
    others = len({place.name for place in places} - {text})
    told = ", ".join(words.counted(counts[kind], *words.COUNTED[kind]) for kind in ItemKind if counts[kind])
    members = ", ".join(f"{place.name} {words.number(place.total)}" for place in places[:MOST_TOLD])
    rest = f" and {len(places) - MOST_TOLD} more" if len(places) > MOST_TOLD else ""
    return Mark(
        x=_percent(group.x, sheet.width),
        y=_percent(group.y, sheet.height),
        radius=round(_radius(group.total, most, sheet), 1),
        count=group.total,
        text=f"{text} +{others}" if others else text,
        told=f"{told}; only the {first.only} is named" if first.only and not others else told,
        members=f"{members}{rest}" if others else "",
        places=frozenset(place.name for place in places),
        href=href([place.name for place in places]),
        arcs=tuple(_arcs(counts)),
        is_whole=all(spot.only for spot in group.members),
        label=None,
    )


def _labelled(marks: Sequence[Mark], sheet: Sheet, taken: list[Box]) -> Iterator[Mark]:
    """The marks with their names beside them where there is room: below, to the right, to the left or above."""
    rings = [_box(mark, sheet, -mark.radius, -mark.radius, 2 * mark.radius, 2 * mark.radius) for mark in marks]
    taken += rings
    for mark, ring in zip(marks, rings, strict=True):
        wide, out = CHARACTER * len(mark.text) + MARGIN, mark.radius
        places = (
            (Label(0, out + 15, "middle"), (-wide / 2, out + 3, wide, LINE)),
            (Label(out + 5, 4.5, "start"), (out + 5, -LINE / 2, wide, LINE)),
            (Label(-out - 5, 4.5, "end"), (-out - 5 - wide, -LINE / 2, wide, LINE)),
            (Label(0, -out - 6, "middle"), (-wide / 2, -out - 3 - LINE, wide, LINE)),
        )
        for label, box in places:
            wanted = _box(mark, sheet, *box)
            if _fits(wanted, sheet, taken, but=ring):
                taken.append(wanted)
                mark = replace(mark, label=label)  # noqa: PLW2901
                break
        yield mark


def _names(
    areas: Mapping[str, Area],
    ringed: Collection[str],
    sheet: Sheet,
    away_from: Sequence[tuple[float, float]],
    taken: list[Box],
) -> Iterator[Name]:
    """The names of countries that are large enough and have no ring of their own."""
    unit = sheet.unit
    edges = [*away_from, *(point for left, top, right, bottom in taken for point in ((left, top), (right, bottom)))]
    for code, area in areas.items():
        if code in ringed or min(area.width, area.height) < 2 * LABEL_ROOM * unit:  # no room, wherever
            continue
        x, y, room = area.roomiest(edges)
        text = country_name(code)
        half = CAPITAL * unit * len(text) / 2
        wanted = (x - half, y - LINE * unit, x + half, y + 4 * unit)
        if room > LABEL_ROOM * unit and _fits(wanted, sheet, taken):
            taken.append(wanted)
            yield Name(_percent(x, sheet.width), _percent(y, sheet.height), text)


def _fits(wanted: Box, sheet: Sheet, taken: Sequence[Box], *, but: Box | None = None) -> bool:
    left, top, right, bottom = wanted
    in_frame = left >= 0 and right <= sheet.width and top >= 0 and bottom <= sheet.height
    return in_frame and not any(
        other is not but and left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )


def _box(mark: Mark, sheet: Sheet, x: float, y: float, width: float, height: float) -> Box:
    left, top = mark.x * sheet.width / 100 + x * sheet.unit, mark.y * sheet.height / 100 + y * sheet.unit
    return left, top, left + width * sheet.unit, top + height * sheet.unit


def _arcs(counts: Counter[ItemKind]) -> Iterator[Arc]:
    at, total = 0.0, counts.total()
    for kind in ItemKind:
        if counts[kind]:
            length = 100 * counts[kind] / total
            yield Arc(kind, round(length, 2), round(-at, 2))
            at += length


def _radius(count: int, most: int, sheet: Sheet) -> float:
    return SMALLEST + (sheet.largest_ring - SMALLEST) * math.sqrt(min(count / max(most, 1), 1))


def _percent(value: float, of: int) -> float:
    return round(100 * value / of, 2)
