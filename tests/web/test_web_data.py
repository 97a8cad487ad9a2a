"""Every page as data: `.json` behind its address, named in its head, and what stands there."""

import re
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from sqlalchemy import Engine, select
from web_samples import TITLE, article_file

from app import __version__
from app.db.models import uploads
from app.services.importing import create_upload
from app.services.saved_views import save_view
from app.web.api import models, site_models

WITHOUT_DATA = {
    "/suggested-actors": "a part of the timeline's filters",
    "/reading": "a part of the timeline",
    "/login": "a form for a password has nothing to tell",
    "/demo/remove": "a question before a change",
    "/articles/{document_id}/delete": "a question before a change",
    "/views/{view_id}/delete": "a question before a change",
}
ELSEWHERE = {"/": "/items.json"}
LINK = re.compile(r'<link rel="alternate" type="application/json" href="([^"]+)">')


@pytest.fixture
def addresses(client: TestClient, engine: Engine) -> dict[str, str]:
    """An address that answers for each route that is read, by the route's path."""
    save_view(engine, "Troops", "kind=troops")
    app = client.app
    assert isinstance(app, FastAPI)
    named = {
        "/articles/{document_id}": "1",
        "/articles/{document_id}/delete": "1",
        "/views/{view_id}/delete": "1",
        "/actors/{slug}": "liz-truss",
        "/countries/{code}": "RU",
        "/items/{uid}": client.get("/items.json").json()["items"][0]["uid"],
        "/uploads/{uid}": create_upload(engine, [("more.txt", article_file(more="More."))]),
    }
    paths = [route.path for route in iter_route_contexts(app.routes) if "GET" in (route.methods or ())]
    read = [path for path in paths if path and "." not in path and not path.startswith("/api/")]
    return {path: re.sub(r"{\w+}", named.get(path, ""), path) for path in read}


def test_every_page_is_data_too(client: TestClient, addresses: dict[str, str]) -> None:
    """Walks all routes; a page without data must be among those that say why."""
    without = set()
    for path, address in addresses.items():
        page = client.get(address)
        assert page.status_code == 200, address
        if not page.headers["content-type"].startswith("text/html"):
            continue
        found = LINK.search(page.text)
        if not found:
            without.add(path)
            continue
        assert found[1] == ELSEWHERE.get(path, f"{address}.json")
        data = client.get(found[1])
        assert data.headers["content-type"] == "application/json", address
        assert data.json()
    assert without == set(WITHOUT_DATA)


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("/?kind=troops&sort=newest&pages=2", "/items.json?kind=troops&sort=newest"),
        ("/map?country=RU", "/map.json?country=RU"),
        ("/troops?country=RU&part=force&order=newest", "/troops.json?country=RU&part=force&order=newest"),
        ("/articles?q=warnings", "/articles.json?q=warnings"),
        ("/articles/1?view=coverage", "/articles/1.json?view=coverage"),
        ("/actors?name=truss&kind=person&country=", "/actors.json?name=truss&kind=person"),
        ("/actors?name=a&page=2", "/actors.json?name=a"),
        ("/actors?page=2", "/actors.json"),
        ("/countries?name=russia", "/countries.json?name=russia"),
    ],
)
def test_the_data_are_those_of_the_pages_query(client: TestClient, page: str, data: str) -> None:
    found = LINK.search(client.get(page).text)
    assert found
    assert unescape(found[1]) == data
    assert client.get(data).status_code == 200


def test_an_open_item_is_what_is_shared(client: TestClient) -> None:
    uid = client.get("/items.json").json()["items"][0]["uid"]
    found = LINK.search(client.get(f"/?item={uid}").text)
    assert found
    assert found[1] == f"/items/{uid}.json"


@pytest.mark.parametrize(
    "path",
    ["/items/none.json", "/articles/99.json", "/actors/nobody.json", "/countries/QQ.json", "/uploads/none.json"],
)
def test_what_does_not_exist_is_a_problem_in_detail(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["instance"] == path


def test_an_upload_tells_what_became_of_each_file(client: TestClient, engine: Engine) -> None:
    files = [
        ("new.txt", article_file(more="New.")),
        ("undated.txt", article_file(published=None, more="Undated.")),
        ("again.txt", article_file(more="New.")),
        ("empty.txt", b""),
    ]
    uid = create_upload(engine, files)
    found = TypeAdapter(site_models.Upload).validate_json(client.get(f"/uploads/{uid}.json").content)
    assert (found.uid, found.url, found.waiting) == (uid, f"/uploads/{uid}", 2)
    new, undated, again, empty = found.files
    assert [each.state for each in found.files] == ["waiting", "date", "waiting", "failed"]
    assert new.article
    assert again.article
    assert new.article.id == again.article.id
    assert new.article.title == TITLE
    assert undated.article
    assert "day" in undated.next
    assert empty.article is None
    assert empty.message
    assert empty.next
    with engine.connect() as conn:
        first = conn.scalar(select(uploads.c.uid).order_by(uploads.c.id).limit(1))
    read = client.get(f"/uploads/{first}.json").json()["files"]
    assert {each["state"] for each in read} == {"done"}
    assert all(each["article"]["items"]["statement"] for each in read)


def test_the_coverage_names_what_each_sentence_gave(client: TestClient) -> None:
    found = TypeAdapter(models.ArticleDetail).validate_json(client.get("/articles/1.json?view=coverage").content)
    assert found.sentences
    page = client.get("/articles/1?view=coverage").text
    assert page.count('class="gave-none"') == sum(not each.items for each in found.sentences)
    assert page.count('class="gave"') == sum(bool(each.items) for each in found.sentences)
    told = {item.uid: item.span for item in found.items}
    for sentence in found.sentences:
        assert found.text[sentence.start : sentence.end] == sentence.text
        for uid in sentence.items:
            assert told[uid].paragraph == sentence.paragraph
    assert {uid for sentence in found.sentences for uid in sentence.items} == set(told)
    assert "sentences" not in client.get("/articles/1.json").json()


def test_help_explains_every_filter_of_the_interface(client: TestClient) -> None:
    found = client.get("/help.json").json()
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/items"]["get"]
    explained = [name for each in found["filters"] for name in each["parameters"]]
    assert sorted(explained) == sorted({each["name"] for each in operation["parameters"]} - {"after", "limit"})
    page = unescape(client.get("/help").text)
    for part, words in (("filters", "meaning"), ("searches", "finds"), ("badges", "meaning"), ("keys", "does")):
        assert found[part]
        assert all(each[words] in page for each in found[part])


def test_about_says_what_the_page_says(client: TestClient) -> None:
    found = client.get("/about.json").json()
    page = unescape(client.get("/about").text)
    assert (found["version"], found["items"], found["articles"]) == (__version__, 24, 3)
    assert all(part in page for each in found["accuracy"] for part in each["figure"].split(" / "))
    assert all(each["credit"] in page for each in found["works"])


def test_what_can_be_uploaded_is_what_the_form_takes(client: TestClient) -> None:
    found = client.get("/upload.json").json()
    page = client.get("/upload").text
    assert found["max_megabytes"] == 50
    for each in found["formats"]:
        assert each["name"] in page
        assert all(ending in re.search(r'accept="([^"]+)"', page)[1] for ending in each["endings"])  # type: ignore[index]
