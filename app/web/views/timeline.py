"""The timeline page: overview, facets, items by day, and the source pane."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from app.db.rows import Counts, Cursor, DayCount, Facets, FacetValue, ItemPage, ItemRow, SiteSummary
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind, Modality
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.views import words
from app.web.views.cards import Card, Code, card, code
from app.web.views.overview import Overview, overview
from app.web.views.pages import Reading
from app.web.views.shell import Shell
from app.web.views.source import Source

DAY_CARDS = 8
COUNTRIES_SHOWN = 8
ACTORS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet to tick; `count` is how many items it would show."""

    name: str
    value: str
    label: str
    count: int
    is_chosen: bool
    kind: ItemKind | None = None
    code: Code | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values in view, and those behind "more"."""

    title: str
    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the link that takes it away."""

    text: str
    href: str


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
    """A page of groups; `more_href` leads to the next page. Also the answer to "Show more"."""

    template: ClassVar[str] = "timeline/_items.html"
    groups: tuple[Group, ...]
    query: str
    more_href: str | None
    current: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePane:
    """The pane beside the list: an item in its article, or what is contested."""

    template: ClassVar[str] = "timeline/_source.html"
    source: Source | None
    contested: tuple[Card, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that a change of the filters changes."""

    template: ClassVar[str] = "timeline/_results.html"
    filters: Filters
    state: str
    overview: Overview | None
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    counts: Counts
    list: ItemList
    pane: SourcePane
    clear_href: str
    start_href: str | None
    oldest_href: str
    newest_href: str
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
    span: str

    @property
    def title(self) -> str:
        """The page's title, which a shared link shows: what is chosen, then the site."""
        site = f"{self.shell.site_title}, {self.span}" if self.span else self.shell.site_title
        chosen = ", ".join(chip.text for chip in self.results.chips)
        return f"{chosen} · {site}" if chosen else site

    @property
    def description(self) -> str:
        """What the page holds, in a sentence."""
        kinds = next((facet.choices for facet in self.results.facets if facet.name == "kind"), ())
        parts = [words.counted(each.count, *words.COUNTED[each.kind]) for each in kinds if each.kind and each.count]
        counts = self.results.counts
        if not counts.items:
            return "No item matches." if counts.total else "Upload news articles to read a crisis as a timeline."
        found = f"{words.counted(counts.items, 'item')} from {words.counted(counts.articles, 'article')}"
        return f"{found}: {', '.join(parts)}." if not self.results.filters.kinds else f"{found}."


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
    page: ItemPage, filters: Filters, days: Sequence[DayCount], *, seen: str | None, current: str | None
) -> ItemList:
    """The page's items in groups; `seen` is the group with which the page before ended."""
    is_one_day = filters.first is not None and filters.first == filters.last
    groups = tuple(_groups(page.items, days, seen, show_all=is_one_day))
    last = groups[-1].key if groups else None
    more = urls.href("/", filters, after=page.next.encode(), seen=last) if page.next else None
    return ItemList(
        groups=groups,
        query=urls.href("", filters),
        more_href=more,
        current=current,
    )


def results(
    *,
    shell: Shell,
    site: SiteSummary,
    filters: Filters,
    page: ItemPage,
    counts: Counts,
    facets: Facets,
    days: Sequence[DayCount],
    all_days: Sequence[DayCount],
    source: Source | None,
    contested: Sequence[ItemRow],
    after: Cursor | None,
    seen: str | None,
) -> Results:
    """Put the page together; `days` are counted under all filters but the dates, `all_days` under none."""
    query = urls.href("", filters)
    return Results(
        filters=filters,
        state=state(site, counts),
        overview=overview(days, filters, all_days),
        facets=tuple(_facets(facets)),
        chips=tuple(_chips(filters, facets)),
        counts=counts,
        list=item_list(page, filters, days, seen=seen, current=source.card.uid if source else None),
        pane=SourcePane(source=source, contested=tuple(card(row) for row in contested), query=query),
        clear_href=urls.href("/", Filters(newest_first=filters.newest_first)),
        start_href=urls.href("/", filters) if after else None,
        oldest_href=urls.href("/", replace(filters, newest_first=False)),
        newest_href=urls.href("/", replace(filters, newest_first=True)),
        csv_href=urls.href("/items.csv", filters),
        json_href=urls.href("/items.json", filters),
        reading=Reading(pending=site.pending, was_pending=False),
        shell=shell,
    )


def span(site: SiteSummary, figure: Overview | None) -> str:
    """The months of the crisis, as the overview shows them; "" without dated items."""
    if figure:
        return words.months(figure.first, figure.last)
    return words.months(site.first_day, site.last_day) if site.first_day and site.last_day else ""


