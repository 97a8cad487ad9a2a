"""The upload form, and what became of each file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.db.rows import UploadFileRow, UploadRow
from app.domain.vocabulary import DocumentStatus, Outcome
from app.web.views import words
from app.web.views.articles import ArticleLine, article_line
from app.web.views.shell import Shell

WAITING = frozenset({DocumentStatus.PENDING, DocumentStatus.RUNNING})
MOST_FILES = 5_000


@dataclass(frozen=True, slots=True)
class Format:
    """A form of files that is read, the ends of their names, and how one looks."""

    name: str
    endings: tuple[str, ...]
    looks: str


FORMATS = (
    Format(
        "Plain text",
        (".txt", ".text"),
        "The title on the first line, then date and address where they are known, then a paragraph a line.",
    ),
    Format(
        "JSON Lines",
        (".jsonl", ".ndjson"),
        "An article a line: an object with “text” and, where known, “id”, “title”, “published” and “url”.",
    ),
)


class State(StrEnum):
    """How far an uploaded file is."""

    DONE = "done"
    WAITING = "waiting"
    KNOWN = "known"
    DATE = "date"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadForm:
    """The form; `error` says what was wrong with the last try."""

    template: ClassVar[str] = "uploads/form.html"
    shell: Shell
    error: str
    formats: tuple[Format, ...]
    max_megabytes: int
    max_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file's outcome."""

    filename: str
    state: State
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
    named = ((State.KNOWN, "already known"), (State.DATE, "waiting for a date"), (State.FAILED, "could not be read"))
    items = sum(each.article.items for each in files if each.article and each.state is State.DONE)
    return Outcomes(
        uid=row.uid,
        files=files,
        summary=tuple(f"{states.count(state)} {text}" for state, text in named if state in states),
        waiting=states.count(State.WAITING),
        done=states.count(State.DONE),
        items=items,
        can_edit=can_edit,
    )


def _line(row: UploadFileRow) -> FileLine:
    state = state_of(row)
    return FileLine(
        filename=row.filename,
        state=state,
        outcome=_word(row, state),
        message=message_of(row, state),
        article=article_line(row.document) if row.document else None,
    )


def state_of(row: UploadFileRow) -> State:
    """How far the file is by now."""
    if row.outcome is Outcome.FAILED or row.document is None:
        return State.FAILED if row.outcome is Outcome.FAILED else State.KNOWN
    match row.document.status:
        case DocumentStatus.NEEDS_DATE:
            return State.DATE
        case DocumentStatus.FAILED:
            return State.FAILED
        case status if status in WAITING:
            return State.WAITING
    return State.KNOWN if row.outcome is Outcome.ALREADY_KNOWN else State.DONE


def message_of(row: UploadFileRow, state: State) -> str:
    """What there is to be said of the file in that state: why it failed, what is missing."""
    if state in {State.DONE, State.WAITING}:
        return ""
    if row.document and row.document.status is DocumentStatus.FAILED and row.outcome is not Outcome.FAILED:
        return row.document.error or row.message
    return row.message


def _word(row: UploadFileRow, state: State) -> str:
    if state is State.DONE and row.document:
        return words.counted(row.document.items, "item")
    if state is State.WAITING and row.document:
        return words.STATUSES[row.document.status]
    return {State.KNOWN: "Already known", State.DATE: "Needs a date", State.FAILED: "Could not be read"}[state]
