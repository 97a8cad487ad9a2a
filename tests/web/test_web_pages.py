"""Every page, with items and without."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from store_samples import Article
from web_samples import PARAGRAPHS, TITLE, add_articles, article_file, read_all

from app.services.importing import import_file

SWAP = {"HX-Request": "true"}


def text_of(html: str) -> str:
    """The page's words, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def items_in(html: str) -> list[str]:
    """The uids of the cards in the list, in their order."""
    return re.findall(r'id="card-([0-9a-z]+)"', html)


def first_item(client: TestClient, query: str = "") -> str:
    return items_in(client.get(f"/{query}").text)[0]


@pytest.mark.parametrize("path", ["/", "/articles", "/upload", "/about", "/help", "/login"])
def test_every_page_answers_without_articles(site, empty: Engine, path: str) -> None:
    assert site(empty).get(path).status_code == 200


def test_the_first_run_asks_for_articles(site, empty: Engine) -> None:
    page = text_of(site(empty).get("/").text)
    assert "No articles yet" in page
    assert "Upload articles" in page


def test_items_stand_under_their_days(client: TestClient) -> None:
    html = client.get("/").text
    heads = [text_of(head) for head in re.findall(r'<h2 class="group-head">(.*?)</h2>', html)]
    assert heads[0].startswith("Thursday 10 February 2022")
    assert "March 2022, exact day not given" in heads
    assert heads[-1] == "No date given"


def test_newest_first_turns_the_days_round(client: TestClient) -> None:
    heads = re.findall(r'<h2 class="group-head">([^<]*)', client.get("/?sort=newest").text)
    assert heads[0].startswith("March 2022")
    assert heads[1].strip() == "Saturday 12 February 2022"


def test_all_four_kinds_have_their_shape_and_word(client: TestClient) -> None:
    html = client.get("/").text
    for kind, word in {
        "diplomatic": "Diplomacy",
        "military": "Military",
        "troops": "Troops",
        "statement": "Statement",
    }.items():
        assert re.search(rf'class="kind-mark k-{kind}".*?<span>{word}', html)


def test_cards_say_what_is_unsure(client: TestClient) -> None:
    page = text_of(client.get("/").text)
    for badge in ("Denial", "Denied", "Planned", "Possible", "More than", "Month only", "Anonymous", "Unsure reading"):
        assert badge in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=troops", 6),
        ("kind=troops&kind=military", 9),
        ("country=BY", 3),
        ("actor=liz-truss", 9),
        ("q=deaf", 3),
        ("from=2022-02-11&to=2022-02-11", 8),
        ("modality=planned", 3),
        ("kind=statement&country=RU&q=withdraw", 3),
        ("kind=-statement&kind=-troops", 9),
        ("country=RU&country=-GB&country=-BY", 9),
        ("precision=none", 3),
        ("precision=-day&precision=-none", 6),
        ("polarity=denies&actor=-liz-truss", 3),
    ],
)
def test_filters_narrow_the_list_and_say_so(client: TestClient, query: str, count: int) -> None:
    html = client.get(f"/?{query}").text
    assert f">{count}</strong>" in html
    assert len(items_in(html)) == count
    assert 'class="chip"' in html


def test_facets_count_what_each_value_would_show(client: TestClient) -> None:
    html = client.get("/?kind=military").text
    counts = dict(
        re.findall(r'value="(diplomatic|military|troops|statement)".*?tick-count number">(\d+)<', html, re.DOTALL)
    )
    assert counts == {"diplomatic": "6", "military": "3", "troops": "6", "statement": "9"}


def test_facets_count_nothing_that_is_left_out(client: TestClient) -> None:
    html = client.get("/?country=RU&country=-BY").text
    counts = dict(re.findall(r'id="f-country-(RU|BY|GB)".*?tick-count number">(\d+)<', html, re.DOTALL))
    for code in ("RU", "GB"):
        shown = client.get(f"/?country={code}&country=-BY").text
        assert f'<strong class="number">{counts[code]}</strong>' in shown
    assert f'<strong class="number">{counts["BY"]}</strong>' in client.get("/?country=BY").text


