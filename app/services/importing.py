"""Article files into the store: each becomes a row that waits for a worker, or an outcome that says why not."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, insert, select, update

from app.db.engine import insert_if_new, writing
from app.db.models import documents, upload_files, uploads
from app.domain.errors import NotFound, UnreadableFile
from app.domain.source import SourceText
from app.domain.vocabulary import DocumentStatus, Outcome
from app.readers import read_each
from app.readers.normalise import clean_line, first_words
from app.services.articles import NO_ARTICLE, READ_AGAIN, give_date
from app.services.generation import advance_generation

LONGEST_FILENAME = 255
NEEDS_DATE = "The file gives no publication date. Give it, or say that it is not known."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one article: its row, if it has one, the outcome, and words for the user, if any."""

    document_id: int | None
    outcome: Outcome
    message: str


def set_date(engine: Engine, document_id: int, published: date | None) -> None:
    """Give an article its publication date, or None for "not known"; it is read again with it. Raises NotFound."""
    with writing(engine) as conn:
        if not give_date(conn, document_id, published):
            raise NotFound(NO_ARTICLE)
        advance_generation(conn)


def import_file(
    engine: Engine, data: bytes, *, filename: str, is_demo: bool = False, published: date | None = None
) -> Imported:
    """Import a file and never raise on bad input; of several articles in it, the worst outcome and how many had which.

    `published` is for articles that give no date themselves.
    """
    found = import_articles(engine, data, filename=filename, is_demo=is_demo, published=published)
    if len(found) == 1:
        return found[0]
    worst = max(found, key=lambda imported: _WORSE.index(imported.outcome))
    counts = ((outcome, sum(imported.outcome is outcome for imported in found)) for outcome in _WORSE)
    tally = ", ".join(f"{count} {_IN_WORDS[outcome]}" for outcome, count in counts if count)
    return Imported(
        document_id=worst.document_id,
        outcome=worst.outcome,
        message=f"{len(found)} articles: {tally}. {worst.message}".rstrip(),
    )


_WORSE = (Outcome.FOUND, Outcome.ALREADY_KNOWN, Outcome.NEEDS_DATE, Outcome.FAILED)
_IN_WORDS = {
    Outcome.FOUND: "new",
    Outcome.ALREADY_KNOWN: "already known",
    Outcome.NEEDS_DATE: "without a date",
    Outcome.FAILED: "not readable",
}


def import_articles(
    engine: Engine, data: bytes, *, filename: str, is_demo: bool = False, published: date | None = None
) -> tuple[Imported, ...]:
    """Import every article of a file, each with its own outcome, in one transaction. Never raises on bad input.

    `published` is for articles that give no date themselves.
    """
    name = safe_name(filename)
    read = _read(data, name, published)
    with writing(engine) as conn:
        found = tuple(_store(conn, article, is_demo=is_demo) for article in read)
        advance_generation(conn)
    return found


def create_upload(engine: Engine, files: Sequence[tuple[str, bytes]]) -> str:
    """Import many (name, bytes) files in one transaction and keep what became of each; returns the upload's uid."""
    read = [(safe_name(name), _read(data, safe_name(name), None)) for name, data in files]
    uid = secrets.token_hex(8)
    with writing(engine) as conn:
        row = insert(uploads).values(uid=uid, created_at=datetime.now(UTC)).returning(uploads.c.id)
        upload_id = conn.execute(row).scalar_one()
        outcomes = [(name, _store(conn, article, is_demo=False)) for name, found in read for article in found]
        if outcomes:
            conn.execute(
                insert(upload_files),
                [
                    {
                        "upload_id": upload_id,
                        "position": position,
                        "filename": name,
                        "outcome": imported.outcome,
                        "message": imported.message,
                        "document_id": imported.document_id,
                    }
                    for position, (name, imported) in enumerate(outcomes)
                ],
            )
        advance_generation(conn)
    return uid


def safe_name(filename: str) -> str:
    """The last part of a file's name, on any system, without control characters, at most 255 characters long."""
    return clean_line(filename.replace("\\", "/").rstrip("/").rpartition("/")[2])[-LONGEST_FILENAME:] or "unnamed"


def _read(data: bytes, name: str, published: date | None) -> list[SourceText | UnreadableFile]:
    try:
        return list(read_each(data, filename=name, published=published)) or [
            UnreadableFile("The file holds no article.")
        ]
    except Exception as error:  # a defect of a reader must not lose the other files of an upload
        return [UnreadableFile(f"The file could not be read ({type(error).__name__}: {error}).")]


def _store(conn: Connection, article: SourceText | UnreadableFile, *, is_demo: bool) -> Imported:
    if isinstance(article, UnreadableFile):
        return Imported(document_id=None, outcome=Outcome.FAILED, message=str(article))
    text_sha256 = hashlib.sha256(article.text.encode()).hexdigest()
    row = {
        "uid": text_sha256[:16],
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "language": article.language,
        "published": article.published,
        "text": article.text,
        "sha256": article.sha256,
        "text_sha256": text_sha256,
        "source_file": article.source_file,
        "is_demo": is_demo,
        "status": DocumentStatus.PENDING if article.published else DocumentStatus.NEEDS_DATE,
        "warnings": list(article.warnings),
        "words": len(article.text.split()),
        "learnt_at": datetime.now(UTC),
    }
    new = conn.execute(insert_if_new(conn, documents).values(row).returning(documents.c.id)).scalar_one_or_none()
    if new is None:
        return _already_known(conn, article, text_sha256, is_demo=is_demo)
    if article.published:
        return Imported(document_id=new, outcome=Outcome.FOUND, message=" ".join(article.warnings))
    return Imported(document_id=new, outcome=Outcome.NEEDS_DATE, message=" ".join((NEEDS_DATE, *article.warnings)))


def _already_known(conn: Connection, article: SourceText, text_sha256: str, *, is_demo: bool) -> Imported:
    known = conn.execute(select(documents).where(documents.c.text_sha256 == text_sha256)).one()
    what = "This file" if known.sha256 == article.sha256 else "The same text"
    message = f"{what} is here already: \u201c{first_words(known.title)}\u201d"
    if known.source_file and known.source_file != article.source_file:
        message += f", from {known.source_file}"
    if known.is_demo and not is_demo:  # somebody's own article now: it must stay when the demo goes
        conn.execute(update(documents).where(documents.c.id == known.id).values(is_demo=False))
    if known.status == DocumentStatus.NEEDS_DATE and article.published:
        give_date(conn, known.id, article.published)
        message += "; its date was missing and is taken from this file"
    if known.status == DocumentStatus.FAILED:
        conn.execute(update(documents).where(documents.c.id == known.id).values(READ_AGAIN))
        message += "; it could not be read before and is tried once more"
    return Imported(document_id=known.id, outcome=Outcome.ALREADY_KNOWN, message=f"{message}.")
