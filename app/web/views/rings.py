"""What stands on the map: a ring for each place with its items by kind, near ones made one, and countries' names."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.db.places import PlaceCount
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in, country_name
from app.web import urls
from app.web.maps.frame import HEIGHT, WIDTH, Frame, Shape, roomiest
from app.web.views import words

SMALLEST, LARGEST = 12.0, 34.0  # radius of a ring, pixels
LABEL_ROOM = 34.0  # units around a country's name
SMALLEST_NAMED = 4 * LABEL_ROOM**2  # square units
TOGETHER = 0.8  # of both radii; rings nearer than that are one
MOST_PER_LINK = 30  # places that a link to the timeline can name
CHARACTER, LINE = 6.8, 15.0  # of a ring's name, pixels


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

    `is_whole` tells that items name only the country.
    """

    x: float
    y: float
    radius: float
    count: int
    text: str
    label: Label | None
    name: str
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
    """Places that are drawn at one point, with where that is in degrees."""

    lon: float
    lat: float
    places: tuple[PlaceCount, ...]
    is_whole: bool = False

    @property
    def total(self) -> int:
        """All items there."""
        return sum(place.total for place in self.places)

    @property
    def counts(self) -> Counter[ItemKind]:
        """The items by kind."""
        counts: Counter[ItemKind] = Counter()
        for place in self.places:
            counts.update(place.counts)
        return counts


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world somebody asked to see; the default is where the items are."""

    lon: float
    lat: float
    width_km: float

    def written(self) -> str:
        """As it stands in an address: "30.5,50.4,1200"."""
        return f"{self.lon:.4g},{self.lat:.4g},{self.width_km:.0f}"

    @classmethod
    def read(cls, text: str) -> "View | None":
        """What `written` wrote; None for anything else."""
        try:
            lon, lat, width = (float(part) for part in text.split(","))
        except ValueError:
            return None
        is_sane = -180 <= lon <= 180 and -90 <= lat <= 90 and 0 < width <= 100_000
        return cls(lon, lat, width) if is_sane else None


def drawn_marks(
    frame: Frame, shapes: Mapping[str, Shape], spots: Sequence[Spot], filters: Filters
) -> tuple[list[Mark], list[Name]]:
    """The rings, near ones made one, and the countries' names where there is room."""
    most = max((spot.total for spot in spots), default=1)
    groups: list[tuple[float, float, float, list[Spot]]] = []
    for spot in sorted((spot for spot in spots if not spot.is_whole), key=lambda spot: -spot.total):
        at = frame.point(spot.lon, spot.lat)
        if at is None:
            continue
        radius = _radius(spot.total, most)
        near = next((g for g in groups if math.dist(at, g[:2]) < TOGETHER * (radius + g[2])), None)
        if near:
            near[3].append(spot)
        else:
            groups.append((*at, radius, [spot]))
    whole = {code: spot for spot in spots if spot.is_whole and (code := country_in(spot.places[0].name))}
    taken = [point for x, y, radius, _ in groups for point in _around(x, y, radius + LINE)]
    names = []
    for name, shape in shapes.items():
        code = country_in(name)
        if code is None or (code not in whole and extent(shape) < SMALLEST_NAMED):
            continue
        x, y, room = roomiest(shape, taken)
        if code in whole and room:
            radius = _radius(whole[code].total, most)
            near = next((g for g in groups if math.dist((x, y), g[:2]) < TOGETHER * (radius + g[2])), None)
            if near:
                near[3].append(whole[code])
            else:
                groups.append((x, y, radius, [whole[code]]))
                taken += _around(x, y, radius + LINE)
        elif room > LABEL_ROOM:
            names.append(Name(_percent(x, WIDTH), _percent(y, HEIGHT), country_name(code)))
    marks = [_mark(frame, x, y, group, most, filters) for x, y, _, group in groups]
    return list(_labelled(sorted(marks, key=lambda mark: -mark.count))), names


def items_href(filters: Filters, names: Sequence[str]) -> str:
    """The timeline of the items at these places, under the same filters."""
    return urls.href("/", filters.with_chosen(Facet.PLACE, tuple(sorted(set(names)))[:MOST_PER_LINK]))


def _around(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [(x, y), (x - radius, y), (x + radius, y), (x, y - radius), (x, y + radius)]


def _mark(frame: Frame, x: float, y: float, group: Sequence[Spot], most: int, filters: Filters) -> Mark:
    first, counts = group[0], sum((spot.counts for spot in group), Counter())
    total = counts.total()
    code = country_in(first.places[0].name) if first.is_whole else None
    text = country_name(code) if code else first.places[0].name
    others = len(group) - 1
    is_cluster = others > 0 and frame.width_km > 700
    names = [place.name for spot in group for place in spot.places]
    parts = ", ".join(words.counted(counts[kind], *words.COUNTED[kind]) for kind in ItemKind if counts[kind])
    whole = ", no place named more exactly" if first.is_whole else ""
    return Mark(
        x=_percent(x, WIDTH),
        y=_percent(y, HEIGHT),
        radius=round(_radius(total, most), 1),
        count=total,
        text=f"{text} +{others}" if others else text,
        name=f"{text}{f' and {others} more near it' if others else ''}{whole}: {parts}",
        href=(
            urls.href("/map", filters, view=View(first.lon, first.lat, frame.width_km / 3).written())
            if is_cluster
            else items_href(filters, names)
        ),
        arcs=tuple(_arcs(counts)),
        is_whole=first.is_whole,
        label=None,
    )


def _labelled(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks with their names beside them where there is room: below, to the right, to the left or above."""
    taken = [_box(mark, -mark.radius, -mark.radius, 2 * mark.radius, 2 * mark.radius) for mark in marks]
    for number, mark in enumerate(marks):
        wide, out = CHARACTER * len(mark.text), mark.radius
        places = (
            (Label(0, out + 15, "middle"), (-wide / 2, out + 3, wide, LINE)),
            (Label(out + 5, 4.5, "start"), (out + 5, -LINE / 2, wide, LINE)),
            (Label(-out - 5, 4.5, "end"), (-out - 5 - wide, -LINE / 2, wide, LINE)),
            (Label(0, -out - 6, "middle"), (-wide / 2, -out - 3 - LINE, wide, LINE)),
        )
        for label, box in places:
            wanted = _box(mark, *box)
            in_frame = wanted[0] >= 0 and wanted[2] <= WIDTH and wanted[1] >= 0 and wanted[3] <= HEIGHT
            others = taken[:number] + taken[number + 1 :]
            if in_frame and not any(_overlap(wanted, other) for other in others):
                taken.append(wanted)
                mark = replace(mark, label=label)  # noqa: PLW2901
                break
        yield mark


def _box(mark: Mark, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    left, top = mark.x * WIDTH / 100 + x, mark.y * HEIGHT / 100 + y
    return left, top, left + width, top + height


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _arcs(counts: Counter[ItemKind]) -> Iterator[Arc]:
    at, total = 0.0, counts.total()
    for kind in ItemKind:
        if counts[kind]:
            length = 100 * counts[kind] / total
            yield Arc(kind, round(length, 2), round(-at, 2))
            at += length


def _radius(count: int, most: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / max(most, 1))


def extent(shape: Shape) -> int:
    """The area of the shape's bounds, in square units."""
    return int(np.ptp(shape, axis=0).prod())


def _percent(value: float, of: int) -> float:
    return round(100 * value / of, 2)
