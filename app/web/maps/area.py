"""Where in a country, as a map shows it, a name or a ring has room."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.web.maps.frame import Numbers, Shape, Sheet

GRID_LINES = 9  # each way, where room is looked for
MOST_EDGES = 120  # points of an outline that are looked at then
NAME_SHAPE = 2  # a name is so many times as wide as it needs room above and below


class Area:
    """An outline on a sheet; what hangs on it alone is found once."""

    def __init__(self, shape: Shape, sheet: Sheet) -> None:
        self.width, self.height = (int(side) for side in np.ptp(shape, axis=0))
        self._shape, self._sheet = shape, sheet

    @property
    def extent(self) -> int:
        """The area of its bounds, in square units."""
        return self.width * self.height

    def roomiest(self, away_from: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
        """The point in it with most room around it within the sheet, and how much, in units; 0 for none."""
        points, room = self._room
        if not len(points):
            return 0.0, 0.0, 0.0
        if away_from:
            others = np.array(away_from)
            apart = (points[:, :1] - others[:, 0]) ** 2 + (points[:, 1:] - others[:, 1]) ** 2
            room = np.minimum(room, np.sqrt(apart.min(axis=1)))
        at = int(room.argmax())
        return float(points[at, 0]), float(points[at, 1]), float(room[at])

    @cached_property
    def _room(self) -> tuple[Numbers, Numbers]:
        """Points in it, and how far each is from its edges and those of the sheet."""
        width, height = size = (self._sheet.width, self._sheet.height)
        shape = self._shape[:: max(1, len(self._shape) // MOST_EDGES)]
        lowest, highest = np.maximum(shape.min(axis=0), 0), np.minimum(shape.max(axis=0), size)
        columns, rows = (np.linspace(a, b, GRID_LINES + 2)[1:-1] for a, b in zip(lowest, highest, strict=True))
        grid = np.array([(x, y) for y in rows for x in columns])
        grid = grid[_inside(grid, shape)]
        if not len(grid):
            return grid, np.zeros(0)
        x, y = grid.T
        room = np.sqrt(((x[:, None] - shape[:, 0]) ** 2 + (y[:, None] - shape[:, 1]) ** 2).min(axis=1))
        return grid, np.minimum.reduce([room, y, height - y, x / NAME_SHAPE, (width - x) / NAME_SHAPE])


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
