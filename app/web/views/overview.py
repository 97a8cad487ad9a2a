"""The day overview: items a day as stacked bars, drawn on the server, each bar a link to its days."""

import calendar
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.db.rows import DayCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.web import urls
from app.web.views import words
from app.web.views.axis import LONGEST_IN_DAYS, Axis, Tick, ticks

STACK = (ItemKind.DIPLOMATIC, ItemKind.MILITARY, ItemKind.TROOPS, ItemKind.STATEMENT)  # from the bottom
HEIGHT = 58
ROOM_FOR_LABEL = 16
LONGEST_IN_WEEKS = 1_000
LONGEST_GAP = 60  # days without items after which what lies beyond is far from the crisis, and told in words
FEWEST_DAYS = 14
LABELLED = 3
LABEL_WIDTH = 6.0  # percent of the width that a label needs
LABEL_SHARE = 0.15  # of the highest bar; lower ones are not worth a label


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind's part of a bar; `y` and `height` in pixels."""

    kind: ItemKind
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The items of a day (or week, or month); `x`, `width` and `middle` in percent of the figure."""

    x: float
    width: float
    middle: float
    top: float
    name: str
    href: str
    label: str
    is_highest: bool
    anchor: str
    is_selected: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """A Saturday and Sunday, tinted."""

    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figure. Its axis runs from the day `start` to the day `end`, in whole weeks or months around all items.

    `backdrop` is the outline of all items where the filters leave some out, else "": a path as wide as the axis has
    days, on a scale of its own. `earlier` and `later` link to the items that lie far from the rest.
    """

    first: date
    last: date
    start: date
    end: date
    height: int
    unit: str
    total: int
    bars: tuple[Bar, ...]
    backdrop: str
    ticks: tuple[Tick, ...]
    weekends: tuple[Weekend, ...]
    selection: tuple[float, float] | None
    earlier: tuple[str, str] | None
    later: tuple[str, str] | None


def core(days: Sequence[date], weights: Mapping[date, int]) -> tuple[date, date]:
    """The days of the crisis itself: around the busiest day, up to the first long gap on both sides."""
    busiest = max(days, key=lambda day: (weights[day], day))
    at = bisect_left(days, busiest)
    first = last = at
    while first > 0 and (days[first] - days[first - 1]).days <= LONGEST_GAP:
        first -= 1
    while last < len(days) - 1 and (days[last + 1] - days[last]).days <= LONGEST_GAP:
        last += 1
    return days[first], days[last]


def overview(counts: Sequence[DayCount], filters: Filters, everything: Sequence[DayCount]) -> Overview | None:
    """The figure of `counts`, the days under the filters but the dates; the chosen dates are marked.

    Its days are those of `everything`, so that they stay where they are under any filter. None without dated items.
    """
    weights = _weights(counts)
    whole = _weights(everything)
    if not whole:
        return None
    first, last = core(sorted(whole), whole)
    if weights and not any(first <= day <= last for day in weights):
        first, last = core(sorted(weights), weights)
    unit, bins = _bins(first, last)
    axis = Axis(bins[0][0], (bins[-1][1] - bins[0][0]).days + 1)
    stacks = _stacks(counts, bins)
    totals = {day: stack.total() for day, stack in stacks.items()}
    labelled = _labelled(totals, axis)
    href = urls.href_of_days("/", filters)
    bars = tuple(
        _bar(a, b, stacks[a], max(totals.values(), default=1), axis, filters, has_label=a in labelled, href=href(a, b))
        for a, b in bins
        if a in stacks
    )
    return Overview(
        first=first,
        last=last,
        start=axis.start,
        end=bins[-1][1],
        height=HEIGHT,
        unit=unit,
        total=sum(totals.values()),
        bars=bars,
        backdrop=_backdrop(whole, bins) if weights != whole else "",
        ticks=tuple(ticks(axis)),
        weekends=tuple(_weekends(axis)) if unit == "day" else (),
        selection=_selection(filters, axis),
        earlier=_beyond(weights, filters, before=first),
        later=_beyond(weights, filters, after=last),
    )


def _weights(counts: Sequence[DayCount]) -> Counter[date]:
    weights: Counter[date] = Counter()
    for count in counts:
        weights[count.day] += count.count
    return weights


