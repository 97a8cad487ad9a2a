"""The ledger's chart: claimed numbers over time, by whose forces they are about.

A panel for each force, all on one axis of days. Headcounts of forces in place stand by value, so that one sees them
differ and rise; numbers on the move are no such totals, and other things are no heads: both stand in rows of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.db.parts import is_code
from app.db.rows import ItemRow
from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import HEADCOUNT_UNITS, Modality, Movement, Precision
from app.knowledge.country_names import country_name
from app.web.views import words
from app.web.views.axis import Axis, Tick, ticks
from app.web.views.cards import Code, code, cut
from app.web.views.claims import figure
from app.web.views.labels import Label, Spot, label_rows, place_labels
from app.web.views.overview import core

TALL, LOW, TOP = 248, 144, 22  # heights of a plot by value with many and with few claims; room above its scale
MANY, FEWEST = 6, 3  # claims in a tall plot; fewer than these stand in a row
INTERVALS = 4  # on a scale, at most
RANGE = 2  # pixels; what reaches less far is drawn as one number
FAR = 4  # times what nine of ten numbers don't exceed: beyond it a number stands at the plot's edge
FORCES_SHOWN = 5
NAMES_SHOWN = 30  # claims in the list that phones show in place of a plot
LONGEST_NAME = 18
FEWEST_DAYS = 14
ROW, ROWS_SHOWN = 20, 5
WITH_ARTICLE = frozenset(
    {"States", "Kingdom", "Republic", "Emirates", "Union", "Nations", "Netherlands", "Philippines"}
)
FLOWS = frozenset({Movement.MOVE, Movement.ARRIVE, Movement.WITHDRAW})


class Lane(StrEnum):
    """Where a number stands."""

    PLACE = "In place"
    MOVE = "On the move"
    OTHER = "Other counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number somebody claims: `x` and `span` (of its days) in percent, `y` and `top` in pixels, equal for one number.

    `open` is "up" (at least), "down" (at most), "about", or "beyond" the scale; `told` is the claim as a sentence has
    it. `wide_label` shows only where the chart is wide.
    """

    uid: str
    x: float
    span: float
    y: float
    top: float
    open: str
    shape: str
    look: str
    side: str
    day: str
    figure: str
    who: str
    note: str
    name: str
    counted: str
    told: str
    label: Label | None
    wide_label: Label | None
    low: float = 0.0
    high: float = 0.0

    @property
    def height(self) -> float:
        """How far the range reaches, in pixels."""
        return round(self.y - self.top, 1)


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


@dataclass(frozen=True, slots=True)
class _Number:
    """A claim with a number and a date, ready to be placed; `count` claims of one side and day say the same."""

    row: ItemRow
    date: FuzzyDate
    lane: Lane
    low: int
    high: int
    text: str
    count: int = 1

    @property
    def force(self) -> str:
        return self.row.force_country or ""


def chart(rows: Sequence[ItemRow]) -> Chart | None:
    """The chart of the rows that have a number and a date; None where there are none."""
    numbers = [number for row in rows if (number := _number(row))]
    if not numbers:
        return None
    weights = Counter(number.date.earliest for number in numbers)
    first, last = core(sorted(weights), weights)
    near = [number for number in numbers if first <= number.date.earliest <= last]
    axis = _axis(first, last)
    by_force: dict[str, list[_Number]] = defaultdict(list)
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


def bounds(row: ItemRow) -> tuple[int, int] | None:
    """The lowest and highest number that a claim gives, equal for a single one; None without a number."""
    quantity = row.quantity or ""
    digits = quantity.lstrip("<>=~")
    if digits != quantity and digits.isdigit():  # ">92000": the bound as the text has it
        return int(digits), int(digits)
    low = row.low if row.low is not None else row.high
    high = row.high if row.high is not None else row.low
    return None if low is None or high is None or quantity.endswith("%") else (low, high)


def is_flow(row: ItemRow) -> bool:
    """Whether the number is of forces that come, go or are added, not of all that are there."""
    return row.movement in FLOWS or bool(row.details.get("added"))


def motion(row: ItemRow) -> str:
    """What the forces of a claim do, in a word or two; "" where nothing tells."""
    return "Added" if row.details.get("added") else words.MOVEMENTS[row.movement] if row.movement else ""


def claimant(row: ItemRow) -> str:
    """Whose side claims: the code of a country or body, else a name; "" for the article itself."""
    if row.claimant is None:
        return ""
    return str(row.details.get("side") or row.claimant.country or row.claimant.name)


def in_sentence(name: str) -> str:
    """A country's name as it stands in a sentence: "the United States"."""
    return f"the {name}" if name.rpartition(" ")[2] in WITH_ARTICLE else name


def _number(row: ItemRow) -> _Number | None:
    found = bounds(row)
    if found is None or row.date is None:
        return None
    lane = Lane.MOVE if is_flow(row) else Lane.PLACE
    if row.unit is not None and row.unit not in HEADCOUNT_UNITS:
        lane = Lane.OTHER
    return _Number(row, row.date, lane, *found, figure(row.quantity or "", *found))


def _axis(first: date, last: date) -> Axis:
    spare = 2 + max(0, FEWEST_DAYS - (last - first).days) // 2
    begin, end = max(1, first.toordinal() - spare), min(date.max.toordinal(), last.toordinal() + spare)
    return Axis(date.fromordinal(begin), end - begin + 1)


def _panel(force: str, numbers: Sequence[_Number], axis: Axis) -> Panel:
    lanes = {lane: _told_once(number for number in numbers if number.lane is lane) for lane in Lane}
    return Panel(
        force=code(force) if force else None,
        plots=tuple(_plot(lane, found, axis) for lane, found in lanes.items() if found),
    )


