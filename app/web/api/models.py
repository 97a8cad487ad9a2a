"""What the interface answers with; every field says what it means in the OpenAPI description."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from app.db.directory import CountryEntry
from app.db.rows import ActorRow, Counts, DocumentRow, FacetValue, ItemRow, MentionRow
from app.db.ties import Ties as FoundTies
from app.domain.filters import Facet
from app.domain.vocabulary import (
    ActorKind,
    ActorPart,
    DocumentStatus,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Polarity,
    Precision,
    StatementKind,
)
from app.web.views.reading import Sentence as CoveredSentence

type Url = Annotated[str, Field(description="Path of its page on this site.")]
type Countries = Annotated[list[str], Field(description="Codes: ISO 3166-1 alpha-2, EU, XK, NATO and the like.")]
type Next = Annotated[str | None, Field(description="Path of the next page; null on the last.")]


@dataclass(slots=True)
class Actor:
    """A person, body, country or group, in the part that it has in an item."""

    slug: Annotated[str, Field(description="Its id, as the filter `actor` takes it.")]
    name: str
    kind: ActorKind
    country: Annotated[str | None, Field(description="Code of the country that it speaks or acts for.")]
    role: Annotated[str | None, Field(description="Office or function, as known apart from this item.")]
    part: Annotated[ActorPart | None, Field(description="What it does in the item; null outside items.")]


@dataclass(slots=True)
class Span:
    """A stretch of an article's text, in Unicode code points: `article.text[start:end]`."""

    article: Annotated[int, Field(description="Id of the article.")]
    article_title: str
    outlet: str | None
    published: datetime.date | None
    paragraph: Annotated[int, Field(description="Number of the paragraph, from 0.")]
    start: int
    end: int
    text: Annotated[str, Field(description="The words themselves.")]


@dataclass(slots=True)
class Item:
    """One thing on the timeline. Fields that its kind does not have are null."""

    uid: Annotated[str, Field(description="Permanent id; reading the article again keeps it.")]
    url: Url
    kind: ItemKind
    category: Annotated[EventCategory | None, Field(description="What sort of event it is (diplomatic, military).")]
    headline: str
    date: Annotated[str | None, Field(description="EDTF: a day, month, year or interval; null if not given.")]
    date_earliest: Annotated[datetime.date | None, Field(description="First of the days that are possible.")]
    date_latest: Annotated[datetime.date | None, Field(description="Last of the days that are possible.")]
    date_precision: Precision
    date_rule: Annotated[str, Field(description="How the date was read from the text, in words.")]
    reported_on: Annotated[datetime.date | None, Field(description="Day of the first report.")]
    learnt_at: Annotated[datetime.datetime, Field(description="When this site learnt of it.")]
    modality: Annotated[Modality | None, Field(description="Whether it happened, by the text (all but statements).")]
    polarity: Annotated[Polarity | None, Field(description="The force of a statement.")]
    statement_kind: Annotated[StatementKind | None, Field(description="How a statement is quoted.")]
    speaker: Annotated[Actor | None, Field(description="Who makes a statement; null if nobody can be named.")]
    speaker_role: Annotated[str | None, Field(description="The speaker's office, as the article gives it.")]
    claimant: Annotated[Actor | None, Field(description="Who claims it; null for the article's own voice.")]
    actors: Annotated[list[Actor], Field(description="Everybody in it, speaker and claimant among them.")]
    candidates: Annotated[list[Actor], Field(description="Who may be meant, where one could not be chosen.")]
    countries: Countries
    place: str | None
    lat: float | None
    lon: float | None
    quantity: Annotated[
        str | None, Field(description="A claim's number: `N`, `>N`, `<=N`, `~N`, `N-M`, `N%`, `1000s`.")
    ]
    low: Annotated[int | None, Field(description="Lowest number that the claim allows.")]
    high: Annotated[int | None, Field(description="Highest number that the claim allows.")]
    unit: Annotated[str | None, Field(description="What the number counts.")]
    movement: Annotated[Movement | None, Field(description="What the forces do.")]
    force_country: Annotated[str | None, Field(description="Whose forces they are.")]
    confidence: Annotated[float, Field(description="How sure the reading is, from 0 to 1.")]
    details: Annotated[
        dict[str, Any], Field(description="What only its kind has: cue, venue, audience, trigger, PLOVER code, ...")
    ]
    span: Annotated[Span, Field(description="Where it is told: the first place, or the one in the article asked for.")]
    mentions: Annotated[int, Field(description="In how many places articles tell of it.")]
    is_demo: Annotated[bool, Field(description="Whether it is from the demo articles.")]


