"""Article files into the store, on SQLite and PostgreSQL: good ones, bad ones, known ones, many at once."""

import threading
from datetime import date

import pytest
from sqlalchemy import Engine, update
from store_samples import count, nothing_found, stored_document

from app.db import queries
from app.db.engine import reading, writing
from app.db.models import documents
from app.domain.errors import NotFound
from app.domain.items import Extraction
from app.domain.source import SourceText
from app.domain.vocabulary import DocumentStatus, Outcome
from app.services import importing
from app.services.processing import process_next

ARTICLE = b"Envoys leave\n20220215\nThe envoys left on Tuesday.\nThey said nothing."


@pytest.mark.parametrize(
    ("data", "filename", "outcome", "says"),
    [
        (b"", "a.txt", Outcome.FAILED, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", Outcome.FAILED, "image"),
        (b"word " * 4_000_000, "a.txt", Outcome.FAILED, "too long"),
        ("Title\n20220215\nThe café’s owner left.".encode("cp1252"), "a.txt", Outcome.FOUND, "Windows-1252"),
        ("Title\n20220215\nThe café’s owner left.".encode("utf-16"), "a.txt", Outcome.FOUND, ""),
        (b"20220215\nThe envoys left. They said nothing.", "a.txt", Outcome.FOUND, "no title"),
        (b"Title\n20220230\nThe envoys left.", "a.txt", Outcome.FAILED, "20220230"),
        (b"Title\nThe envoys left.", "a.txt", Outcome.NEEDS_DATE, "no publication date"),
        (b"Title only", "a.txt", Outcome.FAILED, "no text"),
        (b"The envoys left on Tuesday, he said.", "a.txt", Outcome.NEEDS_DATE, "no title"),
        ("Title\n20220215\n“Odd 'quote\" «marks„ “he said.".encode(), "a.txt", Outcome.FOUND, ""),
        ("Title\n20220215\nقال \u202eالوزير\u200b.".encode(), "a.txt", Outcome.FOUND, ""),
        (b"Title\n20220215\n<p>The <b>envoys</b> left. <script>alert(1)</script>", "a.txt", Outcome.FOUND, ""),
        (b'{"text": "x"}', "a.json", Outcome.FAILED, ".jsonl"),
    ],
)
def test_any_file_has_an_outcome_that_says_why(
    engine: Engine, data: bytes, filename: str, outcome: Outcome, says: str
) -> None:
    imported = importing.import_file(engine, data, filename=filename)
    assert imported.outcome is outcome
    assert says in imported.message
    assert (imported.document_id is None) == (outcome is Outcome.FAILED)
    if imported.document_id:
        stored = stored_document(engine, imported.document_id)
        wanted = DocumentStatus.NEEDS_DATE if outcome is Outcome.NEEDS_DATE else DocumentStatus.PENDING
        assert stored.status is wanted
        assert stored.words > 0
    else:
        assert count(engine, documents) == 0


def test_a_file_that_is_here_already_is_named_and_linked(engine: Engine) -> None:
    first = importing.import_file(engine, ARTICLE, filename="first.txt")
    again = importing.import_file(engine, ARTICLE, filename="first.txt")
    renamed = importing.import_file(engine, ARTICLE, filename="second.txt")
    other_head = ARTICLE.replace(b"Envoys leave", b"Envoys go").replace(b"\n", b"\r\n")
    retitled = importing.import_file(engine, other_head, filename="third.txt")
    for imported in (again, renamed, retitled):
        assert (imported.document_id, imported.outcome) == (first.document_id, Outcome.ALREADY_KNOWN)
        assert "Envoys leave" in imported.message
    assert again.message.startswith("This file")
    assert "first.txt" in renamed.message
    assert retitled.message.startswith("The same text")
    assert count(engine, documents) == 1


def test_the_same_text_with_a_date_answers_the_question_for_it(engine: Engine) -> None:
    undated = importing.import_file(engine, b"Title\nThe envoys left.", filename="a.txt")
    dated = importing.import_file(engine, b"Title\n20220215\nThe envoys left.", filename="b.txt")
    assert dated.outcome is Outcome.ALREADY_KNOWN
    stored = stored_document(engine, undated.document_id)
    assert (stored.published, stored.status) == (date(2022, 2, 15), DocumentStatus.PENDING)


def test_a_file_that_could_not_be_read_before_is_tried_once_more(engine: Engine) -> None:
    first = importing.import_file(engine, ARTICLE, filename="a.txt").document_id
    with writing(engine) as conn:
        conn.execute(update(documents).values(status=DocumentStatus.FAILED, error="It hung.", attempts=3))
    again = importing.import_file(engine, ARTICLE, filename="a.txt")
    assert (again.document_id, again.outcome) == (first, Outcome.ALREADY_KNOWN)
    assert "once more" in again.message
    stored = stored_document(engine, first)
    assert (stored.status, stored.error) == (DocumentStatus.PENDING, None)


def test_one_file_with_many_articles_loses_none(engine: Engine) -> None:
    lines = (
        b'{"text": "One is here.", "date": "2022-02-15"}\nbroken\n{"text": "Two is here."}\n{"text": "One is here."}\n'
    )
    found = importing.import_articles(engine, lines, filename="all.jsonl")
    assert [imported.outcome for imported in found] == [
        Outcome.FOUND,
        Outcome.FAILED,
        Outcome.NEEDS_DATE,
        Outcome.ALREADY_KNOWN,
    ]
    summary = importing.import_file(engine, lines, filename="all.jsonl")
    assert summary.outcome is Outcome.FAILED
    assert summary.message.startswith("4 articles: 3 already known, 1 not readable. Line 2:")


def test_five_hundred_files_at_once(engine: Engine) -> None:
    files = [(f"{number}.txt", b"Title\n20220215\nText number %d stands here." % number) for number in range(500)]
    files[250] = ("bad.txt", b"")
    uid = importing.create_upload(engine, files)
    with reading(engine) as conn:
        upload = queries.upload(conn, uid)
    assert upload is not None
    assert [file.filename for file in upload.files] == [name for name, _ in files]
    assert sum(file.outcome is Outcome.FOUND for file in upload.files) == 499
    assert count(engine, documents) == 499


def test_an_upload_of_nothing_is_an_upload(engine: Engine) -> None:
    uid = importing.create_upload(engine, [])
    with reading(engine) as conn:
        upload = queries.upload(conn, uid)
    assert upload is not None
    assert upload.files == ()


def test_a_readers_defect_costs_one_file_only(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, **more: object) -> list[object]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(importing, "read_each", broken)
    imported = importing.import_file(engine, ARTICLE, filename="a.txt")
    assert imported.outcome is Outcome.FAILED
    assert "ZeroDivisionError" in imported.message


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("a\x00b\n\u202ec.txt", "ab c.txt"),
        ("", "unnamed"),
        ("///", "unnamed"),
        ("x" * 300 + ".txt", "x" * 251 + ".txt"),
    ],
)
def test_names_of_files_lose_paths_and_control_characters(name: str, safe: str) -> None:
    assert importing.safe_name(name) == safe


