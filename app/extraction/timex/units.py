"""Weeks, months, quarters, seasons and years counted from the publication day or from a date named before."""

import re
from datetime import date, timedelta

from app.domain.edtf import interval
from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.dates import year_for
from app.extraction.timex.periods import Period, Unit
from app.extraction.timex.readings import (
    EDGE,
    STEP,
    Context,
    Direction,
    Forms,
    Reading,
    dated,
    day_of,
    undated,
    whole_year,
)
from app.extraction.timex.words import DAY_NUMBER, MONTH, SEASON, UNIT, YEAR

FORMS = Forms()

_ANAPHORIC = {"the same", "that same", "that", "the following", "the next", "the previous"}
_NEEDS_ANCHOR = {"the same", "that same", "that", "the following"}


@FORMS.form(
    rf"(?P<so_far>so far )?{EDGE}(?P<rel>{words.alternatives(STEP)}) (?:full |calendar |trading )?"
    rf"(?:fiscal |financial )?(?P<unit>{UNIT})(?! and a half)"
)
def _relative_unit(match: re.Match[str], context: Context) -> Reading | None:
    unit, rel, published = words.unit_of(match["unit"]), match["rel"], context.published
    if unit is Unit.DAY or context.capital(match, "unit"):  # no day; a programme's or a paper's name
        return None
    step = STEP[rel]
    if published is None:
        return undated("PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
    anchor = context.latest(match.start()) if rel in _ANAPHORIC else None
    if anchor and anchor.unit not in (Unit.DECADE, Unit.CENTURY) and anchor.unit.fits(unit):
        moved = Period.holding(unit, anchor.first).shift(step)
        return dated(moved, f"{rel} {match['unit']}, from the date named before")
    if anchor is None and rel in _NEEDS_ANCHOR:
        return None
    if rel == "the latest" and unit is Unit.QUARTER and (quarter := context.latest(match.start(), unit)):
        return dated(quarter, "the quarter named before")
    here = Period.holding(unit, published)
    if step == 0 and unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR):
        return _this_unit(here, published, match, context)
    how = {-1: "before", 0: "of that day", 1: "after"}[step]
    return dated(here.shift(step), f"the {match['unit']} {how}" + (", Monday to Sunday" if unit is Unit.WEEK else ""))


def _this_unit(here: Period, published: date, match: re.Match[str], context: Context) -> Reading:
    """This week is the part of it that the clause means: up to the publication day, or from it on."""
    looks_ahead = match["edge"] != "earlier" and context.direction(match) is Direction.FUTURE
    if here.unit is Unit.WEEK and (match["edge"] == "later" or looks_ahead):
        last = here.last if published < here.last else published + timedelta(6)  # on a Sunday, the week that begins
        return dated(here, "the rest of that week, from that day on", edtf=interval(published, last).edtf)
    if here.unit is Unit.WEEK:
        return dated(here, "that week, from Monday to that day", edtf=interval(here.first, published).edtf)
    if match["so_far"]:
        return dated(here, f"that {here.unit} up to that day", edtf=interval(here.first, published).edtf)
    return dated(here, f"the {here.unit} of that day")


@FORMS.form(
    r"(?:the )?year[- ]end|(?:earlier|later) in the year|the full year"
    r"|the (?:fiscal )?year(?P<over>(?= end(?:ed|ing|s)\b))?"
)
def _the_year(match: re.Match[str], context: Context) -> Reading | None:
    if match["over"] is not None:
        return Reading(TimeType.DURATION, "P1Y", "a length of time", relative=False)
    if match[0] == "the year" and not re.search(r"\b(?:for|of|in) $", context.before(match, 5)):
        return None
    if context.published is None:
        return undated("PRESENT_REF")
    return dated(Period.holding(Unit.YEAR, context.published), "the year of that day")


