"""Article files to texts: bytes in, `SourceText` out; one module a format behind one dispatcher."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from app.domain.errors import UnreadableFile
from app.domain.source import SourceText
from app.readers import json_lines, plain_text

__all__ = ["read_document", "read_documents", "read_each"]


def read_document(data: bytes, *, filename: str, published: date | None = None) -> SourceText:
    """Read a file that holds one article; `published` is for a file that gives no date.

    Raises UnreadableFile, which says what is wrong and what to do, also where the file holds several articles.
    """
    found = list(read_documents(data, filename=filename, published=published))
    if len(found) != 1:
        raise UnreadableFile(f"The file holds {len(found)} articles where one is wanted.")
    return found[0]


def read_documents(data: bytes, *, filename: str, published: date | None = None) -> Iterator[SourceText]:
    """Read the articles of a file in their order. Raises UnreadableFile at the first that cannot be read."""
    for found in read_each(data, filename=filename, published=published):
        if isinstance(found, UnreadableFile):
            raise found
        yield found


def read_each(data: bytes, *, filename: str, published: date | None = None) -> Iterator[SourceText | UnreadableFile]:
    """Read the articles of a file in their order, and give an error in the place of each that cannot be read."""
    try:
        match PurePath(filename).suffix.lower():
            case ".jsonl" | ".ndjson":
                yield from json_lines.read_articles(data, filename=filename, published=published)
            case ".json":
                raise UnreadableFile("JSON is read with one article a line: name such a file .jsonl.")
            case _:
                yield plain_text.read_article(data, filename=filename, published=published)
    except UnreadableFile as error:
        yield error
