"""The map: rings with counts where items are placed, on outlines that are projected for wherever that is."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

from app.db.places import PlaceCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in, country_name
from app.web import urls
from app.web.maps.frame import HEIGHT, WIDTH, Frame, Shape, frame_around, frame_of, path
from app.web.maps.outlines import Land, land_at, outlines
from app.web.views import words
from app.web.views.facets import Chip, chips
from app.web.views.rings import Mark, Name, Spot, View, drawn_marks, extent, items_href
from app.web.views.shell import Shell

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


def map_page(
    places: Sequence[PlaceCount], unplaced: int, filters: Filters, view: View | None, *, shell: Shell, span: str
) -> MapPage:
    """The map of the places under the filters; `unplaced` items name no place."""
    spots = [Spot(p.position[1], p.position[0], (p,)) for p in places if p.position]
    spots += _whole_countries([place for place in places if not place.position])
    at_points = [spot for spot in spots if not spot.is_whole] or spots
    fit = frame_of([(spot.lon, spot.lat) for spot in at_points], [spot.total for spot in at_points])
    frame = frame_around(view.lon, view.lat, view.width_km) if view else fit
    tinted = _most_told(spots)
    drawn = ground(frame.lon, frame.lat, frame.width_km, tinted.name if tinted else "")
    marks, names = drawn_marks(frame, drawn.shapes, spots, filters)
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
        chips=tuple(replace(chip, href=_moved(chip.href, "/map"), page="") for chip in chips(filters, {})),
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
        shapes={name: max(found, key=extent) for name, found in of_land.items()},
    )


def _land_of(code: str) -> Land | None:
    wanted = {ATLAS_NAMES.get(code, ""), country_name(code)}
    return next((land for land in outlines().lands if land.name in wanted or country_in(land.name) == code), None)


def _name_of(land: Land) -> str:
    code = country_in(land.name)
    return country_name(code) if code else land.name


def _whole_countries(places: Sequence[PlaceCount]) -> Iterator[Spot]:
    """One spot a country for places that are no more than the country, or near its borders."""
    by_code: dict[str, list[PlaceCount]] = {}
    for place in places:
        if code := country_in(place.name):
            by_code.setdefault(code, []).append(place)
    for code, found in by_code.items():
        if land := _land_of(code):
            ring = land.rings[0]
            yield Spot(float(ring.lons.mean()), float(ring.lats.mean()), tuple(found), is_whole=True)


def _most_told(spots: Sequence[Spot]) -> Land | None:
    """The country with most of the items."""
    totals: Counter[str] = Counter()
    lands: dict[str, Land] = {}
    for spot in spots:
        code = country_in(spot.places[0].name) if spot.is_whole else None
        if land := _land_of(code) if code else land_at(spot.lon, spot.lat):
            lands[land.name] = land
            totals[land.name] += spot.total
    return lands[totals.most_common(1)[0][0]] if totals else None


def _lines(places: Sequence[PlaceCount], frame: Frame, filters: Filters) -> Iterator[PlaceLine]:
    for place in places:
        if place.position:
            where = "" if frame.point(place.position[1], place.position[0]) else "outside this map"
        else:
            where = "" if country_in(place.name) else "not on the map"
        counts = place.counts
        parts = ", ".join(words.counted(counts[kind], *words.COUNTED[kind]) for kind in ItemKind if kind in counts)
        yield PlaceLine(
            name=place.name, href=items_href(filters, [place.name]), count=place.total, parts=parts, where=where
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
