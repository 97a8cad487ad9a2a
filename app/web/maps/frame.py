"""The piece of the world that a map shows: chosen so that most items are in it, drawn on the server."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.web.maps.outlines import Points
from app.web.maps.projection import EARTH_KM, Projection, around, distance, world

BEYOND = 0.2  # how far outlines are followed outside the frame, as a share of its size
TRIFLE, MOST_PASSES = 0.8, 24  # square pixels that a corner of an outline must be worth, and how often that is asked
SMALLEST_SHAPE = 1.5  # pixels wide or high
SHARE = 0.85  # of the items must lie in the frame
NEAR = 1.6  # times as far as those: still in it
SMALLEST_KM, WIDEST_KM, WORLD_KM = 200.0, 9_000.0, 40_000.0
SMALLEST_FIT_KM = 600.0
MOST_WEIGHED = 150  # places; those with few items do not decide what is in view
ROOM = 1.3  # times as wide as what must be in it

type Numbers = NDArray[np.float64]
type Shape = NDArray[np.int64]  # points, each x and y in whole units


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map is drawn on: so many units wide and high; `unit` of them are a pixel where the page is narrowest.

    `largest_ring` is the radius of the largest ring on it, `buttons` the width and height of the corner at its top
    right where the buttons stand, in pixels.
    """

    name: str
    width: int
    height: int
    unit: float
    largest_ring: float
    buttons: tuple[int, int]

    @property
    def shorter(self) -> int:
        """Its shorter side."""
        return min(self.width, self.height)


