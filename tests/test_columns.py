"""Whole columns as one text each, on both databases: what no row, no value and odd years give."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Column, Connection, Date, Engine, Integer, MetaData, Table, Text, insert, select

from app.db.columns import NEVER, as_codes, as_numbers, as_ordinals, days_together, together, words_together
from app.db.engine import writing

CODES = {"a": 0, "b": 1}
ROWS = (
    (3, date(2022, 2, 15), "b"),
    (1, None, None),
    (2**31 - 1, date(987, 1, 2), "a"),
    (2, date(9999, 12, 31), "b"),
)
given = Table(
    "given", MetaData(), Column("id", Integer), Column("day", Date), Column("word", Text), prefixes=["TEMPORARY"]
)
whole = select(together(given.c.id), days_together(given.c.day), words_together(given.c.word))


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as conn:
        given.create(conn)
        yield conn


def test_columns_of_one_statement_are_in_one_order(conn: Connection) -> None:
    conn.execute(insert(given), [dict(zip(("id", "day", "word"), row, strict=True)) for row in ROWS])
    numbers, days, words = conn.execute(whole).one()
    columns = (as_numbers(numbers), as_ordinals(days), as_codes(words, CODES))
    assert set(zip(*(column.tolist() for column in columns), strict=True)) == {
        (number, day.toordinal() if day else NEVER, CODES[word] if word else -1) for number, day, word in ROWS
    }


def test_columns_without_a_row_are_empty(conn: Connection) -> None:
    numbers, days, words = conn.execute(whole).one()
    assert not as_numbers(numbers).size
    assert not as_ordinals(days).size
    assert not as_codes(words, CODES).size
