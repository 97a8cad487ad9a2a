"""Periods of the calendar, from a day to a century: how they move, and how TIMEX3 and EDTF write them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from app.domain.edtf import interval

_SEASON_BY_MONTH = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


class Unit(StrEnum):
    """A unit of the calendar, by its English name, the shortest first."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    def fits(self, larger: "Unit") -> bool:
        """True where a period of this unit is no longer than one of the other."""
        order = list(Unit)
        return order.index(self) <= order.index(larger)


_MONTHS = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.SEASON: 3,
    Unit.HALF: 6,
    Unit.YEAR: 12,
    Unit.DECADE: 120,
    Unit.CENTURY: 1200,
}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}


@dataclass(frozen=True, slots=True)
class Period:
    """One unit of the calendar: its first and its last day, both included."""

    unit: Unit
    first: date
    last: date

    @classmethod
    def holding(cls, unit: Unit, at: date) -> Self:
        """The period of that unit in which the day lies (for a weekend: that of its week).

        A winter begins in December and bears the number of that year. Raises OverflowError or ValueError at the ends of
        the calendar (years 1 and 9999).
        """
        if unit is Unit.DAY:
            return cls(unit, at, at)
        if unit in (Unit.WEEK, Unit.WEEKEND):
            monday = at - timedelta(at.weekday())
            return cls(unit, monday + timedelta(5 if unit is Unit.WEEKEND else 0), monday + timedelta(6))
        length = _MONTHS[unit]
        index = at.year * 12 + at.month - 1
        phase = 2 if unit is Unit.SEASON else 0  # seasons begin in March, June, September, December
        start = (index - phase) // length * length + phase
        return cls(unit, _month_start(start), _month_start(start + length) - timedelta(1))

    @classmethod
    def days(cls, first: date, last: date) -> Self:
        """A stretch of days that is no unit of the calendar."""
        return cls(Unit.DAY, first, last)

    def shift(self, count: int, unit: Unit | None = None) -> Self:
        """The period `count` units later (earlier where negative), at this period's own unit.

        A day that its new month lacks becomes that month's last. Raises OverflowError or ValueError at the ends of
        the calendar.
        """
        unit = unit or self.unit
        if unit in _DAYS:
            moved = self.first + timedelta(count * _DAYS[unit])
        else:
            moved = add_months(self.first, count * _MONTHS[unit])
        return type(self).holding(self.unit, moved)

    @property
    def value(self) -> str:
        """The TIMEX3 value: `2022-02-15`, `2022-W07`, `2022-W07-WE`, `2022-02`, `2022-Q1`, `2022-SP`, `2022-H1`,
        `2022`, `202`, `20`."""
        first = self.first
        year = f"{first.year:04d}"
        match self.unit:
            case Unit.DAY:
                return first.isoformat()
            case Unit.WEEK | Unit.WEEKEND:
                iso = first.isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.unit is Unit.WEEKEND else "")
            case Unit.MONTH:
                return f"{year}-{first.month:02d}"
            case Unit.QUARTER:
                return f"{year}-Q{(first.month + 2) // 3}"
            case Unit.SEASON:
                return f"{year}-{_SEASON_BY_MONTH[first.month]}"
            case Unit.HALF:
                return f"{year}-H{1 if first.month == 1 else 2}"
            case Unit.YEAR:
                return year
            case Unit.DECADE:
                return year[:3]
            case Unit.CENTURY:
                return year[:2]

    @property
    def edtf(self) -> str | None:
        """The same as EDTF date or interval; None for a winter, whose year writers do not agree on."""
        match self.unit:
            case Unit.DAY | Unit.WEEK | Unit.WEEKEND:
                return interval(self.first, self.last).edtf
            case Unit.MONTH | Unit.YEAR:
                return self.value
            case Unit.SEASON if self.first.month == 12:
                return None
            case Unit.DECADE | Unit.CENTURY:
                return f"{self.first.year:04d}/{self.last.year:04d}"
            case _:
                return f"{self.first.year:04d}-{self.first.month:02d}/{self.last.year:04d}-{self.last.month:02d}"


def add_months(at: date, count: int) -> date:
    """The day `count` months later; the month's last day where it has no such day. Raises ValueError beyond years 1
    to 9999."""
    start = _month_start(at.year * 12 + at.month - 1 + count)
    return start.replace(day=min(at.day, calendar.monthrange(start.year, start.month)[1]))


def in_words(at: date) -> str:
    """The day as a reader writes it: Tuesday 15 February 2022."""
    return f"{calendar.day_name[at.weekday()]} {at.day} {calendar.month_name[at.month]} {at.year}"


def _month_start(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
