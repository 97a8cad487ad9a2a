"""Quote marks paired by shape inside one paragraph."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from app.extraction.findings import Parsed, QuotedSpan

DOUBLE = re.compile("[“”„‟«»\"]|``|''")
SINGLE = re.compile("[‘’'‚]")
OPENING = frozenset("“„«‘‚") | {"``"}
CLOSING = frozenset("”»’") | {"''"}


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


def find_quotes(parsed: Parsed) -> list[QuotedSpan]:
    """Every quoted stretch of the text, in order; quotes inside quotes are left inside."""
    doc = parsed.doc
    starts: list[int] = doc.to_array("IDX").tolist()
    text = doc.text
    found: list[QuotedSpan] = []
    continues = False  # the paragraph before ended inside speech
    for first, stop in parsed.paragraphs:
        if first >= stop:
            continue
        begin = starts[first]
        end = starts[stop] - 1 if stop < len(doc) else len(text)
        spans = list(_pair(text[begin:end], continues))
        if not spans:
            spans = list(_pair_single(text[begin:end]))
        continues = bool(spans) and not spans[-1].closed
        for span in spans:
            a = bisect_left(starts, begin + span.start, first, stop)
            b = bisect_left(starts, begin + span.end, first, stop)
            if a > first and starts[a - 1] < begin + span.start < starts[a - 1] + len(doc[a - 1]):
                a -= 1  # a mark glued to the word after it
            if a < b:
                found.append(QuotedSpan(a, b, span.opened and a > first, span.closed))  # no token before: no mark
    return found


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    opened: bool = True
    closed: bool = True


def _pair(paragraph: str, continues: bool) -> Iterator[_Stretch]:
    """The stretches between double marks, as offsets into the paragraph."""
    opened: int | None = None
    seen = False
    marks = [_shape(paragraph, match) for match in DOUBLE.finditer(paragraph)]
    for number, mark in enumerate(marks):
        if opened is None:
            if mark.closes and not mark.opens:
                if not seen and continues and number == 0:
                    yield _Stretch(0, mark.start, opened=False)  # speech that began in the paragraph before
                seen = True
                continue
            opened, seen = mark.end, True
        elif mark.opens and not mark.closes:
            yield _Stretch(opened, _last_sentence_end(paragraph, opened, mark.start))  # the closing mark was forgotten
            opened = mark.end
        else:
            yield _Stretch(opened, mark.start)
            opened = None
    if opened is not None and paragraph[opened:].strip():
        yield _Stretch(opened, len(paragraph), closed=False)


def _shape(paragraph: str, match: re.Match[str]) -> _Mark:
    """Whether the mark can open or close: by the blanks around it, and where they do not tell, by its form."""
    start, end = match.span()
    before, after = paragraph[start - 1 : start], paragraph[end : end + 1]
    blank_before = not before or before.isspace() or before in "([—–-"
    blank_after = not after or after.isspace() or after in ".,;:!?)]—–-"
    if blank_before and not blank_after:
        return _Mark(start, end, True, False)
    if blank_after and not blank_before:
        return _Mark(start, end, False, True)
    mark = match[0]
    if mark in OPENING:
        return _Mark(start, end, True, False)
    if mark in CLOSING:
        return _Mark(start, end, False, True)
    return _Mark(start, end, True, True)


def _last_sentence_end(paragraph: str, start: int, stop: int) -> int:
    ends = [match.end() for match in re.finditer(r"[.!?,](?=\s)", paragraph[start:stop])]
    return start + ends[-1] if ends else stop


def _pair_single(paragraph: str) -> Iterator[_Stretch]:
    """The stretches between single marks, in paragraphs without double ones; apostrophes are none."""
    opened: int | None = None
    for match in SINGLE.finditer(paragraph):
        start, end = match.span()
        before, after = paragraph[start - 1 : start], paragraph[end : end + 1]
        if opened is None:
            if (not before or before.isspace() or before in "([—–") and after.isalpha() and match[0] != "’":
                opened = end
            continue
        ends = (not after or after.isspace() or after in ".,;:!?)]—–") and before and not before.isspace()
        if ends and (before in ",.!?…" or match[0] == "’" or after in ".,"):
            yield _Stretch(opened, start)
            opened = None
