"""All items of one generation in memory, to be filtered, counted and put in order in a few milliseconds.

SQL that counts each facet under the filters of all others reads every item once a facet. Here an item is a number, its
place in date order; a choice of items is a mask, one yes or no a number; and counting is numpy's work. SQL then fetches
only the few rows that a page shows.
"""

import operator
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from app.db.columns import NEVER, Numbers, as_numbers, together
from app.db.models import items
from app.db.parts import takes_part
from app.db.rows import Cursor, DayCount
from app.db.search import matching_ids
from app.domain.filters import AnyLimit, Facet, Filters, LeftOut, Limit
from app.domain.search import Both, Either, Search, Without, Words, folded, parse_search
from app.domain.vocabulary import ItemKind, Part, Precision

type Mask = NDArray[np.bool_]

CHOICES_KEPT = 16  # each takes a few bytes an item
ANSWERS_KEPT = 16  # of the database, on words and counterparts: a byte an item each
KINDS = tuple(ItemKind)
PRECISIONS = tuple(Precision)


@dataclass(frozen=True)
class Values:
    """Which items have which value of a facet: those of a code are `items[starts[code]:starts[code + 1]]`, none twice.

    A code is the place of the value in `names` and `labels`; values that are not `listed` are shown where chosen only.
    `other_names` are those that a search finds a value by, too; `code_of` has old slugs of actors too.
    """

    names: Sequence[str]
    labels: Sequence[str]
    listed: Mask
    starts: Numbers
    items: Numbers
    code_of: Mapping[str, int]
    other_names: Mapping[str, Sequence[str]]

    @cached_property
    def words(self) -> Sequence[str]:
        """What a search by name looks in, by code."""
        both = zip(self.names, self.labels, strict=True)
        return tuple(folded(label, *self.other_names.get(name, ())) for name, label in both)

    @property
    def codes(self) -> Numbers:
        """The code of each of `items`."""
        return np.repeat(np.arange(len(self.names)), np.diff(self.starts))

    def code_of_each(self, size: int) -> Numbers:
        """The code of each of so many items, of which all have one value."""
        found = np.zeros(size, np.int64)
        found[self.items] = self.codes
        return found

    def having(self, values: Iterable[str], size: int) -> Mask:
        """Which of so many items have one of the values."""
        found = np.zeros(size, np.bool_)
        for code in (self.code_of[value] for value in values if value in self.code_of):
            found[self.items[self.starts[code] : self.starts[code + 1]]] = True
        return found

    def counts(self, mask: Mask) -> Numbers:
        """How many items of the mask have each value, by code."""
        found = np.zeros(len(self.names), np.int64)
        used = np.flatnonzero(np.diff(self.starts))
        if used.size:
            found[used] = np.add.reduceat(mask[self.items], self.starts[used], dtype=np.int64)
        return found


@dataclass(frozen=True, slots=True)
class Order:
    """A way to list the items: `ranked` are their numbers, `keys` the first day, last day and id of each number."""

    ranked: Numbers
    keys: tuple[Numbers, Numbers, Numbers]
    newest_first: bool

    def cursor(self, number: int) -> Cursor:
        """The place of an item."""
        first, last, item_id = (int(key[number]) for key in self.keys)
        return Cursor(_day(first), _day(last), item_id)

    def rank_after(self, cursor: Cursor) -> int:
        """The first rank behind a place, whether its item is still there or not."""
        wanted = self._turned(_ordinal(cursor.earliest), _ordinal(cursor.latest), cursor.id)
        low, high = 0, len(self.ranked)
        while low < high:
            middle = (low + high) // 2
            first, last, item_id = (int(key[self.ranked[middle]]) for key in self.keys)
            low, high = (middle + 1, high) if self._turned(first, last, item_id) <= wanted else (low, middle)
        return low

    def _turned(self, first: int, last: int, item_id: int) -> tuple[int, int, int]:
        """With the newest first days and ids are turned round; those without a day come last in either order."""
        return (-first, -last, -item_id) if self.newest_first and first != NEVER else (first, last, item_id)


