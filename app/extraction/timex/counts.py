"""Counted units: ago and from now, earlier and later, the past and the next ones, lengths of time, and what recurs."""

import re
from datetime import date, timedelta

from app.domain.edtf import interval
from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.periods import Period, Unit, add_months
from app.extraction.timex.readings import Context, Direction, Forms, Reading, dated, repeated, undated
from app.extraction.timex.units import compared
from app.extraction.timex.words import COUNT, LENGTH

FORMS = Forms()

_COUNTED = (
    rf"(?P<count>{COUNT})(?: more| full| whole| straight| consecutive| additional| long)?[ -](?:trading )?"
    rf"(?P<unit>{LENGTH})s?(?P<half> and a half)?"
)
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_BACK = frozenset({"earlier", "before", "previously", "prior"})
_UP_TO_NOW = frozenset({"past", "last", "previous", "latest"})
_FROM_NOW = frozenset({"next", "coming", "following"})


def _count(match: re.Match[str]) -> float | None:
    count = words.count_of(match["count"]) if match["count"] else None
    return count + 0.5 if count is not None and match["half"] else count


@FORMS.form(rf"(?:{_COUNTED}|(?:days|weeks|months|years|decades))(?: or so)?,? (?P<way>ago|from now|hence)")
def _ago(match: re.Match[str], context: Context) -> Reading | None:
    back = match["way"] == "ago"
    vague = "PAST_REF" if back else "FUTURE_REF"
    count, noun = _count(match), match["unit"]
    if count is None or noun in _CLOCK_UNITS:
        return Reading(TimeType.DATE, vague, "too vague to date", relative=False)
    if context.published is None:
        return undated(vague)
    if noun == "year" and count == 1 and back:
        named = context.latest(match.start())
        if named and named.unit is Unit.QUARTER:
            return compared(named)
    period = _counted_from(context.published, -count if back else count, noun)
    return dated(period, f"counted {'back' if back else 'on'} from that day") if period else None


def _counted_from(origin: date, count: float, noun: str) -> Period | None:
    """The period so many units from a day, as precise as the unit: a day for days and one week, else a week, month,
    year."""
    try:
        if count != int(count):
            return Period.holding(Unit.MONTH, add_months(origin, round(count * 12))) if noun == "year" else None
        unit = Unit.DAY if noun == "night" else words.unit_of(noun)
        if unit is Unit.WEEK and abs(count) == 1:
            return Period.holding(Unit.DAY, origin).shift(int(count), Unit.WEEK)
        return Period.holding(unit, origin).shift(int(count))
    except (ValueError, OverflowError, KeyError):  # beyond the calendar's ends, or a unit that it has not
        return None


@FORMS.form(rf"{_COUNTED},? (?P<way>earlier|later|before|previously|prior|after|afterwards?)")
def _earlier(match: re.Match[str], context: Context) -> Reading | None:
    way, noun, count = match["way"], match["unit"], _count(match)
    if noun in _CLOCK_UNITS or (context.published is None and not context.read):
        return None
    if way in ("before", "after", "prior") and re.match(r"\s*[^\s.,;:)\"”']", context.text[match.end() :]):
        return None  # "two days after the vote": a length, dated by what follows
    if count is None:
        return Reading(TimeType.DATE, "PAST_REF" if way in _BACK else "FUTURE_REF", "too vague to date", relative=False)
    anchor = context.latest(match.start())
    if anchor is None and context.published is None:
        return undated("PAST_REF")
    moved = _moved(
        anchor or Period.holding(Unit.DAY, context.published or date.min), match, -count if way in _BACK else count
    )
    if moved is None:
        return None
    how = f"{match[0]}, from the date named before"
    compares = (
        words.unit_of(noun) is Unit.YEAR if noun != "night" else False
    )  # later expressions do not point back to it
    return Reading(TimeType.DATE, moved.value, how, None if compares else moved, moved.edtf)


def _moved(anchor: Period, match: re.Match[str], count: float) -> Period | None:
    """The anchor moved; "a year earlier" keeps its precision, "six years earlier" is only as precise as a year."""
    unit = Unit.DAY if match["unit"] == "night" else words.unit_of(match["unit"])
    exact = match["count"] in ("a", "an", "one") or anchor.unit is not Unit.DAY or unit in (Unit.DAY, Unit.WEEK)
    if anchor.unit.fits(unit) and anchor.unit is not unit and exact:
        return anchor.shift(int(count), unit)
    return _counted_from(anchor.first, count, match["unit"])


