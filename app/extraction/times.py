"""Time expressions of a text with their TIMEX3 values and EDTF dates."""

from app.domain.items import TimeExpression
from app.domain.source import SourceText
from app.extraction.findings import Parsed


def find_times(parsed: Parsed, source: SourceText) -> list[TimeExpression]:
    """Every time expression of the text, in order."""
    return []
