"""The grammar of time expressions: what each form of words looks like and how it reads.

A production is a pattern over lower-cased text and a reader that turns the match into a Reading, or rejects it with None.
Readers know no clock: everything relative is counted from the publication day or from a date the text named before.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from app.domain.edtf import interval
from app.domain.vocabulary import TimeType
from app.extraction import time_words as words
from app.extraction.time_periods import Period, Unit, add_months
from app.extraction.time_words import (
    CARDINAL,
    COUNT,
    DAY_NUMBER,
    DAY_PART,
    LENGTH,
    MONTH,
    ORDINAL,
    SEASON,
    UNIT,
    WEEKDAY,
    WEEKDAY_ANY,
    YEAR,
)


class Direction(Enum):
    """Which way the clause around an expression looks."""

    PAST = -1
    OPEN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. `how` says in words how it was read, `relative` that the publication day was needed.

    `period` is the calendar period that later expressions may point back to; `edtf` overrides the period's own.
    """

    type: TimeType
    value: str
    how: str
    period: Period | None = None
    edtf: str | None = None
    relative: bool = True


@dataclass(slots=True)
class Context:
    """What a reader may look at: the publication day, the clause's direction, and the periods read before, the latest last."""

    published: date | None
    direction: Callable[[int, int], Direction]
    names_person: Callable[[int, int], bool]
    counts_things: Callable[[int, int], bool]
    text: str
    read: list[tuple[int, Period]] = field(default_factory=list)
    years: dict[tuple[int, int], int] = field(default_factory=dict)

    def latest(self, at: int, *units: Unit) -> Period | None:
        """The period last read before the offset, of one of the units if any are given, no farther than a paragraph back."""
        for offset, period in reversed(self.read):
            if self.text.count("\n", offset, at) > 1:
                return None
            if not units or period.unit in units:
                return period
        return None


