"""Quote marks paired by shape inside one paragraph."""

from app.extraction.findings import Parsed, QuotedSpan


def find_quotes(parsed: Parsed) -> list[QuotedSpan]:
    """Every quoted stretch of the text, in order."""
    return []