def _groups(rows: Sequence[ItemRow], days: Sequence[DayCount], seen: str | None, *, show_all: bool) -> Iterator[Group]:
    totals: dict[date, int] = {}
    for count in days:
        totals[count.day] = totals.get(count.day, 0) + count.count
    members: dict[str, list[ItemRow]] = {}
    for row in rows:
        members.setdefault(_key(row), []).append(row)
    for key, items in members.items():
        first = items[0]
        earliest = first.date.earliest if first.date else None
        is_exact = words.is_exact(first.date)
        total = totals.get(earliest) if is_exact and earliest else None
        cards = tuple(card(item) for item in items)
        shown = len(cards) if show_all or len(cards) <= DAY_CARDS + 1 else DAY_CARDS
        yield Group(
            key=key,
            title=_title(first),
            short=words.short_day(earliest) if is_exact and earliest else _title(first).split(",")[0],
            count=words.counted(total, "item") if total else "",
            is_exact=is_exact,
            is_continued=key == seen,
            cards=cards[:shown],
            rest=cards[shown:],
        )


def _key(row: ItemRow) -> str:
    if row.date is None:
        return "undated"
    return row.date.earliest.isoformat() if words.is_exact(row.date) else row.date.edtf.replace("/", "--")


def _title(row: ItemRow) -> str:
    if row.date is None:
        return "No date given"
    if words.is_exact(row.date):
        return words.weekday(row.date.earliest)
    return f"{words.fuzzy(row.date)}, exact day not given"


def _facets(facets: Facets) -> Iterator[Facet]:
    kinds = [(each, ItemKind(each.value)) for each in facets.kinds]
    yield Facet("Kind", "kind", tuple(_choice("kind", each, words.KINDS[kind], kind=kind) for each, kind in kinds))
    countries = [_choice("country", each, country_name(each.value), code=code(each.value)) for each in facets.countries]
    yield Facet("Country or body", "country", *_split(countries, COUNTRIES_SHOWN))
    actors = [_choice("actor", each, each.label) for each in facets.actors]
    yield Facet("Actor", "actor", *_split(actors, ACTORS_SHOWN))
    certainty = [(each, Modality(each.value)) for each in facets.modalities]
    yield Facet("Certainty", "modality", tuple(_certainty(each, modality) for each, modality in certainty))


def _choice(
    name: str, value: FacetValue, label: str, *, kind: ItemKind | None = None, code: Code | None = None
) -> Choice:
    return Choice(name, value.value, label, value.count, value.selected, kind, code)


def _certainty(value: FacetValue, modality: Modality) -> Choice:
    return replace(_choice("modality", value, words.MODALITIES[modality]), meaning=words.MODALITY_MEANINGS[modality])


def _split(choices: Sequence[Choice], shown: int) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Chosen values first, then the commonest; the tail goes behind "more"."""
    ordered = sorted(choices, key=lambda choice: not choice.is_chosen)
    if len(ordered) <= shown + 2:
        return tuple(ordered), ()
    chosen = sum(choice.is_chosen for choice in ordered)
    return tuple(ordered[: max(shown, chosen)]), tuple(ordered[max(shown, chosen) :])


def _chips(filters: Filters, facets: Facets) -> Iterator[Chip]:
    names: Mapping[str, str] = {each.value: each.label for each in facets.actors}
    for kind in filters.kinds:
        yield _chip(words.KINDS[kind], filters, "kind", kind)
    for value in filters.countries:
        yield _chip(country_name(value), filters, "country", value)
    for slug in filters.actors:
        yield _chip(names.get(slug, slug.replace("-", " ")), filters, "actor", slug)
    for value in filters.counterparts:
        name = country_name(value) if value.isupper() else names.get(value, value.replace("-", " "))
        yield _chip(f"With {name}", filters, "with", value)
    if filters.part:
        yield _chip(words.PARTS[filters.part], filters, "part")
    for category in filters.categories:
        yield _chip(words.CATEGORIES[category], filters, "category", category)
    if filters.text:
        yield _chip(f"“{filters.text}”", filters, "q")
    if filters.first or filters.last:
        yield _chip(words.short_days(filters.first, filters.last), filters, "dates")
    for modality in filters.modalities:
        yield _chip(words.MODALITIES[Modality(modality)], filters, "modality", modality)


def _chip(text: str, filters: Filters, facet: str, value: str | None = None) -> Chip:
    return Chip(text, urls.href("/", urls.without(filters, facet, value)))
