"""Where the items lie in time, in memory: the timeline's lanes ask for it at every move of the hand.

SQL that ranks the items of every day anew for each move costs several times what a move may. So a process reads where
each item lies once a generation of the database, four bytes an item, and keeps what the marks drawn so far show.
"""

import datetime
import itertools
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from sqlalchemy import Connection, and_, func, select

from app.db.columns import NEVER, Numbers
from app.db.index import KINDS, PRECISIONS, Index, Mask
from app.db.index_reading import index_of
from app.db.models import items, mentions
from app.db.parts import claimant_side
from app.domain.filters import Filters
from app.domain.vocabulary import HEADCOUNT_UNITS, ItemKind, Precision

LEAST_VALUE = 20_000  # troops; smaller claims can't be told apart on a scale that reaches the large ones
CHOICES_KEPT = 12  # filters whose places stay in memory, at most eight bytes an item each
DRAWN_KEPT = 200_000
BATCH = 5_000  # ids a statement; both databases take several times as many parameters


class Stack(StrEnum):
    """Where an item of one day stands: the kinds, totals of 20,000 heads and more apart from other claims."""

    DIPLOMATIC = "diplomatic"
    VALUE = "value"
    TROOPS = "troops"
    MILITARY = "military"
    STATEMENT = "statement"

    @property
    def kind(self) -> ItemKind:
        """The kind of its items."""
        return ItemKind.TROOPS if self is Stack.VALUE else ItemKind(self.value)


STACKS = tuple(Stack)


