"""The worker as a process of its own: killed, stopped, several at once, on SQLite and PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, select

from app.db import queries
from app.db.engine import reading
from app.db.models import documents, items
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import DocumentStatus, ItemKind
from app.services.importing import import_file
from app.settings import Settings
from app.worker import run_worker, worker_name

HERE = Path(__file__).parent
TITLES = [f"Article {number}" for number in range(6)]


@pytest.fixture
def start(database_url: URL, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts worker processes on the test's database; what still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def run(seconds: float, *, once: bool = False) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url.render_as_string(hide_password=False),
            "LEASE_SECONDS": "2",
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        }
        command = [sys.executable, str(HERE / "worker_process.py"), str(tmp_path / "notes"), str(seconds)]
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, *(["once"] if once else [])], env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[str], list[tuple[str, str]]]:
    """The (process, title) pairs that workers began or ended."""

    def read(word: str) -> list[tuple[str, str]]:
        path = tmp_path / "notes"
        lines = path.read_text().splitlines() if path.exists() else []
        parts = (line.split(" ", 2) for line in lines)
        return [(process, title) for which, process, title in parts if which == word]

    return read


def wait_for(condition: Callable[[], object], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def import_articles(engine: Engine) -> None:
    for title in TITLES:
        import_file(engine, f"{title}\n20220215\nThey met at place {title}.".encode(), filename=f"{title}.txt")


def assert_each_finished_once(engine: Engine) -> None:
    with reading(engine) as conn:
        states = conn.execute(select(documents.c.title, documents.c.status, documents.c.lease_until)).all()
        found = queries.timeline_items(conn, Filters(), limit=100).items
        assert len(conn.execute(select(items.c.id)).all()) == len(TITLES)
    assert sorted(states) == [(title, DocumentStatus.DONE, None) for title in TITLES]
    assert Counter(item.document_title for item in found) == Counter(TITLES)
    assert {item.mentions for item in found} == {1}
    assert {item.kind for item in found} == {ItemKind.DIPLOMATIC}


def test_every_article_is_finished_exactly_once_after_a_kill_in_mid_article(engine, start, notes) -> None:
    import_articles(engine)
    killed = start(1.0)
    wait_for(lambda: len(notes("end")) >= 1 and len(notes("begin")) > len(notes("end")))
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.wait(10) == -signal.SIGKILL
    interrupted = set(notes("begin")) - set(notes("end"))
    assert len(interrupted) == 1, "it died in the middle of one article"
    with reading(engine) as conn:
        running = conn.execute(select(documents.c.title).where(documents.c.status == DocumentStatus.RUNNING)).scalars()
        assert list(running) == [title for _, title in interrupted]

    assert start(0.05, once=True).wait(60) == 0
    assert_each_finished_once(engine)
    ended = Counter(title for _, title in notes("end"))
    assert ended == Counter(TITLES), "no article was read to its end twice"
    assert Counter(title for _, title in notes("begin"))[next(title for _, title in interrupted)] == 2


def test_a_paused_worker_that_lost_its_article_stores_nothing(engine, start, notes) -> None:
    import_articles(engine)
    paused = start(0.5)
    wait_for(lambda: notes("begin"))
    os.kill(paused.pid, signal.SIGSTOP)  # as a machine does that sleeps: the lease runs out, the process lives
    try:
        assert start(0.05, once=True).wait(60) == 0
        assert_each_finished_once(engine)
        before = [item.learnt_at for item in timeline(engine)]
    finally:
        os.kill(paused.pid, signal.SIGCONT)
    wait_for(lambda: (str(paused.pid), TITLES[0]) in notes("end"))
    time.sleep(0.5)
    assert_each_finished_once(engine)
    assert [item.learnt_at for item in timeline(engine)] == before


def timeline(engine: Engine) -> tuple[ItemRow, ...]:
    with reading(engine) as conn:
        return queries.timeline_items(conn, Filters(), limit=100).items


def test_two_workers_share_the_articles(engine, start, notes) -> None:
    import_articles(engine)
    first, second = start(0.5, once=True), start(0.5, once=True)
    assert (first.wait(60), second.wait(60)) == (0, 0)
    assert_each_finished_once(engine)
    assert Counter(title for _, title in notes("begin")) == Counter(TITLES)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_article_at_hand_be_finished(engine, start, notes, number) -> None:
    import_articles(engine)
    worker = start(1.0)
    wait_for(lambda: notes("begin"))
    worker.send_signal(number)
    assert worker.wait(20) == 0
    assert len(notes("begin")) == len(notes("end")) == 1
    with reading(engine) as conn:
        states = Counter(conn.execute(select(documents.c.status)).scalars())
    assert states == {DocumentStatus.DONE: 1, DocumentStatus.PENDING: 5}


def test_the_real_extraction_reads_an_article(database_url: URL, engine: Engine, nlp: object) -> None:
    text = "Title\n20220215\nGerman Chancellor Olaf Scholz said on Tuesday that Russia had massed 100,000 troops."
    import_file(engine, text.encode(), filename="a.txt")
    told: list[int] = []
    settings = Settings(database_url=database_url.render_as_string(hide_password=False))
    with unchanged_signals():
        assert run_worker(settings, once=True, on_article=lambda: told.append(1)) == 1
        assert run_worker(settings, once=True) == 0
    assert told == [1]
    with reading(engine) as conn:
        document = queries.document(conn, 1)
    assert document is not None
    assert document.status is DocumentStatus.DONE
    assert document.items > 0
    for item in timeline(engine):
        assert document.text[item.start : item.end] == item.text


@contextmanager
def unchanged_signals() -> Iterator[None]:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    yield
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_reading_that_hangs_ends_the_process_and_says_where(tmp_path: Path) -> None:
    program = """
import time
from datetime import timedelta
from app import worker
from app.domain.source import SourceText
worker.longest_reading = lambda source: timedelta(seconds=0.2)
def hangs(source):
    while True:
        time.sleep(0.1)
worker._limited(hangs)(SourceText(title="", paragraphs=()))
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=HERE.parent, capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert b"in hangs" in ended.stderr


def test_importing_services_and_queries_does_not_load_the_language_model() -> None:
    program = """
import sys
import app.worker, app.db.queries, app.db.migrate
import app.services.importing, app.services.processing, app.services.demo, app.services.sessions
assert "spacy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=HERE.parent, check=True, timeout=60)


def test_worker_names_differ() -> None:
    assert worker_name() != worker_name()
