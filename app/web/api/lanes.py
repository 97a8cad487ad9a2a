"""The timeline's lanes: which marks a window of days shows, decided by how many pixels a day has."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.db.density import Density, Drawn, Interval, Places, Stack, Value, read_density
from app.domain.edtf import parse_edtf
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.web import urls
from app.web.api.lane_models import Claimed, Lane, LaneBar, LaneDay, LaneName, Lanes, Level, Mark, Pill, RailMark
from app.web.views import words
from app.web.views.claims import claim, figure

PIXELS_FOR_MARKS = 7.0
PIXELS_FOR_LABELS = 48.0
MOST_PILLS = 24
CHOICES_KEPT = 12  # filters whose drawn days stay in memory, about a megabyte a year each

# How many marks a stack has room for. Where a day has more, the last place goes to "+N".
ROOM = {
    Level.MARKS: {Stack.DIPLOMATIC: 7, Stack.VALUE: 8, Stack.STATEMENT: 8},
    Level.LABELS: dict.fromkeys(Stack, 12),
}
WIDE_DAY = 240.0  # pixels in which several labels stand beside each other
ROOM_IN_WIDE_DAYS = dict.fromkeys(Stack, 40)
RAIL = (Stack.TROOPS, Stack.MILITARY)  # as one mark with a count, where there is no room for each
LANES: dict[LaneName, tuple[Stack, ...]] = {
    "diplomatic": (Stack.DIPLOMATIC,),
    "troops": (Stack.VALUE, *RAIL),
    "statements": (Stack.STATEMENT,),
}

type _DrawnDays = dict[tuple[LaneName, int], LaneDay | None]  # None: a day on which the filters show nothing


def level(first: date, last: date, width: float) -> Level:
    """How much of a day is drawn where the days from first to last are `width` pixels wide and few items crowd them."""
    pixels = width / ((last - first).days + 1)
    if pixels < PIXELS_FOR_MARKS:
        return Level.WEEKS
    return Level.MARKS if pixels < PIXELS_FOR_LABELS else Level.LABELS


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where all items lie, and the days drawn so far by filters and room: a day looks the same in any window."""

    density: Density
    days: OrderedDict[tuple[Filters, int], _DrawnDays] = field(default_factory=OrderedDict)


def read_drawing(conn: Connection) -> Drawing:
    """The drawing of the database's present generation, with nothing drawn yet."""
    return Drawing(read_density(conn))


def lanes(
    conn: Connection, drawing: Drawing, filters: Filters, first: date, last: date, width: float, margin: int = 0
) -> Lanes:
    """The lanes of the window under the filters, whose own dates the window takes the place of.

    `margin` more days are drawn on both sides; they don't count, and the width is that of the window alone.
    """
    filters, density = replace(filters, first=None, last=None), drawing.density
    window = _Choice(density, filters, urls.href("", filters), *density.places(conn, filters), first, last)
    chosen = replace(window, first=_shifted(first, -margin), last=_shifted(last, margin))
    depth = level(first, last, width)
    if depth is Level.MARKS and window.is_crowded(ROOM[depth]):
        depth = Level.DAYS
    is_wide = width / ((last - first).days + 1) >= WIDE_DAY
    room = ROOM_IN_WIDE_DAYS if is_wide else ROOM.get(depth)
    pills = {name: _pills(chosen, stacks) for name, stacks in LANES.items()}
    drawn = density.drawn(conn, [interval.ids[0] for found, _ in pills.values() for interval in found])
    result = []
    for name, stacks in LANES.items():
        found, rest = pills[name]
        bars = list(_bars(conn, chosen, stacks, 7 if depth is Level.WEEKS else 1)) if room is None else []
        days = _days(conn, drawing, chosen, name, room) if room else []
        links = {stack.kind: chosen.list_href((stack.kind,)) for stack in stacks}
        shown = [
            _pill(chosen, interval, drawn[interval.ids[0]], links[interval.kind])
            for interval in found
            if interval.ids[0] in drawn
        ]
        result.append(Lane(name, window.count(stacks), bars, days, shown, rest))
    return Lanes(first, last, depth, density.scale, result)


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class _Choice:
    """The items of the window that the filters show, and those of them that have a mark of their own."""

    density: Density
    filters: Filters
    query: str
    shown: Places
    marked: Places
    first: date
    last: date

    def shows(self, kind: ItemKind) -> bool:
        return not self.filters.kinds or kind in self.filters.kinds

    def days(self, stack: Stack, *, marks: bool = False) -> Iterator[tuple[int, Sequence[int]]]:
        if self.shows(stack.kind):
            yield from (self.marked if marks else self.shown).stacks[stack].within(self.first, self.last)

    def counts(self, stack: Stack) -> Sequence[int]:
        return self.shown.stacks[stack].counts(self.first, self.last) if self.shows(stack.kind) else ()

    def intervals(self, kinds: Iterable[ItemKind], *, marks: bool = False) -> Iterator[Interval]:
        wanted = {kind for kind in kinds if self.shows(kind)}
        for interval in (self.marked if marks else self.shown).intervals:
            if interval.kind in wanted and interval.first <= self.last and interval.last >= self.first:
                yield interval

    def count(self, stacks: Sequence[Stack]) -> int:
        """How many items of the stacks' kinds lie in these days, on one of them or over several."""
        on_days = sum(sum(self.counts(stack)) for stack in stacks)
        return on_days + sum(len(interval.ids) for interval in self.intervals(stack.kind for stack in stacks))

    def is_crowded(self, room: Mapping[Stack, int]) -> bool:
        """Whether marks would hide more of the items that get one than they show."""
        counts = [(count, most) for stack, most in room.items() for count in self.counts(stack)]
        shown = sum(count if count <= most else most - 1 for count, most in counts)
        return 2 * shown < sum(count for count, _ in counts)

    def item_href(self, item: Drawn) -> str:
        return f"/items/{item.uid}{self.query}"

    def list_href(self, kinds: Sequence[ItemKind]) -> Callable[[date, date], str]:
        """A function that makes links to the list of the kinds' items in some days; only the days are put in anew."""
        chosen = tuple(kind for kind in dict.fromkeys(kinds) if self.shows(kind))
        return urls.href_of_days("/", replace(self.filters, kinds=chosen))


