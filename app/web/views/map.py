"""The map: rings with counts where items are placed, on outlines that are projected for wherever that is."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np

from app.db.places import PlaceCount
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in, country_name
from app.web import urls
from app.web.maps.frame import HEIGHT, WIDTH, Frame, Shape, frame_around, frame_of, path, roomiest
from app.web.maps.outlines import Land, land_at, outlines
from app.web.views import words
from app.web.views.facets import Chip, chips
from app.web.views.shell import Shell

SMALLEST, LARGEST = 12.0, 34.0  # radius of a ring, pixels
LABEL_ROOM = 34.0  # units around a country's name
SMALLEST_NAMED = 4 * LABEL_ROOM**2  # square units
TOGETHER = 0.8  # of both radii; rings nearer than that are one
MOST_PER_LINK = 30  # places that a link to the timeline can name
CHARACTER, LINE = 6.8, 15.0  # of a ring's name, pixels
STEP = 0.35  # of the frame's width, a move to the side
ATLAS_NAMES = {  # where the atlas writes a name in short
    "BA": "Bosnia and Herz.",
    "CD": "Dem. Rep. Congo",
    "CF": "Central African Rep.",
    "DO": "Dominican Rep.",
    "EH": "W. Sahara",
    "GQ": "Eq. Guinea",
    "SB": "Solomon Is.",
    "SS": "S. Sudan",
    "SZ": "eSwatini",
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place in the list beside the map; `beyond` where it lies outside what the map shows."""

    name: str
    href: str
    count: int
    parts: str
    where: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The drawn outlines: land, what is tinted, borders, and those around disputed areas, of which the notes tell.

    `shapes` are the largest outline of each land in the frame.
    """

    land: str
    tinted: str
    lines: str
    disputed: str
    notes: tuple[str, ...]
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind to show alone, or with the others again."""

    kind: ItemKind
    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """The page; the `*_href` move the map, None where there is nothing more to see that way."""

    template: ClassVar[str] = "map/page.html"
    shell: Shell
    ground: Ground
    tint: str
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    lines: tuple[PlaceLine, ...]
    kinds: tuple[KindChoice, ...]
    chips: tuple[Chip, ...]
    placed: int
    unplaced: int
    beyond: int
    span: str
    closer_href: str | None
    wider_href: str | None
    fit_href: str
    sides: tuple[tuple[str, str], ...]
    timeline_href: str
    clear_href: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Spot:
    """Places that are drawn at one point, with where that is in degrees."""

    lon: float
    lat: float
    places: tuple[PlaceCount, ...]
    is_whole: bool = False

    @property
    def total(self) -> int:
        return sum(place.total for place in self.places)

    @property
    def counts(self) -> Counter[ItemKind]:
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


def map_page(
    places: Sequence[PlaceCount], unplaced: int, filters: Filters, view: View | None, *, shell: Shell, span: str
) -> MapPage:
    """The map of the places under the filters; `unplaced` items name no place."""
    spots = [_Spot(p.position[1], p.position[0], (p,)) for p in places if p.position]
    spots += _whole_countries([place for place in places if not place.position])
    at_points = [spot for spot in spots if not spot.is_whole] or spots
    fit = frame_of([(spot.lon, spot.lat) for spot in at_points], [spot.total for spot in at_points])
    frame = frame_around(view.lon, view.lat, view.width_km) if view else fit
    tinted = _most_told(spots)
    drawn = ground(frame.lon, frame.lat, frame.width_km, tinted.name if tinted else "")
    marks, names = _drawn(frame, drawn, spots, filters)
    shown = sum(mark.count for mark in marks)
    on_map = sum(spot.total for spot in spots)
    return MapPage(
        shell=shell,
        ground=drawn,
        tint=_name_of(tinted) if tinted else "",
        marks=tuple(marks),
        names=tuple(names),
        lines=tuple(_lines(places, frame, filters)),
        kinds=tuple(_kinds(places, filters)),
        chips=tuple(Chip(chip.text, _moved(chip.href, "/map")) for chip in chips(filters, {})),
        placed=on_map,
        unplaced=unplaced + sum(place.total for place in places) - on_map,
        beyond=on_map - shown,
        span=span,
        closer_href=_zoomed(filters, frame, 0.5) if frame.width_km > 700 else None,
        wider_href=None if frame.is_world else _zoomed(filters, frame, 2),
        fit_href=urls.href("/map", filters),
        sides=() if frame.is_world else tuple(_sides(filters, frame)),
        timeline_href=urls.href("/", filters),
        clear_href="/map",
    )


@lru_cache(maxsize=32)
def ground(lon: float, lat: float, width_km: float, tinted: str) -> Ground:
    """The outlines in the frame around the point: some tens of milliseconds, so the last ones are kept."""
    world, frame = outlines(), frame_around(lon, lat, width_km)
    owners = [land for land in world.lands for _ in land.rings]
    shapes = frame.shapes(world.land_points)
    of_land: dict[str, list[Shape]] = {}
    for number, shape in shapes.items():
        of_land.setdefault(owners[number].name, []).append(shape)
    lines = frame.shapes(world.line_points)
    return Ground(
        land=path((shape for number, shape in shapes.items() if owners[number].name != tinted), closed=True),
        tinted=path(of_land.get(tinted, ()), closed=True),
        lines=path((shape for number, shape in lines.items() if not world.lines[number].is_disputed), closed=False),
        disputed=path((shape for number, shape in lines.items() if world.lines[number].is_disputed), closed=False),
        notes=tuple(land.note for land in world.lands if land.note and land.name in of_land),
        shapes={name: max(found, key=_extent) for name, found in of_land.items()},
    )


