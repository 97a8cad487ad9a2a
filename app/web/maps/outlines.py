"""The countries' outlines, from the vendored world-atlas (Natural Earth at 1:50 million, TopoJSON).

A TopoJSON arc is a line that one outline or two neighbours share.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.web.maps.disputes import DISPUTES, Corners, Dispute
from app.web.render import STATIC

FILE = STATIC / "vendor/world-atlas-2.0.2-countries-50m.json"

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
    """A country as the atlas draws it, or a disputed area: its name and its outlines, the largest first."""

    name: str
    rings: tuple[Ring, ...]
    dispute: Dispute | None = None

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies in it."""
        return any(ring.holds(lon, lat) for ring in self.rings)


@dataclass(frozen=True, slots=True)
class Points:
    """Many outlines one behind the other: that of number n begins at `starts[n]`."""

    lons: Numbers
    lats: Numbers
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outlines:
    """All land of the world; `points` are the outlines of all lands in order, so that a map projects them in one go.

    Disputed areas come first; some of them lie over what the atlas gives to a country.
    """

    lands: tuple[Land, ...]
    points: Points


@cache
def outlines() -> Outlines:
    """Read the atlas; once a process, some 50 ms and 5 MB."""
    atlas = json.loads(FILE.read_bytes())
    arcs = [_decoded(arc, atlas["transform"]) for arc in atlas["arcs"]]
    countries: dict[str, list[Ring]] = {}
    areas: dict[str, list[Ring]] = {dispute.name: [] for dispute in DISPUTES}
    named = {dispute.name: dispute for dispute in DISPUTES}
    wholes = {dispute.whole: dispute for dispute in DISPUTES if dispute.whole}
    for country in atlas["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        points = [(dispute, point) for dispute in DISPUTES for point in dispute.islands.get(name, ())]
        cuts = [(dispute, cut) for dispute in DISPUTES for cut in dispute.cuts.get(name, ())]
        for polygon in _polygons(country):
            rings = [_ring(numbers, arcs) for numbers in polygon]
            if np.any(rings[0].lats <= SOUTHMOST):  # ice, and around the pole no outline is a shape
                continue
            island = next((dispute for dispute, point in points if rings[0].holds(*point)), None)
            area = wholes.get(name) or (island if len(rings[0].lons) < LARGEST_ISLAND else None)
            own = areas[area.name] if area else countries.setdefault(name, [])
            own += [part for ring in rings for part in _cut_at_date_line(ring)]
            for dispute, corners in cuts:
                areas[dispute.name] += [part for part in [_within(rings[0], corners)] if part]
    lands = [Land(name, _largest_first(rings), named[name]) for name, rings in areas.items()]
    lands += [Land(name, _largest_first(rings)) for name, rings in countries.items()]
    return Outlines(tuple(lands), _together([ring for land in lands for ring in land.rings]))


SOUTHMOST = -60.0  # degrees of latitude; land farther south is Antarctica's
HALF_TURN = 180.0
OFF = 0.12  # degrees that a port may lie off the coast
LARGEST_ISLAND = 500  # points; an outline that holds the point and is longer is a whole country, not the area


@lru_cache(maxsize=10_000)
def land_at(lon: float, lat: float) -> Land | None:
    """What the point lies in; None at sea."""
    return next((land for land in outlines().lands if land.holds(lon, lat)), None)


@lru_cache(maxsize=10_000)
def land_near(lon: float, lat: float) -> Land | None:
    """What the point lies in, or beside: a port may stand a little off an outline as coarse as ours."""
    around = ((0.0, 0.0), *((east, north) for east in (0.0, -OFF, OFF) for north in (0.0, -OFF, OFF)))
    return next((land for east, north in around if (land := land_at(lon + east, lat + north))), None)


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> tuple[Numbers, Numbers]:
    """The arc's points in degrees: the file has whole steps from point to point."""
    steps = np.cumsum(np.array(arc, np.float64), axis=0)
    lons, lats = steps.T * np.array(transform["scale"])[:, None] + np.array(transform["translate"])[:, None]
    return lons, lats


def _largest_first(rings: Sequence[Ring]) -> tuple[Ring, ...]:
    return tuple(sorted(rings, key=lambda ring: -float(np.ptp(ring.lons) * np.ptp(ring.lats))))


def _within(ring: Ring, corners: Corners) -> Ring | None:
    """What of an outline lies within a convex one, by Sutherland and Hodgman; None for nothing."""
    points = list(zip(ring.lons.tolist(), ring.lats.tolist(), strict=True))
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        left = [(x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) for x, y in points]
        kept: list[tuple[float, float]] = []
        for number, (x, y) in enumerate(points):
            before, (before_x, before_y), here = left[number - 1], points[number - 1], left[number]
            if (before >= 0) != (here >= 0):
                share = before / (before - here)
                kept.append((before_x + share * (x - before_x), before_y + share * (y - before_y)))
            if here >= 0:
                kept.append((x, y))
        points = kept
    if not points:
        return None
    lons, lats = np.array(points, np.float64).T
    return Ring(lons, lats)


def _cut_at_date_line(ring: Ring) -> Iterator[Ring]:
    """An outline that crosses the date line as its two sides, which end there; any other as it is."""
    if np.max(np.abs(np.diff(ring.lons, append=ring.lons[:1]))) < HALF_TURN:
        yield ring
        return
    turned = np.where(ring.lons < 0, ring.lons + 2 * HALF_TURN, ring.lons)
    for lons, own in (
        (np.minimum(turned, HALF_TURN), turned < HALF_TURN),
        (np.maximum(turned - 2 * HALF_TURN, -HALF_TURN), turned > HALF_TURN),
    ):
        kept = own | np.roll(own, 1) | np.roll(own, -1)  # of the other side only where the outline comes and goes
        yield Ring(lons[kept], ring.lats[kept])


def _together(parts: Sequence[Ring]) -> Points:
    sizes = [len(part.lons) for part in parts]
    lons, lats = (np.concatenate(each) for each in ([part.lons for part in parts], [part.lats for part in parts]))
    return Points(lons, lats, np.cumsum([0, *sizes[:-1]]))


def _polygons(geometry: Mapping[str, Any]) -> Iterable[Sequence[Sequence[int]]]:
    polygons: Sequence[Sequence[Sequence[int]]] = (
        geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    )
    return polygons


def _ring(numbers: Sequence[int], arcs: Sequence[tuple[Numbers, Numbers]]) -> Ring:
    lons, lats = (np.concatenate(parts) for parts in zip(*_pieces(numbers, arcs), strict=True))
    return Ring(lons, lats)


def _pieces(numbers: Sequence[int], arcs: Sequence[tuple[Numbers, Numbers]]) -> Iterator[tuple[Numbers, Numbers]]:
    for number in numbers:
        lons, lats = arcs[number if number >= 0 else ~number]  # ~n stands for arc n backwards
        yield (lons[:-1], lats[:-1]) if number >= 0 else (lons[:0:-1], lats[:0:-1])
