"""What every form of the grammar shares: a reading, the context it is read in, and how forms are written down.

A form is a pattern over lower-cased text and a reader that turns the match into a Reading, or rejects it with None.
Readers know no clock: everything relative is counted from the publication day or from a date the text named before.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol

from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.periods import Period, Unit


class Direction(Enum):
    """Which way the clause around an expression looks."""

    PAST = -1
    OPEN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. `how` says in words how it was read, `relative` that the publication day was needed.

    `period` is the calendar period that later expressions may point back to; `edtf` is the date it names, if any.
    """

    type: TimeType
    value: str
    how: str
    period: Period | None = None
    edtf: str | None = None
    relative: bool = True


class Asks(Protocol):
    """What a form may ask the parse about the characters from start to end."""

    def direction(self, start: int, end: int) -> Direction:
        """Which way the clause around them looks."""

    def names_something(self, start: int, end: int) -> bool:
        """True where a month's name is a person's, an event's or a verb."""

    def counts_things(self, start: int, end: int) -> bool:
        """True where a number counts things or is part of a name, or "a day" means each day."""


@dataclass(slots=True)
class Context:
    """What a reader may look at: the publication day, the parse, the text, and what was read before (latest last)."""

    published: date | None
    parse: Asks
    text: str
    read: list[tuple[int, Period]] = field(default_factory=list)
    years: dict[tuple[int, int], int] = field(default_factory=dict)

    def direction(self, match: re.Match[str]) -> Direction:
        """Which way the clause around the match looks."""
        return self.parse.direction(match.start(), match.end())

    def capital(self, match: re.Match[str], group: str) -> bool:
        """True where the group begins with a capital in the text."""
        return self.text[match.start(group)].isupper()

    def before(self, match: re.Match[str], length: int) -> str:
        """The lower-cased characters of the text right before the match."""
        return self.text[max(0, match.start() - length) : match.start()].lower()

    def latest(self, at: int, *units: Unit) -> Period | None:
        """The period last read before the offset, of one of the units if any are given, no farther than a paragraph
        back."""
        for offset, period in reversed(self.read):
            if self.text.count("\n", offset, at) > 1:
                return None
            if not units or period.unit in units:
                return period
        return None


type Reader = Callable[[re.Match[str], Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of words and its reader."""

    pattern: re.Pattern[str]
    read: Reader


class Forms(list[Form]):
    """The forms of one part of the grammar, in order."""

    def form(self, pattern: str) -> Callable[[Reader], Reader]:
        """Add the decorated reader under the pattern, which ends at the end of a word."""

        def add(read: Reader) -> Reader:
            self.append(Form(re.compile(rf"(?:{pattern})(?!\w)"), read))
            return read

        return add


STEP = {
    "last": -1, "past": -1, "this past": -1, "previous": -1, "the previous": -1, "the latest": -1, "its latest": -1,
    "this": 0, "current": 0, "the current": 0, "present": 0, "the present": 0, "the same": 0, "that same": 0,
    "that": 0, "our": 0, "next": 1, "coming": 1, "this coming": 1, "the coming": 1, "following": 1,
    "the following": 1, "the next": 1,
}  # fmt: skip
EDGE = (
    r"(?:(?P<edge>early|late|mid|later|earlier)[- ](?:in )?"
    r"|(?:the )?(?:very )?(?:end|beginning|start|middle|close|rest|first half|second half|last week|first week) of )?"
)
PART_OF_DAY = rf"(?:,? (?:at |in the |(?:early|late) )?(?P<part>{words.DAY_PART})s?)?"


def dated(
    period: Period, how: str, *, part: str | None = None, relative: bool = True, edtf: str | None = None
) -> Reading:
    """A date: the period, or part of it where `edtf` says so; with a part of the day, a TIME."""
    if part and period.unit is Unit.DAY:
        return Reading(TimeType.TIME, period.value + part, how, period, edtf or period.edtf, relative)
    return Reading(TimeType.DATE, period.value, how, period, edtf or period.edtf, relative)


def undated(value: str, type: TimeType = TimeType.DATE) -> Reading:  # noqa: A002  (the field's word)
    """An expression that needs the publication day where there is none."""
    return Reading(type, value, "no publication date to count from")


def repeated(value: str) -> Reading:
    """What happens each time: a SET, never dated."""
    return Reading(TimeType.SET, value, "each time", relative=False)


def part_of_day(match: re.Match[str]) -> str | None:
    """The TIMEX3 part of day of the group `part`: TMO, TAF, TEV, TNI."""
    return words.DAY_PARTS[match["part"]] if match["part"] else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Period:
    """The whole month."""
    return Period.holding(Unit.MONTH, date(year, month, 1))


def whole_year(year: int) -> Period:
    """The whole year."""
    return Period.holding(Unit.YEAR, date(year, 1, 1))


def full_year(short: int, context: Context) -> int:
    """The year that two digits mean: the nearest to the publication's (to 2000 without one)."""
    base = context.published.year if context.published else 2000
    return min((base // 100 * 100 + short + c for c in (-100, 0, 100)), key=lambda y: abs(y - base))