def _extent(shape: Shape) -> int:
    return int(np.ptp(shape, axis=0).prod())


def _land_of(code: str) -> Land | None:
    wanted = {ATLAS_NAMES.get(code, ""), country_name(code)}
    return next((land for land in outlines().lands if land.name in wanted or country_in(land.name) == code), None)


def _name_of(land: Land) -> str:
    code = country_in(land.name)
    return country_name(code) if code else land.name


def _whole_countries(places: Sequence[PlaceCount]) -> Iterator[_Spot]:
    """One spot a country for places that are no more than the country, or near its borders."""
    by_code: dict[str, list[PlaceCount]] = {}
    for place in places:
        if code := country_in(place.name):
            by_code.setdefault(code, []).append(place)
    for code, found in by_code.items():
        if land := _land_of(code):
            ring = land.rings[0]
            yield _Spot(float(ring.lons.mean()), float(ring.lats.mean()), tuple(found), is_whole=True)


def _most_told(spots: Sequence[_Spot]) -> Land | None:
    """The country with most of the items."""
    totals: Counter[str] = Counter()
    lands: dict[str, Land] = {}
    for spot in spots:
        code = country_in(spot.places[0].name) if spot.is_whole else None
        if land := _land_of(code) if code else land_at(spot.lon, spot.lat):
            lands[land.name] = land
            totals[land.name] += spot.total
    return lands[totals.most_common(1)[0][0]] if totals else None


def _drawn(frame: Frame, drawn: Ground, spots: Sequence[_Spot], filters: Filters) -> tuple[list[Mark], list[Name]]:
    """The rings, near ones made one, and the countries' names where there is room."""
    most = max((spot.total for spot in spots), default=1)
    groups: list[tuple[float, float, float, list[_Spot]]] = []
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
    for name, shape in drawn.shapes.items():
        code = country_in(name)
        if code is None or (code not in whole and _extent(shape) < SMALLEST_NAMED):
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


def _around(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [(x, y), (x - radius, y), (x + radius, y), (x, y - radius), (x, y + radius)]


def _mark(frame: Frame, x: float, y: float, group: Sequence[_Spot], most: int, filters: Filters) -> Mark:
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
            else _timeline(filters, names)
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


def _lines(places: Sequence[PlaceCount], frame: Frame, filters: Filters) -> Iterator[PlaceLine]:
    for place in places:
        if place.position:
            where = "" if frame.point(place.position[1], place.position[0]) else "outside this map"
        else:
            where = "" if country_in(place.name) else "not on the map"
        counts = place.counts
        parts = ", ".join(words.counted(counts[kind], *words.COUNTED[kind]) for kind in ItemKind if kind in counts)
        yield PlaceLine(
            name=place.name, href=_timeline(filters, [place.name]), count=place.total, parts=parts, where=where
        )


def _kinds(places: Sequence[PlaceCount], filters: Filters) -> Iterator[KindChoice]:
    counts: Counter[ItemKind] = Counter()
    for place in places:
        counts.update(place.counts)
    for kind in ItemKind:
        is_chosen = kind in filters.kinds
        kinds = tuple(each for each in ItemKind if (each in filters.kinds) != (each is kind))
        href = urls.href("/map", replace(filters, kinds=kinds))
        yield KindChoice(kind, words.KINDS[kind], counts[kind], href, is_chosen)


def _timeline(filters: Filters, names: Sequence[str]) -> str:
    return urls.href("/", filters.with_chosen(Facet.PLACE, tuple(sorted(set(names)))[:MOST_PER_LINK]))


def _zoomed(filters: Filters, frame: Frame, factor: float) -> str:
    width = 16_000 if frame.is_world and factor < 1 else frame.width_km * factor
    return urls.href("/map", filters, view=View(frame.lon, frame.lat, width).written())


def _sides(filters: Filters, frame: Frame) -> Iterator[tuple[str, str]]:
    degrees = frame.width_km * STEP / 111.2
    wide = degrees / max(0.2, math.cos(math.radians(frame.lat)))
    for name, lon, lat in (
        ("west", -wide, 0.0),
        ("north", 0.0, degrees),
        ("south", 0.0, -degrees),
        ("east", wide, 0.0),
    ):
        moved = View((frame.lon + lon + 180) % 360 - 180, max(-85.0, min(85.0, frame.lat + lat)), frame.width_km)
        yield name, urls.href("/map", filters, view=moved.written())


def _moved(href: str, path: str) -> str:
    return path + href.removeprefix("/")


def _percent(value: float, of: int) -> float:
    return round(100 * value / of, 2)
