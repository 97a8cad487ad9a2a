"""The upload form, and what became of each file."""

from dataclasses import dataclass
from typing import ClassVar

from app.db.rows import UploadFileRow, UploadRow
from app.domain.vocabulary import DocumentStatus, Outcome
from app.web.views import words
from app.web.views.articles import ArticleLine, article_line
from app.web.views.shell import Shell

WAITING = frozenset({DocumentStatus.PENDING, DocumentStatus.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadForm:
    """The form; `error` says what was wrong with the last try."""

    template: ClassVar[str] = "uploads/form.html"
    shell: Shell
    error: str
    max_megabytes: int
    max_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file's outcome; `state` is "done", "waiting", "known", "date" or "failed"."""

    filename: str
    state: str
    outcome: str
    message: str
    article: ArticleLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All files of an upload; asks again until every one is read."""

    template: ClassVar[str] = "uploads/_outcomes.html"
    uid: str
    files: tuple[FileLine, ...]
    summary: tuple[str, ...]
    waiting: int
    done: int
    items: int
    can_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPage:
    """An upload's page."""

    template: ClassVar[str] = "uploads/page.html"
    shell: Shell
    outcomes: Outcomes
    when: str


def outcomes(row: UploadRow, *, can_edit: bool) -> Outcomes:
    """What became of the upload so far."""
    files = tuple(_line(each) for each in row.files)
    states = [each.state for each in files]
    named = (("known", "already known"), ("date", "waiting for a date"), ("failed", "could not be read"))
    items = sum(each.article.items for each in files if each.article and each.state == "done")
    return Outcomes(
        uid=row.uid,
        files=files,
        summary=tuple(f"{states.count(state)} {text}" for state, text in named if state in states),
        waiting=states.count("waiting"),
        done=states.count("done"),
        items=items,
        can_edit=can_edit,
    )


def _line(row: UploadFileRow) -> FileLine:
    article = article_line(row.document) if row.document else None
    state = _state(row)
    message = row.message
    if row.document and row.document.status is DocumentStatus.FAILED and row.outcome is not Outcome.FAILED:
        message = row.document.error or message
    return FileLine(
        filename=row.filename,
        state=state,
        outcome=_word(row, state),
        message="" if state in {"done", "waiting"} else message,
        article=article,
    )


def _state(row: UploadFileRow) -> str:
    if row.outcome is Outcome.FAILED or row.document is None:
        return "failed" if row.outcome is Outcome.FAILED else "known"
    match row.document.status:
        case DocumentStatus.NEEDS_DATE:
            return "date"
        case DocumentStatus.FAILED:
            return "failed"
        case status if status in WAITING:
            return "waiting"
    return "known" if row.outcome is Outcome.ALREADY_KNOWN else "done"


def _word(row: UploadFileRow, state: str) -> str:
    if state == "done" and row.document:
        return words.counted(row.document.items, "item")
    if state == "waiting" and row.document:
        return words.STATUSES[row.document.status]
    return {"known": "Already known", "date": "Needs a date", "failed": "Could not be read"}[state]
