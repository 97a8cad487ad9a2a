"""Dates as the text gives them: the subset of EDTF (ISO 8601-2) that the public result format uses.

Forms: `2022`, `2022-02`, `2022-02-15`, and an interval of two of them, `2022-02-16/2022-02-17`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from app.domain.vocabulary import Precision

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date with its true precision: every day from `earliest` to `latest` (both included) is possible."""

    edtf: str
    earliest: date
    latest: date
    precision: Precision

    def __str__(self) -> str:
        return self.edtf


def parse_edtf(value: str) -> FuzzyDate:
    """Read an EDTF date or interval.

    Raises ValueError where the value has another form, names no real day, or ends before it begins.
    """
    first, slash, second = value.partition("/")
    earliest, latest, precision = _bounds(first)
    if slash:
        end_earliest, latest, _ = _bounds(second)
        if end_earliest < earliest:
            raise ValueError(f"interval ends before it begins: {value!r}")
        precision = Precision.RANGE
    return FuzzyDate(value, earliest, latest, precision)


def day(value: date) -> FuzzyDate:
    """The one day as a date of day precision."""
    return FuzzyDate(value.isoformat(), value, value, Precision.DAY)


def interval(first: date, last: date) -> FuzzyDate:
    """The days from first to last, both included; a single day where they are equal.

    Raises ValueError where last is before first.
    """
    if last < first:
        raise ValueError(f"interval ends before it begins: {first}/{last}")
    return day(first) if first == last else FuzzyDate(f"{first}/{last}", first, last, Precision.RANGE)


def month(year_number: int, month_number: int) -> FuzzyDate:
    """A whole month. Raises ValueError for a month or year that does not exist."""
    return parse_edtf(f"{year_number:04d}-{month_number:02d}")


def year(number: int) -> FuzzyDate:
    """A whole year. Raises ValueError for a year outside 1 to 9999."""
    return parse_edtf(f"{number:04d}")


def _bounds(value: str) -> tuple[date, date, Precision]:
    match = _PART.fullmatch(value)
    if not match:
        raise ValueError(f"not an EDTF date: {value!r}")
    year_number = int(match[1])
    if match[2] is None:
        return date(year_number, 1, 1), date(year_number, 12, 31), Precision.YEAR
    month_number = int(match[2])
    if match[3] is None:
        first = date(year_number, month_number, 1)
        return first, first.replace(day=calendar.monthrange(year_number, month_number)[1]), Precision.MONTH
    only = date(year_number, month_number, int(match[3]))
    return only, only, Precision.DAY
