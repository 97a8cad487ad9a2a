"""English words of time, closed classes only: months, weekdays, numbers, units, parts of day, feasts; and what they count."""

import re
from datetime import date, timedelta

from app.extraction.time_periods import Unit

WEEKDAYS = {name: i for i, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
_SHORT_WEEKDAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {
    name: i
    for i, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
DAY_PARTS = {
    "morning": "TMO", "mid-morning": "TMO", "dawn": "TMO", "noon": "TMI", "midday": "TMI", "lunchtime": "TMI", "afternoon": "TAF",
    "mid-afternoon": "TAF", "evening": "TEV", "night": "TNI", "overnight": "TNI", "midnight": "TNI", "predawn": "TMO",
}  # fmt: skip
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
            " seventeenth eighteenth nineteenth twentieth"
        ).split(),
        start=1,
    )
} | {"thirtieth": 30}
_VAGUE = {"few", "several", "many", "some", "numerous", "recent", "coming", "various", "countless"}
_UNITS: dict[str, Unit] = {
    "day": Unit.DAY, "week": Unit.WEEK, "weekend": Unit.WEEKEND, "month": Unit.MONTH, "quarter": Unit.QUARTER, "year": Unit.YEAR,
    "decade": Unit.DECADE, "century": Unit.CENTURY, "centurie": Unit.CENTURY,
}  # fmt: skip
_LENGTHS = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "weekend": "{}WE", "month": "{}M",
    "quarter": "{}Q", "semester": "6M", "year": "{}Y", "decade": "{}Y", "century": "{}Y", "centurie": "{}Y",
}  # fmt: skip
_TIMES = {"decade": 10, "century": 100, "centurie": 100}


def alternatives(words: object) -> str:
    """A regular expression for any of the words, longest first."""
    return "(?:" + "|".join(sorted((re.escape(w) for w in list(words)), key=len, reverse=True)) + ")"  # type: ignore[call-overload]


WEEKDAY = alternatives(WEEKDAYS)
WEEKDAY_ANY = rf"(?:{WEEKDAY}|{alternatives(_SHORT_WEEKDAYS)}\b\.?)"
MONTH = rf"(?:{alternatives(MONTHS)}\b\.?)"
SEASON = alternatives(SEASONS)
DAY_PART = alternatives(DAY_PARTS)
DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.:]\d|\s?(?:%|percent\b|per cent\b))"
YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d|[,.:]\d|\s?(?:%|percent\b|per cent\b))"
ORDINAL = rf"(?:{alternatives(_ORDINALS)}|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|\d+(?:st|nd|rd|th))"
CARDINAL = rf"(?:\d+(?:,\d\d\d)*(?:\.\d+)?(?: \d/\d)?|{alternatives(_TENS)}(?:[- ]{alternatives(_ONES[1:10])})?|{alternatives(_ONES)})"
COUNT = rf"(?:(?:a )?(?:hundred|thousand)|(?:a )?(?:few|couple(?: of)?)|several|many|some|numerous|half an?|an?|{CARDINAL}(?:(?:-| to | or ){CARDINAL})?)"
UNIT = alternatives(_UNITS)
LENGTH = r"(?:second|minute|hour|day|night|week|weekend|month|quarter|semester|year|decade|century|centurie)"


_OPENERS = (
    "the a an this that these last past next coming previous following current present latest its his her their each every same half around about"
    " early late later earlier mid end beginning start middle close rest very first final recent so today tonight yesterday tomorrow day week year"
    " calendar season fiscal fy now right currently presently nowadays time moment recently lately formerly previously more soon near"
    " foreseeable future shortly as hourly daily nightly weekly monthly annually yearly christmas thanksgiving easter good palm ash new"
    " valentine's valentine halloween boxing in of on since until by black hundred thousand couple couples overnight our"
).split()
_BEGINNINGS = frozenset(
    [*_OPENERS, *WEEKDAYS, *_SHORT_WEEKDAYS, *MONTHS, *SEASONS, *DAY_PARTS, *_NUMBERS, *_ORDINALS, *_VAGUE, "seventies", "eighties", "nineties"]
    + [noun + "s" for noun in (*_LENGTHS, *WEEKDAYS)]
    + ["q1", "q2", "q3", "q4", "noon", "midnight", "midday"]
)


