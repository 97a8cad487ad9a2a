"""The piece of the world that a map shows: chosen so that most items are in it, drawn on the server."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.web.maps.outlines import Points
from app.web.maps.projection import EARTH_KM, Projection, around, distance, world

WIDTH, HEIGHT = 1200, 720  # units of the drawing; one is about a pixel on a wide screen
BEYOND = 0.15  # how far lines are followed outside the frame, as a share of its size
SHARE = 0.85  # of the items must lie in the frame
NEAR = 1.6  # times as far as those: still in it
SMALLEST_KM, WIDEST_KM, WORLD_KM = 600.0, 16_000.0, 40_000.0
GRID_LINES = 10  # each way, where room for a name is looked for
NAME_SHAPE = 2  # a name is so many times as wide as it needs room above and below
ROOM = 1.3  # times as wide as what must be in it

type Numbers = NDArray[np.float64]
type Shape = NDArray[np.int64]  # points, each x and y in whole units


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection, and which part of its plane is drawn: its middle and how many units the globe's radius has."""

    projection: Projection
    middle: tuple[float, float]
    scale: float
    lon: float
    lat: float
    width_km: float

    @property
    def is_world(self) -> bool:
        """Whether the whole globe is in it."""
        return self.width_km >= WORLD_KM

    def at(self, lons: Numbers, lats: Numbers) -> tuple[Numbers, Numbers]:
        """Where points come to lie, in units from the left and from the top; NaN for what can't be shown."""
        x, y = self.projection.forward(lons, lats)
        return WIDTH / 2 + (x - self.middle[0]) * self.scale, HEIGHT / 2 - (y - self.middle[1]) * self.scale

    def point(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Where one point lies, None where that is not in the frame."""
        x, y = (float(part[0]) for part in self.at(np.array([lon]), np.array([lat])))
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None

    def shapes(self, points: Points) -> Mapping[int, Shape]:
        """What the frame shows of the outlines or lines, by number, on its grid.

        What lies far outside the frame is moved to a border around it.
        """
        x, y = self.at(points.lons, points.lats)
        touched = np.ones(len(points.starts), np.bool_)
        for part, size in ((x, WIDTH), (y, HEIGHT)):
            lowest, highest = (reduce.reduceat(part, points.starts) for reduce in (np.fmin, np.fmax))
            touched &= (lowest < size) & (highest > 0)
        ends = np.append(points.starts[1:], len(points.lons))
        found = {}
        for number in np.flatnonzero(touched).tolist():
            own = slice(points.starts[number], ends[number])
            shape = _on_grid(x[own], y[own])
            if len(shape) > 1 and np.ptp(shape, axis=0).max() > 1:
                found[number] = shape
        return found


def path(shapes: Iterable[Shape], *, closed: bool) -> str:
    """The shapes as SVG path data; "" for none."""
    end = "z" if closed else ""
    return "".join(
        f"M{shape[0][0]} {shape[0][1]}l{' '.join(f'{x} {y}' for x, y in np.diff(shape, axis=0).tolist())}{end}"
        for shape in shapes
    )


def roomiest(shape: Shape, away_from: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """The point of the shape with most room around it within the frame, and how much, in units; 0 for none."""
    lowest, highest = np.maximum(shape.min(axis=0), 0), np.minimum(shape.max(axis=0), (WIDTH, HEIGHT))
    columns, rows = (np.linspace(a, b, GRID_LINES + 2)[1:-1] for a, b in zip(lowest, highest, strict=True))
    grid = np.array([(x, y) for y in rows for x in columns])
    grid = grid[_inside(grid, shape)]
    if not len(grid):
        return 0.0, 0.0, 0.0
    edges = np.concatenate((shape[:: max(1, len(shape) // 200)], np.array(away_from).reshape(-1, 2)))
    room = np.hypot(*(grid[:, None, :] - edges[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    x, y = grid.T
    room = np.minimum.reduce([room, y, HEIGHT - y, x / NAME_SHAPE, (WIDTH - x) / NAME_SHAPE])
    at = int(room.argmax())
    return float(x[at]), float(y[at]), float(room[at])


def _on_grid(x: Numbers, y: Numbers) -> Shape:
    shown = np.isfinite(x) & np.isfinite(y)
    x = np.clip(x[shown], -BEYOND * WIDTH, (1 + BEYOND) * WIDTH)
    y = np.clip(y[shown], -BEYOND * HEIGHT, (1 + BEYOND) * HEIGHT)
    points = np.rint(np.column_stack((x, y))).astype(np.int64)
    moved = np.any(np.diff(points, axis=0) != 0, axis=1)
    return points[np.concatenate(([True], moved))] if len(points) else points


def frame_around(lon: float, lat: float, width_km: float) -> Frame:
    """The frame of so many kilometres from left to right around a point; the globe where that is too much."""
    if width_km > WIDEST_KM:
        return whole_world()
    width_km = max(width_km, SMALLEST_KM)
    return Frame(around(lon, lat), (0.0, 0.0), WIDTH * EARTH_KM / width_km, lon, lat, width_km)


def whole_world() -> Frame:
    """The frame of the globe; its far south, where there is only ice, is cut off."""
    return Frame(world(), (0.0, 0.13), WIDTH / 5.5, 0.0, 0.0, WORLD_KM)


def frame_of(points: Sequence[tuple[float, float]], weights: Sequence[int]) -> Frame:
    """The frame that holds most of the weight: points are longitude and latitude in degrees.

    A few items far away would shrink the rest to a dot: they stay outside, and the page says so.
    """
    if not points:
        return whole_world()
    lons, lats = np.array(points, np.float64).T
    weight = np.array(weights, np.float64)
    apart = np.array([distance(lons, lats, lon, lat) for lon, lat in points])
    middle = int((apart * weight).sum(axis=1).argmin())  # the medoid: the point that is nearest to all others
    order = np.argsort(apart[middle], kind="stable")
    held = np.searchsorted(np.cumsum(weight[order]), SHARE * weight.sum())
    reach = apart[middle][order[min(int(held), len(order) - 1)]]
    inside = apart[middle] <= NEAR * max(reach, SMALLEST_KM / 4)
    x, y = around(*points[middle]).forward(lons[inside], lats[inside])
    width = max(float(np.ptp(x)), float(np.ptp(y)) * WIDTH / HEIGHT) * ROOM * EARTH_KM
    lon, lat = _between(lons[inside]), float((lats[inside].min() + lats[inside].max()) / 2)
    return frame_around(lon, lat, max(width, SMALLEST_KM * 1.5))


def _between(lons: Numbers) -> float:
    """The middle of longitudes, on the right side of the date line."""
    turned = np.where(lons < 0, lons + 360, lons)
    use = turned if np.ptp(turned) < np.ptp(lons) else lons
    middle = float((use.min() + use.max()) / 2)
    return middle - 360 if middle > 180 else middle


def _inside(grid: Numbers, ring: Shape) -> NDArray[np.bool_]:
    """Which points of the grid lie in the ring (even-odd rule)."""
    x, y = grid[:, 0, None], grid[:, 1, None]
    x1, y1 = ring.T
    x0, y0 = np.roll(ring, 1, axis=0).T
    crosses = (y1 > y) != (y0 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = (x0 - x1) * (y - y1) / (y0 - y1) + x1
    inside: NDArray[np.bool_] = np.count_nonzero(crosses & (x < at), axis=1) % 2 == 1
    return inside
