"""Statements: what was said, by whom, by the reporting verb."""

from collections.abc import Sequence

from app.domain.items import Statement
from app.domain.source import SourceText
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.knowledge import Knowledge


def find_statements(
    parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], mentions: Mentions, knowledge: Knowledge
) -> list[Statement]:
    """Every statement of the text, in order, undated."""
    return []
