"""The worker process: reads the articles that wait, one after the other, until it is told to stop."""

import faulthandler
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import FrameType

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.domain.items import Extraction
from app.domain.source import SourceText
from app.knowledge import load_knowledge
from app.knowledge.chosen import choose_folder
from app.services.processing import Extract, longest_reading, process_next, unread_articles
from app.settings import Settings

SHORTEST_PAUSE = 0.2  # seconds between looks for work; doubled while there is none
LONGEST_PAUSE = 2.0
STANDARD_ERROR = 2

log = structlog.get_logger()


def run_worker(
    settings: Settings,
    *,
    once: bool = False,
    load: Callable[[Settings], Extract] | None = None,
    on_article: Callable[[], None] = lambda: None,
) -> int:
    """Read waiting articles until SIGTERM or SIGINT, or with `once` until all are read; returns how many it read.

    The article at hand is finished before it stops. Any number of workers may run at once, on any machine that reaches
    the database; with `once`, what others read at the moment is waited for. `load` makes the function that extracts; by
    default it loads the language model and the knowledge. `on_article` is called after each article.
    """
    stopping = threading.Event()

    def stop(number: int, _frame: FrameType | None) -> None:
        log.info("worker stops after this article", signal=signal.Signals(number).name)
        stopping.set()

    choose_folder(settings.knowledge_dir)
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    engine = open_engine(settings.store_url)
    try:
        migrate(engine)
        work = _Work(engine, _limited((load or load_extraction)(settings)), settings.lease_seconds, on_article)
        return work.until(stopping, once=once)
    finally:
        engine.dispose()
        for number, handler in before.items():
            signal.signal(number, handler)


def load_extraction(settings: Settings) -> Extract:
    """Load the language model and the knowledge, which takes seconds; the result extracts one article."""
    language, pipeline = import_module("app.extraction.language"), import_module("app.extraction.pipeline")
    nlp = language.load_language(settings.spacy_model)
    return partial(pipeline.extract, nlp=nlp, knowledge=load_knowledge(settings.knowledge_dir))


def worker_name() -> str:
    """A name that no other process has: machine, process, and a random part for processes that share a number."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(frozen=True)
class _Work:
    engine: Engine
    extract: Extract
    lease_seconds: float
    on_article: Callable[[], None]

    def until(self, stopping: threading.Event, *, once: bool) -> int:
        name = worker_name()
        log.info("worker ready", worker=name)
        count, pause = 0, SHORTEST_PAUSE
        while not stopping.is_set():
            try:
                document_id = process_next(self.engine, self.extract, worker=name, lease_seconds=self.lease_seconds)
                if document_id is None and once and not unread_articles(self.engine):
                    break
            except OperationalError as error:  # the database is away or busy; a lease that runs out is taken up again
                log.warning("database does not answer", error=str(error.orig))
                document_id = None
            if document_id is None:
                stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                count, pause = count + 1, SHORTEST_PAUSE
                self.on_article()
        log.info("worker stopped", worker=name, articles=count)
        return count


def _limited(extract: Extract) -> Extract:
    """The same, but the process ends, and says where it stood, when an article takes so long that reading must hang."""

    def limited(source: SourceText) -> Extraction:
        faulthandler.dump_traceback_later(longest_reading(source).total_seconds(), exit=True, file=STANDARD_ERROR)
        try:
            return extract(source)
        finally:
            faulthandler.cancel_dump_traceback_later()

    return limited
