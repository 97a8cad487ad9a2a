"""What the queries return: plain values, complete, with no way back to the database."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.edtf import FuzzyDate
from app.domain.errors import BadRequest
from app.domain.filters import AnyLimit
from app.domain.vocabulary import (
    ActorKind,
    ActorPart,
    DocumentStatus,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Outcome,
    Polarity,
    StatementKind,
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after an item in the timeline's order; `earliest` and `latest` are None among the undated."""

    earliest: datetime.date | None
    latest: datetime.date | None
    id: int

    def encode(self) -> str:
        """The cursor as a short text that is safe in a URL."""
        days = (day.isoformat().replace("-", "") for day in (self.earliest, self.latest) if day)
        return "-".join((*days, str(self.id)))

    @classmethod
    def decode(cls, value: str) -> "Cursor":
        """Read what `encode` wrote. Raises BadRequest for anything else."""
        try:
            *days, number = value.split("-")
            if not (number.isascii() and number.isdigit() and len(number) < 16):
                raise ValueError(value)
            if not days:
                return cls(None, None, int(number))
            earliest, latest = (datetime.date.fromisoformat(day) for day in days)
            return cls(earliest, latest, int(number))
        except ValueError:
            raise BadRequest("This page does not exist any more: go back to the start of the timeline.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor; in an item, `part` is what it does there."""

    id: int
    slug: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    part: ActorPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item with one mention of it: its first, or the one in the article that was asked for.

    `text` is `document.text[start:end]`; `mentions` counts all of them. `actors` are all but candidates, speaker and
    claimant among them; `candidates` those of whom one may be meant.
    """

    id: int
    uid: str
    kind: ItemKind
    category: EventCategory | None
    headline: str
    text: str
    date: FuzzyDate | None
    date_rule: str
    reported_on: datetime.date | None
    learnt_at: datetime.datetime
    modality: Modality | None
    polarity: Polarity | None
    statement_kind: StatementKind | None
    speaker: ActorRow | None
    speaker_role: str | None
    claimant: ActorRow | None
    actors: tuple[ActorRow, ...]
    candidates: tuple[ActorRow, ...]
    countries: tuple[str, ...]
    place: str | None
    lat: float | None
    lon: float | None
    quantity: str | None
    low: int | None
    high: int | None
    unit: str | None
    movement: Movement | None
    force_country: str | None
    confidence: float
    details: Mapping[str, Any]
    document_id: int
    document_title: str
    outlet: str | None
    published: datetime.date | None
    paragraph: int
    start: int
    end: int
    mentions: int
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One page of the timeline; `next` is where the page after it begins, None on the last.

    Of a page of cards, `moves` are the military moves that stand on the card of a troop claim, by the claim's id.
    """

    items: tuple[ItemRow, ...]
    next: Cursor | None
    moves: Mapping[int, tuple[ItemRow, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """What is denied, and pairs of troop claims, the lower first, that cannot both be right."""

    denied: tuple[ItemRow, ...]
    disputes: tuple[tuple[ItemRow, ItemRow], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One place in an article that tells of an item."""

    document_id: int
    document_title: str
    outlet: str | None
    published: datetime.date | None
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many items a choice shows, from how many articles, and how many items there are without any filter."""

    items: int
    articles: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet: `value` goes into the filter, `label` to the reader, `count` is of items."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCount:
    """How many items the filters would show without one of their limits, and how many under it alone."""

    limit: AnyLimit
    without: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedText:
    """A search, and how many items it would find."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """What filters that show nothing could be changed to: less of them, known names, any word in place of all."""

    limits: tuple[LimitCount, ...]
    respelt: CountedText | None
    any_word: CountedText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many items of a kind a day has."""

    day: datetime.date
    kind: ItemKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """An article, its state as a job (`error` says why it failed), and how many items of each kind it gave.

    `text` is empty in lists.
    """

    id: int
    uid: str
    title: str
    url: str | None
    outlet: str | None
    language: str
    published: datetime.date | None
    text: str
    source_file: str | None
    is_demo: bool
    status: DocumentStatus
    error: str | None
    warnings: tuple[str, ...]
    words: int
    learnt_at: datetime.datetime
    processed_at: datetime.datetime | None
    counts: Mapping[ItemKind, int]

    @property
    def items(self) -> int:
        """How many items the article gave."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One page of the article list, newest first; `next` is where the page after it begins, None on the last."""

    documents: tuple[DocumentRow, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Beside:
    """An article next to another one in their list."""

    id: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFileRow:
    """What became of one article of an upload; `document.status` tells how far it is by now."""

    filename: str
    outcome: Outcome
    message: str
    document: DocumentRow | None

    @property
    def items_found(self) -> int:
        """How many items its article gave so far."""
        return self.document.items if self.document else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """One upload with its articles in the order in which they came."""

    uid: str
    created_at: datetime.datetime
    files: tuple[UploadFileRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """The site at a glance: the days that items span, and how many articles wait or failed.

    `months` are the first and the last month in which many items lie, so that a date of long ago does not stretch it.
    `pending` counts articles in line or being read, `needs_date` those that wait for somebody to give a date.
    """

    title: str
    has_demo: bool
    documents: int
    items: int
    first_day: datetime.date | None
    last_day: datetime.date | None
    months: tuple[datetime.date, datetime.date] | None
    pending: int
    needs_date: int
    failed: int
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """Filters under a name; `query` is that of the timeline's address, without "?"."""

    id: int
    name: str
    query: str
