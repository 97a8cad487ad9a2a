"""Saved views: editors keep filters under a name, everybody uses them."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine

from app.services.saved_views import MOST_VIEWS

HERE = {"Origin": "http://127.0.0.1:8000"}


def save(client: TestClient, name: str, query: str = "kind=troops") -> None:
    response = client.post("/views", data={"name": name, "query": query}, headers=HERE)
    assert response.status_code == 303, response.text


def menu(client: TestClient, path: str = "/") -> dict[str, str]:
    found = re.search(r'<ul class="saved-links">(.*?)</ul>', client.get(path).text, re.DOTALL)
    return (
        {name: unescape(href) for href, name in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)', found[1])}
        if found
        else {}
    )


def test_filters_get_a_name_and_lead_back(client: TestClient) -> None:
    assert 'action="/views"' not in client.get("/").text, "nothing is chosen"
    page = client.get("/?country=RU&country=-BY&sort=newest").text
    query = unescape(re.search(r'name="query" value="([^"]+)"', page)[1])  # type: ignore[index]
    response = client.post("/views", data={"name": " Russia,\n without Belarus ", "query": query}, headers=HERE)
    assert response.headers["location"] == "/?country=RU&country=-BY&sort=newest"
    save(client, "All troops", "kind=troops&q=&from=nonsense")
    assert menu(client) == {
        "All troops": "/?kind=troops",
        "Russia, without Belarus": "/?country=RU&country=-BY&sort=newest",
    }
    assert 'aria-current="true">All troops' in client.get("/?kind=troops").text
    found = client.get("/api/v1/views").json()["views"]
    assert found[0] == {"name": "All troops", "query": "kind=troops", "url": "/?kind=troops"}


def test_a_page_in_a_cache_is_not_the_page_with_a_new_view(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    save(client, "New")
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_views_are_renamed_and_deleted_after_a_question(client: TestClient) -> None:
    save(client, "First")
    page = client.get("/views").text
    action = re.search(r'action="(/views/\d+)/name"', page)[1]  # type: ignore[index]
    assert client.post(f"{action}/name", data={"name": "Second"}, headers=HERE).headers["location"] == "/views"
    assert list(menu(client)) == ["Second"]
    assert "Delete this view?" in client.get(f"{action}/delete").text
    assert client.post(f"{action}/delete", headers=HERE).status_code == 303
    assert menu(client) == {}
    for path in (f"{action}/name", f"{action}/delete", "/views/99999999999999999999/delete"):
        assert client.post(path, data={"name": "x"}, headers=HERE).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 81, "taken", "TAKEN"])
def test_a_name_must_be_of_use(client: TestClient, name: str) -> None:
    save(client, "Taken")
    save(client, "Other")
    other = re.search(r'(/views/\d+)/name"><label[^>]*>New name of “Other”', client.get("/views").text)[1]  # type: ignore[index]
    for path in ("/views", f"{other}/name"):
        response = client.post(path, data={"name": name, "query": "kind=troops"}, headers=HERE)
        assert response.status_code == 400
    assert list(menu(client)) == ["Other", "Taken"]


def test_a_refused_name_stays_to_be_mended(client: TestClient) -> None:
    """The page says what is wrong beside the name typed, and keeps the filters."""
    save(client, "Taken")
    page = client.post("/views", data={"name": "taken", "query": "country=RU&actor=liz-truss"}, headers=HERE).text
    assert "There is a view “taken” already." in page
    assert "These filters are not saved yet: Russia, Liz Truss." in page
    assert '<input type="hidden" name="query" value="country=RU&amp;actor=liz-truss">' in page
    assert 'name="name" value="taken"' in page
    save(client, "Other")
    other = re.search(r'action="(/views/\d+/name)"><label[^>]*>New name of “Other”', page := client.get("/views").text)
    assert other
    page = client.post(other[1], data={"name": "x" * 81}, headers=HERE).text
    assert f'value="{"x" * 81}" maxlength="80" required autocomplete="off" aria-invalid="true"' in page
    assert "at most 80 characters" in page


def test_the_view_that_is_shown_is_known(client: TestClient) -> None:
    save(client, "Russian troops", "country=RU&kind=troops")
    page = client.get("/?kind=troops&country=RU").text
    assert '<details class="facet" id="saved-views" open>' in page
    assert "These filters are saved as “Russian troops”." in page
    assert 'action="/views"' not in page
    assert "<title>Russian troops · " in page
    assert 'action="/views"' in client.get("/?kind=troops").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=-statement&country=RU&sort=newest", "Not Statements, Russia, newest first"),
        ("actor=liz-truss&q=border&from=2022-02-10", "Liz Truss, “border”, from 10 Feb 2022"),
        ("", "Everything"),
    ],
)
def test_a_view_says_what_it_shows(client: TestClient, query: str, words: str) -> None:
    save(client, "View", query)
    assert f'<p class="small quiet">{words}</p>' in client.get("/views").text


def test_a_name_is_text(client: TestClient) -> None:
    save(client, "<b>&")
    assert "<b>&" not in client.get("/").text
    assert "&lt;b&gt;&amp;" in client.get("/").text


def test_there_is_an_end_to_views(client: TestClient) -> None:
    for n in range(MOST_VIEWS):
        save(client, f"View {n}")
    assert client.post("/views", data={"name": "More", "query": ""}, headers=HERE).status_code == 400


def test_readers_use_views_and_only_editors_change_them(site, engine: Engine) -> None:
    save(site(engine), "Troops")
    reader = site(engine, edit_password=SecretStr("secret"))
    assert menu(reader) == {"Troops": "/?kind=troops"}
    page = reader.get("/?kind=statement").text
    assert 'action="/views"' not in page
    assert "Rename" not in reader.get("/views").text
    for path in ("/views", "/views/1/name", "/views/1/delete"):
        assert reader.post(path, data={"name": "x"}, headers=HERE).status_code in {303, 403}
    assert menu(reader) == {"Troops": "/?kind=troops"}