@dataclass(frozen=True, slots=True)
class Days:
    """The items of a stack by day: those of `days[n]` are `ids[starts[n]:starts[n + 1]]`; days are ordinals."""

    days: array[int]
    starts: array[int]
    ids: array[int]

    def within(self, first: datetime.date, last: datetime.date) -> Iterator[tuple[int, array[int]]]:
        """The days of the window, both ends included, that have items, each with the items' ids."""
        for n in self._places(first, last):
            yield self.days[n], self.ids[self.starts[n] : self.starts[n + 1]]

    def counts(self, first: datetime.date, last: datetime.date) -> list[int]:
        """How many items the days of the window have that have any."""
        return [self.starts[n + 1] - self.starts[n] for n in self._places(first, last)]

    def _places(self, first: datetime.date, last: datetime.date) -> range:
        return range(bisect_left(self.days, first.toordinal()), bisect_left(self.days, last.toordinal() + 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """The items of a kind that are known to the same stretch of days only, with the same precision."""

    kind: ItemKind
    first: datetime.date
    last: datetime.date
    precision: Precision
    ids: array[int]


@dataclass(frozen=True, slots=True)
class Value:
    """Both bounds of the number that a troop claim stands by."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a mark shows of any item; `date` is EDTF.

    The rest is a troop claim's, else "": its number and unit, the countries of the forces and of the claimant, and
    whether the number comes on top of what was there.
    """

    uid: str
    headline: str
    date: str
    quantity: str
    unit: str
    force: str
    claimant: str
    added: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where some of the items lie: those of one day in stacks, the others in intervals."""

    stacks: Mapping[Stack, Days]
    intervals: Sequence[Interval]


@dataclass(frozen=True, slots=True)
class Density:
    """All dated items of one generation; those without a date stand nowhere.

    `stacked` says of each item of the index in which stack it stands, as a place in STACKS, and `stretched` in which of
    the `intervals`; -1 is in none.
    `values` are of the items that stand by value, `mentions` counts those of items that are told of more than once.
    `scale` is where the values' scale ends: few lie beyond it, so that one huge number does not flatten the others.
    """

    index: Index
    stacked: Numbers
    stretched: Numbers
    intervals: Sequence[Interval]
    values: Mapping[int, Value]
    scale: int
    mentions: Mapping[int, int]
    _drawn: dict[int, Drawn] = field(default_factory=dict)
    _choices: OrderedDict[Filters, tuple[Places, Places]] = field(default_factory=OrderedDict)

    def places(self, conn: Connection, filters: Filters) -> tuple[Places, Places]:
        """Where the items lie that the filters show, and those of them for which they draw a mark.

        Kinds and dates are left out: stacks and days tell them. A move in the words of a troop claim has no mark of its
        own beside the claim's.
        """
        with_claims = not filters.kinds or ItemKind.TROOPS in filters.kinds
        filters = replace(filters.unordered(), kinds=(), first=None, last=None)
        found = self._choices.get(filters)
        if found is None:
            choice = self.index.choice(conn, filters)
            places = self._places(choice.mask)
            is_all = np.array_equal(choice.cards, choice.mask)
            self._choices[filters] = found = (places, places if is_all else self._places(choice.cards))
            while len(self._choices) > CHOICES_KEPT:
                self._choices.popitem(last=False)
        shown, marked = found
        return shown, marked if with_claims else shown

    def _places(self, mask: Mask) -> Places:
        index = self.index
        stacks = {stack: _days(index, mask & (self.stacked == number)) for number, stack in enumerate(STACKS)}
        numbers = np.flatnonzero(mask & (self.stretched >= 0))
        numbers = numbers[np.argsort(self.stretched[numbers], kind="stable")]
        used, starts = np.unique(self.stretched[numbers], return_index=True)
        ids, ends = _array(index.ids[numbers]), [*starts.tolist(), len(numbers)]
        found = zip((self.intervals[number] for number in used.tolist()), itertools.pairwise(ends), strict=True)
        intervals = [Interval(one.kind, one.first, one.last, one.precision, ids[a:b]) for one, (a, b) in found]
        return Places(stacks, intervals)

    def drawn(self, conn: Connection, ids: Sequence[int]) -> Mapping[int, Drawn]:
        """What the marks of these items show; an item that is gone by now is missing."""
        found = {number: drawn for number in ids if (drawn := self._drawn.get(number))}
        missing = [number for number in ids if number not in found]
        for begin in range(0, len(missing), BATCH):
            found.update(_read_drawn(conn, missing[begin : begin + BATCH]))
        if len(self._drawn) > DRAWN_KEPT:
            self._drawn.clear()
        if missing:
            self._drawn.update(found)
        return found


# Both bounds where the claim gives one, so that "more than 100,000" has a place on the scale.
_low = func.coalesce(items.c.low, items.c.high)
_high = func.coalesce(items.c.high, items.c.low)
_added = func.coalesce(items.c.details["added"].as_boolean(), False)  # no total, so it has no place on the scale
_has_value = and_(
    items.c.kind == ItemKind.TROOPS,
    _high >= LEAST_VALUE,
    items.c.unit.in_(HEADCOUNT_UNITS),
    func.coalesce(items.c.quantity, "").not_like("%/%", escape="/"),
    ~_added,
)


def read_density(conn: Connection) -> Density:
    """Read where every dated item lies: from the index, with the values and mentions that it does not have."""
    index = index_of(conn)
    on_one_day = (index.earliest == index.latest) & (index.earliest != NEVER)
    values = {
        number: Value(*value)
        for number, *value in conn.execute(
            select(items.c.id, _low, _high).where(_has_value, items.c.date_earliest == items.c.date_latest)
        )
    }
    by_value = index.of_ids(values)
    stacked = np.full(index.size, -1, np.int64)
    for number, stack in enumerate(STACKS):
        is_of_kind = index.kinds == KINDS.index(stack.kind)
        stacked[on_one_day & is_of_kind & (by_value == (stack is Stack.VALUE))] = number
    stretched, intervals = _intervals(index)
    told_again = select(mentions.c.item_id, func.count()).group_by(mentions.c.item_id).having(func.count() > 1)
    return Density(
        index=index,
        stacked=stacked,
        stretched=stretched,
        intervals=intervals,
        values=values,
        scale=scale_of([value.high for value in values.values()]),
        mentions=dict(conn.execute(told_again).all()),
    )


def _days(index: Index, which: Mask) -> Days:
    days, ids = index.earliest[which], index.ids[which]  # in the order of their days, as all items are
    starts = np.flatnonzero(np.diff(days, prepend=-1))
    return Days(_array(days[starts]), _array(np.append(starts, len(ids))), _array(ids))


def _array(numbers: Numbers) -> array[int]:
    return array("i", numbers.astype(np.intc).tobytes())


def scale_of(numbers: Sequence[int]) -> int:
    """The first of 50,000, 100,000, 200,000, 500,000, ... that nine of ten numbers don't exceed."""
    most = sorted(numbers)[len(numbers) * 9 // 10] if numbers else 0
    top, steps = 50_000, itertools.cycle((2, 2, 2.5))
    while top < most:
        top = int(top * next(steps))
    return top


def _intervals(index: Index) -> tuple[Numbers, Sequence[Interval]]:
    """In which interval each item lies, and the intervals in the order of their items, without those yet."""
    places: dict[tuple[int, ...], int] = {}
    which = np.flatnonzero(index.earliest < index.latest)
    columns = (index.kinds, index.earliest, index.latest, index.precisions)
    stretched = np.full(index.size, -1, np.int64)
    keys = zip(*(each[which].tolist() for each in columns), strict=True)
    stretched[which] = [places.setdefault(key, len(places)) for key in keys]
    day = datetime.date.fromordinal
    return stretched, [
        Interval(KINDS[kind], day(first), day(last), PRECISIONS[precision], array("i"))
        for kind, first, last, precision in places
    ]


def _read_drawn(conn: Connection, ids: Sequence[int]) -> dict[int, Drawn]:
    shown = (
        items.c.uid,
        items.c.headline,
        items.c.date,
        func.coalesce(items.c.quantity, ""),
        func.coalesce(items.c.unit, ""),
        func.coalesce(items.c.force_country, ""),
        func.coalesce(claimant_side, ""),
        _added,
    )
    rows = conn.execute(select(items.c.id, *shown).where(items.c.id.in_(ids)))
    return {number: Drawn(*rest) for number, *rest in rows}
