"""The one place that combines the extraction steps: an article in, everything found in it out.

Pure: no clock, no network, no database. The same article gives the same result on any day.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from spacy.language import Language

from app.domain.items import Extraction
from app.domain.source import SourceText
from app.extraction import actors, attribution, dating, events, places, quotes, times, troops
from app.extraction.findings import Mentions, Parsed
from app.extraction.language import parse
from app.knowledge import Knowledge


def extract(source: SourceText, *, nlp: Language, knowledge: Knowledge) -> Extraction:
    """Find the times, statements, events and troop claims of one article; never raises on any text."""
    return next(extract_all([source], nlp=nlp, knowledge=knowledge))


def extract_all(sources: Iterable[SourceText], *, nlp: Language, knowledge: Knowledge) -> Iterator[Extraction]:
    """Extract many articles in one stream, in their order, which parses them in batches; never raises on any text."""
    for source, parsed in parse(sources, nlp):
        yield read(source, parsed, knowledge=knowledge)


def read(source: SourceText, parsed: Parsed, *, knowledge: Knowledge) -> Extraction:
    """Run every step over a parsed article. A step that fails gives no findings and a warning, never an exception."""
    warnings = list(source.warnings)

    def run[T](step: str, find: Callable[[], T], otherwise: T) -> T:
        try:
            return find()
        except Exception as error:
            warnings.append(f"{step} could not be read: {type(error).__name__}: {error}")
            return otherwise

    found_times = run("times", lambda: times.find_times(parsed, source), [])
    quoted = run("quotes", lambda: quotes.find_quotes(parsed), [])
    mentions = run("actors", lambda: actors.find_actors(parsed, source, quoted, knowledge), Mentions([]))
    found_places = run("places", lambda: places.find_places(parsed, knowledge), [])
    statements = run("statements", lambda: attribution.find_statements(parsed, source, quoted, mentions, knowledge), [])
    statements = run("dates of statements", lambda: dating.date_statements(parsed, source, found_times, statements), statements)
    moves = run("events", lambda: events.find_events(parsed, source, mentions, found_places, statements, knowledge), [])
    moves = run("dates of events", lambda: dating.date_events(parsed, source, found_times, moves, statements), moves)
    moves = run("repeated events", lambda: events.link_mentions(moves), moves)
    claims = run(
        "troop claims",
        lambda: troops.find_troop_claims(parsed, source, mentions, found_places, statements, knowledge),
        [],
    )
    claims = run("dates of troop claims", lambda: dating.date_claims(parsed, source, found_times, claims, statements), claims)
    return replace(
        Extraction(source=source),
        statements=tuple(statements),
        events=tuple(moves),
        troop_claims=tuple(claims),
        times=tuple(found_times),
        actors=run("actors' names", lambda: actors.named_actors(mentions, statements, moves, claims, knowledge), ()),
        warnings=tuple(warnings),
        knowledge_hash=knowledge.hash,
    )