def _bins(first: date, last: date) -> tuple[str, list[tuple[date, date]]]:
    """The unit of the bars, and the first and last day of each."""
    a, b = first.toordinal(), last.toordinal()
    length = b - a + 1
    if length <= LONGEST_IN_DAYS:
        spare = max(0, FEWEST_DAYS - length)  # a lone day would fill the figure
        a, b = a - spare // 2, b + spare - spare // 2
        a, b = a - (a - 1) % 7, b + -b % 7  # day 1 of the calendar is a Monday
        a, b = max(1, a), min(date.max.toordinal(), b)
        return "day", [(date.fromordinal(n), date.fromordinal(n)) for n in range(a, b + 1)]
    if length <= LONGEST_IN_WEEKS:
        mondays = range(max(1, a - first.weekday()), b + 1, 7)
        end = date.max.toordinal()
        return "week", [(date.fromordinal(n), date.fromordinal(min(n + 6, end))) for n in mondays]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    firsts = [date(n // 12, n % 12 + 1, 1) for n in months]
    return "month", [(day, day.replace(day=calendar.monthrange(day.year, day.month)[1])) for day in firsts]


def _stacks(counts: Sequence[DayCount], bins: Sequence[tuple[date, date]]) -> dict[date, Counter[ItemKind]]:
    """The items of each bar by kind, by the bar's first day; bars without items are left out."""
    starts = [a for a, _ in bins]
    stacks: dict[date, Counter[ItemKind]] = defaultdict(Counter)
    for count in counts:
        if starts[0] <= count.day <= bins[-1][1]:
            stacks[starts[bisect_right(starts, count.day) - 1]][count.kind] += count.count
    return stacks


def _backdrop(whole: Mapping[date, int], bins: Sequence[tuple[date, date]]) -> str:
    """The outline of the bars that all items would have."""
    starts = [a.toordinal() for a, _ in bins] + [bins[-1][1].toordinal() + 1]
    totals = [0] * len(bins)
    for day, count in whole.items():
        if bins[0][0] <= day <= bins[-1][1]:
            totals[bisect_right(starts, day.toordinal()) - 1] += count
    pixels = (HEIGHT - ROOM_FOR_LABEL) / max(totals)
    steps = (f"V{HEIGHT - total * pixels:.4g}H{end - starts[0]}" for total, end in zip(totals, starts[1:], strict=True))
    return f"M0 {HEIGHT}{''.join(steps)}V{HEIGHT}"


def _bar(
    a: date,
    b: date,
    stack: Counter[ItemKind],
    highest: int,
    axis: Axis,
    filters: Filters,
    href: str,
    *,
    has_label: bool,
) -> Bar:
    total, x, width = stack.total(), axis.at(a), axis.width((b - a).days + 1)
    middle = round(x + width / 2, 3)
    pixels = (HEIGHT - ROOM_FOR_LABEL) / highest
    return Bar(
        x=round(x + width * 0.06, 3),
        width=round(width * 0.88, 3),
        middle=middle,
        top=round(HEIGHT - total * pixels, 2),
        name=f"{words.days(a, b)}: {words.counted(total, 'item')} ({', '.join(_parts(stack))})",
        href=href,
        label=f"{words.short_day(a)} · {total}" if has_label else "",
        is_highest=total == highest,
        anchor="end" if middle > 95 else "start" if middle < 5 else "middle",
        is_selected=(filters.first or a) <= b and a <= (filters.last or b),
        segments=tuple(_segments(stack, pixels)),
    )


def _segments(stack: Counter[ItemKind], pixels: float) -> Iterator[Segment]:
    y = float(HEIGHT)
    for kind in STACK:
        if stack[kind]:
            height = stack[kind] * pixels
            y -= height
            yield Segment(kind, round(y, 2), round(height, 2))


def _parts(stack: Counter[ItemKind]) -> Iterator[str]:
    for kind in ItemKind:
        if stack[kind]:
            yield words.counted(stack[kind], *words.COUNTED[kind])


def _labelled(totals: Mapping[date, int], axis: Axis) -> set[date]:
    chosen: list[date] = []
    highest = max(totals.values(), default=1)
    for day in sorted(totals, key=lambda day: (-totals[day], day)):
        if len(chosen) == LABELLED or totals[day] < max(2, highest * LABEL_SHARE):
            break
        if all(abs(axis.at(day) - axis.at(other)) >= LABEL_WIDTH for other in chosen):
            chosen.append(day)
    return set(chosen)


def _weekends(axis: Axis) -> Iterator[Weekend]:
    saturday = (5 - axis.start.weekday()) % 7 - 7  # it may lie before the first day
    for n in range(saturday, axis.days, 7):
        first, last = max(n, 0), min(n + 1, axis.days - 1)
        if first <= last:
            yield Weekend(x=axis.width(first), width=axis.width(last - first + 1))


def _selection(filters: Filters, axis: Axis) -> tuple[float, float] | None:
    if not (filters.first or filters.last):
        return None
    left = max(0.0, axis.at(filters.first)) if filters.first else 0.0
    right = min(100.0, axis.at(filters.last) + axis.width(1)) if filters.last else 100.0
    return (left, round(right - left, 3)) if right > left else None


def _beyond(
    weights: Mapping[date, int], filters: Filters, *, before: date | None = None, after: date | None = None
) -> tuple[str, str] | None:
    total = sum(n for day, n in weights.items() if (before and day < before) or (after and day > after))
    if not total:
        return None
    if before:
        chosen = replace(filters, first=None, last=before - timedelta(1))
        return f"{words.counted(total, 'item')} before {words.day(before)}", urls.href("/", chosen)
    if after:
        chosen = replace(filters, first=after + timedelta(1), last=None)
        return f"{words.counted(total, 'item')} after {words.day(after)}", urls.href("/", chosen)
    return None
