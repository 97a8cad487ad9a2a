"""The record of what the demo articles yield, a line an item: `python -m bench.record` renews it (`make record`).

A change of rules shows in it as lines gained and lost, for the test and for whoever reviews the change.
"""

from collections.abc import Iterator
from pathlib import Path

from app.domain.items import Event, Extraction, Statement, TroopClaim
from app.extraction.batch import extract_all
from bench.articles import demo_articles

RECORD = Path(__file__).parents[1] / "tests/records/seeds.txt"


def line(item: Statement | Event | TroopClaim) -> str:
    """What matters of an item, in one line."""
    place = f"{item.start}-{item.end}"
    date = item.date or "undated"
    match item:
        case Statement():
            parts = [date, item.speaker or "nobody named", item.polarity, item.kind]
            parts += [f"via {item.via}"] if item.via else []
            parts += [f"or {' or '.join(item.candidates)}"] if item.candidates else []
            return f"  statement    {place:>10}  {' | '.join(parts)} | {item.text}"
        case Event():
            parts = [date, item.category, item.modality, " + ".join(item.countries), item.headline]
            parts += [f"same as event {item.same_as}"] if item.same_as is not None else []
            return f"  event        {place:>10}  {' | '.join(parts)}"
        case TroopClaim():
            parts = [date, item.quantity or "no number", item.unit, item.movement, item.modality]
            parts += [
                f"of {item.force_country}",
                item.place or "no place",
                f"claimed by {item.claimed_by or 'the article'}",
            ]
            return f"  troop claim  {place:>10}  {' | '.join(parts)} | {item.text}"


def lines(extraction: Extraction) -> Iterator[str]:
    """The record of one article: its name, then its items by kind in the order of the text."""
    yield f"{extraction.source.source_file}"
    for item in _items(extraction):
        yield line(item)
    for warning in extraction.warnings:
        yield f"  warning      {warning}"


def _items(extraction: Extraction) -> Iterator[Statement | Event | TroopClaim]:
    yield from extraction.statements
    yield from extraction.events
    yield from extraction.troop_claims


def record() -> str:
    """The whole record, as it stands in the file."""
    return "".join(f"{text}\n" for extraction in extract_all(demo_articles()) for text in lines(extraction))


if __name__ == "__main__":
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text(record(), encoding="utf-8")
