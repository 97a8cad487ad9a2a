"""Weekdays, and days counted from the publication day or from the day named before."""

import re
from datetime import date, timedelta

from app.domain.vocabulary import TimeType
from app.extraction.timex import words
from app.extraction.timex.periods import Period, Unit
from app.extraction.timex.readings import (
    PART_OF_DAY,
    STEP,
    Context,
    Direction,
    Forms,
    Reading,
    dated,
    part_of_day,
    undated,
)
from app.extraction.timex.words import DAY_PART, WEEKDAY, WEEKDAY_ANY

FORMS = Forms()

_WEEK = timedelta(7)


@FORMS.form(
    r"(?:(?P<rel>last|next|this|this past|this coming|past|coming|the previous|the following|each|every"
    r"|earlier|later|early|late) )?"
    rf"(?P<weekday>{WEEKDAY_ANY})(?:,? (?:of )?(?P<week>last|this|next) week)?{PART_OF_DAY}"
)
def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    word, part = match["weekday"], part_of_day(match)
    if word not in words.WEEKDAYS and not (word.endswith(".") and context.capital(match, "weekday")):
        return None  # "sun", "sat"
    number = words.weekday_number(word)
    value = f"XXXX-WXX-{number + 1}{part or ''}"
    if match["rel"] in ("each", "every") or _repeats(match, context):
        return Reading(TimeType.SET, value, "each week's", relative=False)
    if context.published is None:
        return undated(value, TimeType.TIME if part else TimeType.DATE)
    at, how = _nearest(number, context.published, match, context)
    return dated(Period.holding(Unit.DAY, at), how, part=part)


_MORE_WEEKDAYS = re.compile(rf"(?:,? (?:and|or|through|to) {WEEKDAY})+ {DAY_PART}s\b")


def _repeats(match: re.Match[str], context: Context) -> bool:
    """True of each of "Monday and Tuesday nights"."""
    if match["part"]:
        return match[0].endswith("s")
    return bool(_MORE_WEEKDAYS.match(context.text[match.end() : match.end() + 60].lower()))


def _nearest(number: int, published: date, match: re.Match[str], context: Context) -> tuple[date, str]:
    rel, week = match["rel"], match["week"]
    back = timedelta((published.weekday() - number) % 7)
    ahead = timedelta((number - published.weekday()) % 7)
    if week:
        return published - timedelta(published.weekday() - number - 7 * STEP[week]), f"of {week} week"
    if rel in ("last", "this past", "past"):
        return published - (back or _WEEK), "the last one before it"
    if rel in ("next", "this coming", "coming"):
        return published + (ahead or _WEEK), "the next one after it"
    if rel in ("the previous", "the following"):
        anchor = context.latest(match.start(), Unit.DAY)
        origin = anchor.first if anchor else published
        step = -1 if rel == "the previous" else 1
        days = step * (number - origin.weekday()) % 7 or 7
        return origin + timedelta(step * days), f"{rel} one" + (", from the date named before" if anchor else "")
    if not back:
        return published, "that day"
    if ahead == timedelta(1) and _tells_of(published, match.start(), context):
        return published + ahead, "the next day, as the sentence tells of that day too"
    if rel == "this" or context.direction(match) is Direction.FUTURE:
        return published + ahead, "the next one, as the clause looks ahead"
    return published - back, "the last one before it"


def _tells_of(published: date, at: int, context: Context) -> bool:
    """True where the same sentence has named the publication day before: what it tells of cannot have been reported
    earlier."""
    anchor = context.latest(at, Unit.DAY)
    if anchor is None or anchor.first != published:
        return False
    return not re.search(r"[.!?]\s|\n", context.text[context.read[-1][0] : at])


