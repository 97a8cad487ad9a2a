"""A drawing's axis of days: where a day stands, and which dates are written below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.web.views import words

LONGEST_IN_DAYS = 200  # of an axis that tells days; a longer one tells months
TICKS = 9


@dataclass(frozen=True, slots=True)
class Axis:
    """So many days from the first of the figure on, as percent of its width."""

    start: date
    days: int

    def at(self, day: date) -> float:
        """Where the day begins."""
        return self.width((day - self.start).days)

    def width(self, days: int) -> float:
        """The width of so many days."""
        return round(100 * days / self.days, 3)

    def day(self, number: int) -> date:
        """The day of that number, counted from 0."""
        return date.fromordinal(self.start.toordinal() + number)


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; `minor` ones are left out on narrow screens."""

    x: float
    text: str
    anchor: str
    minor: bool


def ticks(axis: Axis) -> Iterator[Tick]:
    """Dates along the axis, every so many days or months that there is room for."""
    if axis.days <= LONGEST_IN_DAYS:
        step = next(step for step in (1, 2, 7, 14, 28) if axis.days / step <= TICKS or step == 28)
        begin = (-axis.start.weekday()) % 7 if step >= 7 else 0
        days = [axis.day(n) for n in range(begin, axis.days, step)]
        texts = [words.short_day(day) for day in days]
    else:
        start, end = axis.start, axis.day(axis.days - 1)
        months = range(start.year * 12 + start.month - (1 if start.day == 1 else 0), end.year * 12 + end.month)
        firsts = [date(n // 12, n % 12 + 1, 1) for n in months]
        days = firsts[:: max(1, -(-len(firsts) // TICKS))]
        texts = [f"{words.MONTHS[day.month - 1][:3]} {day.year}" for day in days]
    for n, (day, text) in enumerate(zip(days, texts, strict=True)):
        x = axis.at(day)
        yield Tick(x, text, "end" if x > 96 else "start" if x < 3 else "middle", minor=n % 2 == 1)
