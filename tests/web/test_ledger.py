"""The troop ledger: its chart and its table."""

from datetime import date
from typing import Any

import pytest
from conftest import Site
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from store_samples import Article

from app.db import queries
from app.db.engine import reading
from app.db.forces import claims_by_force
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind, Modality
from app.web.views.ledger import chart

TEXT = (
    "Berlin counts 30,000 troops at the border. Ivo Cerny spoke of 10,000 to 20,000 troops. "
    "Some 4 ships arrived. Berg denied that 90,000 troops had gathered."
)


@pytest.fixture
def claims(empty: Engine) -> tuple[ItemRow, ...]:
    """Four claims of one article: a number, a range, ships, and one that is denied."""

    def more(**given: Any) -> dict[str, Any]:
        return {"date": "2022-02-15", "unit": "troops", "force_country": "RU", **given}

    article = (
        Article(TEXT)
        .claim("Berlin counts 30,000 troops", **more(quantity="30000", low=30_000, high=30_000))
        .claim(
            "10,000 to 20,000 troops", **more(quantity="10000-20000", low=10_000, high=20_000, claimed_by="Ivo Cerny")
        )
        .claim("Some 4 ships", "ships", **more(quantity="~4", low=4, high=4, unit="ships", force_country=None))
        .claim(
            "90,000 troops had gathered",
            **more(quantity="90000", low=90_000, high=90_000, claimed_by="Anna Berg", modality=Modality.DENIED),
        )
    )
    article.store(empty)
    with reading(empty) as conn:
        return queries.timeline_items(conn, Filters(kinds=(ItemKind.TROOPS,))).items


def test_each_side_that_claims_has_a_row(claims: tuple[ItemRow, ...]) -> None:
    """Those who claim most come first, the articles' own words last; ships stand on no scale of heads."""
    drawn = chart([row for row in claims if row.unit == "troops"])
    assert [row.name for row in drawn.rows] == ["Czech Republic", "Germany", "In the articles’ own words"]
    assert drawn.top == "100k"
    czechia, germany, own = (row.marks[0] for row in drawn.rows)
    assert (czechia.label, own.label) == ("10–20k", "30k")
    assert czechia.top < czechia.y, "a range reaches from its lowest to its highest number"
    assert own.top == own.y
    assert germany.is_denied
    assert not own.is_denied
    assert "denied" in germany.name


def test_higher_numbers_stand_higher(claims: tuple[ItemRow, ...]) -> None:
    """All rows have one scale, so heights compare."""
    drawn = chart([row for row in claims if row.unit == "troops"])
    tops = {mark.label: mark.top for row in drawn.rows for mark in row.marks}
    assert tops["90k"] < tops["30k"] < tops["10–20k"]


def test_the_ledger_can_be_narrowed_to_whose_forces(site: Site, empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    """Chips count the claims by force; one chosen leaves the others out."""
    client = site(empty)
    with reading(empty) as conn:
        assert claims_by_force(conn) == {"RU": 3}
    assert "4 ships" in client.get("/troops").text.replace('<span class="number">about 4</span>', "4")
    narrowed = client.get("/troops?country=RU&part=force").text
    assert "forces of Russia" in narrowed
    assert "ships" not in narrowed
    assert len(claims) == 4


@pytest.mark.parametrize(
    ("order", "first"), [("", "30,000"), ("newest", "90,000"), ("number", "90,000"), ("odd", "30,000")]
)
def test_the_table_has_an_order(site: Site, empty: Engine, claims: tuple[ItemRow, ...], order: str, first: str) -> None:
    """By date either way or by number; an order that does not exist is the usual one."""
    assert claims[0].date
    page = site(empty).get(f"/troops?order={order}").text
    body = page[page.index("<tbody>") :]
    numbers = [number for number in ("30,000", "10,000–20,000", "90,000") if number in body]
    assert min(numbers, key=body.index) == first


def test_the_articles_of_the_samples_are_in_the_ledger(client: TestClient) -> None:
    """Every claim leads to its item and to its place on the timeline."""
    page = client.get("/troops").text
    assert "169,000–190,000" in page
    assert 'href="/?kind=troops&amp;item=' in page
    assert {item["kind"] for item in client.get("/troops.json").json()["items"]} == {"troops"}


def test_a_ledger_without_claims_says_so(client: TestClient, site: Site, empty: Engine) -> None:
    """No match names the choice; the first run says what to do."""
    assert "No troop claim to show" in client.get("/troops?country=FR&part=force").text
    assert "No articles yet" in site(empty).get("/troops").text


def test_the_chart_takes_any_days(claims: tuple[ItemRow, ...]) -> None:
    """One claim, and claims at the ends of the calendar."""
    from dataclasses import replace

    from app.domain.edtf import parse_edtf

    [row] = [row for row in claims if row.quantity == "30000"]
    assert chart([row]).rows[0].marks[0].x == pytest.approx(50, abs=15)
    for day in (date.min, date.max):
        assert chart([replace(row, date=parse_edtf(day.isoformat()))]).rows
