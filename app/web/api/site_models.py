"""What the interface answers with about the site itself: uploads and what becomes of them, help, about."""

import datetime
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.db.rows import DocumentRow, UploadRow
from app.web.api import models
from app.web.views.accuracy import Measured
from app.web.views.help import Example, FilterMeaning, Key
from app.web.views.uploads import Format, State, message_of, state_of
from app.web.views.works import Work

NEXT = {
    State.DONE: "",
    State.KNOWN: "",
    State.WAITING: "Ask again in a moment.",
    State.DATE: "Give the article’s day on its page, or say that it is not known.",
    State.FAILED: "Mend what the message says, then upload the file again, or have the article read again on its page.",
}


@dataclass(slots=True)
class UploadedFile:
    """One file, or one article of a file that holds several."""

    name: str
    state: State
    message: Annotated[str, Field(description="What is wrong or to be known, in words.")]
    next: Annotated[str, Field(description="What to do now, in words; empty where nothing is.")]
    article: Annotated[models.Article | None, Field(description="Null where none could be made of it.")]


@dataclass(slots=True)
class Upload:
    """What became of an upload so far."""

    uid: str
    url: models.Url
    uploaded_at: datetime.datetime
    waiting: Annotated[int, Field(description="Files still to be read; ask again until there are none.")]
    files: list[UploadedFile]


@dataclass(slots=True)
class UploadForm:
    """What can be uploaded."""

    formats: list[Format]
    max_megabytes: Annotated[int, Field(description="Largest upload, all its files together.")]
    max_files: Annotated[int, Field(description="Most files of one upload.")]


@dataclass(slots=True)
class BadgeMeaning:
    """A badge of an item, and what it says."""

    text: str
    meaning: str


@dataclass(slots=True)
class Help:
    """How to use the timeline."""

    filters: Annotated[list[FilterMeaning], Field(description="Also what each parameter of an address means.")]
    searches: list[Example]
    badges: list[BadgeMeaning]
    keys: list[Key]


@dataclass(slots=True)
class About:
    """This site: what it holds, which program it is, how accurate that is, and what it rests on."""

    title: str
    program: str
    version: str
    licence: str
    items: int
    articles: int
    first_day: Annotated[datetime.date | None, Field(description="Of the items; null without any.")]
    last_day: datetime.date | None
    accuracy: Annotated[list[Measured], Field(description="F1 or share, between 0 and 1, on hand-labelled articles.")]
    works: Annotated[list[Work], Field(description="The works of others, with their licences.")]


def upload(row: UploadRow) -> Upload:
    """The upload as programs get it."""
    states = [state_of(each) for each in row.files]
    return Upload(
        uid=row.uid,
        url=f"/uploads/{row.uid}",
        uploaded_at=row.created_at,
        waiting=states.count(State.WAITING),
        files=[
            UploadedFile(each.filename, state, message_of(each, state), NEXT[state], _article(each.document))
            for each, state in zip(row.files, states, strict=True)
        ],
    )


def _article(row: DocumentRow | None) -> models.Article | None:
    return models.article(row) if row else None
