"""Dates that the calendar names: days of a month, months, years, decades, centuries."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.edtf import interval
from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.periods import Period, Unit
from app.extraction.timex.readings import (
    EDGE,
    PART_OF_DAY,
    STEP,
    Context,
    Direction,
    Forms,
    Reading,
    dated,
    day_of,
    full_year,
    month_of,
    part_of_day,
    undated,
    whole_year,
)
from app.extraction.timex.words import DAY_NUMBER, MONTH, ORDINAL, WEEKDAY_ANY, YEAR

FORMS = Forms()

# How far the nearest day or month without a year may lie ahead before the one of the year before is meant
_NEAR = timedelta(60)  # in a clause that looks back
_SOON = timedelta(100)  # in one that tells no direction

_DAY = rf"(?:{DAY_NUMBER}|{ORDINAL})"
_OF_YEAR = rf"(?:(?:,? of|,)? (?P<year>{YEAR})|,? (?:of )?(?P<rel>last|this|next) year)?"


@FORMS.form(r"(?P<y>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)")
def _iso(match: re.Match[str], _context: Context) -> Reading | None:
    return _numeric(match["y"], match["m"], match["d"])


@FORMS.form(r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<y>(?:1[5-9]|20|21)?\d\d)")
def _slashes(match: re.Match[str], _context: Context) -> Reading | None:
    first, second, year = match["a"], match["b"], match["y"]
    if len(year) == 2:
        if match["sep"] == ".":
            return None
        year = ("20" if int(year) < 50 else "19") + year
    day_first = match["sep"] == "." or int(first) > 12
    return _numeric(year, second, first) if day_first else _numeric(year, first, second)


def _numeric(year: str, month: str, day: str) -> Reading | None:
    at = day_of(int(year), int(month), int(day))
    return dated(Period.holding(Unit.DAY, at), "the date in full", relative=False) if at else None


@FORMS.form(r"(?:sept(?:ember|\.)? 11(?:th)?(?=,? (?:2001|terror|attacks))|9/11)(?:,? 2001)?")
def _september_11(_match: re.Match[str], _context: Context) -> Reading | None:
    return dated(Period.holding(Unit.DAY, date(2001, 9, 11)), "the day known by that name", relative=False)


@FORMS.form(
    rf"(?:(?P<weekday>{WEEKDAY_ANY}),? (?:the )?|(?P<which>last|this past|next|this|this coming) )?"
    rf"(?P<month>{MONTH}) ?(?:the )?(?P<day>{_DAY})"
    rf"(?:(?: ?[-–] ?| to | through | until )(?:the )?(?P<day2>{DAY_NUMBER})(?! (?:{MONTH}|{YEAR}) \d))?"
    rf"{_OF_YEAR}{PART_OF_DAY}"
)
def _month_day(match: re.Match[str], context: Context) -> Reading | None:
    return _day_of_month(match, context)


@FORMS.form(
    rf"(?:(?P<weekday>{WEEKDAY_ANY}),? )?(?:the )?(?P<day>{_DAY})"
    rf"(?:(?: ?[-–] ?| to )(?:the )?(?P<day2>{DAY_NUMBER}))?"
    rf" (?:of )?(?P<month>{MONTH}){_OF_YEAR}{PART_OF_DAY}"
)
def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    return _day_of_month(match, context)


def _day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    if not context.capital(match, "month"):
        return None
    month, day = words.month_number(match["month"]), words.ordinal_number(match["day"])
    year = year_for(match, context, month, day)
    if year is None:
        return undated(f"XXXX-{month:02d}-{day:02d}") if day_of(2000, month, day) else None
    first = day_of(year.number, month, day)
    if first is None:
        return None
    if match["day2"]:
        last = day_of(year.number, month, words.day_number(match["day2"]))
        if last is None or last <= first:
            return None
        days = interval(first, last).edtf
        return dated(Period.holding(Unit.DAY, first), year.how, edtf=days, relative=year.relative)
    return dated(Period.holding(Unit.DAY, first), year.how, part=part_of_day(match), relative=year.relative)


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a day, how it was found, and whether the publication day was needed."""

    number: int
    how: str
    relative: bool = True


