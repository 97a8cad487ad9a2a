"""Troop claims: whose forces, how many, doing what, where, and who says so."""

from collections.abc import Sequence

from app.domain.items import Statement, TroopClaim
from app.domain.source import SourceText
from app.extraction.findings import Mentions, Parsed, PlaceMention
from app.knowledge import Knowledge


def find_troop_claims(
    parsed: Parsed,
    source: SourceText,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> list[TroopClaim]:
    """Every troop claim of the text, in order, undated."""
    return []
