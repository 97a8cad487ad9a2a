"""An article as text with its items marked in place: spans may nest, overlap or repeat."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.vocabulary import ItemKind

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)")
_NO_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Jr|Sr|No|vs|etc|approx|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U))\.$"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """An item's stretch of the text, `text[start:end]`, and what a reader sees of it."""

    uid: str
    kind: ItemKind
    start: int
    end: int
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that lies in the same items.

    `item` is the innermost of them, which a click opens, `around` the kind of the next outer one. `starts` tells that
    the item's text begins here; `begun` are all items that begin here. `in_sentence` marks the chosen item's sentence,
    `is_current` its own words.
    """

    text: str
    item: Marked | None = None
    around: ItemKind | None = None
    starts: bool = False
    begun: tuple[str, ...] = ()
    in_sentence: bool = False
    opens_sentence: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the article in pieces; `has_current` tells that the chosen item stands in it."""

    number: int
    pieces: tuple[Piece, ...]
    has_current: bool


def paragraphs(text: str, items: Sequence[Marked], current: Marked | None = None) -> Iterator[Paragraph]:
    """The article's paragraphs with every item marked, and the sentence of the current one highlighted.

    Spans that reach out of the text or are empty are left out; none can change a letter of the text.
    """
    start = 0
    for number, paragraph in enumerate(text.split("\n")):
        end = start + len(paragraph)
        inside = [item for item in items if item.start < end and item.end > start and item.start < item.end]
        sentence = None
        if current and current.start < end and current.end > start:
            sentence = sentence_around(text, start, end, max(start, current.start), min(end, current.end))
        pieces = tuple(_pieces(text, start, end, inside, current, sentence))
        yield Paragraph(number, pieces, sentence is not None)
        start = end + 1


def sentences(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[low:high]`, a paragraph, for display: wider rather than narrower."""
    first = low
    for match in _END.finditer(text, low, high):
        if _NO_END.search(text, max(low, match.start() - 12), match.end()):
            continue
        after = match.end()
        while after < high and text[after].isspace():
            after += 1
        if after < high and text[after].islower():
            continue
        yield first, match.end()
        first = after
    if first < high:
        yield first, high


def sentence_around(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """The whole sentences of `text[low:high]` that hold `text[start:end]`, for display: wider, never narrower."""
    holding = [each for each in sentences(text, low, high) if each[1] > start and each[0] < end]
    if not holding or holding[0][0] > start or holding[-1][1] < end:
        return low, high
    return holding[0][0], holding[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the coverage view, `text[start:end]`, with the items that it gave, none where it gave nothing."""

    start: int
    end: int
    text: str
    items: tuple[Marked, ...]

    @property
    def kinds(self) -> tuple[ItemKind, ...]:
        """The kinds of its items, each once."""
        return tuple(kind for kind in ItemKind if any(item.kind is kind for item in self.items))


def coverage(text: str, items: Sequence[Marked]) -> Iterator[tuple[Sentence, ...]]:
    """The article's sentences by paragraph; an item counts for every sentence that it reaches into."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        yield tuple(
            Sentence(
                start=first,
                end=last,
                text=text[first:last],
                items=tuple(item for item in items if item.start < last and item.end > first and item.start < item.end),
            )
            for first, last in sentences(text, start, end)
            if text[first:last].strip()
        )
        start = end + 1


def _pieces(
    text: str, low: int, high: int, items: Sequence[Marked], current: Marked | None, sentence: tuple[int, int] | None
) -> Iterator[Piece]:
    cuts = {low, high}
    for start, end in [*((item.start, item.end) for item in items), *([sentence] if sentence else [])]:
        cuts |= {min(max(start, low), high), min(max(end, low), high)}
    bounds = sorted(cuts)
    for start, end in pairwise(bounds):
        covering = _innermost_first(item for item in items if item.start <= start and end <= item.end)
        is_current = current is not None and current.start <= start and end <= current.end
        item = covering[0] if covering else None
        yield Piece(
            text=text[start:end],
            item=item,
            around=next((other.kind for other in covering[1:]), None),
            starts=item is not None and max(item.start, low) == start,
            begun=tuple(other.uid for other in reversed(covering) if other.start == start),
            in_sentence=sentence is not None and sentence[0] <= start and end <= sentence[1],
            opens_sentence=sentence is not None and sentence[0] == start,
            is_current=is_current,
        )


def _innermost_first(items: Iterable[Marked]) -> list[Marked]:
    return sorted(items, key=lambda item: (item.end - item.start, item.start))
