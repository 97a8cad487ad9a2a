"""The countries' outlines, from the vendored world-atlas (Natural Earth at 1:50 million, TopoJSON).

A TopoJSON arc is a line that one outline or two neighbours share: drawn once, it is a coast or a border.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.web.render import STATIC

FILE = STATIC / "vendor/world-atlas-2.0.2-countries-50m.json"

# Natural Earth draws what is held, not what is recognised. These outlines, and those that hold these points, are of
# disputed areas and drawn so; `note` tells readers what is disputed.
DISPUTED_POINTS: Mapping[str, tuple[float, float, str]] = {  # longitude, latitude
    "Crimea": (34.4, 45.3, "Crimea (of Ukraine; annexed by Russia in 2014)"),
}
DISPUTED_OUTLINES: Mapping[str, str] = {
    "Kosovo": "Kosovo (claimed by Serbia)",
    "N. Cyprus": "Northern Cyprus (recognised by Turkey only)",
    "Palestine": "the Palestinian territories",
    "Siachen Glacier": "the Siachen Glacier (India and Pakistan)",
    "Somaliland": "Somaliland (of Somalia; not recognised)",
    "Taiwan": "Taiwan (claimed by China)",
    "W. Sahara": "Western Sahara (claimed by Morocco)",
}

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed outline, in degrees."""

    lons: Numbers
    lats: Numbers

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies inside (even-odd rule)."""
        if not (self.lats.min() <= lat <= self.lats.max() and self.lons.min() <= lon <= self.lons.max()):
            return False
        before_lon, before_lat = np.roll(self.lons, 1), np.roll(self.lats, 1)
        crosses = (self.lats > lat) != (before_lat > lat)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (before_lon - self.lons) * (lat - self.lats) / (before_lat - self.lats) + self.lons
        return bool(np.count_nonzero(crosses & (lon < at)) % 2)


@dataclass(frozen=True, slots=True)
class Land:
    """A country, or a disputed area with a `note`: its name in the atlas and its outlines, the largest first."""

    name: str
    rings: tuple[Ring, ...]
    note: str = ""

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies in it."""
        return any(ring.holds(lon, lat) for ring in self.rings)


@dataclass(frozen=True, slots=True)
class Line:
    """A coast or border; `is_disputed` where it bounds a disputed area."""

    lons: Numbers
    lats: Numbers
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Points:
    """Many outlines or lines one behind the other: that of number n begins at `starts[n]`."""

    lons: Numbers
    lats: Numbers
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outlines:
    """All land and all lines of the world; `land_points` are the outlines of all lands in order, and the same of lines.

    The points of all stand together, so that a map projects them in one go.
    """

    lands: tuple[Land, ...]
    lines: tuple[Line, ...]
    land_points: Points
    line_points: Points


@cache
def outlines() -> Outlines:
    """Read the atlas; once a process, some 30 ms and 5 MB."""
    atlas = json.loads(FILE.read_bytes())
    arcs = [_decoded(arc, atlas["transform"]) for arc in atlas["arcs"]]
    lands: list[Land] = []
    disputed: dict[int, bool] = defaultdict(bool)
    for country in atlas["objects"]["countries"]["geometries"]:
        name, kept = country["properties"]["name"], []
        for polygon in _polygons(country):
            rings = [_ring(numbers, arcs) for numbers in polygon]
            if np.any(rings[0].lats <= SOUTHMOST):  # ice, and around the pole no outline is a shape
                continue
            area = next((each for each in DISPUTED_POINTS.items() if rings[0].holds(*each[1][:2])), None)
            is_apart = area is not None and len(rings[0].lons) < LARGEST_DISPUTED
            for number in (number for numbers in polygon for number in numbers):
                disputed[_arc(number)] |= is_apart or name in DISPUTED_OUTLINES
            if area and is_apart:
                lands.append(Land(area[0], tuple(rings), area[1][2]))
            else:
                kept += [part for ring in rings for part in _cut(ring)]
        if kept:
            kept.sort(key=lambda ring: -float(np.ptp(ring.lons) * np.ptp(ring.lats)))
            lands.append(Land(name, tuple(kept), DISPUTED_OUTLINES.get(name, "")))
    lines = tuple(
        Line(*part, disputed[number])
        for number, arc in enumerate(arcs)
        if arc[1].min() > SOUTHMOST
        for part in _split(*arc)
    )
    rings = [ring for land in lands for ring in land.rings]
    return Outlines(tuple(lands), lines, _together(rings), _together(lines))


SOUTHMOST = -60.0  # degrees of latitude; land farther south is Antarctica's
HALF_TURN = 180.0
LARGEST_DISPUTED = 500  # points; an outline that holds the point and is longer is a whole country, not the area


@lru_cache(maxsize=2_000)
def land_at(lon: float, lat: float) -> Land | None:
    """What the point lies in; None at sea."""
    return next((land for land in outlines().lands if land.holds(lon, lat)), None)


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> tuple[Numbers, Numbers]:
    """The arc's points in degrees: the file has whole steps from point to point."""
    steps = np.cumsum(np.array(arc, np.float64), axis=0)
    lons, lats = steps.T * np.array(transform["scale"])[:, None] + np.array(transform["translate"])[:, None]
    return lons, lats


def _cut(ring: Ring) -> Iterator[Ring]:
    """An outline that crosses the date line as its two sides, which end there; any other as it is."""
    if np.max(np.abs(np.diff(ring.lons, append=ring.lons[:1]))) < HALF_TURN:
        yield ring
        return
    turned = np.where(ring.lons < 0, ring.lons + 2 * HALF_TURN, ring.lons)
    yield Ring(np.minimum(turned, HALF_TURN), ring.lats)
    yield Ring(np.maximum(turned - 2 * HALF_TURN, -HALF_TURN), ring.lats)


def _split(lons: Numbers, lats: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """A line in parts that do not jump over the date line."""
    jumps = np.flatnonzero(np.abs(np.diff(lons)) > HALF_TURN) + 1
    yield from zip(np.split(lons, jumps), np.split(lats, jumps), strict=True)


def _together(parts: Sequence[Ring] | Sequence[Line]) -> Points:
    sizes = [len(part.lons) for part in parts]
    lons, lats = (np.concatenate(each) for each in ([part.lons for part in parts], [part.lats for part in parts]))
    return Points(lons, lats, np.cumsum([0, *sizes[:-1]]))


def _polygons(geometry: Mapping[str, Any]) -> Iterable[Sequence[Sequence[int]]]:
    polygons: Sequence[Sequence[Sequence[int]]] = (
        geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    )
    return polygons


def _arc(number: int) -> int:
    """The arc of a reference; ~n stands for arc n backwards."""
    return number if number >= 0 else ~number


def _ring(numbers: Sequence[int], arcs: Sequence[tuple[Numbers, Numbers]]) -> Ring:
    lons, lats = (np.concatenate(parts) for parts in zip(*_pieces(numbers, arcs), strict=True))
    return Ring(lons, lats)


def _pieces(numbers: Sequence[int], arcs: Sequence[tuple[Numbers, Numbers]]) -> Iterator[tuple[Numbers, Numbers]]:
    for number in numbers:
        lons, lats = arcs[_arc(number)]
        yield (lons[:-1], lats[:-1]) if number >= 0 else (lons[:0:-1], lats[:0:-1])
