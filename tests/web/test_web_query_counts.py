"""No page asks the database more often where there is more to show: the same number with 10 and with 1,000 items."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from every_page import BAD_REQUEST, ERRORS, NOT_FOUND, PAGES
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event
from web_samples import article_file, read_all

from app.services.importing import create_upload
from app.services.saved_views import save_view
from bench.synthetic import add_items

OTHERS = (
    "/?country=RU&country=-DE&sort=newest", "/?q=nothing+at+all&country=RU&kind=-troops",
    "/?q=border+OR+NOT+convoy&kind=-troops", "/?sort=reported&pages=3",
    "/suggested-actors?name=a", "/reading", "/map.json", "/troops.json", "/articles/1.json", "/actors/{actor}.json",
    "/countries/RU.json", "/api/v1/items?limit=200", "/api/v1/items/{item}", "/api/v1/facets?country=RU",
    "/api/v1/lanes?a=2021-10-01&b=2022-07-30&w=1200", "/api/v1/actors", "/api/v1/articles", "/api/v1/countries",
    "/api/v1/views", *ERRORS,
)  # fmt: skip
SEED = 6  # ten of its items have something of all that pages show: nobody asks for the actors of no items


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*details: object) -> None:
        statements.append(str(details[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def sites(site, make_engine) -> list[tuple[TestClient, Engine]]:
    """The site with few and with many items, saved views and files in an upload."""
    made = []
    for number, others in ((10, 1), (1_000, 20)):
        engine: Engine = make_engine("empty")
        add_items(engine, number, seed=SEED)
        for n in range(others):
            save_view(engine, f"View {n}", "kind=troops")
        made.append((site(engine), engine))
    return made


def test_pages_ask_as_often_for_many_items_as_for_few(sites: list[tuple[TestClient, Engine]]) -> None:
    counts: list[dict[str, int]] = []
    for client, engine in sites:
        item = re.findall(r'id="card-([0-9a-z]+)"', client.get("/").text)[0]
        actor = client.get("/api/v1/facets").json()["actor"][0]["value"]
        views = len(client.get("/api/v1/views").json()["views"])
        upload = create_upload(engine, [(f"{n}.txt", article_file(more=str(n))) for n in range(views)])
        read_all(engine)
        counts.append({})
        for page in (*PAGES, *OTHERS):
            address = page.format(item=item, actor=actor, upload=upload)
            client.get(address)  # what is read once a generation
            with counted(engine) as statements:
                assert client.get(address).status_code == (
                    400 if page == BAD_REQUEST else 404 if page == NOT_FOUND else 200
                )
            counts[-1][page] = len(statements)
    few, many = counts
    assert {page: many[page] for page in many if many[page] > few[page]} == {}
    assert max(many.values()) <= 24
