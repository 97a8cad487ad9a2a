"""The card of a troop claim that names the move its words tell of."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from store_samples import Article

from app.domain.vocabulary import EventCategory

WORDS = "Germany moved 500 troops to Prague"


@pytest.fixture
def two(site, empty: Engine) -> TestClient:
    """The site with one sentence that makes a claim and a move."""
    article = Article(f"{WORDS}. More followed.")
    article.claim(WORDS, low=500, quantity="500", force_country="DE", date="2022-02-15")
    article.event(WORDS, "moved", category=EventCategory.DEPLOY, countries=("DE", "CZ"), date="2022-02-15")
    article.store(empty)
    return site(empty)


def uids(client: TestClient) -> tuple[str, str]:
    found = client.get("/items.json").json()["items"]
    return tuple(next(item["uid"] for item in found if item["kind"] == kind) for kind in ("troops", "military"))  # type: ignore[return-value]


def test_one_card_has_both_and_the_counts_say_two(two: TestClient) -> None:
    claim, move = uids(two)
    html = two.get("/").text
    assert html.count("<article class=") == 1
    assert f'<article class="card k-troops" id="card-{claim}"' in html
    assert f'<a id="card-{move}" href="/items/{move}"' in html
    assert "Also a military move:" in html
    assert re.search(r'<strong class="number">2</strong> items', html)
    assert '<span class="group-count">2 items</span>' in html


def test_data_has_both(two: TestClient) -> None:
    assert len(two.get("/api/v1/items").json()["items"]) == 2
    assert len(two.get("/items.csv").text.splitlines()) == 3


def test_under_a_filter_that_leaves_the_claim_out_the_move_has_a_card(two: TestClient) -> None:
    _, move = uids(two)
    html = two.get("/?kind=military").text
    assert f'<article class="card k-military" id="card-{move}"' in html


def test_the_open_move_marks_its_card(two: TestClient) -> None:
    claim, move = uids(two)
    html = two.get(f"/?item={move}").text
    assert f'id="card-{claim}" aria-current="true"' in html
    assert f'data-item="{move}"' in html


def test_each_page_leads_to_the_other(two: TestClient) -> None:
    claim, move = uids(two)
    assert f'<dt>Told besides</dt><dd><a href="/items/{move}?kind=troops">Deployment</a>' in (
        two.get(f"/items/{claim}?kind=troops").text
    )
    assert f'<dt>Told besides</dt><dd><a href="/items/{claim}">Troops</a>' in two.get(f"/items/{move}").text