@dataclass(slots=True)
class ItemDetail:
    """An item with every place that tells of it."""

    item: Item
    spans: Annotated[list[Span], Field(description="In the order of the articles' days and texts.")]


@dataclass(slots=True)
class ItemPage:
    """Items in the order of their dates; those without a date come last."""

    items: list[Item]
    next: Next


@dataclass(slots=True)
class Article:
    """An article and how far its reading is."""

    id: int
    uid: str
    url: Url
    title: str
    outlet: str | None
    source_url: Annotated[str | None, Field(description="Where it was published.")]
    source_file: Annotated[str | None, Field(description="Name of the file that it came in.")]
    language: str
    published: datetime.date | None
    words: int
    status: Annotated[DocumentStatus, Field(description="`needs_date` waits for a person, `failed` has an `error`.")]
    error: str | None
    warnings: list[str]
    learnt_at: datetime.datetime
    processed_at: datetime.datetime | None
    items: Annotated[dict[ItemKind, int], Field(description="How many items of each kind it gave.")]
    is_demo: bool


@dataclass(slots=True)
class ArticlePage:
    """Articles, the newest first; those without a date come last."""

    articles: list[Article]
    next: Next


@dataclass(slots=True)
class Sentence:
    """A sentence of an article, `article.text[start:end]`, and the items that it gave."""

    paragraph: Annotated[int, Field(description="Number of the paragraph, from 0.")]
    start: int
    end: int
    text: str
    items: Annotated[list[str], Field(description="Their uids; none where the sentence gave nothing.")]


@dataclass(slots=True)
class ArticleDetail:
    """An article with its text and the items in the order of the text, each with its place there."""

    article: Article
    text: Annotated[str, Field(description="The text that all spans are offsets of; it never changes.")]
    items: list[Item]
    sentences: Annotated[list[Sentence] | None, Field(description="All of them, under `view=coverage`.")] = None


@dataclass(slots=True)
class CountedActor:
    """An actor with the number of items that it is in."""

    actor: Actor
    items: int


@dataclass(slots=True)
class Office:
    """An office that somebody held."""

    name: str
    of: Annotated[str, Field(description="Code of the country or body.")]
    start: Annotated[datetime.date | int, Field(description="A day, or the year where the day is not certain.")]
    end: Annotated[datetime.date | int | None, Field(description="The same; null if it is not known to have ended.")]
    evidence: Annotated[str, Field(description="Where the knowledge files have it from.")]


@dataclass(slots=True)
class Tie:
    """The moves of a category that both are parties of."""

    other: Annotated[str, Field(description="Slug or code.")]
    category: EventCategory
    items: int
    towards: Annotated[int, Field(description="Of these, done to the other.")]
    from_other: Annotated[int, Field(description="Of these, done by the other.")]


@dataclass(slots=True)
class Ties:
    """Whom an actor or country has to do with; every count is what the filters show that its fields name."""

    moves: Annotated[list[Tie], Field(description="`?actor=this&with=other&part=party&category=category`.")]
    tells_of: Annotated[dict[str, int], Field(description="`?kind=statement&actor=this&with=other`.")]
    told_of_by: Annotated[dict[str, int], Field(description="`?kind=statement&actor=other&with=this`.")]


@dataclass(slots=True)
class ActorDetail:
    """An actor with all that its page shows."""

    actor: Actor
    url: Url
    items: Annotated[dict[ItemKind, int], Field(description="Items of each kind that it has a part in.")]
    aliases: list[str]
    offices: list[Office]
    learnt_from: Annotated[int | None, Field(description="Id of the article that named it first, if no file knows it.")]
    ties: Ties


@dataclass(slots=True)
class Country:
    """A country or body with the number of its items and of the actors who act or speak for it."""

    code: str
    url: Url
    name: str
    items: int
    actors: int


@dataclass(slots=True)
class CountryList:
    """All countries and bodies that have items, the most items first."""

    countries: list[Country]


@dataclass(slots=True)
class CountryDetail:
    """A country or body with all that its page shows."""

    country: Country
    items: Annotated[dict[ItemKind, int], Field(description="Items of each kind that it has a part in.")]
    ties: Ties


@dataclass(slots=True)
class ActorPage:
    """Actors in the order of their slugs."""

    actors: list[CountedActor]
    next: Next


@dataclass(slots=True)
class Choice:
    """A value of a facet."""

    value: Annotated[str, Field(description="As the filter takes it.")]
    label: str
    count: Annotated[int, Field(description="Items it would show if it alone of its facet were chosen.")]
    selected: bool
    excluded: Annotated[bool, Field(description="Whether the filters leave it out.")]


