"""The field's words: every closed set of values that extraction, store, pages and the public result format share."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What a timeline item is; events are shown as diplomatic or military by their category."""

    DIPLOMATIC = "diplomatic"
    MILITARY = "military"
    TROOPS = "troops"
    STATEMENT = "statement"


class EventCategory(StrEnum):
    """The categories of an event in the public result format: twenty, and other."""

    MEET = "meet"
    TALK = "talk"
    VISIT = "visit"
    NEGOTIATE = "negotiate"
    PROPOSE = "propose"
    DEMAND = "demand"
    REJECT = "reject"
    THREATEN = "threaten"
    ACCUSE = "accuse"
    DENY = "deny"
    SANCTION = "sanction"
    AID = "aid"
    MOBILIZE = "mobilize"
    DEPLOY = "deploy"
    WITHDRAW = "withdraw"
    EXERCISE = "exercise"
    ATTACK = "attack"
    EVACUATE = "evacuate"
    RECOGNIZE = "recognize"
    AGREE = "agree"
    OTHER = "other"

    @property
    def kind(self) -> ItemKind:
        """The kind of item an event of this category is."""
        return ItemKind.MILITARY if self in MILITARY_CATEGORIES else ItemKind.DIPLOMATIC


MILITARY_CATEGORIES = frozenset(
    {
        EventCategory.ATTACK,
        EventCategory.EXERCISE,
        EventCategory.MOBILIZE,
        EventCategory.DEPLOY,
        EventCategory.WITHDRAW,
    }
)


class Modality(StrEnum):
    """Whether the text says a thing happened, is planned, is possible, is denied, or is told by one side only."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    ALLEGED = "alleged"


class StatementKind(StrEnum):
    """How a statement is quoted: inside quote marks, in the reporter's words, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """The force of a statement, from its reporting verb."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DEMANDS = "demands"
    THREATENS = "threatens"
    WARNS = "warns"
    ASKS = "asks"
    PROMISES = "promises"


class Movement(StrEnum):
    """What the forces of a troop claim do."""

    BUILDUP = "buildup"
    WITHDRAW = "withdraw"
    MOVE = "move"
    EXERCISE = "exercise"
    PRESENT = "present"
    ARRIVE = "arrive"


class TimeType(StrEnum):
    """TIMEX3 types of a time expression (ISO-TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """How finely a date is known; RANGE is an interval that no single day, month or year names."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    GROUP = "group"


class DocumentStatus(StrEnum):
    """The life of an article: the document row is the extraction job."""

    NEEDS_DATE = "needs_date"
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of an article file that somebody handed in."""

    FOUND = "found"
    ALREADY_KNOWN = "already_known"
    NEEDS_DATE = "needs_date"
    FAILED = "failed"


class ActorPart(StrEnum):
    """The part that an actor has in an item: a target is a party that others did it to, and nothing else is directed;
    a candidate is one of several who may be meant."""

    SPEAKER = "speaker"
    CLAIMANT = "claimant"
    PARTY = "party"
    TARGET = "target"
    VIA = "via"
    CANDIDATE = "candidate"


class Part(StrEnum):
    """The part in which a reader looks for an actor or country: who acts, speaks, claims, or whose forces they are."""

    PARTY = "party"
    SPEAKER = "speaker"
    CLAIMANT = "claimant"
    FORCE = "force"


# Units of a troop claim that count heads; "battalions" and "%" do not, and stand on no scale.
HEADCOUNT_UNITS = frozenset({"troops", "personnel", "soldiers", "reserves", "reservists", "separatist forces"})
