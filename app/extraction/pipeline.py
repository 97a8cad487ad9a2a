"""The one place that combines the extraction steps: an article in, everything found in it out.

Pure: no clock, no network, no database. The same article gives the same result on any day.
"""

from collections.abc import Callable

from spacy.language import Language

from app.domain.items import Actor, Event, Extraction, Statement, TimeExpression, TroopClaim
from app.domain.source import SourceText
from app.extraction import actors, attribution, dating, events, places, quotes, times, troops
from app.extraction.findings import Mentions, Parsed, PlaceMention, QuotedSpan
from app.extraction.language import parse
from app.knowledge import Knowledge


def extract(source: SourceText, *, nlp: Language, knowledge: Knowledge) -> Extraction:
    """Find the times, statements, events and troop claims of one article; never raises on any text."""
    with nlp.memory_zone():  # gives back what the parse took, so that a long run stays flat
        return read(source, parse(source, nlp), knowledge=knowledge)


def read(source: SourceText, parsed: Parsed, *, knowledge: Knowledge) -> Extraction:
    """Run every step over a parsed article. A step that fails gives no findings and a warning, never an exception."""
    warnings = list(source.warnings)

    def run[T](step: str, find: Callable[[], T], otherwise: T) -> T:
        try:
            return find()
        except Exception as error:
            warnings.append(f"{step} could not be read: {type(error).__name__}: {error}")
            return otherwise

    found_times = run("times", lambda: times.find_times(parsed, source), list[TimeExpression]())
    quoted = run("quotes", lambda: quotes.find_quotes(parsed), list[QuotedSpan]())
    mentions = run("actors", lambda: actors.find_actors(parsed, source, quoted, knowledge), Mentions([]))
    found_places = run("places", lambda: places.find_places(parsed, knowledge), list[PlaceMention]())
    said = run(
        "statements",
        lambda: attribution.find_statements(parsed, source, quoted, mentions, knowledge),
        list[Statement](),
    )
    statements = run("statements' dates", lambda: dating.date_statements(parsed, source, found_times, said), said)
    moves = run(
        "events",
        lambda: events.find_events(parsed, source, mentions, found_places, statements, knowledge),
        list[Event](),
    )
    dated = run("events' dates", lambda: dating.date_events(parsed, source, found_times, moves, statements), moves)
    linked = run("repeated events", lambda: events.link_mentions(dated), dated)
    forces = run(
        "troop claims",
        lambda: troops.find_troop_claims(parsed, source, mentions, found_places, statements, knowledge),
        list[TroopClaim](),
    )
    claims = run(
        "troop claims' dates", lambda: dating.date_claims(parsed, source, found_times, forces, statements), forces
    )
    named = run(
        "actors' names",
        lambda: actors.named_actors(mentions, statements, linked, claims, knowledge, source.published),
        tuple[Actor, ...](),
    )
    return Extraction(
        source=source,
        statements=tuple(statements),
        events=tuple(linked),
        troop_claims=tuple(claims),
        times=tuple(found_times),
        actors=named,
        warnings=tuple(warnings),
        knowledge_hash=knowledge.hash,
    )
