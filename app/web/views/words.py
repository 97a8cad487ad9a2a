"""How the site puts its values into words: kinds, certainty, dates, numbers, confidence."""

from datetime import date

from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import (
    ActorKind,
    DocumentStatus,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Outcome,
    Part,
    Polarity,
    Precision,
    StatementKind,
)

KINDS = {
    ItemKind.DIPLOMATIC: "Diplomatic moves",
    ItemKind.MILITARY: "Military moves",
    ItemKind.TROOPS: "Troop claims",
    ItemKind.STATEMENT: "Statements",
}
KIND = {
    ItemKind.DIPLOMATIC: "Diplomacy",
    ItemKind.MILITARY: "Military",
    ItemKind.TROOPS: "Troops",
    ItemKind.STATEMENT: "Statement",
}
COUNTED = {  # in a sentence: one of them, several of them
    ItemKind.DIPLOMATIC: ("diplomatic move", "diplomatic moves"),
    ItemKind.MILITARY: ("military move", "military moves"),
    ItemKind.TROOPS: ("troop claim", "troop claims"),
    ItemKind.STATEMENT: ("statement", "statements"),
}
CATEGORIES = {
    EventCategory.MEET: "Meeting",
    EventCategory.TALK: "Talks",
    EventCategory.VISIT: "Visit",
    EventCategory.NEGOTIATE: "Negotiations",
    EventCategory.PROPOSE: "Proposal",
    EventCategory.DEMAND: "Demand",
    EventCategory.REJECT: "Rejection",
    EventCategory.THREATEN: "Threat",
    EventCategory.ACCUSE: "Accusation",
    EventCategory.DENY: "Denial",
    EventCategory.SANCTION: "Sanctions",
    EventCategory.AID: "Aid",
    EventCategory.MOBILIZE: "Mobilisation",
    EventCategory.DEPLOY: "Deployment",
    EventCategory.WITHDRAW: "Withdrawal",
    EventCategory.EXERCISE: "Exercise",
    EventCategory.ATTACK: "Attack",
    EventCategory.EVACUATE: "Evacuation",
    EventCategory.RECOGNIZE: "Recognition",
    EventCategory.AGREE: "Agreement",
    EventCategory.OTHER: "Other move",
}
ACTOR_KINDS = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organisation",
    ActorKind.COUNTRY: "Country",
    ActorKind.GROUP: "Group",
}
PARTS = {
    Part.PARTY: "Taking part",
    Part.SPEAKER: "Speaking",
    Part.CLAIMANT: "Claiming",
    Part.FORCE: "Whose forces",
}
MODALITIES = {
    Modality.HAPPENED: "Happened",
    Modality.PLANNED: "Planned",
    Modality.POSSIBLE: "Possible",
    Modality.DENIED: "Denied",
    Modality.ALLEGED: "Alleged",
}
MODALITY_MEANINGS = {
    Modality.HAPPENED: "The article reports it as a fact.",
    Modality.PLANNED: "Announced or planned; the article does not say that it took place.",
    Modality.POSSIBLE: "The article says that it may happen or may have happened.",
    Modality.DENIED: "The article reports that it is denied or did not happen.",
    Modality.ALLEGED: "Told by one side only; the article does not confirm it.",
}
POLARITIES = {
    Polarity.ASSERTS: "Assertion",
    Polarity.DENIES: "Denial",
    Polarity.DEMANDS: "Demand",
    Polarity.THREATENS: "Threat",
    Polarity.WARNS: "Warning",
    Polarity.ASKS: "Question",
    Polarity.PROMISES: "Promise",
}
PRECISIONS = {
    Precision.DAY: "To the day",
    Precision.RANGE: "An interval of days",
    Precision.MONTH: "Month only",
    Precision.YEAR: "Year only",
    Precision.NONE: "No date given",
}
STATEMENT_KINDS = {
    StatementKind.DIRECT: "Quoted word for word",
    StatementKind.INDIRECT: "In the reporter’s words",
    StatementKind.MIXED: "Partly quoted, partly in the reporter’s words",
}
MOVEMENTS = {
    Movement.BUILDUP: "Massing",
    Movement.WITHDRAW: "Withdrawing",
    Movement.MOVE: "Moving",
    Movement.EXERCISE: "On exercise",
    Movement.PRESENT: "Present",
    Movement.ARRIVE: "Arriving",
}
STATUSES = {
    DocumentStatus.NEEDS_DATE: "Needs a date",
    DocumentStatus.PENDING: "In line",
    DocumentStatus.RUNNING: "Being read",
    DocumentStatus.DONE: "Read",
    DocumentStatus.FAILED: "Could not be read",
}
OUTCOMES = {
    Outcome.FOUND: "New article",
    Outcome.ALREADY_KNOWN: "Already known",
    Outcome.NEEDS_DATE: "Needs a date",
    Outcome.FAILED: "Could not be read",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date) -> str:
    """A day with its year: "24 February 2022"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """A day with its name: "Thursday 24 February 2022"."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def short_day(value: date, *, with_year: bool = False) -> str:
    """A day in little room: "24 Feb", with its year where asked for."""
    text = f"{value.day} {MONTHS[value.month - 1][:3]}"
    return f"{text} {value.year}" if with_year else text