def _told_once(numbers: Iterator[_Number]) -> list[_Number]:
    """The numbers by day, those that one side tells of one day alike taken together."""
    same: dict[object, list[_Number]] = defaultdict(list)
    for number in numbers:
        row = number.row
        doing = motion(row) if number.lane is Lane.MOVE else ""
        same[number.date.edtf, claimant(row), number.text, row.unit, doing, row.modality].append(number)
    found = [replace(each[0], count=len(each)) for each in same.values()]
    return sorted(found, key=lambda number: (number.date.earliest, -number.high))


def _plot(lane: Lane, numbers: Sequence[_Number], axis: Axis) -> Plot:
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
        Spot(_x(number, axis), y(number.high), y(number.low), _label(number), _reach(number), on_line=n in records)
        for n, number in enumerate(numbers)
    ]
    important = sorted(range(len(spots)), key=lambda n: (n not in records, -numbers[n].high))
    rising = [(spots[n].x, spots[n].top) for n in records]
    labels = place_labels(spots, important, height, _corners(rising))
    marks = [
        _mark(number, axis, y(number.low), y(number.high), *label, top=top)
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


def _row_of(lane: Lane, numbers: Sequence[_Number], axis: Axis, count: int) -> Plot:
    """A lane without a scale: each number is told, as far as there is room for words."""
    texts = [_label(number, with_motion=lane is Lane.MOVE, with_unit=lane is Lane.OTHER) for number in numbers]
    spots = [Spot(_x(number, axis), 0, 0, text) for number, text in zip(numbers, texts, strict=True)]
    important = sorted(range(len(spots)), key=lambda n: -numbers[n].high)
    labels = label_rows(spots, important, ROWS_SHOWN)
    rows = max((row for row, label in labels if label), default=-1) + 1
    is_crowded = any(label is None for _, label in labels)  # those without words stand in a last row
    marks = [
        _mark(number, axis, y, y, label, None, with_unit=lane is Lane.OTHER)
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


def _x(number: _Number, axis: Axis) -> float:
    return round(axis.at(number.date.earliest) + axis.width(1) / 2, 2)


def _is_total(number: _Number) -> bool:
    """Whether the number is claimed to be there on a day: not planned or denied, and no mere bound from above."""
    is_claimed = number.row.modality not in {Modality.DENIED, Modality.PLANNED, Modality.POSSIBLE}
    return is_claimed and _reach(number) != "down" and words.is_exact(number.date)


def _is_record(numbers: Sequence[_Number], n: int) -> bool:
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


def _reach(number: _Number) -> str:
    """Where the number is open: "up" (at least), "down" (at most), "about", or ""."""
    return {"<": "down", ">": "up", "~": "about"}.get((number.row.quantity or "")[:1], "")


def _label(number: _Number, *, with_motion: bool = False, with_unit: bool = False) -> tuple[str, str]:
    """The number, and whose word it is with what else must be said."""
    who = claimant(number.row)
    if who and not is_code(who):
        who = cut(who, LONGEST_NAME)
    unit = cut(number.row.unit or "", LONGEST_NAME + 8) if with_unit else ""
    doing = motion(number.row).lower() if with_motion else ""
    return f"{number.text} {unit}".strip(), ", ".join(filter(None, (who, doing)))


def _mark(
    number: _Number,
    axis: Axis,
    y: float,
    above: float,
    label: Label | None,
    wide_label: Label | None,
    *,
    top: int = 0,
    with_unit: bool = False,
) -> Mark:
    row = number.row
    figure_in_full, meaning = words.quantity(row.quantity)
    counted = (
        f"{f'{meaning.lower()} ' if meaning not in ('', 'Between') else ''}{figure_in_full} {row.unit or 'troops'}"
    )
    days = (number.date.latest - number.date.earliest).days
    side = claimant(row)
    who = country_name(side) if is_code(side) else side
    person = row.claimant.name if row.claimant else ""
    speaker = person if person in ("", who) else f"{person}, {who}"
    doing = motion(row) if number.lane is Lane.MOVE else ""
    notes = [doing, _modality(row)]
    again = f"told {number.count} times" if number.count > 1 else ""
    said = f"claimed by {speaker or who}" if side else "the article’s own words"
    lows = [min(100.0, round(100 * value / top, 2)) if top else 0.0 for value in (number.low, number.high)]
    return Mark(
        uid=row.uid,
        x=_x(number, axis),
        span=axis.width(days) if number.date.precision is not Precision.DAY and days else 0.0,
        y=y,
        top=above,
        open=("beyond" if number.high > top else _reach(number)) if top else "",
        shape="claim" if side else "own",
        look=_look(row),
        side=side,
        day=words.short_fuzzy(number.date),
        figure=f"{number.text} {row.unit}" if with_unit else number.text,
        who=side if is_code(side) else cut(side, 2 * LONGEST_NAME),
        note=", ".join(filter(None, notes)),
        name=f"{words.fuzzy(number.date)}: "
        + ", ".join([counted, said, *(note.lower() for note in (*notes, again) if note)]),
        counted=", ".join([counted, *(note.lower() for note in (*notes, again) if note)]),
        told=f"{counted.removesuffix(' troops')} ({in_sentence(who) or 'an article'}, {words.fuzzy(number.date)})",
        label=label,
        wide_label=wide_label,
        low=lows[0],
        high=lows[1],
    )


def _modality(row: ItemRow) -> str:
    return "" if row.modality in {None, Modality.HAPPENED, Modality.ALLEGED} else words.MODALITIES[row.modality]


def _look(row: ItemRow) -> str:
    match row.modality:
        case Modality.DENIED:
            return "denied"
        case Modality.PLANNED | Modality.POSSIBLE:
            return "planned"
    return ""


def _short(number: int) -> str:
    return figure("", number, number)
