"""Where words stand beside the marks of a chart, so that none covers another, however wide the chart is drawn.

The server does not know the width. What has room where the chart is NARROW has room in any wider one, for marks only
move apart; what has room only where it is WIDE is shown there alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

NARROW, WIDE = 560.0, 1080.0
LETTER = 6.7  # pixels, at 11 to 12 px with digits
HEIGHT = 14.0
GAP = 8.0  # from the middle of a mark to its words
HALF = 6.0  # of a mark
ARROW = 10.0  # that leads on from a mark


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark: `x` in percent, its upper and lower end in pixels, and its words, a bold part and a plain one."""

    x: float
    top: float
    bottom: float
    text: tuple[str, str]
    open: str = ""  # where an arrow leads from it: "up", "down"
    on_line: bool = False  # that goes on to the right

    @property
    def width(self) -> float:
        """The width of its words."""
        return LETTER * (len(self.text[0]) + len(self.text[1]) + 1)


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a mark; `dx` and `dy` in pixels from its upper end."""

    bold: str
    plain: str
    dx: float
    dy: float
    anchor: str


type _Box = tuple[float, float, float, float]  # left, top, right, bottom


def place_labels(
    spots: Sequence[Spot], important: Sequence[int], height: float, line: Sequence[tuple[float, float]] = ()
) -> list[tuple[Label | None, Label | None]]:
    """For each spot its words and those it has only in a wide chart; the most important spots choose first.

    No words cover the line, whose corners are in percent and pixels.
    """
    narrow: dict[int, Label] = {}
    wide: dict[int, Label] = {}
    for width, found in ((NARROW, narrow), (WIDE, wide)):
        taken = [_mark_box(spot, width) for spot in spots]
        taken += [_stretch(a, b, width) for a, b in pairwise(line)]
        taken += [_label_box(spots[n], label, width) for n, label in narrow.items()] if found is wide else []
        for n in important:
            if n in narrow:
                continue
            for label in _candidates(spots[n]):
                box = _label_box(spots[n], label, width)
                is_inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
                if is_inside and not any(_overlap(box, other) for other in taken):
                    found[n] = label
                    taken.append(box)
                    break
    return [(narrow.get(n), wide.get(n)) for n in range(len(spots))]


def label_rows(spots: Sequence[Spot], important: Sequence[int], rows: int) -> list[tuple[int, Label | None]]:
    """For each spot a row in which its words have room beside those of others; no words where no row has room."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    found: dict[int, tuple[int, Label]] = {}
    fitting = set(important[: rows * 12])
    for n in sorted(fitting, key=lambda n: spots[n].x):
        spot = spots[n]
        x = spot.x * NARROW / 100
        is_right = x + GAP + spot.width <= NARROW
        label = Label(*spot.text, GAP if is_right else -GAP, 4, "start" if is_right else "end")
        left, _, right, _ = _label_box(spot, label, NARROW)
        left, right = min(left, x - HALF) - 4, max(right, x + HALF) + 4
        row = next((r for r in range(rows) if all(right < a or left > b for a, b in taken[r])), None)
        if row is not None and left >= -HALF - 4:
            taken[row].append((left, right))
            found[n] = (row, label)
    return [found.get(n, (0, None)) for n in range(len(spots))]


def _candidates(spot: Spot) -> list[Label]:
    """To the right, to the left, above, below; what stands on a line has its words above it if it can."""
    beside = [Label(*spot.text, GAP, 4, "start"), Label(*spot.text, -GAP, 4, "end")]
    above = -10 - (ARROW if spot.open == "up" else 0)
    over = [Label(*spot.text, 0, above, "middle"), Label(*spot.text, -HALF, above, "start")]
    under = Label(*spot.text, 0, spot.bottom - spot.top + 18 + (ARROW if spot.open == "down" else 0), "middle")
    if not spot.on_line:
        return [*beside, *over, under]
    return [beside[1], Label(*spot.text, GAP, -6, "start"), *over, under, beside[0]]


def _mark_box(spot: Spot, width: float) -> _Box:
    x = spot.x * width / 100
    up, down = (ARROW if spot.open == way else 0 for way in ("up", "down"))
    return x - HALF, spot.top - HALF - up, x + HALF, spot.bottom + HALF + down


def _stretch(a: tuple[float, float], b: tuple[float, float], width: float) -> _Box:
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return left * width / 100, top, right * width / 100, bottom


def _label_box(spot: Spot, label: Label, width: float) -> _Box:
    x = spot.x * width / 100 + label.dx
    left = {"start": x, "end": x - spot.width, "middle": x - spot.width / 2}[label.anchor]
    base = spot.top + label.dy
    return left, base - HEIGHT + 3, left + spot.width, base + 3


def _overlap(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
