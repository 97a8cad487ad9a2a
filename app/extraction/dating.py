"""Which date governs a finding: the day a statement was said, an event took place, a claim was as of."""

from app.domain.items import Event, Statement, TimeExpression, TroopClaim
from app.domain.source import SourceText
from app.extraction.findings import Parsed


def date_statements(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], statements: list[Statement]
) -> list[Statement]:
    """The statements with the day each was said, or null with the reason."""
    return statements


def date_events(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], events: list[Event], statements: list[Statement]
) -> list[Event]:
    """The events with the date each took or takes place, or null with the reason."""
    return events


def date_claims(
    parsed: Parsed,
    source: SourceText,
    times: list[TimeExpression],
    claims: list[TroopClaim],
    statements: list[Statement],
) -> list[TroopClaim]:
    """The troop claims with their as-of day."""
    return claims
