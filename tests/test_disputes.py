"""Which troop claims contradict each other."""

from typing import Any

import pytest
from sqlalchemy import Engine
from store_samples import Article

from app.db import queries
from app.db.engine import reading
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind, Modality, Movement

TEXT = "Berg counts 5,000 troops near the town.\nCerny counts 9,000 troops at the town."
HERE = {"date": "2022-02-15", "force_country": "RU", "place": "near Minsk"}


def pairs(engine: Engine, filters: Filters | None = None) -> list[tuple[int | None, int | None]]:
    with reading(engine) as conn:
        found = queries.contested(conn, filters or Filters(), limit=5)
    return [(low.low, high.low) for low, high in found.disputes]


def claims(lower: dict[str, Any], higher: dict[str, Any]) -> Article:
    first = {"claimed_by": "Anna Berg", "low": 5_000, "high": 5_000, **HERE, **lower}
    second = {"claimed_by": "Ivo Cerny", "low": 9_000, "high": 9_000, **HERE, **higher}
    return Article(TEXT).claim("5,000 troops near the town", **first).claim("9,000 troops at the town", **second)


@pytest.mark.parametrize(
    ("lower", "higher", "is_disputed"),
    [
        ({}, {}, True),
        ({}, {"place": "around Minsk’s border"}, True),
        ({}, {"date": "2022-02-16"}, True),
        ({}, {"date": "2022-02-18"}, False),
        ({}, {"date": "2022-02"}, False),
        ({}, {"place": "Vienna"}, False),
        ({"place": "the border"}, {"place": "the border"}, False),  # some border
        ({}, {"force_country": "BY"}, False),
        ({}, {"claimed_by": "Anna Berg"}, False),  # one who corrects himself
        ({}, {"claimed_by": None}, True),
        ({"claimed_by": None}, {"claimed_by": None}, False),  # one article
        ({}, {"low": 5_200, "high": 5_200}, False),  # rounding
        ({"quantity": ">5000", "high": None}, {}, False),  # more than 5,000 may be 9,000
        ({}, {"quantity": ">9000", "high": None}, True),
        ({}, {"low": 150_000, "high": 150_000}, False),  # those who came, and all of them
        ({}, {"unit": "battalions"}, False),
        ({"unit": "soldiers"}, {}, True),
        ({}, {"movement": Movement.WITHDRAW}, False),
        ({}, {"low": None, "high": None, "quantity": "1000s"}, False),
        ({"quantity": "50%"}, {}, False),
    ],
)
def test_claims_contradict_each_other(
    engine: Engine, lower: dict[str, Any], higher: dict[str, Any], is_disputed: bool
) -> None:
    claims(lower, higher).store(engine)
    assert bool(pairs(engine)) is is_disputed


def test_only_what_is_in_view_is_contested(engine: Engine) -> None:
    claims({}, {"modality": Modality.DENIED}).store(engine)
    assert pairs(engine) == [(5_000, 9_000)]
    assert pairs(engine, Filters(kinds=(ItemKind.TROOPS,))) == [(5_000, 9_000)]
    assert pairs(engine, Filters(excluded=((Facet.ACTOR, "ivo-cerny"),))) == []
    with reading(engine) as conn:
        found = queries.contested(conn, Filters(excluded=((Facet.MODALITY, "denied"),)), limit=5)
        assert [row.low for row in queries.contested(conn, Filters(), limit=5).denied] == [9_000]
    assert (found.denied, found.disputes) == ((), ())
