"""JSON Lines: one article a line, an object with `text` and, where known, `id`, `title`, `published`, `url`."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from app.domain.errors import UnreadableFile
from app.domain.source import SourceText
from app.readers.dates import DATE_FROM_DATELINE, dateline_date, numeric_date
from app.readers.encoding import EMPTY, decode
from app.readers.normalise import MAX_CHARACTERS, TITLE_MADE, clean_line, clean_lines, first_words, outlet_of

DATE_KEYS = ("published", "date", "dct")


def read_articles(
    data: bytes, *, filename: str, published: date | None = None
) -> Iterator[SourceText | UnreadableFile]:
    """Read each line's article, or give an error that names the line; `published` is for lines that give no date.

    Raises UnreadableFile where the file as a whole is no text or holds nothing.
    """
    text, warnings = decode(data)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _article(line, filename=filename, published=published, warnings=warnings)
        except UnreadableFile as error:
            yield UnreadableFile(f"Line {number}: {error}")


def _article(line: str, *, filename: str, published: date | None, warnings: tuple[str, ...]) -> SourceText:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise UnreadableFile("This is not JSON. Each line must be one article's JSON object.") from None
    if not isinstance(record, dict):
        raise UnreadableFile("Each line must be a JSON object with the article's text as `text`.")
    text = _string(record, "text")
    if text is None:
        raise UnreadableFile("The object has no `text`: put the article's text there.")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile("The text is too long for one article (at most 2 million characters).")
    paragraphs = clean_lines(text)
    if not paragraphs:
        raise UnreadableFile(EMPTY)
    notes = list(warnings)
    title = clean_line(_string(record, "title") or "")
    if not title:
        title = first_words(paragraphs[0])
        notes.append(TITLE_MADE)
    day = _date(record)
    if day is None and (day := dateline_date(paragraphs)):
        notes.append(DATE_FROM_DATELINE)
    url = clean_line(_string(record, "url") or "") or None
    number = record.get("id")
    return SourceText(
        title=title,
        paragraphs=tuple(paragraphs),
        published=day or published,
        url=url,
        outlet=outlet_of(url),
        source_file=filename,
        sha256=hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest(),
        id=None if number is None else str(number),
        warnings=tuple(notes),
    )


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value
    raise UnreadableFile(f"`{key}` must be a string.")


def _date(record: dict[str, Any]) -> date | None:
    key = next((key for key in DATE_KEYS if record.get(key)), None)
    if key is None:
        return None
    value = _string(record, key) or ""
    if day := numeric_date(value.strip()):
        return day
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise UnreadableFile(
            f"`{key}` is {value!r}, which is no date. Write it as 2022-02-15, or leave it out."
        ) from None
