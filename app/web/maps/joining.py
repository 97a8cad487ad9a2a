"""Rings on a map that would lie over each other are made one."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Ring[T]:
    """A ring, what is joined in it, and how much that is."""

    x: float
    y: float
    members: list[T]
    total: int
    radius: float

    def touches(self, other: "Ring[T]") -> bool:
        """Whether the two would lie over each other."""
        return math.dist((self.x, self.y), (other.x, other.y)) < self.radius + other.radius


class Joined[T]:
    """The rings on a sheet of that width and height, all of them whole; `radius` gives that of a total."""

    def __init__(self, radius: Callable[[int], float], width: float, height: float) -> None:
        self.rings: list[Ring[T]] = []
        self._radius, self._width, self._height = radius, width, height

    def add(self, x: float, y: float, total: int, member: T) -> Ring[T]:
        """Give the member a ring, its own or the nearest that it would touch."""
        new = Ring(x, y, [member], total, self._radius(total))
        self._keep_whole(new)
        near = [each for each in self.rings if each.touches(new)]
        if not near:
            self.rings.append(new)
            return new
        nearest = min(near, key=lambda each: math.dist((x, y), (each.x, each.y)))
        self._join(nearest, new)
        return nearest

    def settle(self) -> None:
        """Join rings that have grown until they touch others: the smaller to the larger, which stays where it is."""
        waiting = sorted(self.rings, key=lambda ring: -ring.total)
        settled: list[Ring[T]] = []
        while waiting:
            ring = waiting.pop(0)
            touched = [each for each in waiting if each.touches(ring)]
            for other in touched:
                self._join(ring, other)
            waiting = [each for each in waiting if each not in touched]
            larger = [each for each in settled if each.touches(ring)]
            if larger:
                self._join(larger[0], ring)
                settled.remove(larger[0])
                waiting.insert(0, larger[0])
            elif touched:
                waiting.insert(0, ring)
            else:
                settled.append(ring)
        self.rings = settled

    def _join(self, ring: Ring[T], other: Ring[T]) -> None:
        ring.members += other.members
        ring.total += other.total
        ring.radius = self._radius(ring.total)
        self._keep_whole(ring)

    def _keep_whole(self, ring: Ring[T]) -> None:
        """Move a ring that the sheet's edge would cut."""
        ring.x = max(ring.radius, min(ring.x, self._width - ring.radius))
        ring.y = max(ring.radius, min(ring.y, self._height - ring.radius))
