"""What extraction finds in one article. Field names are the keys of the public result format."""

from dataclasses import dataclass, field

from app.domain.source import SourceText
from app.domain.vocabulary import (
    ActorKind,
    EventCategory,
    Modality,
    Movement,
    Polarity,
    StatementKind,
    TimeType,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of the article: `source.text[start:end] == text`, inside paragraph number `paragraph` (from 0)."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression(Found):
    """A time expression with its TIMEX3 value, its EDTF date where it names one, and the rule that read it."""

    type: TimeType
    value: str
    edtf: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, body, country or group that the article names; items refer to it by `name`.

    `key` is the knowledge file's id, or None for an actor learnt from this text; `body` the code of the international
    body ("NATO") that it is, or in which the person had office on the article's day.
    """

    name: str
    kind: ActorKind
    key: str | None = None
    country: str | None = None
    role: str | None = None
    sector: str | None = None
    learnt_from: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Found):
    """What somebody is reported to have said; the span is the content, without the attribution.

    `speaker` is a canonical name or None where nobody can be named; of several who speak as one, or are named among
    those who speak, `speakers` has each; `cue` is the reporting verb, at `cue_start`;
    `candidates` the names that fit where one could not be chosen; `via` who relays the words.
    """

    kind: StatementKind
    cue: str
    cue_start: int
    polarity: Polarity = Polarity.ASSERTS
    speaker: str | None = None
    speaker_mention: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_role: str | None = None
    speaker_country: str | None = None
    via: str | None = None
    venue: str | None = None
    audience: str | None = None
    candidates: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    date: str | None = None
    date_rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Found):
    """A mention of a diplomatic or military move; the span is its clause, the trigger stands at `trigger_start`.

    `source` did it to `target` (ISO 3166-1 alpha-2, EU, XK), and `targets` are those of the `actors` to whom the others
    did it, none where both sides did it; `same_as` is the index in the article's events of the
    mention that first told of the same happening.
    """

    trigger: str
    trigger_start: int
    category: EventCategory
    plover: str
    source: str | None = None
    target: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    modality: Modality = Modality.HAPPENED
    according_to: str | None = None
    headline: str = ""
    same_as: int | None = None
    date: str | None = None
    date_rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TroopClaim(Found):
    """A claim about forces: whose, how many, what they do, where, and who claims it (None: the article's own voice).

    `quantity` is `>N`, `>=N`, `<=N`, `~N`, `N-M`, `N`, `N%`, `10s`, `100s`, `1000s`, `10000s` or None; `low` and `high`
    bound it where it is a number; `added` tells that it comes on top of what was there ("another 3,000").
    `anchor_start` is where the force word stands.
    """

    anchor_start: int
    quantity: str | None = None
    low: int | None = None
    high: int | None = None
    added: bool = False
    unit: str = "troops"
    movement: Movement = Movement.PRESENT
    force_country: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    claimed_by: str | None = None
    modality: Modality = Modality.HAPPENED
    date: str | None = None
    date_rule: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything found in one article, in the order of the text, with the hash of the knowledge that read it."""

    source: SourceText
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    troop_claims: tuple[TroopClaim, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    actors: tuple[Actor, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    knowledge_hash: str = ""
