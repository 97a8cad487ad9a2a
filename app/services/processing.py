"""Articles through extraction: claim one by a lease, extract with no transaction open, store it exactly once.

The document's row is the job. A worker that stops renewing its lease loses the article to the next one; what it finds
later is dropped, because the row no longer names it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select, update
from sqlalchemy.exc import OperationalError

from app.db.engine import reading, writing
from app.db.models import documents
from app.domain.errors import NotFound
from app.domain.items import Extraction
from app.domain.source import SourceText
from app.domain.vocabulary import DocumentStatus
from app.services.articles import NO_ARTICLE, READ_AGAIN
from app.services.generation import advance_generation
from app.services.storing import store_items

MAX_ATTEMPTS = 3
STOPPED = f"Reading stopped {MAX_ATTEMPTS} times without a result; the worker's log may say why. Try it again."

log = structlog.get_logger()

type Extract = Callable[[SourceText], Extraction]


@dataclass(frozen=True, slots=True)
class Claim:
    """An article that a worker holds, and the how-manieth time it is tried."""

    document_id: int
    source: SourceText
    attempt: int


def claim_document(engine: Engine, *, worker: str, lease_seconds: float) -> Claim | None:
    """Take the next article that waits, or whose worker has lost its lease; None where none does.

    `worker` must be a name that no other process has. An article that was tried three times is marked as failed.
    """
    now = datetime.now(UTC)
    abandoned = and_(documents.c.status == DocumentStatus.RUNNING, documents.c.lease_until < now)
    with writing(engine) as conn:
        given_up = update(documents).where(abandoned, documents.c.attempts >= MAX_ATTEMPTS)
        if conn.execute(given_up.values(status=DocumentStatus.FAILED, error=STOPPED, **_LET_GO)).rowcount:
            advance_generation(conn)
        row = conn.execute(
            select(documents)
            .where(or_(documents.c.status == DocumentStatus.PENDING, abandoned))
            .order_by(documents.c.attempts, documents.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # no such thing on SQLite, where the transaction has the only write lock
        ).first()
        if row is None:
            return None
        conn.execute(
            update(documents)
            .where(documents.c.id == row.id)
            .values(
                status=DocumentStatus.RUNNING,
                attempts=row.attempts + 1,
                worker=worker,
                lease_until=now + timedelta(seconds=lease_seconds),
            )
        )
    source = SourceText(
        title=row.title,
        paragraphs=tuple(row.text.split("\n")),
        published=row.published,
        url=row.url,
        outlet=row.outlet,
        language=row.language,
        source_file=row.source_file,
        sha256=row.sha256,
    )
    return Claim(row.id, source, row.attempts + 1)


def longest_reading(source: SourceText) -> timedelta:
    """How long reading an article may take; a worker that needs longer hangs, and its lease is renewed no more."""
    return timedelta(minutes=2, seconds=len(source.text) / 500)  # a tenth of the speed of a slow, busy machine


@contextmanager
def kept_lease(engine: Engine, claim: Claim, *, worker: str, lease_seconds: float) -> Iterator[None]:
    """Renew the lease from a thread of its own as long as the block runs, but no longer than reading may take."""
    done = threading.Event()
    last = datetime.now(UTC) + longest_reading(claim.source)

    def renew() -> None:
        while not done.wait(lease_seconds / 3) and (now := datetime.now(UTC)) < last:
            until = now + timedelta(seconds=lease_seconds)
            try:
                with writing(engine) as conn:
                    conn.execute(update(documents).where(_held(claim, worker)).values(lease_until=until))
            except OperationalError as error:  # the next turn may succeed in time
                log.warning("lease not renewed", document=claim.document_id, error=str(error.orig))

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def store_extraction(engine: Engine, claim: Claim, extraction: Extraction, *, worker: str) -> bool:
    """Store an article's items and mark it done, in one transaction; False, and nothing stored, where it was lost."""
    now = datetime.now(UTC)
    with writing(engine) as conn:
        done = {
            "status": DocumentStatus.DONE,
            "error": None,
            "extraction_warnings": list(extraction.warnings),
            "processed_at": now,
            "knowledge_hash": extraction.knowledge_hash,
        }
        if not _finish(conn, claim, worker, done):
            return False
        store_items(conn, claim.document_id, extraction, now=now)
        advance_generation(conn)
    return True


def release_document(engine: Engine, claim: Claim, *, worker: str, error: str) -> bool:
    """Give an article back after an error: it waits for another try, or has failed with that error after the third."""
    with writing(engine) as conn:
        if claim.attempt < MAX_ATTEMPTS:
            return _finish(conn, claim, worker, {"status": DocumentStatus.PENDING})
        advance_generation(conn)
        return _finish(conn, claim, worker, {"status": DocumentStatus.FAILED, "error": error})


def process_next(engine: Engine, extract: Extract, *, worker: str, lease_seconds: float) -> int | None:
    """Extract and store the next article; returns its id, or None where none waits. An error gives it back."""
    claim = claim_document(engine, worker=worker, lease_seconds=lease_seconds)
    if claim is None:
        return None
    about = log.bind(document=claim.document_id, title=claim.source.title, attempt=claim.attempt)
    began = time.monotonic()
    try:
        with kept_lease(engine, claim, worker=worker, lease_seconds=lease_seconds):
            extraction = extract(claim.source)
        stored = store_extraction(engine, claim, extraction, worker=worker)
        about.info("article read" if stored else "article lost to another worker", seconds=time.monotonic() - began)
    except Exception as error:
        about.exception("article not read")
        message = f"The article could not be read ({type(error).__name__}: {error})."
        release_document(engine, claim, worker=worker, error=message)
    return claim.document_id


def unread_articles(engine: Engine) -> int:
    """How many articles wait for a worker or are being read by one."""
    unread = documents.c.status.in_((DocumentStatus.PENDING, DocumentStatus.RUNNING))
    with reading(engine) as conn:
        return conn.execute(select(func.count()).select_from(documents).where(unread)).scalar_one()


def retry_document(engine: Engine, document_id: int) -> None:
    """Put an article in line again, as after a failure. Raises NotFound."""
    with writing(engine) as conn:
        if not conn.execute(update(documents).where(documents.c.id == document_id).values(READ_AGAIN)).rowcount:
            raise NotFound(NO_ARTICLE)
        advance_generation(conn)


def reprocess_all(engine: Engine) -> int:
    """Put every article in line again but those that wait for a date; returns how many."""
    with writing(engine) as conn:
        everything = update(documents).where(documents.c.status != DocumentStatus.NEEDS_DATE).values(READ_AGAIN)
        count = conn.execute(everything).rowcount
        advance_generation(conn)
    return count


_LET_GO: dict[str, Any] = {"worker": None, "lease_until": None}


def _held(claim: Claim, worker: str) -> ColumnElement[bool]:
    return and_(
        documents.c.id == claim.document_id,
        documents.c.status == DocumentStatus.RUNNING,
        documents.c.worker == worker,
        documents.c.attempts == claim.attempt,
    )


def _finish(conn: Connection, claim: Claim, worker: str, values: dict[str, Any]) -> bool:
    return conn.execute(update(documents).where(_held(claim, worker)).values(**values, **_LET_GO)).rowcount == 1
