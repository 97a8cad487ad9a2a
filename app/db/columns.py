"""Whole columns from the database as arrays, each as one text: a row for each item would cost ten times as much."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Text, cast, func

type Numbers = NDArray[np.int64]

NEVER = 2**31 - 1  # the day of what has none: behind all others


def together(column: ColumnElement[int]) -> ColumnElement[str]:
    """The numbers of a column as one text, for `as_numbers`; columns of one statement are in the same order."""
    return func.aggregate_strings(cast(column, Text), ",")


def words_together(column: ColumnElement[str]) -> ColumnElement[str]:
    """The words of a column, in which there is no comma, as one text, for `as_codes`; "" where a row has none."""
    return func.aggregate_strings(func.coalesce(column, ""), ",")


def days_together(column: ColumnElement[date]) -> ColumnElement[str]:
    """The days of a column as one text, for `as_ordinals`."""
    return func.aggregate_strings(func.coalesce(cast(column, Text), "0"), ",")


def as_numbers(text: str | None) -> Numbers:
    """The numbers of a column."""
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


def as_codes(text: str | None, code_of: Mapping[str, int]) -> Numbers:
    """The code of each word of a column, -1 where a row has none."""
    words = text.split(",") if text is not None else ()
    return np.fromiter(map({**code_of, "": -1}.__getitem__, words), np.int64, len(words))


def as_ordinals(text: str | None) -> Numbers:
    """The ordinal of each day of a column, NEVER where there is none."""
    days, where = np.unique(as_numbers(text and text.replace("-", "")), return_inverse=True)
    found = [date(day // 10_000, day // 100 % 100, day % 100).toordinal() if day else NEVER for day in days.tolist()]
    return np.array(found, np.int64)[where]