def month(value: date) -> str:
    """The month of a day: "February 2022"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def months(first: date, last: date) -> str:
    """The months that two days span: "January – February 2022", "December 2021 – February 2022", "May 2022"."""
    if (first.year, first.month) == (last.year, last.month):
        return month(last)
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]} – {month(last)}"
    return f"{month(first)} – {month(last)}"


def days(first: date, last: date) -> str:
    """An interval of days: "16–17 February 2022", "30 January – 2 February 2022"; one day where they are equal."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def short_days(first: date | None, last: date | None) -> str:
    """A range with open ends in little room: "10 Feb – 20 Feb 2022", "from 10 Feb 2022", "until 20 Feb 2022"."""
    if first and last:
        if first == last:
            return short_day(last, with_year=True)
        return f"{short_day(first, with_year=first.year != last.year)} – {short_day(last, with_year=True)}"
    if first:
        return f"from {short_day(first, with_year=True)}"
    return f"until {short_day(last, with_year=True)}" if last else "all dates"


def is_exact(value: FuzzyDate | None) -> bool:
    """Whether a date is a day or an interval of days, and so stands on a day of the timeline."""
    if value is None or value.precision in {Precision.MONTH, Precision.YEAR}:
        return False
    return value.precision is Precision.DAY or all(len(part) == len("2022-02-16") for part in value.edtf.split("/"))


def fuzzy(value: FuzzyDate | None) -> str:
    """A date with no more precision than it has; "No date given" for none."""
    if value is None:
        return "No date given"
    if value.precision is Precision.DAY:
        return day(value.earliest)
    if value.precision is Precision.MONTH:
        return month(value.earliest)
    if value.precision is Precision.YEAR:
        return str(value.earliest.year)
    finest = max(len(part) for part in value.edtf.split("/"))
    if finest == len("2022"):
        return f"{value.earliest.year} – {value.latest.year}"
    if finest == len("2022-02"):
        return months(value.earliest, value.latest)
    return days(value.earliest, value.latest)


def short_fuzzy(value: FuzzyDate | None) -> str:
    """A date in little room with no more precision than it has: "24 Feb 2022", "February 2022"."""
    is_day = value is not None and value.precision is Precision.DAY
    return short_day(value.earliest, with_year=True) if value and is_day else fuzzy(value)


def number(value: int) -> str:
    """A number with its thousands set apart: "190,000"."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 item", "2 items"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def confidence(value: float) -> str:
    """How sure the reading is, in words: "high", "fair" or "low"."""
    if value >= 0.8:
        return "high"
    return "fair" if value >= 0.6 else "low"


SIGNS = {">=": "At least", "<=": "At most", ">": "More than", "<": "Fewer than", "~": "About"}
ROUGH = {"10s": "Dozens", "100s": "Hundreds", "1000s": "Thousands", "10000s": "Tens of thousands"}


def quantity(value: str | None) -> tuple[str, str]:
    """A troop claim's number as (figure, what it is): (">100000") is ("100,000", "More than"), ("") is ("", "").

    The second is "More than", "At least", "At most", "About", "Between" or "".
    """
    if not value:
        return "", ""
    if value in ROUGH:
        return ROUGH[value], ""
    for sign, meaning in SIGNS.items():  # the longer signs come first
        if value.startswith(sign):
            return _figure(value.removeprefix(sign)), meaning
    low, dash, high = value.partition("-")
    if dash:
        return f"{_figure(low)}–{_figure(high)}", "Between"
    return _figure(value), ""


def _figure(value: str) -> str:
    digits, percent = value.removesuffix("%"), "%" if value.endswith("%") else ""
    return (number(int(digits)) if digits.isdigit() else digits) + percent