@FORMS.form(rf"(?P<weekday>{WEEKDAY}) ?(?P<part>{DAY_PART})?s")
def _weekdays(match: re.Match[str], _context: Context) -> Reading | None:
    number = words.weekday_number(match["weekday"])
    return Reading(TimeType.SET, f"XXXX-WXX-{number + 1}{part_of_day(match) or ''}", "each week's", relative=False)


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
# "today's world", "the leaders of tomorrow", "many of today's machines": no day is meant
_AN_AGE = re.compile(
    r"['’]s (?:\w+ )?(?:world|youth|society|generations?|standards?|children|technology|consumers?|economy|era|age)\b"
)
_OF_AN_AGE = re.compile(r"(?:(?:people|leaders|world|generations?|youth|children|jobs) of|(?:many|most|some|all) of) $")
_DAYS_IN_WORDS = {-2: "two days before", -1: "the day before", 0: "that day", 1: "the day after", 2: "two days after"}


def _from_publication(step: int, part: str | None, context: Context) -> Reading:
    if context.published is None:
        return undated(f"XXXX-XX-XX{part or ''}", TimeType.TIME if part else TimeType.DATE)
    return dated(Period.holding(Unit.DAY, context.published + timedelta(step)), _DAYS_IN_WORDS[step], part=part)


@FORMS.form(rf"(?:(?:late|early|later|earlier|mid-?)[- ])?(?P<day>today|tonight|yesterday|tomorrow){PART_OF_DAY}")
def _today(match: re.Match[str], context: Context) -> Reading | None:
    if _OF_AN_AGE.search(context.before(match, 24)) or _AN_AGE.match(
        context.text[match.end() : match.end() + 40].lower()
    ):
        value = "FUTURE_REF" if match["day"] == "tomorrow" else "PRESENT_REF"
        return Reading(TimeType.DATE, value, "an age, not a day", relative=False)
    return _from_publication(_DAYS[match["day"]], "TNI" if match["day"] == "tonight" else part_of_day(match), context)


@FORMS.form(r"(?:the )?day (?P<way>before yesterday|after tomorrow)")
def _two_days(match: re.Match[str], context: Context) -> Reading | None:
    return _from_publication(-2 if match["way"].startswith("before") else 2, None, context)


@FORMS.form(rf"(?:(?:late|early|later|earlier) )?(?P<rel>this|last) (?P<part>{DAY_PART})")
def _this_morning(match: re.Match[str], context: Context) -> Reading | None:
    return _from_publication(STEP[match["rel"]], part_of_day(match), context)


@FORMS.form(
    r"(?:(?:later|earlier) )?(?:(?:on|in) )?(?P<rel>that same|the same|that|the next|the following|the previous)"
    rf" (?P<day>day|{DAY_PART})"
)
def _that_day(match: re.Match[str], context: Context) -> Reading | None:
    rel = match["rel"]
    anchor = context.latest(match.start(), Unit.DAY)
    if anchor is None:
        if STEP[rel] == 0 or context.published is None:
            return None
        anchor = Period.holding(Unit.DAY, context.published)
    part = words.DAY_PARTS.get(match["day"])
    return dated(anchor.shift(STEP[rel]), f"{rel} {match['day']}, from the date named before", part=part)


@FORMS.form(r"the day(?! (?:of|before|after|when|that|to|he|she|it|they|the)\b)")
def _the_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read what a market or a meeting did "for the day": the day named before, else the publication day."""
    if not re.search(r"\b(?:for|end(?:s|ed|ing)?|finish(?:ed|ing)|clos(?:ed|ing)) $", context.before(match, 12)):
        return None
    named, published = context.latest(match.start(), Unit.DAY), context.published
    if named is not None and (published is None or abs(named.first - published) <= _WEEK):
        return dated(named, "the day named before", relative=False)
    return _from_publication(0, None, context) if published is not None else None


@FORMS.form(r"(?:then|that (?:time|date))")
def _then(match: re.Match[str], context: Context) -> Reading | None:
    """Read "until then", "by that time": the date named before."""
    if not re.search(r"\b(?:until|till|by) $", context.before(match, 7)):
        return None
    named = context.latest(match.start())
    return dated(named, "the date named before", relative=False) if named is not None else None
