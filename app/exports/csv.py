"""Rows as CSV (RFC 4180) that a spreadsheet may open: no cell can be taken for a formula."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

type Cell = str | int | float | bool | None

# What spreadsheets take for the beginning of a formula; tab and line breaks are skipped before one, wide forms count.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEGINNINGS = frozenset((*FORMULA_SIGNS, " "))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The rows below a line of column names, a line at a time, with CRLF at its end; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in itertools.chain((columns,), rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) and cell[:1] in _BEGINNINGS else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def harmless(cell: Cell) -> Cell:
    """The cell, behind an apostrophe where it is text that a spreadsheet would run; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell
