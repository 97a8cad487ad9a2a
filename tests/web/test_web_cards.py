"""What cards show: a claim with its move, who moves towards whom, numbers that add, words and what leads to them."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from store_samples import Article

from app.domain.vocabulary import EventCategory, Movement, Polarity

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
    assert f'<dt>Also told</dt><dd><a href="/items/{move}?kind=troops">Deployment</a>' in (
        two.get(f"/items/{claim}?kind=troops").text
    )
    assert f'<dt>Also told</dt><dd><a href="/items/{claim}">Troops</a>' in two.get(f"/items/{move}").text


CLAIMED = "Germany moved another 500 troops to Prague"


@pytest.fixture
def told(site, empty: Engine) -> TestClient:
    """The site with an indirect denial, moves of several kinds and claims that add or have no number."""
    article = Article(
        "Berg rejected any part in it. Germany attacked Prague. Germany and Czechia trained. "
        f"{CLAIMED}. More troops were massed. Germany sent 600 troops, and tanks were brought."
    )
    article.statement("any part in it", "Anna Berg", cue="rejected", polarity=Polarity.DENIES, audience="reporters")
    article.event(
        "Germany attacked Prague", "attacked", category=EventCategory.ATTACK, source="DE", target="CZ",
        actors=("Germany", "Czechia"), targets=("Czechia",), countries=("DE", "CZ"), place="Prague",
    )  # fmt: skip
    article.event(
        "Germany and Czechia trained", "trained", category=EventCategory.EXERCISE, source="DE", target="CZ",
        actors=("Germany", "Czechia"), countries=("DE", "CZ"), place="Germany", according_to="Ivo Cerny",
    )  # fmt: skip
    article.claim(CLAIMED, low=500, quantity="500", added=True, force_country="DE", date="2022-02-15")
    article.claim("More troops were massed", movement=Movement.BUILDUP)
    article.claim("Germany sent 600 troops", low=600, quantity="600")
    article.store(empty)
    return site(empty)


def words_of(html: str, uid: str) -> str:
    card = re.search(rf'id="card-{uid}".*?</article>', html, re.DOTALL)
    assert card
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", card[0].partition(">")[2])).split())


def card_of(client: TestClient, words: str) -> str:
    (uid,) = (
        item["uid"] for item in client.get("/items.json").json()["items"] if item["span"]["text"].startswith(words)
    )
    return words_of(client.get("/").text, uid)


def test_words_that_would_be_misread_have_the_reporting_word_before_them(told: TestClient) -> None:
    html = told.get("/").text
    assert '<span class="lead-in">rejected</span> any part in it</a>' in html
    card = card_of(told, "any part in it")
    assert "Denial" in card
    assert "“rejected”" not in card  # once is enough
    contested = html[html.index('<ul class="contested-list"') :]
    assert '<span class="lead-in">rejected</span> any part in it</a>' in contested
    (item,) = told.get("/items.json?kind=statement").json()["items"]
    assert item["span"]["text"] == "any part in it"
    page = told.get(f"/items/{item['uid']}").text
    assert "<title>Anna Berg: rejected any part in it" in page
    assert "“rejected any part in it” — Anna Berg" in page


def test_a_move_shows_who_makes_it_towards_whom(told: TestClient) -> None:
    assert "Attack DE Germany towards CZ Czech Republic · Prague" in card_of(told, "Germany attacked")


def test_a_move_made_together_has_no_direction_and_says_who_tells_of_it(told: TestClient) -> None:
    card = card_of(told, "Germany and Czechia trained")
    assert "Exercise DE CZ · according to Ivo Cerny" in card
    assert "· Germany" not in card  # its code stands there


def test_a_number_on_top_of_others_says_so(told: TestClient) -> None:
    assert "500 more troops" in card_of(told, CLAIMED)
    assert "600 troops" in card_of(told, "Germany sent 600")


def test_a_claim_without_number_says_how_the_forces_move(told: TestClient) -> None:
    assert "More troops were massed Massing · in the article’s own words" in card_of(told, "More troops were")


def test_an_item_names_its_parties_without_who_tells_of_it(told: TestClient) -> None:
    uids = {item["span"]["text"]: item["uid"] for item in told.get("/items.json").json()["items"]}
    facts = told.get(f"/items/{uids['Germany attacked Prague']}").text
    assert '<dt>By</dt><dd><a href="/actors/germany">Germany</a></dd>' in facts
    assert '<dt>Towards</dt><dd><a href="/actors/czechia">Czechia</a></dd>' in facts
    facts = told.get(f"/items/{uids['Germany and Czechia trained']}").text
    assert re.search(r"<dt>By</dt><dd>[^,]*Germany[^,]*,[^,]*Czechia</a></dd>", facts)
    assert '<dt>According to</dt><dd><a href="/actors/ivo-cerny">Ivo Cerny</a></dd>' in facts
