"""What one extraction step hands to the next: quoted stretches, mentions of actors and places, in token indices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from app.domain.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Words between quote marks of one paragraph; `start` and `end` are tokens, the marks lie outside.

    `closed` is False where the paragraph ends inside the speech, `opened` False where it began before the paragraph.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase or pronoun that names an actor.

    `start` to `end` are the tokens of the whole phrase ("British Foreign Secretary Liz Truss"), `head` its head.
    `name` is the canonical name, or None where nobody fits or several do (`candidates`). `pronoun` tells that the
    phrase is one. `place` tells that a country or seat of power stands for the place by its grammar ("in Moscow"),
    not for the actor. Where a plural pronoun stands for several who were named together, `members` has a mention of
    each.
    """

    start: int
    end: int
    head: int
    name: str | None
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    key: str | None = None
    candidates: tuple[str, ...] = ()
    pronoun: bool = False
    place: bool = False
    confidence: float = 1.0
    members: tuple["Mention", ...] = ()


class Mentions:
    """The actors' mentions of one article, found by token."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.all: tuple[Mention, ...] = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
        self._by_token: dict[int, Mention] = {}
        for mention in sorted(self.all, key=lambda m: m.start - m.end):  # longest first, so that the innermost stays
            for i in range(mention.start, mention.end):
                self._by_token[i] = mention
        self._by_head = {m.head: m for m in self.all}

    def at(self, token: int) -> Mention | None:
        """The mention whose head the token is, else the innermost one that covers it, else None."""
        return self._by_head.get(token) or self._by_token.get(token)

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that lie wholly in the tokens from start to end, in order."""
        return [m for m in self.all if m.start >= start and m.end <= end]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in the text: its tokens, its name as it should read, the country it lies in, and its position if known.

    `relation` is the word that ties it to what is told: "in", "near", "toward", "from"...
    """

    start: int
    end: int
    head: int
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    relation: str | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article's parse: `doc.text` equals the article's text but for a space where a newline joins paragraphs.

    Character offsets of tokens are therefore offsets into the article; no sentence crosses a paragraph.
    `paragraphs` are (first token, end token) pairs.
    """

    doc: Doc
    paragraphs: tuple[tuple[int, int], ...]

    def paragraph_of(self, token: int) -> int:
        """The index of the paragraph that holds the token."""
        for index, (start, end) in enumerate(self.paragraphs):
            if start <= token < end:
                return index
        return len(self.paragraphs) - 1