type Reader = Callable[[re.Match[str], Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Production:
    """A form of words and its reader."""

    pattern: re.Pattern[str]
    read: Reader


PRODUCTIONS: list[Production] = []


def _production(pattern: str) -> Callable[[Reader], Reader]:
    def add(read: Reader) -> Reader:
        PRODUCTIONS.append(Production(re.compile(rf"(?<![\w$£€.]){pattern}(?!\w)"), read))
        return read

    return add


def _dated(period: Period, how: str, *, part: str | None = None, relative: bool = True, edtf: str | None = None) -> Reading:
    value = period.value
    if part and period.unit is Unit.DAY:
        return Reading(TimeType.TIME, value + part, how, period, edtf or period.edtf, relative)
    return Reading(TimeType.DATE, value, how, period, edtf or period.edtf, relative)


def _unknown(value: str, type: TimeType = TimeType.DATE) -> Reading:
    return Reading(type, value, "no publication date to count from")


def _part(match: re.Match[str]) -> str | None:
    word = match["part"]
    return words.DAY_PARTS[word] if word else None


# Days of the calendar

_SOON = timedelta(100)  # a month this near ahead is meant rather than the one of the year before, where the clause is open
_NEAR = timedelta(60)  # a day this near the publication is taken as it is, whatever the clause's tense

_PART = rf"(?:,? (?:at |in the |(?:early|late) )?(?P<part>{DAY_PART})s?)?"
_DAY_WORDS = rf"(?:{DAY_NUMBER}|{ORDINAL})"
_OF_YEAR = rf"(?:(?:,? of|,)? (?P<year>{YEAR})|,? (?:of )?(?P<rel>last|this|next) year)?"


@_production(r"(?P<y>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)")
def _iso(match: re.Match[str], context: Context) -> Reading | None:
    return _numeric(match["y"], match["m"], match["d"])


@_production(r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<y>(?:1[5-9]|20|21)?\d\d)")
def _slashes(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = match["a"], match["b"], match["y"]
    if len(year) == 2:
        if match["sep"] == ".":
            return None
        year = ("20" if int(year) < 50 else "19") + year
    day_first = match["sep"] == "." or int(first) > 12
    return _numeric(year, second, first) if day_first else _numeric(year, first, second)


def _numeric(year: str, month: str, day: str) -> Reading | None:
    at = _day(int(year), int(month), int(day))
    return at and _dated(Period.holding(Unit.DAY, at), "the date in full", relative=False)


@_production(
    rf"(?:(?P<weekday>{WEEKDAY_ANY}),? (?:the )?|(?P<which>last|this past|next|this|this coming) )?(?P<month>{MONTH}) ?(?:the )?(?P<day>{_DAY_WORDS})"
    rf"(?:(?P<link> ?[-–] ?| to | through | until | and | or )(?:the )?(?P<day2>{DAY_NUMBER})(?! (?:{MONTH}|{YEAR}) \d))?"
    rf"{_OF_YEAR}{_PART}"
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _day_of_month(match, context)


@_production(
    rf"(?:(?P<weekday>{WEEKDAY_ANY}),? )?(?:the )?(?P<which>)(?P<day>{_DAY_WORDS})(?:(?P<link> ?[-–] ?| to | and | or )(?:the )?(?P<day2>{DAY_NUMBER}))?"
    rf" (?:of )?(?P<month>{MONTH}){_OF_YEAR}{_PART}"
)
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    return _day_of_month(match, context)


def _day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    if not context.text[match.start("month")].isupper():
        return None
    month, day = words.month_number(match["month"]), words.ordinal_number(match["day"])
    year, how, relative = _year_for(match, context, month, day)
    if year is None:
        return _unknown(f"XXXX-{month:02d}-{day:02d}") if 1 <= day <= 31 else None
    first = _day(year, month, day)
    if first is None:
        return None
    if match["day2"]:
        last = _day(year, month, words.day_number(match["day2"]))
        if last is None or last <= first:
            return None
        return _dated(Period.holding(Unit.DAY, first), how, edtf=interval(first, last).edtf, relative=relative)
    return _dated(Period.holding(Unit.DAY, first), how, part=_part(match), relative=relative)


def _year_for(match: re.Match[str], context: Context, month: int, day: int) -> tuple[int | None, str, bool]:
    if match["year"]:
        year = int(match["year"])
        context.years[month, day] = year
        return year, "the date in full", False
    if context.published is None:
        return None, "", True
    if match["rel"]:
        return context.published.year + _STEP[match["rel"]], f"of {match['rel']} year", True
    if (month, day) in context.years:
        return context.years[month, day], "the year as named before", True
    near = [d for y in (-1, 0, 1) if (d := _day(context.published.year + y, month, day))]
    if not near:
        return None, "", True
    published = context.published
    nearest = min(near, key=lambda d: abs(d - published))
    how = "the nearest such day"
    direction = {"last": Direction.PAST, "this past": Direction.PAST, "next": Direction.FUTURE}.get(match["which"] or "")
    direction = direction or context.direction(match.start(), match.end())
    if nearest > published + (_NEAR if direction is Direction.PAST else _SOON) and direction is not Direction.FUTURE:
        nearest, how = max((d for d in near if d <= published), default=nearest), "the last such day"
    elif direction is Direction.FUTURE and nearest < published - _NEAR:
        nearest, how = min((d for d in near if d >= published), default=nearest), "the next such day, as the clause looks ahead"
    context.years[month, day] = nearest.year
    return nearest.year, how, True


@_production(r"the (?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th))(?![ -][a-z]+ (?:of|century))")
def _bare_day(match: re.Match[str], context: Context) -> Reading | None:
    before = context.latest(match.start(), Unit.DAY)
    if before is None or not re.search(r"\d(?:st|nd|rd|th)?,? (?:or|and|to|through|until|on|and on|or on) $", context.text[: match.start()][-30:]):
        return None
    at = _day(before.first.year, before.first.month, words.day_number(match["day"]))
    return at and _dated(Period.holding(Unit.DAY, at), "in the month named before", relative=False)


@_production(r"(?:sept(?:ember|\.)? 11(?:th)?(?=,? (?:2001|terror|attacks))|9/11)(?:,? 2001)?")
def _september_11(match: re.Match[str], context: Context) -> Reading | None:
    return _dated(Period.holding(Unit.DAY, date(2001, 9, 11)), "the day known by that name", relative=False)


# Months

_EDGE = r"(?:(?P<edge>early|late|mid|later|earlier)[- ](?:in )?|(?:the )?(?:very )?(?P<edge2>end|beginning|start|middle|close|rest|first half|second half|last week|first week) of )?"


@_production(rf"{_EDGE}(?P<month>{MONTH})(?:(?:,? of)?,? (?P<year>{YEAR})|,? '(?P<short>\d\d)|,? (?:of )?(?P<rel>last|this|next) year)")
def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if not context.text[match.start("month")].isupper():
        return None
    month = words.month_number(match["month"])
    if match["rel"]:
        if context.published is None:
            return _unknown(f"XXXX-{month:02d}")
        return _dated(_month(context.published.year + _STEP[match["rel"]], month), f"the month of {match['rel']} year")
    year = int(match["year"]) if match["year"] else _century(int(match["short"]), context)
    return _dated(_month(year, month), "month and year as named", relative=False)


@_production(rf"{_EDGE}(?:(?P<rel>last|this past|this coming|this|next|each|every|the following) )?(?P<month>{MONTH})")
def _month_alone(match: re.Match[str], context: Context) -> Reading | None:
    start = match.start("month")
    word, rel = match["month"], match["rel"]
    if not context.text[start].isupper() or (len(word) == 3 and word != "may" and not rel) or context.names_person(start, match.end()):
        return None
    month = words.month_number(word)
    if rel in ("each", "every"):
        return Reading(TimeType.SET, f"XXXX-{month:02d}", "each year's", relative=False)
    if context.published is None:
        return _unknown(f"XXXX-{month:02d}")
    published = context.published
    here = _month(published.year, month)
    earlier, later = here.shift(-12), here.shift(12)
    if rel == "last" or rel == "this past":
        return _dated(here if here.last < published else earlier, "the last such month")
    if rel in ("next", "this coming", "the following"):
        return _dated(here if here.first > published else later, "the next such month")
    if (month, 0) in context.years:
        return _dated(_month(context.years[month, 0], month), "the year as named before")
    direction = context.direction(match.start(), match.end())
    if rel == "this":
        chosen, how = here, "of the same year"
    elif direction is Direction.FUTURE:
        chosen, how = (here if here.last >= published else later), "the next such month, as the clause looks ahead"
    else:
        chosen, how = (here if here.first <= published else earlier), "the last such month"
        coming = chosen.shift(12)
        if direction is Direction.OPEN and coming.first - published < _SOON:
            chosen, how = coming, "the nearest such month"
    if direction is not Direction.OPEN:
        context.years[month, 0] = chosen.first.year
    return _dated(chosen, how)


# Weekdays

_REL_DAY = r"(?:(?P<rel>last|next|this|this past|this coming|past|coming|the previous|the following|each|every|earlier|later|early|late) )?"


@_production(rf"{_REL_DAY}(?P<weekday>{WEEKDAY_ANY})(?P<week>,? (?:of )?(?P<rel2>last|this|next) week)?{_PART}")
def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    word, rel, part = match["weekday"], match["rel"], _part(match)
    if word not in words.WEEKDAYS and not (word.endswith(".") and context.text[match.start("weekday")].isupper()):
        return None
    number = words.weekday_number(word)
    if rel in ("each", "every"):
        return Reading(TimeType.SET, f"XXXX-WXX-{number + 1}{part or ''}", "each week's", relative=False)
    published = context.published
    if published is None:
        return _unknown(f"XXXX-WXX-{number + 1}{part or ''}", TimeType.TIME if part else TimeType.DATE)
    back = timedelta((published.weekday() - number) % 7)
    ahead = timedelta((number - published.weekday()) % 7)
    if match["week"]:
        monday = published - timedelta(published.weekday())
        at, how = monday + timedelta(7 * _STEP[match["rel2"]] + number), f"of {match['rel2']} week"
    elif rel in ("last", "this past", "past"):
        at, how = published - (back or timedelta(7)), "the last one before it"
    elif rel in ("next", "this coming", "coming"):
        at, how = published + (ahead or timedelta(7)), "the next one after it"
    elif rel in ("the previous", "the following"):
        step = -1 if rel == "the previous" else 1
        anchor = context.latest(match.start(), Unit.DAY)
        origin = anchor.first if anchor else published
        at = origin + timedelta(step * ((step * (number - origin.weekday())) % 7 or 7))
        how = f"{rel} one, from the date named before" if anchor else f"{rel} one"
    elif not back:
        at, how = published, "that day"
    elif ahead == timedelta(1) and _tells_of(published, match.start(), context):
        at, how = published + ahead, "the next day, as the sentence tells of that day too"
    elif context.direction(match.start(), match.end()) is Direction.FUTURE or rel == "this":
        at, how = published + ahead, "the next one, as the clause looks ahead"
    else:
        at, how = published - back, "the last one before it"
    return _dated(Period.holding(Unit.DAY, at), how, part=part)


def _tells_of(published: date, at: int, context: Context) -> bool:
    """True where the same sentence has named the publication day before."""
    anchor = context.latest(at, Unit.DAY)
    return anchor is not None and anchor.first == published and not re.search(r"[.!?]\s|\n", context.text[context.read[-1][0] : at])


@_production(rf"(?P<weekday>{WEEKDAY}) ?(?P<part>{DAY_PART})?s")
def _weekdays(match: re.Match[str], context: Context) -> Reading | None:
    number = words.weekday_number(match["weekday"])
    return Reading(TimeType.SET, f"XXXX-WXX-{number + 1}{_part(match) or ''}", "each week's", relative=False)


# Days counted from the day of publication

_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@_production(rf"(?:(?:late|early|later|earlier|mid-?)[- ])?(?P<day>today|tonight|yesterday|tomorrow){_PART}")
def _today(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown("PRESENT_REF" if _DEICTIC[match["day"]] == 0 else "XXXX-XX-XX")
    part = "TNI" if match["day"] == "tonight" else _part(match)
    step = _DEICTIC[match["day"]]
    how = {0: "that day", -1: "the day before", 1: "the day after"}[step]
    return _dated(Period.holding(Unit.DAY, context.published + timedelta(step)), how, part=part)


@_production(r"(?:the )?day (?P<step>before yesterday|after tomorrow)")
def _two_days(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown("XXXX-XX-XX")
    step = -2 if "before" in match["step"] else 2
    return _dated(Period.holding(Unit.DAY, context.published + timedelta(step)), "two days " + match["step"].split()[0])


@_production(rf"(?:(?:late|early|later|earlier) )?(?P<rel>this|last|late last) (?P<part>{DAY_PART})")
def _this_morning(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown(f"XXXX-XX-XX{_part(match)}", TimeType.TIME)
    step = -1 if "last" in match["rel"] else 0
    how = "the day before" if step else "that day"
    return _dated(Period.holding(Unit.DAY, context.published + timedelta(step)), how, part=_part(match))


@_production(rf"(?:(?:later|earlier) )?(?:(?:on|in) )?(?P<rel>that same|the same|that|the next|the following|the previous) (?P<day>day|{DAY_PART})")
def _that_day(match: re.Match[str], context: Context) -> Reading | None:
    anchor = context.latest(match.start(), Unit.DAY)
    if anchor is None:
        if match["rel"] in ("that", "the same") or context.published is None:
            return None
        anchor = Period.holding(Unit.DAY, context.published)
    step = {"the next": 1, "the following": 1, "the previous": -1}.get(match["rel"], 0)
    part = None if match["day"] == "day" else words.DAY_PARTS[match["day"]]
    return _dated(anchor.shift(step), f"{match['rel']} {match['day']}, from the date named before", part=part)


# Weeks, months, quarters, years counted from the publication day

_STEP = {
    "last": -1, "past": -1, "this past": -1, "previous": -1, "the previous": -1, "this": 0, "current": 0, "the current": 0, "present": 0,
    "the present": 0, "the same": 0, "that same": 0, "that": 0, "next": 1, "coming": 1, "this coming": 1, "the coming": 1, "following": 1,
    "the following": 1, "the next": 1, "the latest": -1, "its latest": -1, "our": 0,
}  # fmt: skip
_ANAPHORIC = {"the same", "that same", "that", "the following", "the next", "the previous"}


@_production(
    rf"(?P<so_far>so far )?{_EDGE}(?P<rel>{words.alternatives(_STEP)}) (?:full |calendar |trading )?(?P<fiscal>fiscal |financial )?(?P<unit>{UNIT})"
    r"(?! and a half)"
)
def _relative_unit(match: re.Match[str], context: Context) -> Reading | None:
    unit, rel = words.unit_of(match["unit"]), match["rel"]
    if unit is Unit.DAY or context.text[match.start("unit")].isupper():  # no day; a programme's or paper's name
        return None
    step = _STEP[rel]
    if context.published is None:
        return _unknown("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    here = Period.holding(unit, context.published)
    if rel in _ANAPHORIC:
        anchor = context.latest(match.start())
        if anchor is None or anchor.unit in (Unit.DECADE, Unit.CENTURY):
            if rel in ("that", "that same", "the same", "the following"):
                return None
        elif _holds(anchor.unit, unit):
            here = Period.holding(unit, anchor.first)
            return _dated(here.shift(step), f"{rel} {match['unit']}, from the date named before")
    if unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR) and step == 0:
        return _this_unit(match, context, here)
    if rel == "the latest" and unit is Unit.QUARTER:
        anchor = context.latest(match.start(), Unit.QUARTER)
        if anchor and anchor.first <= context.published:
            return _dated(anchor, "the quarter named before")
    how = {-1: "before", 0: "of that day", 1: "after"}[step]
    span = ", Monday to Sunday" if unit is Unit.WEEK else ""
    return _dated(here.shift(step), f"the {match['unit']} {how}{span}")


def _this_unit(match: re.Match[str], context: Context, here: Period) -> Reading:
    """This week is told as its part that the clause means: up to the publication day, or from it on."""
    published, unit = context.published, here.unit
    assert published is not None
    ahead = match["edge"] == "later" or (match["edge"] != "earlier" and context.direction(match.start(), match.end()) is Direction.FUTURE)
    if unit is Unit.WEEK:
        if ahead:
            last = here.last if published < here.last else published + timedelta(6)
            return _dated(here, "the rest of that week, from that day on", edtf=interval(published, last).edtf)
        return _dated(here, "that week, from Monday to that day", edtf=interval(here.first, published).edtf)
    if match["so_far"]:
        return _dated(here, f"that {unit} up to that day", edtf=interval(here.first, published).edtf)
    return _dated(here, f"the {unit} of that day")


def _holds(small: Unit, large: Unit) -> bool:
    order = [Unit.DAY, Unit.WEEKEND, Unit.WEEK, Unit.MONTH, Unit.SEASON, Unit.QUARTER, Unit.HALF, Unit.YEAR, Unit.DECADE, Unit.CENTURY]
    return order.index(small) <= order.index(large)


@_production(r"(?:around |about )?(?:the )?year[- ]end|(?:earlier|later) in the year|the full year|the (?:fiscal )?year(?P<over>(?= end(?:ed|ing|s)\b))?")
def _year_end(match: re.Match[str], context: Context) -> Reading | None:
    if match["over"] is not None:
        return Reading(TimeType.DURATION, "P1Y", "a length of time", relative=False)
    if match[0] == "the year" and not re.search(r"\b(?:for|of|in) $", context.text[max(0, match.start() - 5) : match.start()]):
        return None
    if context.published is None:
        return _unknown("PRESENT_REF")
    return _dated(Period.holding(Unit.YEAR, context.published), "the year of that day")


@_production(r"the weekend")
def _the_weekend(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown("XXXX-WXX-WE")
    here = Period.holding(Unit.WEEKEND, context.published)
    if here.first <= context.published or context.direction(match.start(), match.end()) is Direction.FUTURE:
        return _dated(here, "that week's weekend")
    return _dated(here.shift(-1), "the weekend before")


@_production(rf"(?:the )?week (?:of|beginning|ending|ended|starting) (?P<month>{MONTH}) (?P<day>{DAY_NUMBER})(?:,? (?P<year>{YEAR}))?(?P<rel>)(?P<which>)")
def _week_of(match: re.Match[str], context: Context) -> Reading | None:
    month, day = words.month_number(match["month"]), words.day_number(match["day"])
    year, how, relative = _year_for(match, context, month, day)
    at = _day(year, month, day) if year else None
    return at and _dated(Period.holding(Unit.WEEK, at), f"the week of {how}", relative=relative)


@_production(rf"(?:(?P<edge>early|late|mid)[- ])?(?P<rel>last|this past|this|next|the coming|the|each|every|of|in|by|until|since) (?P<season>{SEASON})(?: (?:of )?(?P<year>{YEAR})| of (?P<short>nineteen [a-z]+(?:-[a-z]+)?))?")
def _season(match: re.Match[str], context: Context) -> Reading | None:
    rel, month = match["rel"], words.SEASONS[match["season"]]
    if match["year"] or match["short"]:
        year = int(match["year"]) if match["year"] else words.year_in_words(match["short"])
        return year and _dated(Period.holding(Unit.SEASON, date(year, month, 1)), "season and year as named", relative=False)
    if match["season"] == "fall" and rel in ("the", "of", "by", "each", "every"):
        return None
    if rel in ("each", "every"):
        return Reading(TimeType.SET, "XXXX-" + Period.holding(Unit.SEASON, date(2000, month, 1)).value[5:], "each year's", relative=False)
    if context.published is None:
        return _unknown("XXXX-" + Period.holding(Unit.SEASON, date(2000, month, 1)).value[5:])
    here = Period.holding(Unit.SEASON, date(context.published.year, month, 1))
    year_before, year_after = here.shift(-12, Unit.MONTH), here.shift(12, Unit.MONTH)
    if rel in ("last", "this past"):
        return _dated(here if here.last < context.published else year_before, "the last one")
    if rel in ("next", "the coming"):
        return _dated(here if here.first > context.published else year_after, "the next one")
    if rel == "this":
        return _dated(here, "that year's")
    if context.direction(match.start(), match.end()) is Direction.FUTURE:
        return _dated(here if here.last >= context.published else year_after, "the next one, as the clause looks ahead")
    return _dated(here if here.first <= context.published else year_before, "the last one")


_QUARTER_YEAR = rf"(?:,? (?:of |in )?(?P<year>{YEAR})| of (?:the )?(?P<rel>this|last|next|current) (?:fiscal )?year)"


@_production(
    rf"(?:(?P<rel0>this|last|next) year's |(?:the )?(?P<year0>{YEAR}) )?(?:the )?(?:fiscal[- ])?(?P<number>first|second|third|fourth|1st|2nd|3rd|4th|latter|last)[- ]"
    rf"(?:fiscal[- ])?(?P<unit>quarter|half){_QUARTER_YEAR}?"
)
def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    unit = Unit.QUARTER if match["unit"] == "quarter" else Unit.HALF
    if match["number"] in ("latter", "last"):
        if unit is Unit.QUARTER:
            return None
        number = 2
    else:
        number = words.ordinal_number(match["number"])
    return _numbered(unit, number, match, context)


@_production(rf"q(?P<number>[1-4])(?:[, ](?:of )?(?P<year>{YEAR})(?P<rel>))?(?P<year0>)(?P<rel0>)")
def _q3(match: re.Match[str], context: Context) -> Reading | None:
    return _numbered(Unit.QUARTER, int(match["number"]), match, context)


def _numbered(unit: Unit, number: int, match: re.Match[str], context: Context) -> Reading | None:
    month = (number - 1) * (3 if unit is Unit.QUARTER else 6) + 1
    if month > 12:
        return None
    year = match["year"] or match["year0"]
    if year:
        return _dated(Period.holding(unit, date(int(year), month, 1)), f"{unit} and year as named", relative=False)
    if unit is Unit.HALF and not (match["rel"] or match["rel0"]):
        return None
    if context.published is None:
        return _unknown(f"XXXX-Q{number}")
    rel = match["rel"] or match["rel0"]
    here = Period.holding(unit, date(context.published.year + (_STEP[rel] if rel else 0), month, 1))
    if rel:
        return _dated(here, f"of {rel} year")
    if here.first > context.published and context.direction(match.start(), match.end()) is not Direction.FUTURE:
        here = here.shift(-12, Unit.MONTH)
    return _dated(here, f"the last such {unit}")


@_production(r"(?:the|this) (?P<what>quarter|(?:latest|same|third|recent) period|latest quarter)")
def _the_quarter(match: re.Match[str], context: Context) -> Reading | None:
    anchor = context.latest(match.start(), Unit.QUARTER)
    if anchor is None:
        for offset, period in reversed(context.read):
            if period.unit is Unit.QUARTER and offset < match.start():
                anchor = period
                break
    if anchor is None:
        if match["what"] == "quarter" and context.published:
            return _dated(Period.holding(Unit.QUARTER, context.published).shift(-1), "the quarter before")
        return None
    return _dated(anchor, "the quarter named before")


# Years

@_production(rf"{_EDGE}(?:(?:fiscal(?: year)?|fy|the year|year|calendar|season)[ -]?)?(?P<year>{YEAR})(?P<short>(?:[-–/]\d\d(?!\d))?)(?: and beyond)?")
def _year(match: re.Match[str], context: Context) -> Reading | None:
    start, end = match.span("year")
    if context.counts_things(start, end):
        return None
    return _dated(Period.holding(Unit.YEAR, date(int(match["year"]), 1, 1)), "the year as named", relative=False)


@_production(r"(?:(?:of|in|since|summer|winter|spring|season) )'(?P<short>\d\d)(?!s)")
def _short_year(match: re.Match[str], context: Context) -> Reading | None:
    year = _century(int(match["short"]), context)
    return _dated(Period.holding(Unit.YEAR, date(year, 1, 1)), "the year as named", relative=False)


_WORD_YEAR = rf"(?:nineteen (?:oh[- ])?{words.alternatives(words._TENS)}(?:[- ]{words.alternatives(words._ONES[1:10])})?|two thousand(?: and)?(?: {words.alternatives(words._ONES[1:])})?)"


@_production(rf"(?:(?P<month>{MONTH}),? |the year )?(?P<year>{_WORD_YEAR})(?! (?:people|troops|soldiers|dollars|miles|men|women))")
def _year_in_words(match: re.Match[str], context: Context) -> Reading | None:
    if match["year"].startswith("two thousand") and not match[0].startswith("the year") and not match["month"]:
        return None
    year = words.year_in_words(match["year"])
    if year is None:
        return None
    if match["month"]:
        return _dated(_month(year, words.month_number(match["month"])), "month and year as named", relative=False)
    return _dated(Period.holding(Unit.YEAR, date(year, 1, 1)), "the year as named", relative=False)


_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}


@_production(rf"(?:the )?{_EDGE}(?:the )?(?:(?P<full>(?:1[5-9]|20)\d0)'?s|'(?P<short>\d0)s|(?P<word>{words.alternatives(_DECADES)}))")
def _decade(match: re.Match[str], context: Context) -> Reading | None:
    if match["word"] and not re.search(r"\bthe (?:[a-z]+[- ])?$", match[0][: match.start("word") - match.start()]):
        return None
    year = int(match["full"]) if match["full"] else 1900 + (int(match["short"]) if match["short"] else 10 * _DECADES[match["word"]])
    return _dated(Period.holding(Unit.DECADE, date(year, 1, 1)), "the decade as named", relative=False)


@_production(rf"(?:the )?{_EDGE}(?:the )?(?P<number>{ORDINAL})[- ]century")
def _century_named(match: re.Match[str], context: Context) -> Reading | None:
    number = words.ordinal_number(match["number"])
    if not 2 <= number <= 22:
        return None
    return _dated(Period.holding(Unit.CENTURY, date(number * 100 - 50, 1, 1)), "the century as named", relative=False)


# Counts of units: ago, earlier, in the past, durations

_HALF = r"(?P<half>(?: and a half)?)"
_COUNTED = rf"(?P<count>{COUNT})(?: more| full| whole| straight| consecutive| additional| long)?[ -](?:trading )?(?P<unit>{LENGTH})s?{_HALF}"


@_production(rf"(?:{_COUNTED}|(?P<unit0>days|weeks|months|years|decades))(?: or so)?,? (?P<ago>ago|from now|hence)")
def _ago(match: re.Match[str], context: Context) -> Reading | None:
    back = match["ago"] == "ago"
    count = words.count_of(match["count"]) if match["count"] else None
    if count is None:
        return Reading(TimeType.DATE, "PAST_REF" if back else "FUTURE_REF", "too vague to date", relative=False)
    noun = match["unit"]
    if context.published is None:
        return _unknown("PAST_REF" if back else "FUTURE_REF")
    if noun in ("second", "minute", "hour"):
        return Reading(TimeType.TIME, "PAST_REF" if back else "FUTURE_REF", "hours are not counted")
    count += 0.5 if match["half"] else 0
    period = _counted_from(Period.holding(Unit.DAY, context.published), -count if back else count, noun)
    if noun == "year" and count == 1 and back:
        quarter = context.latest(match.start())
        if quarter and quarter.unit is Unit.QUARTER:
            return _compared(quarter)
    return period and _dated(period, f"counted {'back' if back else 'on'} from that day")


def _compared(quarter: Period) -> Reading:
    """A quarter's counterpart of the year before, told to compare: later expressions do not point back to it."""
    moved = quarter.shift(-12, Unit.MONTH)
    return Reading(TimeType.DATE, moved.value, "the same quarter of the year before", None, moved.edtf)


def _counted_from(origin: Period, count: float, noun: str) -> Period | None:
    """The period `count` units from a day, as precise as the unit: a day for days and one week, else a week, month, year."""
    try:
        if count != int(count):
            if noun == "year":
                return Period.holding(Unit.MONTH, add_months(origin.first, round(count * 12)))
            count = int(count)
        whole = int(count)
        unit = words.unit_of(noun) if noun != "night" else Unit.DAY
        if unit is Unit.DAY or (unit is Unit.WEEK and abs(whole) == 1):
            return origin.shift(whole, unit)
        return Period.holding(unit, origin.first).shift(whole)
    except (ValueError, OverflowError, KeyError):
        return None


@_production(rf"(?:{_COUNTED}|(?P<day>the day)),? (?P<way>earlier|later|before|previously|prior|after|afterwards?)")
def _earlier(match: re.Match[str], context: Context) -> Reading | None:
    way = match["way"]
    count = words.count_of(match["count"]) if match["count"] else 1
    noun = match["unit"] or "day"
    if noun in ("second", "minute", "hour", "night") or (context.published is None and not context.read):
        return None
    if way in ("before", "after", "prior") and re.match(r"\s*[^\s.,;:)\"”']", context.text[match.end() :]):
        return None  # "two days after the vote": a length, dated by what follows
    if count is None:
        return Reading(TimeType.DATE, "PAST_REF" if way in ("earlier", "before", "previously") else "FUTURE_REF", "too vague to date")
    anchor = context.latest(match.start())
    if anchor is None:
        if context.published is None:
            return _unknown("PAST_REF")
        anchor = Period.holding(Unit.DAY, context.published)
    sign = -1 if way in ("earlier", "before", "previously", "prior") else 1
    unit = words.unit_of(noun)
    try:
        if _holds(anchor.unit, unit) and anchor.unit is not unit and not (anchor.unit is Unit.DAY and unit in (Unit.YEAR, Unit.MONTH) and match["count"] not in ("a", "one", "an")):
            moved = anchor.shift(sign * int(count), unit)
        else:
            moved = _counted_from(anchor, sign * count, noun) or anchor
    except (ValueError, OverflowError):
        return None
    how = f"{match[0]}, from the date named before"
    return Reading(TimeType.DATE, moved.value, how, None if unit is Unit.YEAR else moved, moved.edtf)


@_production(rf"(?:the |a )?(?:same )?(?P<what>year-(?:earlier|ago)|the (?:same|year-ago|year-earlier) (?:period|quarter) (?:a year (?:ago|earlier)|(?:of )?last year))(?: (?:fiscal )?(?:{ORDINAL}[- ])?(?:quarter|period|level))?")
def _year_earlier(match: re.Match[str], context: Context) -> Reading | None:
    anchor = context.latest(match.start())
    if anchor and anchor.unit is Unit.QUARTER:
        return _compared(anchor)
    if context.published is None:
        return _unknown("PAST_REF")
    return _dated(Period.holding(Unit.YEAR, context.published).shift(-1), "the year before")


_PAST_SPAN = "past last previous latest"
_NEXT_SPAN = "next coming following"


@_production(rf"(?:(?:the|its|his|her|their|this|these) )?(?P<rel>past|last|previous|latest|next|coming|following|first|final|recent)(?: {_COUNTED}| (?P<unit0>{LENGTH})s)")
def _span(match: re.Match[str], context: Context) -> Reading | None:
    return _span_of(match, context)


@_production(rf"the (?P<rel>past|last) (?P<unit>{LENGTH})(?P<count>)(?P<half>)(?P<unit0>)(?! (?:of|in))")
def _past_unit(match: re.Match[str], context: Context) -> Reading | None:
    return None if match["unit"] == "quarter" else _span_of(match, context)


def _span_of(match: re.Match[str], context: Context) -> Reading | None:
    noun = match["unit"] or match["unit0"]
    count = (words.count_of(match["count"]) if match["count"] else None if match["unit0"] else 1)
    if count is not None and match["half"]:
        count += 0.5
    value = words.length_value(count, noun)
    edtf, how = None, "a length of time"
    ahead = match["rel"] in _NEXT_SPAN
    if context.published and count and (ahead or match["rel"] in _PAST_SPAN) and noun not in ("second", "minute", "hour"):
        period = _moved_day(context.published, count if ahead else -count, noun)
        if period:
            edtf = interval(min(period, context.published), max(period, context.published)).edtf
            how = "from that day on" if ahead else "up to that day"
    return Reading(TimeType.DURATION, value, how, None, edtf, relative=edtf is not None)


def _moved_day(origin: date, count: float, noun: str) -> date | None:
    months = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200, "centurie": 1200}
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7}
    try:
        if noun in months:
            return add_months(origin, round(count * months[noun]))
        return origin + timedelta(round(count * days[noun]))
    except (ValueError, OverflowError):
        return None


@_production(rf"(?:(?:the|a|an|every|each) )?(?:first |final )?{_COUNTED}(?:[- ](?:long|period))?(?![- ]old)")
def _duration(match: re.Match[str], context: Context) -> Reading | None:
    count, noun = words.count_of(match["count"]), match["unit"]
    if match["half"] and count is not None:
        count += 0.5
    value = words.length_value(count, noun)
    if match["count"] in ("a", "an") and match[0].count(" ") == 1:
        if noun in ("second", "quarter", "night", "minute"):
            return None
        if context.counts_things(match.start(), match.end()):
            return Reading(TimeType.SET, value, "each time", relative=False)
    if match["count"] == "some" and not match[0].endswith("s"):
        return None
    if noun == "second" and match["count"][0].isalpha() and match["count"] != "a few":
        return None
    if match[0].startswith(("every ", "each ")):
        return Reading(TimeType.SET, value, "each time", relative=False)
    if count and context.published and re.search(r"\b[Ii]n $", context.text[max(0, match.start() - 8) : match.start()]):
        if noun not in ("second", "minute", "hour") and context.direction(match.start(), match.end()) is Direction.FUTURE:
            period = _counted_from(Period.holding(Unit.DAY, context.published), count, noun)
            return period and _dated(period, "counted on from that day, as the clause looks ahead")
    return Reading(TimeType.DURATION, value, "a length of time", relative=False)


@_production(rf"(?P<unit>day|month|week|year|decade|hour|centurie)s(?:-long| ahead)?")
def _bare_units(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(TimeType.DURATION, words.length_value(None, match["unit"]), "a length of time", relative=False)


@_production(r"(?P<every>each|every) (?:other )?(?P<unit>day|week|weekend|month|quarter|year|decade|hour|morning|afternoon|evening|night|summer|winter|spring|fall)")
def _every(match: re.Match[str], context: Context) -> Reading | None:
    unit = match["unit"]
    if unit in words.SEASONS:
        return Reading(TimeType.SET, "XXXX-" + Period.holding(Unit.SEASON, date(2000, words.SEASONS[unit], 1)).value[5:], "each year's", relative=False)
    if unit in words.DAY_PARTS:
        return Reading(TimeType.SET, f"XXXX-XX-XX{words.DAY_PARTS[unit]}", "each day's", relative=False)
    return Reading(TimeType.SET, words.length_value(1, unit), "each time", relative=False)


_OFTEN = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y"}


@_production(words.alternatives(_OFTEN))
def _often(match: re.Match[str], context: Context) -> Reading | None:
    return Reading(TimeType.SET, _OFTEN[match[0]], "each time", relative=False)


# Clock times, feasts, and references without a date

_ZONE = r"(?: ?(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|eet|bst|msk|local time|(?:moscow|kyiv|kiev|eastern|eastern standard|eastern daylight) time))"


@_production(rf"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?{_ZONE}?(?: \(\d\d?[:.]?\d\d ?(?:gmt|utc)\))?")
def _clock(match: re.Match[str], context: Context) -> Reading | None:
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return _time_of_day(hour % 12 + (12 if match["half"] == "p" else 0), match["minute"], context, match.start())


@_production(rf"(?P<hour>[01]?\d|2[0-4])[:.]?(?P<minute>[0-5]\d){_ZONE}")
def _clock24(match: re.Match[str], context: Context) -> Reading | None:
    return _time_of_day(int(match["hour"]), match["minute"], context, match.start())


@_production(r"(?P<word>noon|midday|midnight)")
def _noon(match: re.Match[str], context: Context) -> Reading | None:
    return _time_of_day(24 if match["word"] == "midnight" else 12, "00", context, match.start())


def _time_of_day(hour: int, minute: str | None, context: Context, at: int) -> Reading:
    clock = f"T{hour:02d}:{minute or '00'}"
    anchor = context.latest(at, Unit.DAY)
    if context.published is None and anchor is None:
        return Reading(TimeType.TIME, f"XXXX-XX-XX{clock}", "the hour as named, the day unknown")
    period = anchor if anchor else Period.holding(Unit.DAY, context.published or date.min)
    return Reading(TimeType.TIME, period.value + clock, "the hour as named", None, period.edtf)


@_production(
    r"(?:(?P<rel>last|next|this) )?(?P<feast>christmas(?: day| eve)?|thanksgiving(?: day)?|easter(?: sunday| monday)?|good friday|palm sunday|ash wednesday"
    r"|new year['’]s (?:day|eve)|valentine['’]s day|halloween|boxing day)(?P<week> week)?"
)
def _feast(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None or not context.text[match.start("feast")].isupper():
        return None
    published, name = context.published, match["feast"].replace("’", "'")
    days = [d for y in (-1, 0, 1) if 1 <= published.year + y <= 9999 and (d := words.feast(name, published.year + y))]
    if not days:
        return None
    before, after = [d for d in days if d < published], [d for d in days if d > published]
    if match["rel"] == "last" and before:
        at = before[-1]
    elif match["rel"] == "next" and after:
        at = after[0]
    else:
        at = min(days, key=lambda d: abs(d - published))
        direction = context.direction(match.start(), match.end())
        if direction is Direction.PAST and at > published + _NEAR and before:
            at = before[-1]
        elif direction is Direction.FUTURE and at < published - _NEAR and after:
            at = after[0]
    return _dated(Period.holding(Unit.WEEK if match["week"] else Unit.DAY, at), "the nearest such feast")


@_production(
    r"(?P<now>now(?! known)|right now|currently|current|presently|at present|nowadays|these days|at the moment|the time being|the present)"
    r"|(?P<past>recently|recent|the (?:recent )?past|at the time|more recently|lately)"
    r"|(?P<future>soon(?! as)|the (?:near |foreseeable )?future|as soon as possible|a later date)"
)
def _reference(match: re.Match[str], context: Context) -> Reading | None:
    value = "PRESENT_REF" if match["now"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return Reading(TimeType.DATE, value, "a reference without a date", relative=False)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> Period:
    return Period.holding(Unit.MONTH, date(year, month, 1))


def _century(short: int, context: Context) -> int:
    base = context.published.year if context.published else 2000
    return min((base // 100 * 100 + short + c for c in (-100, 0, 100)), key=lambda y: abs(y - base))
