"""An article as it was read: normalised once, then never changed; every span is an offset into its text."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class SourceText:
    """A news article's text and what its file says about it.

    `paragraphs` are the body's non-empty paragraphs; `text` is them joined by one newline, and all offsets are Unicode
    code points into it. `sha256` is of the input bytes. `warnings` say what reading changed or could not find.
    """

    title: str
    paragraphs: tuple[str, ...]
    published: date | None = None
    url: str | None = None
    outlet: str | None = None
    language: str = "en"
    source_file: str | None = None
    sha256: str = ""
    id: str | None = None
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The body: the paragraphs joined by one newline."""
        return "\n".join(self.paragraphs)

    @cached_property
    def paragraph_starts(self) -> tuple[int, ...]:
        """The offset at which each paragraph begins."""
        starts, at = [], 0
        for paragraph in self.paragraphs:
            starts.append(at)
            at += len(paragraph) + 1
        return tuple(starts)

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph that holds the offset (the newline after a paragraph counts as its own)."""
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)
