"""Uploads, what becomes of each file, dates that are given later, and the demo articles."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from web_samples import TITLE, article_file, read_all

from app.services.importing import import_file

SWAP = {"HX-Request": "true", "HX-Target": "div#outcomes"}


def upload(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Upload the files; the path of the page that tells what became of them."""
    response = client.post("/upload", files=[("files", (name, data, "text/plain")) for name, data in files])
    assert response.status_code == 303
    return response.headers["location"]


def states(html: str) -> list[str]:
    return re.findall(r'<li class="file (\w+)"', html)


def test_each_file_tells_what_became_of_it(site, empty: Engine) -> None:
    client = site(empty)
    path = upload(
        client,
        ("new.txt", article_file()),
        ("same-again.txt", article_file()),
        ("undated.txt", article_file(published=None, more="Another text.")),
        ("nothing.txt", b""),
        ("picture.txt", bytes(range(256)) * 40),
    )
    waiting = client.get(path).text
    assert states(waiting) == ["waiting", "known", "date", "failed", "failed"] or states(waiting) == [
        "waiting", "waiting", "date", "failed", "failed",
    ]  # fmt: skip
    assert f'hx-get="{path}"' in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    read_all(empty)
    done = client.get(path).text
    assert states(done) == ["done", "known", "date", "failed", "failed"]
    assert "hx-trigger" not in re.search(r'<div id="outcomes"[^>]*>', done)[0]  # type: ignore[index]
    assert "8 items" in done
    for message in re.findall(r'<p class="small bad-text">(.*?)</p>', done):
        assert len(unescape(message)) > 20  # says why


def test_progress_is_followed_in_place(site, empty: Engine) -> None:
    client = site(empty)
    path = upload(client, ("a.txt", article_file()))
    part = client.get(path, headers=SWAP).text
    assert part.lstrip().startswith('<div id="outcomes" hx-get=')
    read_all(empty)
    assert client.get(path, headers=SWAP).text.lstrip().startswith('<div id="outcomes">')


@pytest.mark.parametrize(
    ("form", "shown"), [({"published": "2022-02-03"}, "3 February 2022"), ({"undated": "1"}, "no date")]
)
def test_a_missing_date_is_asked_for(site, empty: Engine, form: dict[str, str], shown: str) -> None:
    client = site(empty)
    path = upload(client, ("undated.txt", article_file(published=None)))
    assert 'action="/articles/1/date"' in client.get(path).text
    response = client.post("/articles/1/date", data=form | {"next": path})
    assert (response.status_code, response.headers["location"]) == (303, path)
    read_all(empty)
    assert states(client.get(path).text) == ["done"]
    assert shown in client.get("/articles/1").text


def test_a_date_that_is_none_changes_nothing(site, empty: Engine) -> None:
    client = site(empty)
    path = upload(client, ("undated.txt", article_file(published=None)))
    response = client.post("/articles/1/date", data={"published": "2022-02-31", "next": path})
    assert response.status_code == 400
    assert "Give a date" in response.text
    assert states(client.get(path).text) == ["date"]


def test_the_way_back_stays_on_this_site(site, empty: Engine) -> None:
    client = site(empty)
    upload(client, ("undated.txt", article_file(published=None)))
    response = client.post("/articles/1/date", data={"undated": "1", "next": "//elsewhere.example/"})
    assert response.headers["location"] == "/"


def test_no_file_is_said_in_the_form(client: TestClient) -> None:
    for sent in ({}, {"files": [("files", ("", b"", "application/octet-stream"))]}):
        response = client.post("/upload", **sent)  # type: ignore[arg-type]
        assert response.status_code == 422
        assert "Choose at least one file." in response.text


def test_five_hundred_files_at_once(site, empty: Engine) -> None:
    client = site(empty)
    files = [(f"{n}.txt", article_file(more=f"Report {n}.")) for n in range(500)]
    assert len(states(client.get(upload(client, *files)).text)) == 500


def test_a_name_is_never_a_path(site, empty: Engine, tmp_path) -> None:
    client = site(empty)
    html = client.get(upload(client, ("../../evil/../name.txt", article_file()))).text
    assert "name.txt" in html
    assert "evil" not in html


def test_a_failed_article_can_be_tried_again(site, empty: Engine) -> None:
    from app.services.processing import process_next

    client = site(empty)
    upload(client, ("a.txt", article_file()))

    def broken(_source: object) -> None:
        raise RuntimeError("no luck")

    for _ in range(3):
        process_next(empty, broken, worker="test", lease_seconds=30)  # type: ignore[arg-type]
    page = client.get("/articles/1").text
    assert "could not be read" in page
    assert client.post("/articles/1/retry").status_code == 303
    read_all(empty)
    assert "could not be read" not in client.get("/articles/1").text


def test_an_article_is_deleted_after_a_question(client: TestClient) -> None:
    assert "Delete this article?" in client.get("/articles/2/delete").text
    assert client.post("/articles/2/delete").status_code == 303
    assert client.get("/articles/2").status_code == 404
    assert client.get("/articles").text.count(TITLE) == 2


def test_demo_articles_are_marked_and_removed_after_a_question(site, engine: Engine) -> None:
    client = site(engine)
    assert "demo-banner" not in client.get("/").text
    import_file(engine, article_file(more="For the demo."), filename="demo.txt", is_demo=True)
    read_all(engine)
    for path in ("/", "/articles", "/articles/1", "/upload", "/about", "/help"):
        assert "Demo articles are shown." in client.get(path).text
    assert "Remove the demo articles?" in client.get("/demo/remove").text
    assert client.post("/demo/remove").status_code == 303
    assert "demo-banner" not in client.get("/").text
    assert client.get("/articles").text.count(TITLE) == 3


def test_the_timeline_says_that_articles_are_being_read(site, empty: Engine) -> None:
    client = site(empty)
    upload(client, ("a.txt", article_file()))
    assert "1 article is still being read" in client.get("/").text
    read_all(empty)
    assert "All articles are read" in client.get("/reading", headers={"HX-Request": "true"}).text