def year_for(match: re.Match[str], context: Context, month: int, day: int) -> Year | None:
    """The year of a month and day: the one named, else the nearest to the publication that suits the clause's
    direction.

    None where nothing tells it.
    """
    groups = match.groupdict()
    if groups.get("year"):
        context.years[month, day] = int(groups["year"])
        return Year(int(groups["year"]), "the date in full", relative=False)
    published = context.published
    if published is None:
        return None
    if groups.get("rel"):
        return Year(published.year + STEP[groups["rel"]], f"of {groups['rel']} year")
    if (month, day) in context.years:
        return Year(context.years[month, day], "the year as named before")
    days = [d for step in (-1, 0, 1) if (d := day_of(published.year + step, month, day))]
    if not days:
        return None
    nearest, how = min(days, key=lambda d: abs(d - published)), "the nearest such day"
    named = {"last": Direction.PAST, "this past": Direction.PAST, "next": Direction.FUTURE}
    direction = named.get(groups.get("which") or "") or context.direction(match)
    if direction is not Direction.FUTURE and nearest > published + (_NEAR if direction is Direction.PAST else _SOON):
        nearest, how = max((d for d in days if d <= published), default=nearest), "the last such day"
    elif direction is Direction.FUTURE and nearest < published - _NEAR:
        nearest = min((d for d in days if d >= published), default=nearest)
        how = "the next such day, as the clause looks ahead"
    context.years[month, day] = nearest.year
    return Year(nearest.year, how)


@FORMS.form(r"(?:the )?(?P<day>(?:[12]?\d|3[01])(?:(?:st|nd|rd|th)(?![ -][a-z]+ (?:of|century))|(?=[.,;)](?!\d))))")
def _bare_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the 17th" of "Feb. 16th or the 17th": a day joined to the one right before is of its month."""
    before = context.latest(match.start(), Unit.DAY)
    joined = re.search(r"\d(?:st|nd|rd|th)?,? (?:or|and|to|through|until|on|and on|or on) $", context.before(match, 30))
    if before is None or not joined or context.parse.counts_things(*match.span("day")):
        return None
    at = day_of(before.first.year, before.first.month, words.day_number(match["day"]))
    return dated(Period.holding(Unit.DAY, at), "in the month named before", relative=False) if at else None


@FORMS.form(
    rf"{EDGE}(?P<month>{MONTH})"
    rf"(?:(?:,? of)?,? (?P<year>{YEAR})|,? '(?P<short>\d\d)|,? (?:of )?(?P<rel>last|this|next) year)"
)
def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    if not context.capital(match, "month"):
        return None
    month = words.month_number(match["month"])
    if match["rel"]:
        if context.published is None:
            return undated(f"XXXX-{month:02d}")
        year = context.published.year + STEP[match["rel"]]
        return dated(month_of(year, month), f"the month of {match['rel']} year")
    year = int(match["year"]) if match["year"] else full_year(int(match["short"]), context)
    return dated(month_of(year, month), "month and year as named", relative=False)


@FORMS.form(rf"{EDGE}(?:(?P<rel>last|this past|this coming|this|next|each|every|the following) )?(?P<month>{MONTH})")
def _month_alone(match: re.Match[str], context: Context) -> Reading | None:
    word, rel = match["month"], match["rel"]
    abbreviated = len(word) == 3 and word != "may" and not rel  # "Jan Kavan", "Mar-a-Lago"
    if abbreviated or not context.capital(match, "month"):
        return None
    if context.parse.names_something(match.start("month"), match.end()):
        return None
    month = words.month_number(word)
    if rel in ("each", "every"):
        return Reading(TimeType.SET, f"XXXX-{month:02d}", "each year's", relative=False)
    if context.published is None:
        return undated(f"XXXX-{month:02d}")
    chosen, how = _month_near(context.published, month, rel, match, context)
    return dated(chosen, how)


