"""Mentions of actors and whom they name."""

from collections.abc import Sequence

from app.domain.items import Actor, Event, Statement, TroopClaim
from app.domain.source import SourceText
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.knowledge import Knowledge


def find_actors(parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], knowledge: Knowledge) -> Mentions:
    """Every mention of an actor, with the canonical name it stands for."""
    return Mentions([])


def named_actors(
    mentions: Mentions,
    statements: Sequence[Statement],
    events: Sequence[Event],
    claims: Sequence[TroopClaim],
    knowledge: Knowledge,
) -> tuple[Actor, ...]:
    """The actors that the items refer to by name, each once, in order of name."""
    return ()