@dataclass(slots=True)
class FacetCounts:
    """How many items the filters show, and how many each value of a facet would."""

    items: Annotated[int, Field(description="Items that the filters show.")]
    articles: Annotated[int, Field(description="Articles that these items are from.")]
    total: Annotated[int, Field(description="Items without any filter.")]
    kind: list[Choice]
    category: list[Choice]
    country: list[Choice]
    organisation: Annotated[list[Choice], Field(description="Bodies of several countries.")]
    actor: Annotated[list[Choice], Field(description="The 30 commonest; countries and organisations only if chosen.")]
    place: Annotated[list[Choice], Field(description="The 20 commonest, and those chosen or left out.")]
    outlet: Annotated[list[Choice], Field(description="The 20 commonest, and those chosen or left out.")]
    modality: list[Choice]
    polarity: list[Choice]
    precision: list[Choice]


@dataclass(slots=True)
class SavedView:
    """Filters that editors gave a name."""

    name: str
    query: Annotated[str, Field(description="The filters as a query, for the timeline, `/items` and `/facets` alike.")]
    url: Url


@dataclass(slots=True)
class SavedViews:
    """All saved views by name."""

    views: list[SavedView]


def item(row: ItemRow) -> Item:
    """The item as programs get it."""
    return Item(
        uid=row.uid,
        url=f"/items/{row.uid}",
        kind=row.kind,
        category=row.category,
        headline=row.headline,
        date=row.date.edtf if row.date else None,
        date_earliest=row.date.earliest if row.date else None,
        date_latest=row.date.latest if row.date else None,
        date_precision=row.date.precision if row.date else Precision.NONE,
        date_rule=row.date_rule,
        reported_on=row.reported_on,
        learnt_at=row.learnt_at,
        modality=row.modality,
        polarity=row.polarity,
        statement_kind=row.statement_kind,
        speaker=actor(row.speaker) if row.speaker else None,
        speaker_role=row.speaker_role,
        claimant=actor(row.claimant) if row.claimant else None,
        actors=[actor(each) for each in row.actors],
        candidates=[actor(each) for each in row.candidates],
        countries=list(row.countries),
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        quantity=row.quantity,
        low=row.low,
        high=row.high,
        unit=row.unit,
        movement=row.movement,
        force_country=row.force_country,
        confidence=row.confidence,
        details=_details(row.details),
        span=span(row),
        mentions=row.mentions,
        is_demo=row.is_demo,
    )


def _details(details: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value not in (None, [])}


def span(row: ItemRow | MentionRow) -> Span:
    """Where an article tells of an item."""
    return Span(
        article=row.document_id,
        article_title=row.document_title,
        outlet=row.outlet,
        published=row.published,
        paragraph=row.paragraph,
        start=row.start,
        end=row.end,
        text=row.text,
    )


def actor(row: ActorRow) -> Actor:
    """The actor as programs get it."""
    return Actor(row.slug, row.name, row.kind, row.country, row.role, row.part)


def ties(found: FoundTies) -> Ties:
    """The ties as programs get them."""
    moves = [Tie(each.other, each.category, each.count, each.towards, each.from_other) for each in found.moves]
    return Ties(moves, dict(found.tells_of), dict(found.told_of_by))


def country(entry: CountryEntry) -> Country:
    """The country or body as programs get it."""
    return Country(entry.code, f"/countries/{entry.code}", entry.name, entry.items, entry.actors)


def article(row: DocumentRow) -> Article:
    """The article without its text."""
    return Article(
        id=row.id,
        uid=row.uid,
        url=f"/articles/{row.id}",
        title=row.title,
        outlet=row.outlet,
        source_url=row.url,
        source_file=row.source_file,
        language=row.language,
        published=row.published,
        words=row.words,
        status=row.status,
        error=row.error,
        warnings=list(row.warnings),
        learnt_at=row.learnt_at,
        processed_at=row.processed_at,
        items=dict(row.counts),
        is_demo=row.is_demo,
    )


def sentences(paragraphs: Iterable[Sequence[CoveredSentence]]) -> list[Sentence]:
    """The sentences of the coverage view."""
    return [
        Sentence(number, each.start, each.end, each.text, list(dict.fromkeys(item.uid for item in each.items)))
        for number, paragraph in enumerate(paragraphs)
        for each in paragraph
    ]


def choices(values: Sequence[FacetValue]) -> list[Choice]:
    """The values of a facet."""
    return [Choice(each.value, each.label, each.count, each.selected, each.excluded) for each in values]


def facet_counts(counts: Counts, facets: Mapping[Facet, Sequence[FacetValue]]) -> FacetCounts:
    """The counts beside the filters."""
    return FacetCounts(
        items=counts.items,
        articles=counts.articles,
        total=counts.total,
        **{facet.value: choices(values) for facet, values in facets.items()},
    )