def test_chips_say_what_is_left_out(client: TestClient) -> None:
    html = client.get("/?country=RU&country=-BY&sort=reported").text
    chips = dict(re.findall(r'<a class="chip" href="([^"]+)"[^>]*>([^<]+)', html))
    assert {unescape(href): text for href, text in chips.items()} == {
        "/?country=-BY&sort=reported": "Russia",
        "/?country=RU&sort=reported": "not Belarus",
    }
    assert re.search(r'value="-BY"[^>]* checked', html)
    assert not re.search(r'value="BY"[^>]* checked', html)


@pytest.mark.parametrize(("typed", "meant"), [("truss", "/?actor=liz-truss"), ("LAVROV ser", "/?actor=sergey-lavrov")])
def test_an_actors_name_is_understood_as_typed(client: TestClient, typed: str, meant: str) -> None:
    response = client.get("/", params={"actor": typed})
    assert (response.status_code, response.headers["location"]) == (303, meant)


def test_a_name_that_nobody_has_shows_nothing(client: TestClient) -> None:
    page = client.get("/?actor=nobody+at+all")
    assert "No item matches" in page.text
    assert "nobody at all" in page.text


def test_actors_are_suggested_while_a_name_is_typed(client: TestClient) -> None:
    found = client.get("/suggested-actors?country=GB&name=l").text
    assert re.findall(r'id="found-actor-([a-z][a-z-]+)" form="f" name="actor"', found) == ["liz-truss", "sergey-lavrov"]
    assert "No actor’s name has “x”" in client.get("/suggested-actors?name=x").text
    assert client.get("/suggested-actors?name=").text.strip() == ""


def test_reports_have_days_of_their_own(client: TestClient) -> None:
    html = client.get("/?sort=reported-newest").text
    heads = [text_of(head) for head in re.findall(r'<h2 class="group-head">(.*?)</h2>', html)]
    assert heads == [f"Reported on {day} February 2022" for day in ("Saturday 12", "Friday 11", "Thursday 10")]
    assert re.search(r'class="when">10 February 2022', html), "each card has its own day"


@pytest.mark.parametrize("path", ["/about", "/help"])
def test_the_legend_has_every_badge_that_cards_bear(client: TestClient, path: str) -> None:
    drawn = re.compile(r'<span class="badge ([a-z]*)"[^>]*>(<svg.*?</svg>)', re.DOTALL)
    on_cards = set(drawn.findall(client.get("/").text))
    assert len(on_cards) > 5
    assert on_cards <= set(drawn.findall(client.get(path).text))


def test_nothing_found_offers_a_way_back(client: TestClient) -> None:
    page = client.get("/?q=nosuchword")
    assert page.status_code == 200
    assert "No item matches" in page.text
    assert 'href="/"' in page.text


def test_empty_fields_of_the_plain_form_leave_the_address(client: TestClient) -> None:
    response = client.get("/?q=&kind=troops&from=&to=&item=")
    assert response.status_code == 303
    assert response.headers["location"] == "/?kind=troops"


def test_a_swap_gives_the_results_alone_and_the_canonical_address(client: TestClient) -> None:
    response = client.get("/?to=&kind=troops&from=2022-02-10&q=", headers=SWAP | {"HX-Target": "div#results"})
    assert response.headers["hx-push-url"] == "/?kind=troops&from=2022-02-10"
    assert response.text.lstrip().startswith('<div id="results"')
    assert "<html" not in response.text
    assert "HX-Request" in response.headers["vary"]


