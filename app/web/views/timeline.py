"""The timeline page: overview, facets, items by day, and the source pane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from app.web.views.item_list import ItemList, item_list
from app.web.views.no_match import Hint, Way, hints, ways
from app.web.views.pages import Reading
from app.web.views.saved_views import ViewLink, links
from app.web.views.shell import Shell
from app.web.views.source import Source

ORDERS = (
    ("", "Oldest event first"),
    (urls.Sort.NEWEST, "Newest event first"),
    (urls.Sort.REPORTED, "Oldest report first"),
    (urls.Sort.REPORTED_NEWEST, "Newest report first"),
)


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
    drawn = figure(days, filters, all_days, has_items=bool(counts.items))
    chosen = tuple(chips(filters, facets))
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
