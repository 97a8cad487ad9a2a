"""Many articles, in one process or several, with results in the order of the input."""

import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import batched
from multiprocessing.context import BaseContext
from pathlib import Path

from app.domain.items import Extraction
from app.domain.source import SourceText
from app.extraction.language import load_language
from app.extraction.pipeline import extract
from app.knowledge import load_knowledge

BATCH_ARTICLES = 8


def extract_all(
    sources: Iterable[SourceText], *, jobs: int = 1, model: str | None = None, knowledge_folder: Path | None = None
) -> Iterator[Extraction]:
    """Extract the articles, with `jobs` processes; the results do not depend on how many.

    `knowledge_folder` has a user's own knowledge files, which add to the packaged ones.

    Articles are taken from `sources` as they are needed, so memory stays flat however many there are.
    """
    chunks = batched(sources, BATCH_ARTICLES)
    if jobs <= 1:
        for chunk in chunks:
            yield from _extract_chunk(chunk, model, knowledge_folder)
        return
    with ProcessPoolExecutor(jobs, mp_context=_context(model, knowledge_folder)) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_extract_chunk, chunk, model, knowledge_folder))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _context(model: str | None, own: Path | None) -> BaseContext:
    """How processes start: as copies of this one, which has loaded what they need, where that is safe; else anew.

    A copy starts at once and shares the model's memory. It is safe on Linux while no other thread is under way.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return multiprocessing.get_context("spawn")
    load_language(model)
    load_knowledge(own)
    return multiprocessing.get_context("fork")


def _extract_chunk(sources: tuple[SourceText, ...], model: str | None, own: Path | None) -> list[Extraction]:
    nlp, knowledge = load_language(model), load_knowledge(own)
    return [extract(source, nlp=nlp, knowledge=knowledge) for source in sources]
