"""Times of the clock, feasts, and references that name no date."""

import re
from datetime import date, timedelta

from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.periods import Period, Unit
from app.extraction.timex.readings import Context, Direction, Forms, Reading, dated

FORMS = Forms()

_NEAR = timedelta(60)  # a feast this near the publication is taken as it is, whatever the clause's tense
_ZONE = (
    r"(?: ?(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|eet|bst|msk|local time"
    r"|(?:moscow|kyiv|kiev|eastern|eastern standard|eastern daylight) time))"
)


@FORMS.form(
    rf"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?{_ZONE}?"
    r"(?: \(\d\d?[:.]?\d\d ?(?:gmt|utc)\))?"
)
def _clock(match: re.Match[str], context: Context) -> Reading | None:
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return _time_of_day(hour % 12 + (12 if match["half"] == "p" else 0), match["minute"] or "00", match, context)


@FORMS.form(rf"(?P<hour>[01]?\d|2[0-4])[:.]?(?P<minute>[0-5]\d){_ZONE}")
def _clock_of_24_hours(match: re.Match[str], context: Context) -> Reading | None:
    return _time_of_day(int(match["hour"]), match["minute"], match, context)


@FORMS.form(r"(?:noon|midday|(?P<night>midnight))")
def _noon(match: re.Match[str], context: Context) -> Reading | None:
    if context.before(match, 5) == "high ":
        return None
    return _time_of_day(24 if match["night"] else 12, "00", match, context)


def _time_of_day(hour: int, minute: str, match: re.Match[str], context: Context) -> Reading:
    """The hour of the day named before, else of the publication day; a day named beside it takes its place later."""
    clock = f"T{hour:02d}:{minute}"
    named = context.latest(match.start(), Unit.DAY)
    day = named or (Period.holding(Unit.DAY, context.published) if context.published else None)
    if day is None:
        return Reading(TimeType.TIME, f"XXXX-XX-XX{clock}", "the hour as named, the day unknown", relative=False)
    how = "the hour as named, of the day named before" if named else "the hour as named, of that day"
    return Reading(TimeType.TIME, day.value + clock, how, edtf=day.edtf)


@FORMS.form(rf"(?:(?P<rel>last|next|this) )?(?P<feast>{words.alternatives(words.FEASTS)})(?P<week> week)?")
def _feast(match: re.Match[str], context: Context) -> Reading | None:
    published = context.published
    if published is None or not context.capital(match, "feast"):
        return None
    days = [words.feast(match["feast"], published.year + step) for step in (-1, 0, 1)]
    before, after = [d for d in days if d < published], [d for d in days if d > published]
    direction = {"last": Direction.PAST, "next": Direction.FUTURE}.get(match["rel"] or "") or context.direction(match)
    near = timedelta(0) if match["rel"] in ("last", "next") else _NEAR
    at: date = min(days, key=lambda d: abs(d - published))
    if direction is Direction.PAST and at > published + near:
        at = before[-1]
    elif direction is Direction.FUTURE and at < published - near:
        at = after[0]
    return dated(Period.holding(Unit.WEEK if match["week"] else Unit.DAY, at), "the nearest such feast")


@FORMS.form(
    r"(?P<now>now|right now|currently|current|presently|at present|nowadays|these days|at the moment|the time being"
    r"|the present)"
    r"|(?P<past>recently|recent|the (?:recent )?past|at the time|more recently|lately)"
    r"|(?P<future>soon(?! as)|the (?:near |foreseeable )?future|as soon as possible|a later date)"
)
def _reference(match: re.Match[str], _context: Context) -> Reading | None:
    value = "PRESENT_REF" if match["now"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return Reading(TimeType.DATE, value, "a reference without a date", relative=False)
