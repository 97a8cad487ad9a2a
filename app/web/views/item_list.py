"""The list of the timeline: cards in groups by day, and the way to the next page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from app.db.rows import DayCount, ItemPage, ItemRow
from app.domain.filters import Filters
from app.web import urls
from app.web.views import words
from app.web.views.cards import Card, card
from app.web.views.marking import Marker, marker

DAY_CARDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The items of one day, or of a month or year whose day is not given, or of no date.

    `count` is all of the day's items, where it is known; `rest` are the cards behind "Show more".
    """

    key: str
    title: str
    short: str
    count: str
    is_exact: bool
    is_continued: bool
    cards: tuple[Card, ...]
    rest: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A page of groups; `marked` shows the search. Also the answer to "Show more".

    `more_href` leads to the next page, `more_swap` gets it below this one, as long as there are not too many.
    """

    template: ClassVar[str] = "timeline/_items.html"
    groups: tuple[Group, ...]
    query: str
    more_href: str | None
    more_swap: str | None
    current: str | None
    marked: Marker


def item_list(
    page: ItemPage, filters: Filters, days: Sequence[DayCount], *, seen: str | None, current: str | None, pages: int
) -> ItemList:
    """The page's items in groups; `seen` is the group with which the page before ended, `pages` how many are shown."""
    is_one_day = filters.first is not None and filters.first == filters.last
    groups = tuple(_groups(page, filters, days, seen, show_all=is_one_day))
    last = groups[-1].key if groups else None
    more = swap = None
    if page.next:
        begin = {"after": page.next.encode(), "seen": last}
        swap = urls.href("/", filters, **begin, pages=str(pages + 1)) if pages < urls.MOST_PAGES else None
        more = urls.href("/", filters, **begin)
    return ItemList(
        groups=groups,
        query=urls.href("", filters),
        more_href=more,
        more_swap=swap,
        current=current,
        marked=marker(filters.text),
    )


def _groups(
    page: ItemPage, filters: Filters, days: Sequence[DayCount], seen: str | None, *, show_all: bool
) -> Iterator[Group]:
    totals: dict[date, int] = {}
    if not filters.by_report:
        for count in days:
            totals[count.day] = totals.get(count.day, 0) + count.count
    members: dict[str, list[ItemRow]] = {}
    for row in page.items:
        members.setdefault(_key(row, filters), []).append(row)
    for key, items in members.items():
        heading = _reported(items[0]) if filters.by_report else _heading(items[0])
        total = totals.get(heading.day) if heading.day else None
        cards = tuple(card(item, page.moves.get(item.id, ())) for item in items)
        if filters.by_report:
            cards = tuple(replace(each, when=each.day) for each in cards)
        shown = len(cards) if show_all or len(cards) <= DAY_CARDS + 1 else DAY_CARDS
        yield Group(
            key=key,
            title=heading.title,
            short=heading.short,
            count=words.counted(total, "item") if total else "",
            is_exact=heading.day is not None,
            is_continued=key == seen,
            cards=cards[:shown],
            rest=cards[shown:],
        )


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands above a group: its day where it is one."""

    title: str
    short: str
    day: date | None = None


def _key(row: ItemRow, filters: Filters) -> str:
    if filters.by_report:
        return row.reported_on.isoformat() if row.reported_on else "unreported"
    if row.date is None:
        return "undated"
    return row.date.earliest.isoformat() if words.is_exact(row.date) else row.date.edtf.replace("/", "--")


def _heading(row: ItemRow) -> _Heading:
    if row.date is None:
        return _Heading("No date given", "those without a date")
    day = row.date.earliest
    if words.is_exact(row.date):
        return _Heading(words.weekday(day), words.short_day(day), day)
    return _Heading(f"{words.fuzzy(row.date)}, exact day not given", words.fuzzy(row.date))


def _reported(row: ItemRow) -> _Heading:
    day = row.reported_on
    if day is None:
        return _Heading("Day of the report not known", "those without a day")
    return _Heading(f"Reported on {words.weekday(day)}", words.short_day(day), day)
