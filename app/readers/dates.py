"""The publication date as files give it: header lines, datelines, and JSON fields."""

import re
from collections.abc import Iterable
from datetime import date

from app.domain.errors import UnreadableFile

DATE_FROM_DATELINE = "The file gives no date of its own: the date is the one in the text's dateline."

_NUMERIC = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? +)?"
_DAY = (
    rf"(?:{_MONTH} +(?P<day>\d\d?),? +(?P<year>\d{{4}})"
    rf"|(?P<day2>\d\d?) +{_MONTH.replace('month', 'month2')},? +(?P<year2>\d{{4}}))"
)
_DATE_LINE = re.compile(rf"(?:(?:published|posted|updated)(?: on)?:? +)?{_WEEKDAY}{_DAY}", re.IGNORECASE)
_DATELINE = re.compile(
    rf"(?:[A-Z][\w.'’-]*[ ,/]+){{1,6}}\(?{_WEEKDAY}{_DAY}\)?\s*(?:\([A-Z][\w .]*\)\s*)?(?:--|[-–—:])\s"
)


def numeric_date(line: str) -> date | None:
    """The date of a line that is YYYYMMDD or YYYY-MM-DD and nothing else; None for any other line.

    Raises UnreadableFile where the calendar has no such day.
    """
    found = _NUMERIC.fullmatch(line)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise UnreadableFile(
            f"The date line says {line}, and there is no such day. Correct it (YYYYMMDD) or delete the line."
        ) from None


def written_date(line: str) -> date | None:
    """The date of a line that is a full date in words ("Published Tuesday, February 15, 2022"), else None."""
    return _date_of(_DATE_LINE.fullmatch(line))


def dateline_date(paragraphs: Iterable[str]) -> date | None:
    """The full date in the first dateline that has one ("KYIV, Feb. 15, 2022 -- ..."), else None."""
    return next((found for text in paragraphs if (found := _date_of(_DATELINE.match(text)))), None)


def _date_of(found: re.Match[str] | None) -> date | None:
    if not found:
        return None
    month = (found["month"] or found["month2"])[:3].lower()
    try:
        return date(int(found["year"] or found["year2"]), _MONTHS.index(month) + 1, int(found["day"] or found["day2"]))
    except ValueError:
        return None
