"""English words of time, closed classes only: months, weekdays, numbers, units, parts of day, feasts."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from app.extraction.timex.periods import Unit


def alternatives(choices: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first."""
    return "(?:" + "|".join(sorted((re.escape(word) for word in choices), key=len, reverse=True)) + ")"


WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}  # the month that each begins with
DAY_PARTS = {
    "dawn": "TMO", "predawn": "TMO", "morning": "TMO", "mid-morning": "TMO", "noon": "TMI", "midday": "TMI",
    "lunchtime": "TMI", "afternoon": "TAF", "mid-afternoon": "TAF", "evening": "TEV", "night": "TNI",
    "overnight": "TNI", "midnight": "TNI",
}  # fmt: skip
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
OFTEN = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y",
    "yearly": "P1Y",
}  # fmt: skip
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBERS = _ONES | _TEENS | _TENS
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_UNITS = {
    "day": Unit.DAY, "week": Unit.WEEK, "weekend": Unit.WEEKEND, "month": Unit.MONTH, "quarter": Unit.QUARTER,
    "year": Unit.YEAR, "decade": Unit.DECADE, "century": Unit.CENTURY, "centurie": Unit.CENTURY,
}  # fmt: skip
_LENGTHS = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "weekend": "{}WE",
    "month": "{}M", "quarter": "{}Q", "year": "{}Y", "decade": "{}Y", "century": "{}Y", "centurie": "{}Y",
}  # fmt: skip
_YEARS = {"decade": 10, "century": 100, "centurie": 100}
_FIXED_FEASTS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "halloween": (10, 31), "valentine's day": (2, 14),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7, "ash wednesday": -46,
}  # fmt: skip
FEASTS = (*_FIXED_FEASTS, *_FROM_EASTER, "thanksgiving", "thanksgiving day")

_NOT_A_SHARE = r"(?!\d|[,.:]\d|\s?(?:%|percent\b|per cent\b))"
_TENS_AND_ONES = rf"{alternatives(_TENS)}(?:[- ]{alternatives(_ONES)})?"
WEEKDAY = alternatives(WEEKDAYS)
WEEKDAY_ANY = rf"(?:{WEEKDAY}|{alternatives(_SHORT_WEEKDAYS)}\b\.?)"
_ABBREVIATED = [name for name in MONTHS if len(name) < 5 and name not in ("may", "june", "july")]
MONTH = rf"(?:{alternatives(MONTHS.keys() - set(_ABBREVIATED))}\b|{alternatives(_ABBREVIATED)}\b\.?)"
SEASON = alternatives(SEASONS)
DAY_PART = alternatives(DAY_PARTS)
DAY_NUMBER = rf"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?{_NOT_A_SHARE}"
YEAR = rf"(?:1[5-9]|20|21)\d\d{_NOT_A_SHARE}"
YEAR_IN_WORDS = rf"(?:nineteen {_TENS_AND_ONES}|two thousand(?: and)?(?: {alternatives(_ONES | _TEENS)})?)"
ORDINAL = rf"(?:{alternatives(_ORDINALS)}|(?:twenty|thirty)[- ]{alternatives(list(_ORDINALS)[:9])}|\d+(?:st|nd|rd|th))"
CARDINAL = rf"(?:\d+(?:,\d\d\d)*(?:\.\d+)?(?: \d/\d)?|{_TENS_AND_ONES}|{alternatives(_ONES | _TEENS)})"
COUNT = (
    r"(?:(?:a )?(?:hundred|thousand)|(?:a )?(?:few|couple(?: of)?)|several|many|some|numerous|half an?|an?"
    rf"|{CARDINAL}(?:(?:-| to | or ){CARDINAL})?)"
)
UNIT = alternatives(_UNITS)
LENGTH = alternatives(_LENGTHS)

