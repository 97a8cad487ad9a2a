"""The ledger's chart: claimed numbers over time, by whose forces they are about.

A panel for each force, all on one axis of days. Headcounts of forces in place stand by value, so that one sees them
differ and rise; numbers on the move are no such totals, and other things are no heads: both stand in rows of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from app.db.rows import ItemRow
from app.domain.vocabulary import Modality
from app.web.views import words
from app.web.views.axis import Axis, Tick, ticks
from app.web.views.cards import Code, code
from app.web.views.claim_marks import (
    Lane,
    Mark,
    Number,
    claimant,
    label_of,
    mark_of,
    motion,
    number_of,
    reach,
    x_of,
)
from app.web.views.claims import figure
from app.web.views.labels import Spot, label_rows, place_labels
from app.web.views.overview import core

TALL, LOW, TOP = 248, 144, 22  # heights of a plot by value with many and with few claims; room above its scale
MANY, FEWEST = 6, 3  # claims in a tall plot; fewer than these stand in a row
INTERVALS = 4  # on a scale, at most
RANGE = 2  # pixels; what reaches less far is drawn as one number
FAR = 4  # times what nine of ten numbers don't exceed: beyond it a number stands at the plot's edge
FORCES_SHOWN = 5
NAMES_SHOWN = 30  # claims in the list that phones show in place of a plot
FEWEST_DAYS = 14
ROW, ROWS_SHOWN = 20, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The numbers of one lane; with a scale they stand by value, and `rising` is the line of the highest so far, which
    goes through the `records`.

    `scale` are (pixels, text, percent) of its lines; `listed` are the claims that phones list, of `count` in all.
    """

    lane: Lane
    count: int
    height: int
    scale: tuple[tuple[float, str, float], ...]
    rising: str
    records: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    listed: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The claims about one country's forces; without a code, about those of nobody who is named."""

    force: Code | None
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The panels, the most claimed about first; `looks` are the signs that occur, for the key.

    Of the claims with a number, `beyond` lie outside the days of the axis and `left_out` are about other forces.
    """

    panels: tuple[Panel, ...]
    ticks: tuple[Tick, ...]
    days: str
    count: int
    beyond: int
    left_out: int
    looks: frozenset[str]


def chart(rows: Sequence[ItemRow]) -> Chart | None:
    """The chart of the rows that have a number and a date; None where there are none."""
    numbers = [number for row in rows if (number := number_of(row))]
    if not numbers:
        return None
    weights = Counter(number.date.earliest for number in numbers)
    first, last = core(sorted(weights), weights)
    near = [number for number in numbers if first <= number.date.earliest <= last]
    axis = _axis(first, last)
    by_force: dict[str, list[Number]] = defaultdict(list)
    for number in near:
        by_force[number.force].append(number)
    order = sorted(by_force, key=lambda force: (force == "", -len(by_force[force]), force))
    panels = tuple(_panel(force, by_force[force], axis) for force in order[:FORCES_SHOWN])
    plots = [plot for panel in panels for plot in panel.plots]
    return Chart(
        panels=panels,
        ticks=tuple(ticks(axis)),
        days=words.days(first, last),
        count=sum(plot.count for plot in plots),
        beyond=len(numbers) - len(near),
        left_out=sum(len(by_force[force]) for force in order[FORCES_SHOWN:]),
        looks=frozenset(sign for plot in plots for sign in _signs(plot)),
    )


def _signs(plot: Plot) -> Iterator[str]:
    """What a reader must know to read the plot."""
    if plot.rising:
        yield "rising"
    for mark in plot.marks:
        yield from (mark.shape, mark.open, mark.look)
        if mark.height > RANGE:
            yield "range"


def _axis(first: date, last: date) -> Axis:
    spare = 2 + max(0, FEWEST_DAYS - (last - first).days) // 2
    begin, end = max(1, first.toordinal() - spare), min(date.max.toordinal(), last.toordinal() + spare)
    return Axis(date.fromordinal(begin), end - begin + 1)


def _panel(force: str, numbers: Sequence[Number], axis: Axis) -> Panel:
    lanes = {lane: _told_once(number for number in numbers if number.lane is lane) for lane in Lane}
    return Panel(
        force=code(force) if force else None,
        plots=tuple(_plot(lane, found, axis) for lane, found in lanes.items() if found),
    )


def _told_once(numbers: Iterator[Number]) -> list[Number]:
    """The numbers by day, those that one side tells of one day alike taken together."""
    same: dict[object, list[Number]] = defaultdict(list)
    for number in numbers:
        row = number.row
        doing = motion(row) if number.lane is Lane.MOVE else ""
        same[number.date.edtf, claimant(row), number.text, row.unit, doing, row.modality].append(number)
    found = [replace(each[0], count=len(each)) for each in same.values()]
    return sorted(found, key=lambda number: (number.date.earliest, -number.high))


def _plot(lane: Lane, numbers: Sequence[Number], axis: Axis) -> Plot:
    count = sum(number.count for number in numbers)
    if lane is not Lane.PLACE or len(numbers) < FEWEST:
        return _row_of(lane, numbers, axis, count)
    height = TALL if len(numbers) >= MANY else LOW
    top, step = scale([number.high for number in numbers])
    foot = height - 12

    def y(value: float) -> float:
        return round(foot - min(value / top, 1) * (foot - TOP), 1)

    records = [n for n in range(len(numbers)) if _is_record(numbers, n)]
    spots = [
        Spot(x_of(number, axis), y(number.high), y(number.low), label_of(number), reach(number), on_line=n in records)
        for n, number in enumerate(numbers)
    ]
    important = sorted(range(len(spots)), key=lambda n: (n not in records, -numbers[n].high))
    rising = [(spots[n].x, spots[n].top) for n in records]
    labels = place_labels(spots, important, height, _corners(rising))
    marks = [
        mark_of(number, axis, y(number.low), y(number.high), *label, top=top)
        for number, label in zip(numbers, labels, strict=True)
    ]
    largest = sorted(range(len(marks)), key=lambda n: -numbers[n].high)[:NAMES_SHOWN]
    return Plot(
        lane=lane,
        count=count,
        height=height,
        scale=tuple((y(value), _short(value), round(100 * value / top, 2)) for value in range(0, top + 1, step)),
        rising=_path(rising),
        records=tuple(marks[n] for n in records),
        marks=tuple(marks),
        listed=tuple(marks[n] for n in sorted(largest)),
    )


def _row_of(lane: Lane, numbers: Sequence[Number], axis: Axis, count: int) -> Plot:
    """A lane without a scale: each number is told, as far as there is room for words."""
    texts = [label_of(number, with_motion=lane is Lane.MOVE, with_unit=lane is Lane.OTHER) for number in numbers]
    spots = [Spot(x_of(number, axis), 0, 0, text) for number, text in zip(numbers, texts, strict=True)]
    important = sorted(range(len(spots)), key=lambda n: -numbers[n].high)
    labels = label_rows(spots, important, ROWS_SHOWN)
    rows = max((row for row, label in labels if label), default=-1) + 1
    is_crowded = any(label is None for _, label in labels)  # those without words stand in a last row
    marks = [
        mark_of(number, axis, y, y, label, None, with_unit=lane is Lane.OTHER)
        for number, (row, label) in zip(numbers, labels, strict=True)
        for y in [18 + ROW * (row if label else rows)]
    ]
    largest = set(important[:NAMES_SHOWN])
    return Plot(
        lane=lane,
        count=count,
        height=16 + ROW * (rows + is_crowded),
        scale=(),
        rising="",
        records=(),
        marks=tuple(marks),
        listed=tuple(mark for n, mark in enumerate(marks) if n in largest),
    )


def scale(numbers: Sequence[int]) -> tuple[int, int]:
    """Where a scale for the numbers ends, and the step between its lines: 1, 2 or 5 with zeros.

    Where few numbers lie far beyond the others, it ends with the others.
    """
    in_order = sorted(numbers)
    most, usual = in_order[-1], in_order[max(min(len(in_order) * 9 // 10, len(in_order) - 2), 0)]
    highest = max(usual if most > FAR * usual else most, 1)
    step = next(
        base * 10**power for power in range(20) for base in (1, 2, 5) if base * 10**power * INTERVALS >= highest
    )
    return -(-highest // step) * step, step


def _is_total(number: Number) -> bool:
    """Whether the number is claimed to be there on a day: not planned or denied, and no mere bound from above."""
    is_claimed = number.row.modality not in {Modality.DENIED, Modality.PLANNED, Modality.POSSIBLE}
    return is_claimed and reach(number) != "down" and words.is_exact(number.date)


def _is_record(numbers: Sequence[Number], n: int) -> bool:
    """Whether the number is the day's highest and higher than all that were claimed before."""
    return _is_total(numbers[n]) and all(numbers[n].high > each.high for each in numbers[:n] if _is_total(each))


def _corners(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The line that goes from each point to the right and then up to the next; none where there is no next."""
    if len(points) < 2:
        return []
    ahead = [(after[0], before[1]) for before, after in pairwise(points)]
    return [corner for pair in zip(points, ahead, strict=False) for corner in pair] + [points[-1], (100, points[-1][1])]


def _path(points: Sequence[tuple[float, float]]) -> str:
    """The same line as an SVG path 100 wide."""
    return "".join(f"{'L' if n else 'M'}{x} {y}" for n, (x, y) in enumerate(_corners(points)))


def _short(number: int) -> str:
    return figure("", number, number)