@FORMS.form(r"the weekend")
def _the_weekend(match: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return undated("XXXX-WXX-WE")
    here = Period.holding(Unit.WEEKEND, context.published)
    if here.first <= context.published or context.direction(match) is Direction.FUTURE:
        return dated(here, "that week's weekend")
    return dated(here.shift(-1), "the weekend before")


@FORMS.form(
    rf"(?:the )?week (?:of|beginning|ending|ended|starting) (?P<month>{MONTH}) (?P<day>{DAY_NUMBER})"
    rf"(?:,? (?P<year>{YEAR}))?"
)
def _week_of(match: re.Match[str], context: Context) -> Reading | None:
    month, day = words.month_number(match["month"]), words.day_number(match["day"])
    year = year_for(match, context, month, day)
    at = day_of(year.number, month, day) if year else None
    if year is None or at is None:
        return None
    return dated(Period.holding(Unit.WEEK, at), f"the week of that day, {year.how}", relative=year.relative)


@FORMS.form(
    r"(?:(?:early|late|mid)[- ])?(?P<rel>last|this past|this|next|the coming|the|each|every|of|in|by|until|since) "
    rf"(?P<season>{SEASON})(?: (?:of )?(?P<year>{YEAR})| of (?P<spelt>{words.YEAR_IN_WORDS}))?"
)
def _season(match: re.Match[str], context: Context) -> Reading | None:
    rel, month, published = match["rel"], words.SEASONS[match["season"]], context.published
    if match["year"] or match["spelt"]:
        year = int(match["year"]) if match["year"] else words.year_in_words(match["spelt"])
        return dated(_season_of(year, month), "season and year as named", relative=False)
    if match["season"] == "fall" and rel in ("the", "of", "by", "each", "every"):
        return None  # the fall of a town
    if rel in ("each", "every"):
        return Reading(TimeType.SET, "XXXX" + _season_of(2000, month).value[4:], "each year's", relative=False)
    if published is None:
        return undated("XXXX" + _season_of(2000, month).value[4:])
    here = _season_of(published.year, month)
    before, after = _season_of(published.year - 1, month), _season_of(published.year + 1, month)
    if rel in ("last", "this past"):
        return dated(here if here.last < published else before, "the last one")
    if rel in ("next", "the coming"):
        return dated(here if here.first > published else after, "the next one")
    if rel == "this":
        return dated(here, "that year's")
    if context.direction(match) is Direction.FUTURE:
        return dated(here if here.last >= published else after, "the next one, as the clause looks ahead")
    return dated(here if here.first <= published else before, "the last one")


def _season_of(year: int, month: int) -> Period:
    return Period.holding(Unit.SEASON, date(year, month, 1))


@FORMS.form(
    rf"(?:(?P<rel0>this|last|next) year's |(?:the )?(?P<year0>{YEAR}) )?(?:the )?(?:fiscal[- ])?"
    r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th|latter|last)[- ](?:fiscal[- ])?(?P<unit>quarter|half)"
    rf"(?:,? (?:of |in )?(?P<year>{YEAR})| of (?:the )?(?P<rel>this|last|next|current) (?:fiscal )?year)?"
)
def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    unit = Unit.QUARTER if match["unit"] == "quarter" else Unit.HALF
    if match["number"] not in ("latter", "last"):
        return _numbered(unit, words.ordinal_number(match["number"]), match, context)
    return _numbered(unit, 2, match, context) if unit is Unit.HALF else None


@FORMS.form(rf"q(?P<number>[1-4])(?:[, ](?:of )?(?P<year>{YEAR}))?")
def _q3(match: re.Match[str], context: Context) -> Reading | None:
    return _numbered(Unit.QUARTER, int(match["number"]), match, context)


def _numbered(unit: Unit, number: int, match: re.Match[str], context: Context) -> Reading | None:
    groups = match.groupdict()
    year, rel = groups.get("year") or groups.get("year0"), groups.get("rel") or groups.get("rel0")
    month = (number - 1) * (3 if unit is Unit.QUARTER else 6) + 1
    if month > 12 or (unit is Unit.HALF and not (year or rel)):  # the second half of a match, of a book
        return None
    if year:
        return dated(Period.holding(unit, date(int(year), month, 1)), f"{unit} and year as named", relative=False)
    published = context.published
    if published is None:
        return undated(f"XXXX-Q{number}")
    if rel:
        return dated(Period.holding(unit, date(published.year + STEP[rel], month, 1)), f"of {rel} year")
    here = Period.holding(unit, date(published.year, month, 1))
    if here.first > published and context.direction(match) is not Direction.FUTURE:
        here = here.shift(-12, Unit.MONTH)
    return dated(here, f"the last such {unit}")


@FORMS.form(r"(?:the|this) (?P<what>quarter|(?:latest|same|third|recent) period|latest quarter)")
def _the_quarter(match: re.Match[str], context: Context) -> Reading | None:
    named = next((period for _, period in reversed(context.read) if period.unit is Unit.QUARTER), None)
    if named:
        return dated(named, "the quarter named before")
    if match["what"] == "quarter" and context.published:
        return dated(Period.holding(Unit.QUARTER, context.published).shift(-1), "the quarter before")
    return None


@FORMS.form(
    r"(?:the |a )?(?:same )?(?:year-(?:earlier|ago)"
    r"|the (?:same|year-ago|year-earlier) (?:period|quarter) (?:a year (?:ago|earlier)|(?:of )?last year))"
    rf"(?: (?:fiscal )?(?:{words.ORDINAL}[- ])?(?:quarter|period|level))?"
)
def _year_earlier(match: re.Match[str], context: Context) -> Reading | None:
    anchor = context.latest(match.start())
    if anchor and anchor.unit is Unit.QUARTER:
        return compared(anchor)
    if context.published is None:
        return undated("PAST_REF")
    return dated(whole_year(context.published.year - 1), "the year before")


def compared(quarter: Period) -> Reading:
    """A quarter's counterpart of the year before, told to compare: later expressions do not point back to it."""
    moved = quarter.shift(-12, Unit.MONTH)
    return Reading(TimeType.DATE, moved.value, "the same quarter of the year before", None, moved.edtf)
