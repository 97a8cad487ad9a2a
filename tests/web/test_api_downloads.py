"""Downloads: exactly what the page shows, as CSV and JSON."""

import csv
import io

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlalchemy import Engine

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
