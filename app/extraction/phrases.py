"""What coreference works on: phrases that may name an actor, and those whom an article speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Parsed, QuotedSpan
from app.knowledge.actors import KnownActor

GENDER = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
}
SURE, LIKELY, UNSURE = 0.95, 0.8, 0.55
PRONOUNS = frozenset({*GENDER, "they", "them", "their", "it", "its"})


class PhraseKind(StrEnum):
    """What a phrase is by its form."""

    PERSON = "person"
    BODY = "body"
    COUNTRY = "country"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(slots=True)
class Phrase:
    """A noun phrase or pronoun that may name an actor, read but not yet resolved."""

    start: int
    end: int
    head: int
    kind: PhraseKind
    name: str
    title: str | None = None
    country: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    known: KnownActor | None = None
    words: frozenset[str] = frozenset()
    noun: str = ""
    person: bool = False
    place: bool = False
    possessor: int | None = None
    same_as: int | None = None  # the head of a phrase in apposition, which names the same one


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that the article speaks of, gathered from its mentions.

    `role` is the title that the article gives a person, `office` that of the office the person is known to hold.
    """

    name: str
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    office: str | None = None
    key: str | None = None
    gender: str | None = None
    plural: bool = False
    known: KnownActor | None = None
    noun: str = ""
    words: frozenset[str] = frozenset()
    members: tuple["Referent", ...] = ()  # of several who do something together
    titles: set[str] = field(default_factory=set)
    full_mentions: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a phrase stands for (None where nobody is known to), how sure that is, and who else may be meant."""

    referent: Referent | None
    confidence: float
    candidates: tuple[str, ...] = ()


NOBODY = Resolution(None, 0.0)


class Layout:
    """Where each token of an article stands: its paragraph, its sentence, and whether it is inside quote marks."""

    def __init__(self, parsed: Parsed, quoted: Sequence[QuotedSpan]) -> None:
        self.doc, self.paragraphs = parsed.doc, parsed.paragraphs
        self.in_quote = [False] * len(self.doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)
        self.paragraph = [0] * len(self.doc)
        for number, (start, end) in enumerate(parsed.paragraphs):
            self.paragraph[start:end] = [number] * (end - start)
        self.sentence = [0] * len(self.doc)
        for number, sent in enumerate(self.doc.sents):
            self.sentence[sent.start : sent.end] = [number] * (sent.end - sent.start)
