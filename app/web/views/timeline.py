"""The timeline page: overview, facets, items by day, and the source pane."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from app.db.rows import (
    Contested,
    Counts,
    Cursor,
    DayCount,
    FacetValue,
    ItemPage,
    ItemRow,
    SavedView,
    SiteSummary,
    WaysOut,
)
from app.domain.filters import Facet, Filters
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.views import words
from app.web.views.cards import Card, card
from app.web.views.facets import Chip, FacetView, chips, facet_views
from app.web.views.figure import Figure, figure
from app.web.views.marking import Marker, marker
from app.web.views.no_match import Hint, Way, hints, ways
from app.web.views.pages import Reading
from app.web.views.saved_views import ViewLink, links
from app.web.views.shell import Shell
from app.web.views.source import Source

DAY_CARDS = 8
ORDERS = (
    ("", "Oldest event first"),
    (urls.Sort.NEWEST, "Newest event first"),
    (urls.Sort.REPORTED, "Oldest report first"),
    (urls.Sort.REPORTED_NEWEST, "Newest report first"),
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two troop claims that cannot both be right, the lower first: about whose forces and where, and when."""

    lower: Card
    higher: Card
    about: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePane:
    """The pane beside the list: an item in its article, or what is contested."""

    template: ClassVar[str] = "timeline/_source.html"
    source: Source | None
    denied: tuple[Card, ...]
    disputes: tuple[Dispute, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that a change of the filters changes; `title` is the page's where no item is open."""

    template: ClassVar[str] = "timeline/_results.html"
    filters: Filters
    title: str
    state: str
    figure: Figure | None
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    hints: tuple[Hint, ...]
    ways: tuple[Way, ...]
    saved: tuple[ViewLink, ...]
    counts: Counts
    list: ItemList
    pane: SourcePane
    clear_href: str
    start_href: str | None
    orders: tuple[tuple[str, str], ...]
    order: str
    map_href: str
    csv_href: str
    json_href: str
    reading: Reading
    shell: Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """The whole page."""

    template: ClassVar[str] = "timeline/page.html"
    shell: Shell
    results: Results

    @property
    def title(self) -> str:
        """The page's title, which a shared link shows: the open item, or what is chosen; then the site."""
        source = self.results.pane.source
        return f"{source.headline} · {self.shell.site_title}" if source else self.results.title

    @property
    def description(self) -> str:
        """Who says the open item, when, and where it is told; or what the page holds, in a sentence."""
        if self.results.pane.source:
            return self.results.pane.source.description
        kinds = next((facet.choices for facet in self.results.facets if facet.name == "kind"), ())
        parts = [words.counted(each.count, *words.COUNTED[each.kind]) for each in kinds if each.kind and each.count]
        counts = self.results.counts
        if not counts.items:
            return "No item matches." if counts.total else "Upload news articles to read a crisis as a timeline."
        found = f"{words.counted(counts.items, 'item')} from {words.counted(counts.articles, 'article')}"
        filters = self.results.filters
        is_of_all_kinds = not (filters.kinds or filters.left_out(Facet.KIND))
        return f"{found}: {', '.join(parts)}." if is_of_all_kinds else f"{found}."


def state(site: SiteSummary, counts: Counts) -> str:
    """What the list has to say: "items", "no-match", "reading" (nothing read yet), "first-run" or "empty"."""
    if counts.items:
        return "items"
    if counts.total:
        return "no-match"
    if not site.documents:
        return "first-run"
    return "reading" if site.pending else "empty"


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


def results(
    *,
    shell: Shell,
    site: SiteSummary,
    filters: Filters,
    saved: Sequence[SavedView],
    page: ItemPage,
    counts: Counts,
    facets: Mapping[Facet, Sequence[FacetValue]],
    days: Sequence[DayCount],
    all_days: Sequence[DayCount],
    source: Source | None,
    contested: Contested | None,
    ways_out: WaysOut | None,
    after: Cursor | None,
    seen: str | None,
    pages: int,
) -> Results:
    """Put the page together; `days` are counted under all filters but the dates, `all_days` under none."""
    query = urls.href("", filters)
    drawn, chosen = figure(days, filters, all_days), tuple(chips(filters, facets))
    views = links(saved, query.removeprefix("?"))
    name = next((view.name for view in views if view.is_current), ", ".join(chip.text for chip in chosen))
    called = [name, ", ".join(filter(None, (shell.site_title, shell.period)))]
    return Results(
        filters=filters,
        title=" · ".join(filter(None, called)),
        state=state(site, counts),
        figure=drawn,
        facets=tuple(facet_views(facets)),
        chips=chosen,
        hints=tuple(hints(filters)),
        ways=tuple(ways(filters, ways_out, chosen)) if ways_out else (),
        saved=views,
        counts=counts,
        list=item_list(page, filters, days, seen=seen, current=source.card.uid if source else None, pages=pages),
        pane=source_pane(source, contested, filters),
        clear_href=urls.href("/", Filters(newest_first=filters.newest_first, by_report=filters.by_report)),
        start_href=urls.href("/", filters) if after else None,
        orders=ORDERS,
        order=urls.sort_of(filters),
        map_href=urls.href("/map", filters),
        csv_href=urls.href("/items.csv", filters),
        json_href=urls.href("/items.json", filters),
        reading=Reading(
            pending=site.pending, was_pending=False, is_first=not counts.total, href=urls.href("/", filters)
        ),
        shell=shell,
    )


def source_pane(source: Source | None, contested: Contested | None, filters: Filters) -> SourcePane:
    """The pane with an item's source, or where none is open with what is contested under the filters."""
    return SourcePane(
        source=source,
        denied=tuple(card(row) for row in contested.denied) if contested else (),
        disputes=tuple(_dispute(*pair) for pair in contested.disputes) if contested else (),
        query=urls.href("", filters),
    )


def _dispute(low: ItemRow, high: ItemRow) -> Dispute:
    whose = f"Forces of {country_name(low.force_country)}" if low.force_country else "Forces"
    lower, higher = card(low), card(high)
    when = " and ".join(dict.fromkeys((lower.day, higher.day)))
    return Dispute(lower=lower, higher=higher, about=f"{whose}, {high.place}", when=when)


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
