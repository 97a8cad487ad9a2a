"""The worker process: reads the articles that wait, one after the other, until it is told to stop."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import FrameType

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.knowledge import load_knowledge
from app.services.processing import Extract, process_next
from app.settings import Settings

SHORTEST_PAUSE = 0.2  # seconds between looks for work; doubled while there is none
LONGEST_PAUSE = 2.0

log = structlog.get_logger()


def run_worker(settings: Settings, *, once: bool = False, load: Callable[[Settings], Extract] | None = None) -> int:
    """Read waiting articles until SIGTERM or SIGINT, or with `once` until none waits; returns how many.

    The article at hand is finished before it stops. Any number of workers may run at once, on any machine that reaches
    the database. `load` makes the function that extracts; by default it loads the language model and the knowledge.
    """
    stopping = threading.Event()

    def stop(number: int, _frame: FrameType | None) -> None:
        log.info("worker stops after this article", signal=signal.Signals(number).name)
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    engine = open_engine(settings.store_url)
    try:
        migrate(engine)
        extract = (load or load_extraction)(settings)
        return _work(engine, extract, stopping, lease_seconds=settings.lease_seconds, once=once)
    finally:
        engine.dispose()
        for number, handler in before.items():
            signal.signal(number, handler)


def load_extraction(settings: Settings) -> Extract:
    """Load the language model and the knowledge, which takes seconds; the result extracts one article."""
    language, pipeline = import_module("app.extraction.language"), import_module("app.extraction.pipeline")
    nlp = language.load_language(settings.spacy_model)
    return partial(pipeline.extract, nlp=nlp, knowledge=load_knowledge())


def worker_name() -> str:
    """A name that no other process has: machine, process, and a random part for processes that share a number."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def _work(engine: Engine, extract: Extract, stopping: threading.Event, *, lease_seconds: float, once: bool) -> int:
    name = worker_name()
    log.info("worker ready", worker=name)
    count = 0
    pause = SHORTEST_PAUSE
    while not stopping.is_set():
        try:
            document_id = process_next(engine, extract, worker=name, lease_seconds=lease_seconds)
        except OperationalError as error:  # the database is away or busy: the lease runs out, and somebody tries again
            if once:
                raise
            log.warning("database does not answer", error=str(error.orig))
            document_id = None
        if document_id is not None:
            count += 1
            pause = SHORTEST_PAUSE
        elif once:
            break
        else:
            stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    log.info("worker stopped", worker=name, articles=count)
    return count
