"""Plain text: a title line, a date line (YYYYMMDD) and a URL line where known, then one paragraph a line."""

import hashlib
import re
from datetime import date

from app.domain.errors import UnreadableFile
from app.domain.source import SourceText
from app.readers.dates import DATE_FROM_DATELINE, dateline_date, numeric_date, written_date
from app.readers.encoding import EMPTY, decode
from app.readers.normalise import MAX_CHARACTERS, TITLE_MADE, clean_lines, first_words, outlet_of

LONGEST_TITLE = 200

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_DATELINE_START = re.compile(r"\(?[A-Z]{2,}[A-Z .,'’()/-]*\)? ?(?:--|[–—-] )|\([A-Z][\w .]+\) ?(?:--|[–—-]|\w)")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")


def read_article(data: bytes, *, filename: str, published: date | None = None) -> SourceText:
    """Read one article; `published` is for a file that gives no date.

    The first line is the title, unless it reads as prose (a dateline, or a sentence with no date or URL line below it):
    then it is text, and the title is made of its first words, with a warning. Raises UnreadableFile.
    """
    if len(data) > 4 * MAX_CHARACTERS:  # no encoding needs more; refused before any work is done
        raise _too_long(len(data) / 1_000_000, "MB")
    text, warnings = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise _too_long(len(text) / 1_000_000, "million characters")
    lines = clean_lines(text)
    if not lines:
        raise UnreadableFile(EMPTY)
    title, body, header_date, url = _header(lines)
    if not body:
        raise UnreadableFile("The file holds a title but no text: add the article's paragraphs below it, one a line.")
    notes = list(warnings)
    if not title:
        title = first_words(body[0])
        notes.append(TITLE_MADE)
    day = header_date
    if day is None and (day := dateline_date(body)):
        notes.append(DATE_FROM_DATELINE)
    return SourceText(
        title=title,
        paragraphs=tuple(body),
        published=day or published,
        url=url,
        outlet=outlet_of(url),
        source_file=filename,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=tuple(notes),
    )


def _header(lines: list[str]) -> tuple[str, list[str], date | None, str | None]:
    """Part the lines into title ("" where there is none), paragraphs, date and URL."""
    if _is_header_line(lines[0]):
        return "", *_dated(lines)
    body, published, url = _dated(lines[1:])
    if published or url or _reads_as_title(lines[0], alone=not body):
        return lines[0], body, published, url
    return "", lines, None, None


def _dated(lines: list[str]) -> tuple[list[str], date | None, str | None]:
    """Take a date line and a URL line, in either order, off the lines."""
    published: date | None = None
    url: str | None = None
    for index, line in enumerate(lines):
        if published is None and (day := numeric_date(line) or written_date(line)):
            published = day
        elif url is None and _URL.fullmatch(line):
            url = line
        else:
            return lines[index:], published, url
    return [], published, url


def _is_header_line(line: str) -> bool:
    return bool(_URL.fullmatch(line) or numeric_date(line) or written_date(line))


def _reads_as_title(line: str, *, alone: bool) -> bool:
    """Whether a first line with no date or URL below it is a headline rather than the text's first paragraph."""
    if len(line) > LONGEST_TITLE or _DATELINE_START.match(line):
        return False
    if not _SENTENCE_END.search(line):
        return True
    return not alone and (line.endswith(("?", "!", "…")) or len(line.split()) <= 6)


def _too_long(size: float, unit: str) -> UnreadableFile:
    return UnreadableFile(
        f"The text is too long for one article ({size:.1f} {unit}; at most 2 million characters). "
        "Split the file into one file an article."
    )
