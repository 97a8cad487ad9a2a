"""What is taken elsewhere: links, citations, and what a shared address says of itself."""

import re
import struct
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from web_samples import read_all

from app.services.processing import reprocess_all

DAY = "10 February 2022"
DENIAL = "Russia would not withdraw its forces under pressure"


def uid_of(client: TestClient, query: str) -> str:
    return re.search(r'id="card-([0-9a-z]+)"', client.get(f"/?{query}").text)[1]  # type: ignore[index]


def meta(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html)
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=mute", "“We see a conversation between a mute and a deaf person” — Sergey Lavrov (Foreign Minister), {d}."),
        (
            "q=withdraw&kind=statement",
            "“{denial}” — Sergey Lavrov (Foreign Minister), as reported, {d}.",
        ),
        (
            "q=%22169+000%22",
            "“Between 169,000 and 190,000 personnel may be there by spring” — according to U.S. officials.",
        ),
        ("kind=military", "“Russia and Belarus began ten days of joint exercises on Thursday” — 10–20 February 2022."),
    ],
    ids=["direct", "reported", "claim", "move"],
)
def test_an_item_is_cited_with_its_words_speaker_day_article_and_link(
    client: TestClient, query: str, words: str
) -> None:
    uid = uid_of(client, query)
    link = f"http://127.0.0.1:8000/items/{uid}"
    citation = f"{words.format(d=DAY, denial=DENIAL)} In: “Ministers trade warnings over the border”, {DAY}. {link}"
    pane = client.get(f"/items/{uid}?kind=troops", headers={"HX-Request": "true", "HX-Target": "aside#source"})
    for html in (client.get(f"/items/{uid}").text, pane.text, client.get(f"/?item={uid}").text):
        assert unescape(re.search(r'<dd id="citation">(.*?)</dd>', html)[1]) == citation  # type: ignore[index]
        assert re.search(r'<dd id="permalink">(.*?)</dd>', html)[1] == link  # type: ignore[index]
        assert html.count("data-copy=") == 2


@pytest.mark.parametrize(
    ("path", "title", "description"),
    [
        ("/", "Russia and Belarus, February 2022", "24 items from 3 articles: 6 diplomatic moves, 3 mil"),
        ("/?kind=troops&actor=liz-truss", "Troop claims, Liz Truss · ", "3 items from 3 articles."),
        ("/?q=nothing+at+all", "“nothing at all” · ", "No item matches."),
        ("/articles/1", "Ministers trade warnings over the border · ", "10 February 2022: 2 diplomatic moves, 1 mil"),
        ("/actors/liz-truss", "Liz Truss · ", "Liz Truss on the timeline: 3 diplomatic moves, 3 troop claims"),
        ("/countries/BY", "Belarus · ", "Belarus on the timeline: 3 military moves."),
        ("/items/{uid}", "Sergey Lavrov: We see a conversation", "Sergey Lavrov (Foreign Minister), 10 Feb"),
        ("/?item={uid}", "Sergey Lavrov: We see a conversation", "Sergey Lavrov (Foreign Minister), 10 Feb"),
        ("/about", "About · ", "What this site reads"),
    ],
)  # fmt: skip
def test_a_shared_address_says_what_it_holds(client: TestClient, path: str, title: str, description: str) -> None:
    html = client.get(path.format(uid=uid_of(client, "q=mute"))).text
    found = meta(html)
    assert unescape(re.search(r"<title>(.*?)</title>", html)[1]).startswith(title)  # type: ignore[index]
    assert found["og:title"].startswith(title)
    assert found["description"].startswith(description)
    assert found["og:description"] == found["description"]
    assert found["og:site_name"] == "Russia and Belarus"
    assert len(found["description"]) < 300


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", "/"),
        ("/?to=2022-02-11&kind=troops&utm_source=x&pages=2", "/?kind=troops&to=2022-02-11"),
        ("/?kind=troops&item={uid}", "/items/{uid}"),
        ("/items/{uid}?kind=troops", "/items/{uid}"),
        ("/map?country=RU", "/map?country=RU"),
        ("/articles/1", "/articles/1"),
        ("/actors/liz-truss", "/actors/liz-truss"),
    ],
)
def test_an_address_is_shared_in_one_form_with_a_picture(client: TestClient, path: str, canonical: str) -> None:
    uid = uid_of(client, "q=mute")
    html = client.get(path.format(uid=uid)).text
    found, own = meta(html), f"http://127.0.0.1:8000{canonical.format(uid=uid)}"
    assert found["og:url"] == own
    assert unescape(re.search(r'<link rel="canonical" href="([^"]+)">', html)[1]) == own  # type: ignore[index]
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image"].startswith("http://127.0.0.1:8000/static/share.png")
    picture = client.get(found["og:image"])
    assert picture.headers["content-type"] == "image/png"
    size = struct.unpack(">II", picture.content[16:24])
    assert size == (int(found["og:image:width"]), int(found["og:image:height"]))


def test_an_error_is_nothing_to_share(client: TestClient) -> None:
    html = client.get("/nothing").text
    assert 'rel="canonical"' not in html
    assert "og:url" not in html


def test_links_survive_reading_again(client: TestClient, engine: Engine) -> None:
    before = re.findall(r'id="card-([0-9a-z]+)"', client.get("/").text)
    assert reprocess_all(engine) == 3
    read_all(engine)
    assert re.findall(r'id="card-([0-9a-z]+)"', client.get("/").text) == before
    for uid in before:
        assert client.get(f"/items/{uid}").status_code == 200


def test_an_items_people_and_countries_lead_to_their_pages(client: TestClient) -> None:
    html = client.get(f"/items/{uid_of(client, 'q=%22in+Moscow%22')}").text
    for href in ("/actors/liz-truss", "/actors/sergey-lavrov", "/countries/GB", "/countries/RU"):
        assert f'<a href="{href}">' in html
        assert client.get(href).status_code == 200