def _days(
    conn: Connection, drawing: Drawing, chosen: _Choice, name: LaneName, room: Mapping[Stack, int]
) -> list[LaneDay]:
    """The window's days of a lane, of which those that were drawn before are taken from the drawing."""
    kept = drawing.days.setdefault((chosen.filters, max(room.values())), {})
    while len(drawing.days) > CHOICES_KEPT:
        drawing.days.popitem(last=False)
    stacks = [stack for stack in LANES[name] if chosen.shows(stack.kind)]
    days = sorted({day for stack in stacks for day, _ in chosen.shown.stacks[stack].within(chosen.first, chosen.last)})
    if new := [day for day in days if (name, day) not in kept]:
        gap = replace(chosen, first=date.fromordinal(new[0]), last=date.fromordinal(new[-1]))
        kept.update(((name, day), None) for day in new)
        kept.update(((name, day.day.toordinal()), day) for day in _draw(conn, gap, stacks, room))
    return [day for ordinal in days if (day := kept[name, ordinal])]


def _draw(conn: Connection, chosen: _Choice, stacks: Sequence[Stack], room: Mapping[Stack, int]) -> Iterable[LaneDay]:
    by_stack = {stack: list(chosen.days(stack, marks=True)) for stack in stacks}
    moves = {ordinal: len(ids) for ordinal, ids in chosen.days(Stack.MILITARY)} if Stack.MILITARY in stacks else {}
    drawn = chosen.density.drawn(
        conn, [number for stack, days in by_stack.items() for _, ids in days for number in ids[: room.get(stack, 1)]]
    )
    found: dict[int, LaneDay] = {}
    lane_href = chosen.list_href([stack.kind for stack in stacks])
    for stack, days in by_stack.items():
        list_href = chosen.list_href((stack.kind,))
        for ordinal, ids in days:
            day = found.get(ordinal)
            if day is None:
                day = found[ordinal] = _empty_day(date.fromordinal(ordinal), lane_href)
            day.count += len(ids)
            if stack not in room:
                on_claims = moves[ordinal] - len(ids) if stack is Stack.MILITARY else 0
                day.rail += _rail(chosen, stack.kind, day.day, ids, drawn, list_href, on_claims)
                continue
            fitting = ids if len(ids) <= room[stack] else ids[: room[stack] - 1]
            day.marks += _marks(chosen, stack, fitting, drawn)
            day.rest += len(ids) - len(fitting)
    return found.values()


def _empty_day(day: date, href: Callable[[date, date], str]) -> LaneDay:
    return LaneDay(day, 0, 0, [], [], href(day, day))