_OPENERS = """
the a an this that these last past next coming previous following current present latest its his her their our each
every same half early late later earlier mid end beginning start middle close rest very first final so today tonight
yesterday tomorrow calendar season fiscal now right currently presently nowadays at recently recent lately
more soon as boxing good palm ash new valentine few couple several many some numerous hundred thousand in on of since
until by then q1 q2 q3 q4
"""
_BEGINNINGS = frozenset(
    word.split()[0].split("'")[0]
    for word in (
        *_OPENERS.split(), *WEEKDAYS, *_SHORT_WEEKDAYS, *MONTHS, *SEASONS, *DAY_PARTS, *DECADES, *OFTEN, *_NUMBERS,
        *_ORDINALS, *_LENGTHS, *FEASTS, *(noun + "s" for noun in (*_LENGTHS, *WEEKDAYS)),
    )
)  # fmt: skip


def begins_expression(word: str) -> bool:
    """True where a lower-case word may open a time expression; a quick test that spares the grammar most words."""
    return word in _BEGINNINGS or word.lstrip("'")[:1].isdigit() or word.startswith("fy")


def weekday_number(word: str) -> int:
    """0 for Monday to 6 for Sunday, of a weekday's name or its abbreviation."""
    word = word.rstrip(".")
    return WEEKDAYS[word] if word in WEEKDAYS else _SHORT_WEEKDAYS[word]


def month_number(word: str) -> int:
    """1 to 12, of a month's name or its abbreviation."""
    return MONTHS[word.rstrip(".")]


def unit_of(word: str) -> Unit:
    """The calendar unit of a noun in the singular. Raises KeyError for hours and less."""
    return _UNITS[word]


def day_number(word: str) -> int:
    """The number that a word of digits begins with: 16 of 16th."""
    return int(word.rstrip("stndrh"))


def ordinal_number(word: str) -> int:
    """The number of an ordinal in words or digits: third, 3rd, twenty-first."""
    if word[0].isdigit():
        return day_number(word)
    *tens, last = re.split(r"[- ]", word)
    return sum(_NUMBERS[ten] for ten in tens) + _ORDINALS[last]


def count_of(count: str) -> float | None:
    """The number that a count names: 3, "three", "5 1/2" as 5.5; the first of "two to three"; None where it is
    vague."""
    bare = count.removeprefix("a ")
    if bare in ("a", "an", "hundred", "thousand"):
        return {"hundred": 100, "thousand": 1000}.get(bare, 1)
    if bare.startswith("half a"):
        return 0.5
    if bare.startswith("couple"):
        return 2
    digits = re.match(r"(\d+(?:,\d\d\d)*(?:\.\d+)?)(?: (\d)/([1-9]))?", bare)
    if digits:
        part = int(digits[2]) / int(digits[3]) if digits[2] else 0
        return float(digits[1].replace(",", "")) + part
    spelt = re.match(rf"{CARDINAL}", bare)
    return sum(_NUMBERS[word] for word in re.split(r"[- ]", spelt[0])) if spelt else None


def length_value(count: float | None, noun: str) -> str:
    """The TIMEX3 value of so many of a unit: P3D, PT5H30M; PXY where the count is vague (None)."""
    if count is None:
        return "P" + _LENGTHS[noun].format("X")
    count *= _YEARS.get(noun, 1)
    whole, rest = int(count), count - int(count)
    if not rest:
        return "P" + _LENGTHS[noun].format(whole)
    if noun in ("year", "hour"):
        smaller = f"{round(rest * 12)}M" if noun == "year" else f"{round(rest * 60)}M"
        clock = "T" if noun == "hour" else ""
        return f"P{clock}{f'{whole}{noun[0].upper()}' if whole else ''}{smaller}"
    return "P" + _LENGTHS[noun].format(f"{count:g}")


def year_in_words(spelt: str) -> int:
    """The year of "nineteen ninety-four" or "two thousand and five"."""
    first, second, *rest = re.split(r"[- ]", spelt.replace(" and", ""))
    if second == "thousand":
        return 2000 + sum(_NUMBERS[word] for word in rest)
    return _NUMBERS[first] * 100 + _NUMBERS[second] + sum(_NUMBERS[word] for word in rest)


def feast(name: str, year: int) -> date:
    """The day of one of the FEASTS in a year. Raises KeyError for another name."""
    if name in _FIXED_FEASTS:
        return date(year, *_FIXED_FEASTS[name])
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    return _easter(year) + timedelta(_FROM_EASTER[name])


def _easter(year: int) -> date:
    # Gregorian computus (Meeus, Astronomical Algorithms)
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