WIDE = Sheet("wide", 1400, 700, 1.55, 34.0, (118, 118))  # from 900 pixels
TALL = Sheet("tall", 720, 880, 2.0, 24.0, (56, 152))  # from 360 pixels: phones
SHEETS = (WIDE, TALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection, and which part of its plane is drawn: its middle and how many units the globe's radius has.

    `km` is how much of the globe the sheet's shorter side shows.
    """

    sheet: Sheet
    projection: Projection
    middle: tuple[float, float]
    scale: float
    lon: float
    lat: float
    km: float

    @property
    def is_world(self) -> bool:
        """Whether the whole globe is in it."""
        return self.km >= WORLD_KM

    def at(self, lons: Numbers, lats: Numbers) -> tuple[Numbers, Numbers]:
        """Where points come to lie, in units from the left and from the top; NaN for what can't be shown."""
        return self._placed(*self.projection.forward(lons, lats))

    def points(self, places: Sequence[tuple[float, float]]) -> list[tuple[float, float] | None]:
        """Where points of longitude and latitude lie, None where that is not in the frame."""
        lons, lats = np.array(places, np.float64).reshape(-1, 2).T
        width, height = self.sheet.width, self.sheet.height
        placed = zip(*(part.tolist() for part in self.at(lons, lats)), strict=True)
        return [(x, y) if 0 <= x <= width and 0 <= y <= height else None for x, y in placed]

    def point(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Where one point lies, None where that is not in the frame."""
        return self.points([(lon, lat)])[0]

    def moved(self, right: float, up: float, times: float) -> tuple[float, float, float]:
        """The view so many globe’s radii right and up, and so many times closer: longitude, latitude and `km`."""
        lon, lat = self.projection.back(self.middle[0] + right, self.middle[1] + up)
        km = self.sheet.shorter / self.scale * EARTH_KM / times
        if times <= 1 and (self.is_world or km > WIDEST_KM):
            return 0.0, 0.0, WORLD_KM
        return lon, lat, min(max(km, SMALLEST_KM), WIDEST_KM)

    def shapes(self, points: Points, plane: tuple[Numbers, Numbers] | None = None) -> Mapping[int, Shape]:
        """What the frame shows of the outlines, by number, on its grid; `plane` is where they are projected.

        What lies far outside the frame is moved to a border around it.
        """
        x, y = self._placed(*(plane or self.projection.forward(points.lons, points.lats)))
        touched = np.ones(len(points.starts), np.bool_)
        for part, size in ((x, self.sheet.width), (y, self.sheet.height)):
            lowest, highest = (reduce.reduceat(part, points.starts) for reduce in (np.fmin, np.fmax))
            touched &= (lowest < (1 + BEYOND) * size) & (highest > -BEYOND * size)
        number = np.repeat(np.arange(len(touched)), np.diff(points.starts, append=len(points.lons)))
        shown = touched[number] & np.isfinite(x) & np.isfinite(y)
        corner = np.array((self.sheet.width, self.sheet.height))
        grid = np.clip(np.column_stack((x[shown], y[shown])), -BEYOND * corner, (1 + BEYOND) * corner)
        number, grid = _simplified(number[shown], grid, self.sheet.unit)
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        parts = zip(number[starts].tolist(), np.split(np.rint(grid).astype(np.int64), starts[1:]), strict=False)
        return {
            of: shape
            for of, shape in parts
            if len(shape) > 1 and np.ptp(shape, axis=0).max() > SMALLEST_SHAPE * self.sheet.unit
        }

    def _placed(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        left, top = self.sheet.width / 2 - self.middle[0] * self.scale, self.sheet.height / 2
        return left + x * self.scale, top + (self.middle[1] - y) * self.scale


def path(shapes: Iterable[Shape]) -> str:
    """The closed shapes as SVG path data; "" for none."""
    return "".join(
        f"M{shape[0][0]} {shape[0][1]}l{' '.join(f'{x} {y}' for x, y in np.diff(shape, axis=0).tolist())}z"
        for shape in shapes
    )


def frame_around(lon: float, lat: float, km: float, sheet: Sheet) -> Frame:
    """The frame whose shorter side shows so many kilometres around a point; the globe where that is too much."""
    if km > WIDEST_KM:
        return whole_world(sheet)
    km = max(km, SMALLEST_KM)
    return Frame(sheet, around(lon, lat), (0.0, 0.0), sheet.shorter * EARTH_KM / km, lon, lat, km)


def whole_world(sheet: Sheet) -> Frame:
    """The frame of the globe; on a wide sheet its far south, where there is only ice, is cut off."""
    return Frame(sheet, world(), (0.0, 0.13), sheet.width / 5.5, 0.0, 0.0, WORLD_KM)


def frame_of(points: Sequence[tuple[float, float]], weights: Sequence[int], sheet: Sheet) -> Frame:
    """The frame that holds most of the weight: points are longitude and latitude in degrees.

    A few items far away would shrink the rest to a dot: they stay outside, and the page says so.
    """
    if not points:
        return whole_world(sheet)
    lon, lat, lons, lats = _held(tuple(points), tuple(weights))
    x, y = around(lon, lat).forward(lons, lats)
    reaches = (2 * float(np.abs(part).max()) / size for part, size in ((x, sheet.width), (y, sheet.height)))
    km = max(reaches) * sheet.shorter * ROOM * EARTH_KM
    return frame_around(lon, lat, max(km, SMALLEST_FIT_KM), sheet)


@lru_cache(maxsize=64)
def _held(points: tuple[tuple[float, float], ...], weights: tuple[int, ...]) -> tuple[float, float, Numbers, Numbers]:
    """The middle of the frame, and the points that it holds."""
    heaviest = np.argsort(-np.array(weights), kind="stable")[:MOST_WEIGHED]
    lons, lats = np.array(points, np.float64)[heaviest].T
    weight = np.array(weights, np.float64)[heaviest]
    apart = distance(lons[:, None], lats[:, None], lons[None, :], lats[None, :])
    middle = int((apart * weight).sum(axis=1).argmin())  # the medoid: the point that is nearest to all others
    order = np.argsort(apart[middle], kind="stable")
    held = np.searchsorted(np.cumsum(weight[order]), SHARE * weight.sum())
    reach = apart[middle][order[min(int(held), len(order) - 1)]]
    inside = apart[middle] <= NEAR * max(reach, SMALLEST_FIT_KM / 4)
    lons, lats = lons[inside], lats[inside]
    return _between(lons), float((lats.min() + lats.max()) / 2), lons, lats


def _between(lons: Numbers) -> float:
    """The middle of longitudes, on the right side of the date line."""
    turned = np.where(lons < 0, lons + 360, lons)
    use = turned if np.ptp(turned) < np.ptp(lons) else lons
    middle = float((use.min() + use.max()) / 2)
    return middle - 360 if middle > 180 else middle


def _simplified(number: NDArray[np.int64], points: Numbers, unit: float) -> tuple[NDArray[np.int64], Numbers]:
    """The outlines without corners too flat to be seen; `number` is the outline of each point.

    A corner's worth is the area that goes with it, and of neighbours the lesser goes first (Visvalingam and Whyatt,
    1993). So two countries lose the same points of their border, which stays one line.
    """
    for _ in range(MOST_PASSES):
        (x, y), (beyond_x, beyond_y) = (points - np.roll(points, 1, 0)).T, (np.roll(points, -1, 0) - points).T
        worth = np.abs(x * beyond_y - y * beyond_x) / 2
        worth[(number != np.roll(number, 1)) | (number != np.roll(number, -1))] = np.inf
        worth[::2] += 1e-9  # on a straight line every other point goes
        trifling = (worth < TRIFLE * unit**2) & (worth < np.roll(worth, 1)) & (worth <= np.roll(worth, -1))
        if not trifling.any():
            break
        number, points = number[~trifling], points[~trifling]
    return number, points