class Choice:
    """The items that filters show, out of what can be chosen by each facet."""

    def __init__(self, index: "Index", facets: Mapping[Facet, Values], parts: Iterable[tuple[AnyLimit, Mask]]) -> None:
        self.facets, self._index, self._parts = facets, index, tuple(parts)
        self._counts: dict[Facet, Numbers] = {}

    @cached_property
    def mask(self) -> Mask:
        """The items under all filters."""
        return self.lifting()

    @cached_property
    def cards(self) -> Mask:
        """The items under all filters, but military moves that the card of a troop claim among them names."""
        claims = self._index.claims
        named = np.flatnonzero(self.mask & (claims >= 0))
        cards = self.mask.copy()
        cards[named[self.mask[claims[named]]]] = False
        return cards

    def named_on(self, ids: Iterable[int]) -> list[int]:
        """The ids of the moves that the cards of these items name."""
        index = self._index
        named = np.flatnonzero(self.mask & ~self.cards)
        found: list[int] = index.ids[named[index.of_ids(ids)[index.claims[named]]]].tolist()
        return found

    def counts(self, facet: Facet) -> Numbers:
        """How many items each value of the facet has, by code, under all filters but what is chosen of the facet."""
        if facet not in self._counts:
            self._counts[facet] = self.facets[facet].counts(self.lifting(facet))
        return self._counts[facet]

    def lifting(self, *limits: AnyLimit) -> Mask:
        """The items under all filters but these limits."""
        masks = [mask for of, mask in self._parts if of not in limits]
        if limits and len(masks) == len(self._parts):
            return self.mask
        return reduce(operator.and_, masks, np.ones(self._index.size, np.bool_))

    @cached_property
    def days(self) -> tuple[DayCount, ...]:
        """The items by day and kind, as far as they stand on a day."""
        return tuple(sorted(self._days(), key=lambda count: count.day))

    def _days(self) -> Iterator[DayCount]:
        shown = self.mask & self._index.is_on_a_day
        for number, kind in enumerate(KINDS):
            ordinals = self._index.earliest[shown & (self._index.kinds == number)]  # sorted, as all items are
            starts = np.flatnonzero(np.diff(ordinals, prepend=-1))
            counts = np.diff(starts, append=len(ordinals))
            for ordinal, count in zip(ordinals[starts].tolist(), counts.tolist(), strict=True):
                yield DayCount(day=date.fromordinal(ordinal), kind=kind, count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Every item by its number; days are ordinals, or NEVER. `numbers` gives an id's number, -1 where it has none.

    `claims` has for a military move the troop claim that its words make too, else -1. `is_on_a_day` holds for items
    known to the day; an interval of days counts on its first. `kinds` are places in KINDS, `precisions` in PRECISIONS.
    `orders` are by (newest first, by report); `by_part` gives the facets of those who have only that part.
    """

    ids: Numbers
    numbers: Numbers
    earliest: Numbers
    latest: Numbers
    is_on_a_day: Mask
    kinds: Numbers
    precisions: Numbers
    claims: Numbers
    facets: Mapping[Facet, Values]
    articles: Values
    orders: Mapping[tuple[bool, bool], Order]
    by_part: Callable[[Connection, Part], Mapping[Facet, Values]]
    _choices: OrderedDict[Filters, Choice] = field(default_factory=OrderedDict)
    _answers: OrderedDict[tuple[str, ...], Mask] = field(default_factory=OrderedDict)

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.ids)

    def choice(self, conn: Connection, filters: Filters) -> Choice:
        """The items that the filters show; only words ask the database."""
        filters = filters.unordered()
        found = self._choices.get(filters)
        if found is None:
            facets = {**self.facets, **(self.by_part(conn, filters.part) if filters.part else {})}
            self._choices[filters] = found = Choice(self, facets, self._parts(conn, filters, facets))
            if len(self._choices) > CHOICES_KEPT:
                self._choices.popitem(last=False)
        return found

    def of_ids(self, ids: Iterable[int] | Numbers) -> Mask:
        """The items of these ids that this generation has."""
        found = np.zeros(self.size, np.bool_)
        wanted = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        numbers = self.numbers[wanted[wanted < len(self.numbers)]]
        found[numbers[numbers >= 0]] = True
        return found

    def by_kind(self, facet: Facet) -> dict[str, dict[ItemKind, int]]:
        """How many items of each kind the values of a facet have; values without an item are left out."""
        values, size = self.facets[facet], len(KINDS)
        counts = np.bincount(values.codes * size + self.kinds[values.items], minlength=len(values.names) * size)
        table = counts.reshape(-1, size).tolist()
        return {
            name: dict(zip(KINDS, row, strict=True)) for name, row in zip(values.names, table, strict=True) if any(row)
        }

    def claim_of(self, item_id: int) -> int | None:
        """The id of the troop claim that a move's words make too, if the generation has both."""
        number = int(self.numbers[item_id]) if item_id < len(self.numbers) else -1
        claim = int(self.claims[number]) if number >= 0 else -1
        return int(self.ids[claim]) if claim >= 0 else None

    def page(
        self, filters: Filters, mask: Mask, *, limit: int, after: Cursor | None
    ) -> tuple[list[int], Cursor | None]:
        """The ids of a page of the mask's items in the filters' order, and the place where the next page begins."""
        order = self.orders[filters.newest_first, filters.by_report]
        tail = order.ranked[order.rank_after(after) if after else 0 :]
        found: list[int] = tail[mask[tail]][: limit + 1].tolist()
        return self.ids[found[:limit]].tolist(), order.cursor(found[limit - 1]) if len(found) > limit else None

    def _parts(
        self, conn: Connection, filters: Filters, facets: Mapping[Facet, Values]
    ) -> Iterator[tuple[AnyLimit, Mask]]:
        """What each limit lets through; one may have several masks."""
        for facet, values in facets.items():
            if chosen := filters.chosen(facet):
                yield facet, values.having(chosen, self.size)
            if out := filters.left_out(facet):
                yield LeftOut(facet), ~values.having(out, self.size)
        for value in filters.counterparts:
            wanted = select(together(items.c.id)).where(takes_part(value, filters.part))
            yield Limit.WITH, self._asked(conn, wanted, "with", value, filters.part or "")
        if filters.first:
            yield Limit.DATES, (self.latest >= filters.first.toordinal()) & (self.latest != NEVER)
        if filters.last:
            yield Limit.DATES, self.earliest <= filters.last.toordinal()
        if filters.text.strip():
            yield Limit.TEXT, self._holding(conn, parse_search(filters.text))

    def _holding(self, conn: Connection, search: Search | None) -> Mask:
        """The items that a search finds; a text without a word in it finds none."""
        match search:
            case Words(terms):
                return self._asked(conn, matching_ids(conn, terms), "words", *terms)
            case Both(parts):
                return reduce(operator.and_, (self._holding(conn, part) for part in parts))
            case Either(parts):
                return reduce(operator.or_, (self._holding(conn, part) for part in parts))
            case Without(part):
                return ~self._holding(conn, part)
        return np.zeros(self.size, np.bool_)

    def _asked(self, conn: Connection, ids: Select[str], *key: str) -> Mask:
        """The items whose ids the database gives; a page asks the same under several filters."""
        found = self._answers.get(key)
        if found is None:
            self._answers[key] = found = self.of_ids(as_numbers(conn.execute(ids).scalar_one()))
            if len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return found


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else NEVER


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal != NEVER else None