def _marks(chosen: _Choice, stack: Stack, ids: Sequence[int], drawn: Mapping[int, Drawn]) -> list[Mark]:
    kind, query, mentions = stack.kind, chosen.query, chosen.density.mentions
    marks = [
        Mark(item.uid, kind, _label(item), f"/items/{item.uid}{query}", mentions.get(number, 1))
        for number in ids
        if (item := drawn.get(number))  # else gone since the density was read
    ]
    if kind is ItemKind.TROOPS:
        for mark, number in zip(marks, (number for number in ids if number in drawn), strict=True):
            item = drawn[number]
            mark.figure, mark.claimant = claim(item.quantity, item.unit, item.force, is_added=item.added), item.claimant
            if value := chosen.density.values.get(number):
                mark.claimed = Claimed(value.low, value.high, _short_claim(item, value))
    return marks


def _rail(
    chosen: _Choice,
    kind: ItemKind,
    day: date,
    ids: Sequence[int],
    drawn: Mapping[int, Drawn],
    list_href: Callable[[date, date], str],
    on_claims: int,
) -> Iterator[RailMark]:
    item = drawn.get(ids[0])
    if item is None:
        return
    if len(ids) == 1:
        yield RailMark(kind, 1, _label(item), chosen.item_href(item), item.uid)
        return
    more = f", {on_claims} more in the words of troop claims" if on_claims else ""
    label = f"{words.counted(len(ids), *words.COUNTED[kind])} on {words.day(day)}{more}"
    yield RailMark(kind, len(ids), label, list_href(day, day), item.uid)


def _bars(conn: Connection, chosen: _Choice, stacks: Sequence[Stack], length: int) -> Iterator[LaneBar]:
    """A lane's items by weeks, whose length is 7, or by days."""
    counts: dict[int, dict[ItemKind, int]] = defaultdict(dict)
    claims: dict[int, list[int]] = defaultdict(list)
    values = chosen.density.values
    for stack in stacks:
        kind = stack.kind
        for ordinal, ids in chosen.days(stack):
            begin = ordinal - (ordinal - 1) % length  # day 1 of the calendar is a Monday
            bar = counts[begin]
            bar[kind] = bar.get(kind, 0) + len(ids)
            if stack is Stack.VALUE:
                claims[begin] += ids
    highest = {begin: max(ids, key=lambda number: values[number].high) for begin, ids in claims.items()}
    drawn = chosen.density.drawn(conn, list(highest.values()))
    list_href = chosen.list_href([stack.kind for stack in stacks])
    for ordinal in sorted(counts):
        day, kinds, claimed = date.fromordinal(ordinal), counts[ordinal], [values[n] for n in claims.get(ordinal, ())]
        most = drawn.get(highest.get(ordinal, 0))
        end = day + timedelta(length - 1)
        first, last = max(day, chosen.first), min(end, chosen.last)
        parts = [words.counted(count, *words.COUNTED[kind]) for kind, count in kinds.items()]
        yield LaneBar(
            first=day,
            last=end,
            count=sum(kinds.values()),
            kinds=kinds,
            low=min((value.low for value in claimed), default=None),
            high=max((value.high for value in claimed), default=None),
            figure=_short_claim(most, values[highest[ordinal]]) if most else "",
            label=f"{words.days(first, last)}: {', '.join(parts)}",
            href=list_href(first, last),
        )


def _pills(chosen: _Choice, stacks: Sequence[Stack]) -> tuple[list[Interval], int]:
    """The lane's intervals, and how many items are in none of those that fit."""
    found = list(chosen.intervals((stack.kind for stack in stacks), marks=True))
    by_size = sorted(found, key=lambda each: -len(each.ids))
    rest = sum(len(interval.ids) for interval in by_size[MOST_PILLS:])
    return sorted(by_size[:MOST_PILLS], key=lambda each: (each.first, each.last)), rest


def _pill(chosen: _Choice, interval: Interval, item: Drawn, list_href: Callable[[date, date], str]) -> Pill:
    count = len(interval.ids)
    is_alone = count == 1
    counted = words.counted(count, *words.COUNTED[interval.kind])
    when = words.fuzzy(parse_edtf(item.date))
    return Pill(
        kind=interval.kind,
        edtf=item.date,
        when=when,
        precision=interval.precision,
        first=max(interval.first, chosen.first),
        last=min(interval.last, chosen.last),
        begins_before=interval.first < chosen.first,
        ends_after=interval.last > chosen.last,
        count=count,
        label=_label(item) if is_alone else f"{counted}, {when}",
        href=chosen.item_href(item) if is_alone else list_href(interval.first, interval.last),
        uid=item.uid,
    )


def _label(item: Drawn) -> str:
    return item.headline[:1].upper() + item.headline[1:]


def _short_claim(item: Drawn, value: Value) -> str:
    whose = item.claimant or (f"of {item.force}" if item.force else "")
    return f"{figure(item.quantity, value.low, value.high)} {whose}".rstrip()
