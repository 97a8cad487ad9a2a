"""Downloads: exactly what the page shows, as CSV and JSON."""

import csv
import io
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlalchemy import Engine, update

from app.db.models import documents
from app.web.api import models
from app.web.routes import downloads


def table(client: TestClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/items.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline=""), strict=True))


@pytest.mark.parametrize("batch", [1, 2, 500])
@pytest.mark.parametrize(
    "query", ["", "?sort=newest", "?kind=statement&country=RU", "?q=nothing+of+it", "?kind=&from="]
)
def test_csv_and_json_have_the_same_items(client: TestClient, monkeypatch, query: str, batch: int) -> None:
    monkeypatch.setattr(downloads, "BATCH", batch)
    found = client.get(f"/items.json{query}")
    items = TypeAdapter(list[models.Item]).validate_python(found.json()["items"])
    rows = table(client, query)
    assert [row["uid"] for row in rows] == [item.uid for item in items]
    for row, item in zip(rows, items, strict=True):
        assert row["kind"] == item.kind
        assert row["date"] == (item.date or "")
        assert row["text"] == item.span.text
        assert row["speaker"] == (item.speaker.name if item.speaker else "")
        assert row["actors"] == "; ".join(actor.name for actor in item.actors)
        assert (row["low"], row["article"], row["start"]) == (
            "" if item.low is None else str(item.low),
            str(item.span.article),
            str(item.span.start),
        )
        assert client.get(row["url"]).status_code == 200


def test_a_table_of_nothing_has_its_head(site, empty: Engine) -> None:
    client = site(empty)
    assert client.get("/items.csv").text == ",".join(downloads.COLUMNS) + "\r\n"
    assert client.get("/items.json").json() == {"items": []}


def test_browsers_are_told_what_they_get(client: TestClient) -> None:
    sheet, data = client.get("/items.csv"), client.get("/items.json")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.headers["content-disposition"] == 'attachment; filename="crisis-timeline-items.csv"'
    assert data.headers["content-type"] == "application/json"
    for response in (sheet, data):
        again = client.get(response.url.path, headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


def test_pages_as_data(client: TestClient) -> None:
    uid = client.get("/items.json").json()["items"][0]["uid"]
    for page in (f"/items/{uid}", "/articles", "/articles/1"):
        assert client.get(page).headers["content-type"].startswith("text/html")
        assert client.get(f"{page}.json").json() == client.get(f"/api/v1{page}").json()


EVERY_FILTER = [
    "",
    "kind=troops",
    "kind=-statement",
    "category=meet&category=exercise",
    "country=RU&country=-BY",
    "actor=liz-truss",
    "actor=Liz+Truss",
    "actor=-sergey-lavrov",
    "place=Moscow",
    "outlet=-example.org",
    "modality=planned",
    "polarity=-denies",
    "precision=day",
    "precision=none",
    "with=RU&actor=liz-truss&part=party",
    "q=border",
    'q="joint+exercises"+OR+mute',
    "q=troops+NOT+spring",
    "from=2022-02-11",
    "to=2022-02-10",
    "from=2022-02-10&to=2022-02-11&kind=statement",
    "sort=newest",
    "sort=reported",
    "sort=reported-newest&country=GB",
    "item={uid}",
    "kind=troops&item={uid}&sort=newest",
]


@pytest.mark.parametrize("query", EVERY_FILTER)
def test_the_page_offers_just_what_it_shows(client: TestClient, query: str) -> None:
    """The links below the list lead to its cards in its order, and to the moves that stand on some of them."""
    uid = client.get("/items.json").json()["items"][3]["uid"]
    response = client.get(f"/?{query.format(uid=uid)}", follow_redirects=True)
    shown = re.findall(r'<article class="card[^"]*" id="card-(\w+)"', response.text)
    besides = set(re.findall(r'<a id="card-(\w+)"', response.text))
    links = {name: unescape(href) for href, name in re.findall(r'<a href="([^"]+)" download>(CSV|JSON)', response.text)}
    assert shown
    data = [item["uid"] for item in client.get(links["JSON"]).json()["items"]]
    assert [each for each in data if each not in besides] == shown
    assert set(data) == {*shown, *besides}
    assert [row["uid"] for row in table(client, links["CSV"].removeprefix("/items.csv"))] == data
    counted = re.search(r'<strong class="number">(\d+)</strong>', response.text)
    assert counted
    assert int(counted[1]) == len(data)


@pytest.mark.parametrize("page", ["/actors/liz-truss", "/countries/RU"])
def test_the_page_of_an_actor_or_country_offers_its_items(client: TestClient, page: str) -> None:
    html = client.get(page).text
    total = re.search(r"(\d+) items on the timeline", html)
    links = {name: unescape(href) for href, name in re.findall(r'<a href="([^"]+)" download>(CSV|JSON)', html)}
    assert total
    assert len(client.get(links["JSON"]).json()["items"]) == int(total[1])
    assert len(table(client, links["CSV"].removeprefix("/items.csv"))) == int(total[1])


@pytest.mark.parametrize("query", ["", "?kind=diplomatic", "?actor=Liz+Truss"])
def test_the_map_offers_its_places(client: TestClient, query: str) -> None:
    places = client.get(f"/map.json{query}").json()["places"]
    response = client.get(f"/map.csv{query}")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text, newline=""), strict=True))
    assert [row.pop("place") for row in rows] == [each["name"] for each in places]
    for row, each in zip(rows, places, strict=True):
        assert [row.pop("lat"), row.pop("lon")] == ["" if at is None else str(at) for at in (each["lat"], each["lon"])]
        assert {kind: int(count) for kind, count in row.items() if count != "0"} == each["items"]
    html = client.get(f"/map{query}").text
    links = {name: unescape(href) for href, name in re.findall(r'<a href="([^"]+)" download>(CSV|JSON)', html)}
    assert client.get(links["CSV"]).content == response.content
    assert client.get(links["JSON"]).json()["places"] == places


def test_no_cell_of_a_download_can_be_run(client: TestClient, engine: Engine) -> None:
    """A title that a spreadsheet would take for a formula comes with an apostrophe; the data as they are."""
    title = '=HYPERLINK("http://x.example","a")'
    with engine.begin() as conn:
        conn.execute(update(documents).values(title=title, outlet="@outlet"))
    assert {item["span"]["article_title"] for item in client.get("/items.json").json()["items"]} == {title}
    rows = table(client)
    assert {(row["article_title"], row["outlet"]) for row in rows} == {(f"'{title}", "'@outlet")}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@", "\t", "\r", "\n"))]
