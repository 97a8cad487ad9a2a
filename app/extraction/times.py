"""Time expressions of a text with their TIMEX3 values and EDTF dates."""

import re
from dataclasses import replace
from itertools import zip_longest
from string import ascii_lowercase, ascii_uppercase

from app.domain.items import TimeExpression
from app.domain.source import SourceText
from app.domain.vocabulary import TimeType
from app.extraction.findings import Parsed
from app.extraction.timex import clock, counts, dates, units, weekdays
from app.extraction.timex.periods import in_words
from app.extraction.timex.readings import Context, Reading
from app.extraction.timex.surroundings import Surroundings
from app.extraction.timex.words import begins_expression

_FORMS = [*dates.FORMS, *weekdays.FORMS, *units.FORMS, *counts.FORMS, *clock.FORMS]
# Any form without its names: one match tells the places that are worth reading from the many that are not
_ANY = re.compile(
    "|".join(re.sub(r"\(\?P<\w+>", "(?:", form.pattern.pattern.replace("(?P=sep)", "[-/.]")) for form in _FORMS)
)
_WORD = re.compile(r"(?<![\w$€£.])'?\w+")
_LOWER = str.maketrans(ascii_uppercase + "’", ascii_lowercase + "'")  # keeps every offset, as str.lower does not


def find_times(parsed: Parsed, source: SourceText) -> list[TimeExpression]:
    """Every time expression of the text, in order; no two overlap.

    Pure: relative expressions are counted from `source.published` alone and have no EDTF date where it is None.
    """
    lowered = source.text.translate(_LOWER)
    context = Context(source.published, Surroundings(parsed.doc), source.text)
    found: list[TimeExpression] = []
    at = 0
    for word in _WORD.finditer(lowered):
        start = word.start()
        if start < at or not begins_expression(word[0]) or not _ANY.match(lowered, start):
            continue
        longest = _read(lowered, start, context)
        if longest is None:
            continue
        at, reading = longest
        if reading.period:
            context.read.append((start, reading.period))
        found.append(_expression(source, start, at, reading))
    return _place_clocks(found, source)


def _read(lowered: str, start: int, context: Context) -> tuple[int, Reading] | None:
    """The end and the reading of the longest form at the offset that its reader accepts."""
    matches = [(match, form) for form in _FORMS if (match := form.pattern.match(lowered, start))]
    for match, form in sorted(matches, key=lambda pair: -pair[0].end()):
        try:
            reading = form.read(match, context)
        except (ValueError, OverflowError):  # beyond the calendar's ends
            continue
        if reading:
            return match.end(), reading
    return None


def _expression(source: SourceText, start: int, end: int, reading: Reading) -> TimeExpression:
    said = source.text[start:end]
    where = f" in an article of {in_words(source.published)}" if reading.relative and source.published else ""
    return TimeExpression(
        paragraph=source.paragraph_at(start),
        start=start,
        end=end,
        text=said,
        type=reading.type,
        value=reading.value,
        edtf=reading.edtf,
        rule=f"'{said}'{where}: {reading.how}",
    )


_CLOCK = re.compile(r"T\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BESIDE = re.compile(
    r",? ?(?:,? ?(?:on|at|at about|at around|about|around|shortly before|shortly after|before|after) )?"
)


def _place_clocks(found: list[TimeExpression], source: SourceText) -> list[TimeExpression]:
    """Clock times take the day named beside them; one that the day follows becomes one expression with it."""
    placed: list[TimeExpression] = []
    for found_time, after in zip_longest(found, found[1:]):
        time, before = found_time, placed[-1] if placed else None
        if before and before.end >= time.end:
            continue
        if time.type is TimeType.TIME and (hour := _CLOCK.search(time.value)):
            hours = time.value[hour.start() :]
            if after and _is_day(after) and _BESIDE.fullmatch(source.text[time.end : after.start]):
                said = source.text[time.start : after.end]
                rule, value = f"'{time.text}' of the day beside it; {after.rule}", after.value[:10] + hours
                time = replace(time, end=after.end, text=said, value=value, edtf=after.edtf, rule=rule)
            elif before and _is_day(before) and _BESIDE.fullmatch(source.text[before.end : time.start]):
                rule = f"'{time.text}' of the day beside it; {before.rule}"
                time = replace(time, value=before.value[:10] + hours, edtf=before.edtf, rule=rule)
        placed.append(time)
    return placed


def _is_day(time: TimeExpression) -> bool:
    return bool(_DAY.match(time.value)) and not _CLOCK.search(time.value)
