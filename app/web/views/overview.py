"""The day overview: items a day as stacked bars, drawn on the server, each bar a link to its days."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from app.db.rows import DayCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.web import urls
from app.web.views import words

STACK = (ItemKind.DIPLOMATIC, ItemKind.MILITARY, ItemKind.TROOPS, ItemKind.STATEMENT)  # from the bottom
HEIGHT = 58
ROOM_FOR_LABEL = 16
LONGEST_IN_DAYS, LONGEST_IN_WEEKS = 200, 1_000
LONGEST_GAP = 60  # days without items after which what lies beyond is far from the crisis, and told in words
LABELLED = 3
LABEL_WIDTH = 6.0  # percent of the width that a label needs
LABEL_SHARE = 0.15  # of the highest bar; lower ones are not worth a label
TICKS = 9

type Position = Callable[[date], float]  # where a day stands in the figure, in percent


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
    total: int
    name: str
    href: str
    label: str
    is_highest: bool
    anchor: str
    is_selected: bool
    is_first: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; `minor` ones are left out on narrow screens."""

    x: float
    text: str
    anchor: str
    minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """A Saturday and Sunday, tinted."""

    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figure. `earlier` and `later` link to the items that lie far from the rest."""

    first: date
    last: date
    height: int
    unit: str
    total: int
    bars: tuple[Bar, ...]
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


def overview(counts: Sequence[DayCount], filters: Filters) -> Overview | None:
    """The figure of all days under the filters but the dates, the chosen dates marked; None without dated items."""
    if not counts:
        return None
    weights: Counter[date] = Counter()
    for count in counts:
        weights[count.day] += count.count
    days = sorted(weights)
    first, last = core(days, weights)
    bins = list(_bins(first, last))
    unit = "day" if bins[0][0] == bins[0][1] else "week" if (bins[0][1] - bins[0][0]).days == 6 else "month"
    start, end = bins[0][0], bins[-1][1]
    length = (end - start).days + 1

    def at(day: date) -> float:
        return round(100 * (day - start).days / length, 3)

    stacks: dict[date, Counter[ItemKind]] = defaultdict(Counter)
    starts = [a for a, _ in bins]
    for count in counts:
        if start <= count.day <= end:
            stacks[starts[_last_before(starts, count.day)]][count.kind] += count.count
    highest = max(sum(stack.values()) for stack in stacks.values())
    labelled = _labelled({a: sum(stacks[a].values()) for a in starts if a in stacks}, highest, at)
    bars: list[Bar] = []
    for a, b in bins:
        stack = stacks.get(a)
        if not stack:
            continue
        total, x, width = sum(stack.values()), at(a), round(100 * ((b - a).days + 1) / length, 3)
        segments = tuple(_segments(stack, (HEIGHT - ROOM_FOR_LABEL) / highest))
        name = f"{words.days(a, b)}: {words.counted(total, 'item')}"
        middle = round(x + width / 2, 3)
        bars.append(
            Bar(
                x=round(x + width * 0.06, 3),
                width=round(width * 0.88, 3),
                middle=middle,
                top=round(HEIGHT - total * (HEIGHT - ROOM_FOR_LABEL) / highest, 2),
                total=total,
                name=f"{name} ({', '.join(_parts(stack))})",
                href=urls.href("/", replace(filters, first=a, last=b)),
                label=f"{words.short_day(a)} · {total}" if a in labelled else "",
                is_highest=total == highest,
                anchor="end" if middle > 95 else "start" if middle < 5 else "middle",
                is_selected=(filters.first or a) <= b and a <= (filters.last or b),
                is_first=not bars,
                segments=segments,
            )
        )
    weekends = _weekends(start, end, at, 100 / length) if unit == "day" else ()
    return Overview(
        first=first,
        last=last,
        height=HEIGHT,
        unit=unit,
        total=sum(bar.total for bar in bars),
        bars=tuple(bars),
        ticks=tuple(_ticks(start, end, at)),
        weekends=tuple(weekends),
        selection=_selection(filters, at, 100 / length),
        earlier=_beyond(weights, filters, before=first),
        later=_beyond(weights, filters, after=last),
    )


def _bins(first: date, last: date) -> Iterator[tuple[date, date]]:
    length = (last - first).days + 1
    if length <= LONGEST_IN_DAYS:
        spare = max(0, 14 - length)  # a lone day would fill the figure
        first, last = first - timedelta(spare // 2), last + timedelta(spare - spare // 2)
        for n in range((last - first).days + 1):
            yield first + timedelta(n), first + timedelta(n)
    elif length <= LONGEST_IN_WEEKS:
        monday = first - timedelta(first.weekday())
        while monday <= last:
            yield monday, monday + timedelta(6)
            monday += timedelta(7)
    else:
        start = first.replace(day=1)
        while start <= last:
            after = (start + timedelta(32)).replace(day=1)
            yield start, after - timedelta(1)
            start = after


def _last_before(starts: Sequence[date], day: date) -> int:
    at = bisect_left(starts, day)
    return at if at < len(starts) and starts[at] == day else at - 1


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


def _labelled(totals: Mapping[date, int], highest: int, at: Position) -> set[date]:
    chosen: list[date] = []
    for day in sorted(totals, key=lambda day: (-totals[day], day)):
        if len(chosen) == LABELLED or totals[day] < highest * LABEL_SHARE:
            break
        if all(abs(at(day) - at(other)) >= LABEL_WIDTH for other in chosen):
            chosen.append(day)
    return set(chosen)


def _ticks(start: date, end: date, at: Position) -> Iterator[Tick]:
    length = (end - start).days + 1
    days: list[date]
    if length <= LONGEST_IN_DAYS:
        step = next(step for step in (1, 2, 7, 14, 28) if length / step <= TICKS or step == 28)
        begin = start + timedelta((-start.weekday()) % 7 if step >= 7 else 0)
        days = [begin + timedelta(n) for n in range(0, (end - begin).days + 1, step)]
        texts = [words.short_day(day) for day in days]
    else:
        firsts = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13)]
        firsts = [day for day in firsts if start <= day <= end]
        days = firsts[:: max(1, -(-len(firsts) // TICKS))]
        texts = [f"{words.MONTHS[day.month - 1][:3]} {day.year}" for day in days]
    for n, (day, text) in enumerate(zip(days, texts, strict=True)):
        x = at(day)
        yield Tick(x, text, "end" if x > 96 else "start" if x < 3 else "middle", minor=n % 2 == 1)


def _weekends(start: date, end: date, at: Position, day_width: float) -> Iterator[Weekend]:
    days = [start + timedelta(n) for n in range((end - start).days + 1)]
    for day, following in pairwise([*days, end + timedelta(1)]):
        if day.weekday() == 5:
            both = following.weekday() == 6 and following <= end
            yield Weekend(x=at(day), width=round(day_width * (2 if both else 1), 3))
        elif day.weekday() == 6 and day == start:
            yield Weekend(x=at(day), width=round(day_width, 3))


def _selection(filters: Filters, at: Position, day_width: float) -> tuple[float, float] | None:
    if not (filters.first or filters.last):
        return None
    left = max(0.0, at(filters.first)) if filters.first else 0.0
    right = min(100.0, at(filters.last) + day_width) if filters.last else 100.0
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