def test_two_who_import_the_same_text_at_once_get_one_article(engine: Engine) -> None:
    outcomes: list[Outcome] = []

    def run() -> None:
        outcomes.extend(importing.import_file(engine, ARTICLE, filename=f"{n}.txt").outcome for n in range(5))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ALREADY_KNOWN] * 14 + [Outcome.FOUND]


def test_a_missing_date_is_asked_for_and_given_or_not_known(engine: Engine) -> None:
    first = importing.import_file(engine, b"Title\nThe envoys left.", filename="a.txt").document_id or 0
    second = importing.import_file(engine, b"Title\nThe envoys stayed.", filename="b.txt").document_id or 0
    seen: list[date | None] = []

    def extract(source: SourceText) -> Extraction:
        seen.append(source.published)
        return nothing_found(source)

    assert process_next(engine, extract, worker="w", lease_seconds=9) is None, "it waits for its date"
    importing.set_date(engine, first, date(2022, 2, 15))
    importing.set_date(engine, second, None)
    assert process_next(engine, extract, worker="w", lease_seconds=9) == first
    assert process_next(engine, extract, worker="w", lease_seconds=9) == second
    assert seen == [date(2022, 2, 15), None]
    assert stored_document(engine, second).status is DocumentStatus.DONE
    with pytest.raises(NotFound):
        importing.set_date(engine, 10_000, None)
