"""Downloads' formats: CSV that reads back as it was, and that no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.csv import csv_lines, harmless


def read_back(lines: list[str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


@pytest.mark.parametrize(
    "cell",
    [
        "=1+2",
        '=HYPERLINK("http://x.example")',
        "+49 30",
        "-5 degrees",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["100 = all", "a-b", "2022-02-10", ">100000", "~5000", "“No,” he said.", "", "'quoted'"]
)
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("cell", [-77.03, -1, 0, True, None])
def test_numbers_stay_numbers(cell: float | None) -> None:
    assert harmless(cell) is cell


def test_lines_end_as_the_standard_says_and_nothing_is_an_empty_cell() -> None:
    assert list(csv_lines(["a", "b"], [["x", None], ["y,z", 5]])) == ["a,b\r\n", "x,\r\n", '"y,z",5\r\n']


def test_a_table_without_rows_has_its_head() -> None:
    assert list(csv_lines(["a", "b"], [])) == ["a,b\r\n"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_reads_back_and_begins_harmlessly(rows: list[tuple[str, str]]) -> None:
    back = read_back(list(csv_lines(["a", "b"], rows)))[1:]
    assert back == [[str(harmless(cell)) for cell in row] for row in rows]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in back for cell in row)


def test_rows_are_taken_one_at_a_time() -> None:
    taken = []

    def rows() -> object:
        for number in range(3):
            taken.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())  # type: ignore[arg-type]
    assert (next(lines), next(lines)) == ("n\r\n", "0\r\n")
    assert taken == [0]