def test_a_page_that_is_known_is_not_made_again(client: TestClient, engine: Engine) -> None:
    for headers in ({}, SWAP | {"HX-Target": "div#results"}):
        first = client.get("/?kind=troops", headers=headers)
        known = headers | {"If-None-Match": first.headers["etag"]}
        again = client.get("/?kind=troops", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert "HX-Target" in again.headers["vary"]
        assert client.get("/?kind=statement", headers=known).status_code == 200
    import_file(engine, article_file(more="Not read yet."), filename="later.txt")
    assert client.get("/?kind=troops", headers=known).status_code == 200, "one article is being read"


def test_a_page_from_the_history_is_whole(client: TestClient) -> None:
    headers = SWAP | {"HX-Target": "div#results", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/?kind=troops", headers=headers).text


def test_show_more_goes_on_where_the_page_ended(site, empty: Engine) -> None:
    add_articles(empty, 9)
    client = site(empty)
    first = client.get("/").text
    link, swap = re.search(r'id="more"><a class="button" href="([^"]+)" hx-get="([^"]+)"', first).groups()  # type: ignore[union-attr]
    where = {"HX-Target": "p#more", "HX-Current-URL": "http://127.0.0.1:8000/?item=abc"}
    answer = client.get(unescape(swap), headers=SWAP | where)
    swapped, plain = answer.text, client.get(unescape(link)).text
    assert answer.headers["hx-replace-url"] == "/?item=abc&pages=2"
    assert items_in(client.get("/?pages=2").text) == items_in(first) + items_in(swapped)
    assert "<html" not in swapped
    assert items_in(swapped) == items_in(plain)
    assert len(items_in(first)) == 50
    assert not set(items_in(first)) & set(items_in(swapped))
    assert len(items_in(first) + items_in(swapped)) == 72
    assert "continued" in swapped
    assert "Back to the start of the list" in plain


def test_an_opened_item_keeps_the_pages_that_are_shown(client: TestClient) -> None:
    uid = first_item(client)
    where = {"HX-Target": "aside#source", "HX-Current-URL": "http://127.0.0.1:8000/?pages=3"}
    assert client.get(f"/items/{uid}", headers=SWAP | where).headers["hx-push-url"] == f"/?item={uid}&pages=3"
    assert client.get("/", headers=SWAP | where).headers["hx-push-url"] == "/?pages=3"


@pytest.mark.parametrize("pages", ["0", "-1", "x", "²", "99999"])
def test_an_odd_number_of_pages_is_one_or_the_most(client: TestClient, pages: str) -> None:
    assert len(items_in(client.get("/", params={"pages": pages}).text)) == 24


def test_a_long_day_shows_eight_cards_and_the_rest_on_demand(site, empty: Engine) -> None:
    for n in range(3):
        import_file(empty, article_file(more=f"Number {n}."), filename=f"{n}.txt")
    read_all(empty)
    html = site(empty).get("/").text
    assert "Show 10 more from 10 Feb" in html
    assert "Show 10 more" not in site(empty).get("/?from=2022-02-10&to=2022-02-10").text


def test_the_overview_links_each_bar_to_its_day(client: TestClient) -> None:
    html = client.get("/").text
    bars = re.findall(r'<a class="bar" href="([^"]+)" aria-label="([^"]+)"', html)
    assert unescape(bars[0][0]) == "/?from=2022-02-10&to=2022-02-10"
    assert bars[1][1] == "11 February 2022: 5 items (1 diplomatic move, 1 troop claim, 3 statements)"


def test_an_item_opens_its_sentence_in_the_pane(client: TestClient) -> None:
    uid = first_item(client, "?kind=statement")
    response = client.get(f"/items/{uid}?kind=statement", headers=SWAP | {"HX-Target": "aside#source"})
    assert response.headers["hx-push-url"] == f"/?kind=statement&item={uid}"
    assert response.text.lstrip().startswith('<aside id="source"')
    assert "own" in response.text
    whole = client.get(f"/?kind=statement&item={uid}").text
    assert f'id="card-{uid}" aria-current="true"' in whole
    assert f'data-item="{uid}"' in whole


def test_figures_that_differ_stand_beside_each_other(site, empty: Engine) -> None:
    told = {"date": "2022-02-15", "force_country": "RU", "place": "Minsk"}
    text = "Berg counts 5,000 troops near the town.\nThere are 9,000 troops at the town, Cerny says."
    article = Article(text).claim(
        "5,000 troops near", claimed_by="Anna Berg", quantity="5000", low=5000, high=5000, **told
    )
    article.claim("9,000 troops at", claimed_by="Ivo Cerny", quantity="9000", low=9000, high=9000, **told).store(empty)
    page = site(empty).get("/?kind=troops").text
    contested = text_of(page[page.index('<ul class="contested-list"') :])
    assert contested.startswith(
        "Forces of Russia, Minsk 5,000 troops , says DE Anna Berg 9,000 troops , says CZ Ivo Cerny 15 February 2022"
    )


def test_an_unknown_item_in_the_address_leaves_the_timeline(client: TestClient) -> None:
    page = client.get("/?item=nosuch")
    assert page.status_code == 200
    assert "Contested" in page.text


def test_an_items_page_tells_why_it_is_there(client: TestClient) -> None:
    uid = first_item(client, "?q=mute")
    response = client.get(f"/items/{uid}?kind=statement")
    page = text_of(response.text)
    assert "We see a conversation between a mute and a deaf person”" in page
    assert "Day of the talks" in page
    assert "In the text: “Mr. Lavrov”" in page
    assert "Reporting word “told”" in page
    assert "high (0.95)" in page
    assert f">http://127.0.0.1:8000/items/{uid}<" in response.text
    assert 'href="/?kind=statement"' in response.text
    lit = "".join(re.findall(r'<(?:a|span) class="[^"]*\blit\b[^"]*"[^>]*>(.*?)</(?:a|span)>', response.text))
    assert unescape(lit) == PARAGRAPHS[1].split(" He said")[0]


def test_an_items_page_lists_every_telling(client: TestClient) -> None:
    page = text_of(client.get(f"/items/{first_item(client, '?q=%22in+Moscow%22')}").text)
    assert "Told 2 times" in page
    assert "The talks lasted two hours" in page


def test_an_articles_page_keeps_every_letter_of_the_text(client: TestClient) -> None:
    html = client.get("/articles/1").text
    body = "".join(re.findall(r'<div class="reading article-text">(.*?)</div>', html, re.DOTALL))
    shown = [unescape(re.sub(r"<[^>]+>", "", p)) for p in re.findall(r"<p>(.*?)</p>", body, re.DOTALL)]
    assert tuple(shown[: len(PARAGRAPHS)]) == PARAGRAPHS
    passages = html.split('<div class="passage">')[1:]
    notes = [re.findall(r'<li class="k-\w+"><a href="/items/([0-9a-z]+)"', passage) for passage in passages]
    assert sum(map(len, notes)) == 8
    for passage, uids in zip(passages, notes, strict=True):
        assert all(f'id="i-{uid}"' in passage for uid in uids)


def test_articles_lead_to_those_before_and_after_them(client: TestClient) -> None:
    def beside(number: int) -> dict[str, str]:
        return dict(re.findall(r'<a (?:class="later" )?href="/articles/(\d+)" rel="(prev|next)"', page(number)))

    def page(number: int) -> str:
        return client.get(f"/articles/{number}").text

    assert beside(1) == {"2": "next"}  # the oldest
    assert beside(2) == {"1": "prev", "3": "next"}
    assert beside(3) == {"2": "prev"}


def test_html_in_an_article_is_shown_as_text(site, empty: Engine) -> None:
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
    import_file(empty, article_file(title=f"Title {evil}"), filename="<b>evil</b>.txt")
    read_all(empty)
    client = site(empty)
    uid = first_item(client)
    for path in ("/", "/articles", "/articles/1", f"/items/{uid}", f"/?q={evil}&item={uid}", f"/articles?q={evil}"):
        html = client.get(path).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>No</b>" not in html
    assert "&lt;b&gt;No&lt;/b&gt;" in client.get("/articles/1").text


def test_articles_are_searched_and_listed_with_their_items(client: TestClient) -> None:
    html = client.get("/articles").text
    assert html.count(TITLE) == 3
    assert "3 statements" not in text_of(client.get("/articles?q=nothing+like+it").text)
    assert "No article matches" in client.get("/articles?q=nothing+like+it").text


@pytest.mark.parametrize(
    "path", ["/nosuch", "/items/nosuch", "/articles/99", "/articles/x", "/uploads/nosuch", "/articles/99999999999"]
)
def test_what_is_not_there_gets_a_page_that_helps(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert 'href="/"' in response.text


def test_an_error_in_a_swap_is_a_notice_that_leaves_the_page(client: TestClient) -> None:
    response = client.get("/items/nosuch", headers=SWAP | {"HX-Target": "aside#source"})
    assert response.status_code == 404
    assert response.headers["hx-retarget"] == "#notice"
    assert response.headers["hx-push-url"] == "false"
    assert "<html" not in response.text


@pytest.mark.parametrize("path", ["/", "/articles/1", "/healthz", "/static/css/site.css"])
def test_a_page_can_be_asked_about_without_its_body(client: TestClient, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json() == {"status": "ready", "pending": 0, "failed": 0}


def test_not_ready_without_tables(site, tmp_path) -> None:
    from app.db.engine import open_engine

    engine = open_engine(f"sqlite:///{tmp_path}/none.sqlite3")
    response = site(engine).get("/readyz")
    engine.dispose()
    assert response.status_code == 503


def test_the_title_of_the_installation(site, engine: Engine) -> None:
    html = site(engine, site_title="Border watch").get("/").text
    assert "<h1>Border watch <span" in html
    assert "February 2022" in html
