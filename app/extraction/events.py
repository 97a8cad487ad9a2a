"""Events: who did what to whom, where, and whether it happened."""

from collections.abc import Sequence

from app.domain.items import Event, Statement
from app.domain.source import SourceText
from app.extraction.findings import Mentions, Parsed, PlaceMention
from app.knowledge import Knowledge


def find_events(
    parsed: Parsed,
    source: SourceText,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> list[Event]:
    """Every event mention of the text, in order, undated."""
    return []


def link_mentions(events: list[Event]) -> list[Event]:
    """The dated events, with `same_as` set on those that tell of a happening told before."""
    return events