def begins_expression(word: str) -> bool:
    """True where a lower-case word may open a time expression: a quick test that spares the grammar most words of a text."""
    return word in _BEGINNINGS or word[0].isdigit() or (word[0] == "'" and word[1:2].isdigit()) or word.startswith("fy")


def weekday_number(word: str) -> int:
    """0 for Monday to 6 for Sunday, of a weekday's name or its abbreviation."""
    word = word.rstrip(".")
    return WEEKDAYS[word] if word in WEEKDAYS else _SHORT_WEEKDAYS[word]


def month_number(word: str) -> int:
    """1 to 12, of a month's name or its abbreviation."""
    return MONTHS[word.rstrip(".")]


def unit_of(word: str) -> Unit:
    """The calendar unit of a noun, singular or plural."""
    return _UNITS[word.removesuffix("s")]


def day_number(word: str) -> int:
    """The number of a day of the month written in digits, as 16 or 16th."""
    return int(re.match(r"\d+", word)[0])  # type: ignore[index]


def ordinal_number(word: str) -> int:
    """The number of an ordinal in words or digits: third, 3rd, twenty-first."""
    if word[0].isdigit():
        return day_number(word)
    *tens, last = re.split(r"[- ]", word)
    return sum(_NUMBERS[t] for t in tens) + _ORDINALS[last]


def count_of(words: str) -> float | None:
    """The number that a count names: 3, "three", "two and a half" as 2.5; the first of "two to three"; None where it is vague."""
    words = words.removeprefix("a ") if words != "a " else words
    if words in ("a", "an"):
        return 1
    if words.startswith("half a"):
        return 0.5
    if words.startswith("couple"):
        return 2
    if words in ("hundred", "thousand"):
        return 100 if words == "hundred" else 1000
    match = re.match(r"(\d+(?:,\d\d\d)*(?:\.\d+)?)(?: (\d)/(\d))?", words)
    if match:
        whole = float(match[1].replace(",", ""))
        return whole + (int(match[2]) / int(match[3]) if match[2] and match[3] != "0" else 0)
    total = 0
    for word in re.split(r"[- ]", words):
        if word in ("to", "or"):
            break
        if word not in _NUMBERS:
            return None
        if total and (total < 20 or total % 10):
            break
        total += _NUMBERS[word]
    return total or None


def length_value(count: float | None, noun: str) -> str:
    """The TIMEX3 value of a stretch of time: P3D, PT5H30M, PXY where the count is vague."""
    noun = noun.removesuffix("s")
    if count is None:
        return "P" + _LENGTHS[noun].format("X")
    count *= _TIMES.get(noun, 1)
    whole = int(count)
    value = "P" + _LENGTHS[noun].format(whole)
    if count == whole:
        return value
    smaller = {"year": "{:.0f}M", "hour": "{:.0f}M", "minute": "{:.0f}S"}.get(noun)
    if smaller is None:
        return "P" + _LENGTHS[noun].format(f"{count:g}")
    part = smaller.format((count - whole) * (12 if noun == "year" else 60))
    if whole:
        return value + part
    return ("P" if noun == "year" else "PT") + part


def year_in_words(words: str) -> int | None:
    """The year of "nineteen ninety-four" or "two thousand and five"; None for other numbers."""
    parts = [p for p in re.split(r"[- ]", words) if p != "and"]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(_NUMBERS[p] for p in parts[2:])
    return _NUMBERS[parts[0]] * 100 + sum(_NUMBERS[p] for p in parts[1:])


def feast(name: str, year: int) -> date | None:
    """The day of a feast in a year; None where the name is not one whose day is known."""
    fixed = {
        "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "new year's day": (1, 1), "new year's eve": (12, 31),
        "halloween": (10, 31), "valentine's day": (2, 14), "independence day": None, "boxing day": (12, 26),
    }  # fmt: skip
    if name in fixed:
        month_day = fixed[name]
        return date(year, *month_day) if month_day else None
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    easter = _easter(year)
    offset = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7, "ash wednesday": -46}.get(name)
    return None if offset is None else easter + timedelta(offset)


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