@FORMS.form(
    r"(?:(?:the|its|his|her|their|this|these) )?"
    rf"(?P<rel>past|last|previous|latest|next|coming|following|first|final|recent)(?: {_COUNTED}| (?P<units>{LENGTH})s)"
)
def _span(match: re.Match[str], context: Context) -> Reading | None:
    return _span_of(None if match["units"] else _count(match), match["units"] or match["unit"], match["rel"], context)


@FORMS.form(rf"the (?P<rel>past|last) (?P<unit>{LENGTH})(?! (?:of|in))")
def _past_unit(match: re.Match[str], context: Context) -> Reading | None:
    return None if match["unit"] == "quarter" else _span_of(1, match["unit"], match["rel"], context)


def _span_of(count: float | None, noun: str, rel: str, context: Context) -> Reading:
    """A length of time that ends or begins on the publication day; the others have no date."""
    published, ahead = context.published, rel in _FROM_NOW
    value = words.length_value(count, noun)
    if published and count and (ahead or rel in _UP_TO_NOW) and noun not in _CLOCK_UNITS:
        other = _day_away(published, count if ahead else -count, noun)
        if other:
            days = interval(min(other, published), max(other, published)).edtf
            how = "from that day on" if ahead else "up to that day"
            return Reading(TimeType.DURATION, value, how, edtf=days)
    return Reading(TimeType.DURATION, value, "a length of time", relative=False)


def _day_away(origin: date, count: float, noun: str) -> date | None:
    months = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200, "centurie": 1200}
    try:
        if noun in months:
            return add_months(origin, round(count * months[noun]))
        return origin + timedelta(round(count * (7 if noun.startswith("week") else 1)))
    except (ValueError, OverflowError):
        return None


@FORMS.form(rf"(?P<opener>the |a |an |every |each )?(?:first |final )?{_COUNTED}(?:[- ](?:long|period))?(?![- ]old)")
def _length(match: re.Match[str], context: Context) -> Reading | None:
    noun, said = match["unit"], match["count"]
    count = _count(match)
    value = words.length_value(count, noun)
    if match["opener"] in ("every ", "each "):
        return repeated(value)
    if said in ("a", "an") and not match["opener"]:
        if noun in ("second", "quarter", "night", "minute"):
            return None
        if context.parse.counts_things(match.start(), match.end()):  # "twice a week"
            return repeated(value)
    if (said == "some" and not match[0].endswith("s")) or (noun == "second" and said[0].isalpha() and said != "a few"):
        return None  # "some day", "a third second"
    if count and context.published and noun not in _CLOCK_UNITS and re.search(r"\bin $", context.before(match, 8)):
        ahead = context.direction(match) is Direction.FUTURE
        period = _counted_from(context.published, count, noun) if ahead else None
        if period:
            return dated(period, "counted on from that day, as the clause looks ahead")
    return Reading(TimeType.DURATION, value, "a length of time", relative=False)


@FORMS.form(r"the (?P<unit>day|week|month|year)(?= (?:after|before) )")
def _the_day_after(match: re.Match[str], _context: Context) -> Reading | None:
    return Reading(TimeType.DURATION, words.length_value(1, match["unit"]), "a length of time", relative=False)


@FORMS.form(r"(?P<unit>day|month|week|year|decade|hour|centurie)s(?:-long| ahead)?")
def _bare_units(match: re.Match[str], _context: Context) -> Reading | None:
    return Reading(TimeType.DURATION, words.length_value(None, match["unit"]), "a length of time", relative=False)


@FORMS.form(
    r"(?:each|every) (?:other )?"
    r"(?P<unit>day|week|weekend|month|quarter|year|decade|hour|morning|afternoon|evening|night)"
)
def _every(match: re.Match[str], _context: Context) -> Reading | None:
    unit = match["unit"]
    if unit in words.DAY_PARTS:
        return repeated(f"XXXX-XX-XX{words.DAY_PARTS[unit]}")
    return repeated(words.length_value(1, unit))


@FORMS.form(words.alternatives(words.OFTEN))
def _often(match: re.Match[str], _context: Context) -> Reading | None:
    return repeated(words.OFTEN[match[0]])
