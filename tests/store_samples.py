"""Articles with items made by hand, put into a store by the services that put real ones there."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Engine, Table, func, select

from app.db import queries
from app.db.engine import reading
from app.db.models import items
from app.db.rows import DocumentRow
from app.domain.items import Actor, Event, Extraction, Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, EventCategory, StatementKind
from app.services.importing import import_file
from app.services.processing import claim_document, store_extraction

ACTORS = (
    Actor(name="Anna Berg", kind=ActorKind.PERSON, key="berg", country="DE", role="Foreign Minister"),
    Actor(name="Ivo Cerny", kind=ActorKind.PERSON, country="CZ"),
    Actor(name="Alliance", kind=ActorKind.ORGANISATION, key="alliance"),
    Actor(name="Germany", kind=ActorKind.COUNTRY, key="DE", country="DE"),
    Actor(name="Czechia", kind=ActorKind.COUNTRY, key="CZ", country="CZ"),
)


@dataclass
class Article:
    """An article and the items in it; each item is named by words that stand in the text once."""

    text: str
    title: str = "Envoys meet"
    published: date | None = date(2022, 2, 15)
    url: str | None = None
    actors: tuple[Actor, ...] = ACTORS
    found: list[Statement | Event | TroopClaim] = field(default_factory=list)

    def statement(self, words: str, speaker: str | None = None, *, cue: str = "said", **more: Any) -> "Article":
        """Add a statement whose cue stands right behind it, or else before it, if it stands anywhere."""
        place = self._place(words)
        at = self.text.find(cue, place["end"])
        at = at if at >= 0 else self.text.rfind(cue, 0, place["start"])
        cue_start = at if at >= 0 else place["start"]
        more = {"kind": StatementKind.INDIRECT, "speaker": speaker, **more}
        self.found.append(Statement(cue=cue, cue_start=cue_start, **place, **more))
        return self

    def event(self, words: str, trigger: str, **more: Any) -> "Article":
        """Add an event whose trigger is one of its words."""
        place = self._place(words)
        at = place["start"] + words.index(trigger)
        more = {"category": EventCategory.MEET, "plover": "CONSULT", **more}
        self.found.append(Event(trigger=trigger, trigger_start=at, **place, **more))
        return self

    def claim(self, words: str, force: str = "troops", **more: Any) -> "Article":
        """Add a troop claim whose force word is one of its words."""
        place = self._place(words)
        self.found.append(TroopClaim(anchor_start=place["start"] + words.index(force), **place, **more))
        return self

    def _place(self, words: str) -> dict[str, Any]:
        assert self.text.count(words) == 1, words
        start = self.text.index(words)
        paragraph = self.text.count("\n", 0, start)
        return {"paragraph": paragraph, "start": start, "end": start + len(words), "text": words}

    @property
    def file(self) -> bytes:
        """The article as a file."""
        head = [
            self.title,
            *([f"{self.published:%Y%m%d}"] if self.published else []),
            *([self.url] if self.url else []),
        ]
        return "\n".join([*head, self.text]).encode()

    def extraction(self, source: SourceText) -> Extraction:
        """What is found in the article, as extraction gives it back."""
        assert source.text == self.text
        return Extraction(
            source=source,
            statements=tuple(item for item in self.found if isinstance(item, Statement)),
            events=tuple(item for item in self.found if isinstance(item, Event)),
            troop_claims=tuple(item for item in self.found if isinstance(item, TroopClaim)),
            actors=self.actors,
            knowledge_hash="k1",
        )

    def store(self, engine: Engine) -> int:
        """Import the article, or put it in line again where it is known, and store its items; returns its id."""
        imported = import_file(engine, self.file, filename="article.txt")
        assert imported.document_id is not None, imported
        claim = claim_document(engine, worker="test", lease_seconds=60)
        assert claim is not None
        assert claim.document_id == imported.document_id
        assert store_extraction(engine, claim, self.extraction(claim.source), worker="test")
        return imported.document_id


def stored_document(engine: Engine, document_id: int | None) -> DocumentRow:
    """The article, which must be there."""
    with reading(engine) as conn:
        found = queries.document(conn, document_id or 0)
    assert found is not None
    return found


def stored_uids(engine: Engine, document_id: int) -> list[str]:
    """The links of the article's items in the order of its text."""
    with reading(engine) as conn:
        return [item.uid for item in queries.document_items(conn, document_id)]


def count(engine: Engine, table: Table = items) -> int:
    """How many rows a table has, items unless told."""
    with reading(engine) as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


def nothing_found(source: SourceText) -> Extraction:
    """The extraction of an article with nothing in it."""
    return Extraction(source=source)