def _month_near(
    published: date, month: int, rel: str | None, match: re.Match[str], context: Context
) -> tuple[Period, str]:
    here = month_of(published.year, month)
    earlier, later = here.shift(-12), here.shift(12)
    if rel in ("last", "this past"):
        return (here if here.last < published else earlier), "the last such month"
    if rel in ("next", "this coming", "the following"):
        return (here if here.first > published else later), "the next such month"
    if rel == "this":
        return here, "of the same year"
    if (month, 0) in context.years:
        return month_of(context.years[month, 0], month), "the year as named before"
    direction = context.direction(match)
    if direction is Direction.PAST and context.before(match, 8) == "through ":
        direction = Direction.OPEN  # what lasts "through June" may outlast the past verb
    if direction is Direction.FUTURE:
        chosen, how = (here if here.last >= published else later), "the next such month, as the clause looks ahead"
    else:
        chosen, how = (here if here.first <= published else earlier), "the last such month"
        coming = chosen.shift(12)
        if direction is Direction.OPEN and coming.first - published < _SOON:
            chosen, how = coming, "the nearest such month"
    if direction is not Direction.OPEN:
        context.years[month, 0] = chosen.first.year
    return chosen, how


@FORMS.form(
    rf"{EDGE}(?:(?:fiscal(?: year)?|fy|the year|year|calendar|season)[ -]?)?(?P<year>{YEAR})"
    r"(?:[-–/]\d\d(?!\d))?(?: and beyond)?"
)
def _year(match: re.Match[str], context: Context) -> Reading | None:
    if context.parse.counts_things(*match.span("year")):
        return None
    return dated(whole_year(int(match["year"])), "the year as named", relative=False)


@FORMS.form(r"(?:of|in|since|summer|winter|spring|season) '(?P<short>\d\d)(?!s)")
def _short_year(match: re.Match[str], context: Context) -> Reading | None:
    return dated(whole_year(full_year(int(match["short"]), context)), "the year as named", relative=False)


@FORMS.form(
    rf"(?:(?P<month>{MONTH}),? |the year )?(?P<year>{words.YEAR_IN_WORDS})"
    r"(?! (?:people|troops|soldiers|dollars|miles|men|women))"
)
def _year_in_words(match: re.Match[str], context: Context) -> Reading | None:
    number, month = words.year_in_words(match["year"]), match["month"]
    if number // 1000 == 2 and not month and not match[0].startswith("the year"):
        return None  # two thousand of something
    if month and not context.capital(match, "month"):
        return None
    if month:
        return dated(month_of(number, words.month_number(month)), "month and year as named", relative=False)
    return dated(whole_year(number), "the year as named", relative=False)


@FORMS.form(
    rf"(?:the )?{EDGE}(?P<the>the )?"
    rf"(?:(?P<full>(?:1[5-9]|20)\d0)'?s|'(?P<short>\d0)s|(?P<word>{words.alternatives(words.DECADES)}))"
)
def _decade(match: re.Match[str], _context: Context) -> Reading | None:
    if match["full"]:
        year = int(match["full"])
    elif match["short"]:
        year = 1900 + int(match["short"])
    elif match[0].startswith("the "):
        year = 1900 + words.DECADES[match["word"]]
    else:
        return None  # "in his nineties"
    return dated(Period.holding(Unit.DECADE, date(year, 1, 1)), "the decade as named", relative=False)


@FORMS.form(rf"(?:the )?{EDGE}(?:the )?(?P<number>{ORDINAL})[- ]century")
def _century(match: re.Match[str], _context: Context) -> Reading | None:
    number = words.ordinal_number(match["number"])
    if not 2 <= number <= 22:
        return None
    return dated(Period.holding(Unit.CENTURY, date(number * 100 - 50, 1, 1)), "the century as named", relative=False)
