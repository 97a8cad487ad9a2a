"""EDTF dates: what each form means, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edtf import day, interval, month, parse_edtf, year
from app.domain.vocabulary import Precision


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2022-02-15", date(2022, 2, 15), date(2022, 2, 15), Precision.DAY),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2014", date(2014, 1, 1), date(2014, 12, 31), Precision.YEAR),
        ("2022-02-16/2022-02-17", date(2022, 2, 16), date(2022, 2, 17), Precision.RANGE),
        ("1990/1999", date(1990, 1, 1), date(1999, 12, 31), Precision.RANGE),
    ],
)
def test_the_days_that_a_date_means(text: str, earliest: date, latest: date, precision: Precision) -> None:
    found = parse_edtf(text)
    assert (found.earliest, found.latest, found.precision, str(found)) == (earliest, latest, precision, text)


@pytest.mark.parametrize(
    "text",
    ["", "2022-2-5", "2022-02-30", "2022-13", "0000", "15/02/2022", "2022-02-17/2022-02-16", "2022/", "2022-02-15T09"],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_edtf(text)


def test_an_interval_of_one_day_is_that_day() -> None:
    assert interval(date(2022, 2, 15), date(2022, 2, 15)) == day(date(2022, 2, 15))


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        interval(date(2022, 2, 15), date(2022, 2, 14))


@given(st.dates(), st.dates())
def test_what_is_written_reads_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for made in (day(one), month(one.year, one.month), year(one.year), interval(first, last)):
        assert parse_edtf(made.edtf) == made
