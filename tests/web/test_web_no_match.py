"""Filters that show nothing, searches that were not read as meant, and values that no database holds."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, update

from app.db.models import documents
from app.domain.vocabulary import DocumentStatus
from app.services.importing import import_file


def ways(client: TestClient, query: str) -> dict[str, tuple[str, int]]:
    """What the page of a choice that shows nothing offers: the text, where it leads, and how many items it promises."""
    html = client.get(f"/?{query}").text
    assert "No item matches" in html
    listed = html.partition('class="ways"')[2].partition("</ul>")[0]
    found = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a> <span class="number">(\d+) item', listed)
    return {unescape(text): (unescape(href), int(count)) for href, text, count in found}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("country=RU&q=nothing", ["Without “nothing”"]),
        ("kind=troops&q=deaf", ["Without Troop claims", "Without “deaf”"]),
        ("country=RU&country=GB&actor=nobody", ["Without nobody"]),
        ("country=BY&from=2030-01-01", ["In other dates"]),
        ("kind=-statement&q=deaf", ["With Statements, too", "Without “deaf”"]),
        ("actor=liz-truss&with=BY&modality=planned", ["Liz Truss alone", "Planned alone", "With Belarus alone"]),
        ("q=deaf+trumpet", ["Any of these words, not all", "Without “deaf trumpet”"]),
        ("q=Lavrof", ["Did you mean “Lavrov”?", "Without “Lavrof”"]),
        ("q=xyzzy&actor=nobody&country=RU", ["Russia alone"]),
    ],
)
def test_what_would_show_something_is_offered(client: TestClient, query: str, wanted: list[str]) -> None:
    offered = ways(client, query)
    assert list(offered) == wanted
    for href, count in offered.values():
        assert f'<strong class="number">{count}</strong>' in client.get(href).text, href


def test_dates_kinds_and_what_is_chosen_stay_where_nothing_matches(client: TestClient) -> None:
    html = client.get("/?country=RU&q=nothing&from=2022-02-01&to=2022-02-28").text
    assert 'name="from" form="f" value="2022-02-01"' in html
    assert 'name="to" form="f" value="2022-02-28"' in html
    assert re.search(r'name="country" value="RU" checked', html)
    assert len(re.findall(r'id="f-kind-\w+"', html)) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NOT", "There is no word in this search."),
        ('"open phrase', "A quotation mark is not closed"),
        ("(deaf", "A parenthesis has no partner."),
        ("deaf OR", "AND, OR and NOT stand between words"),
    ],
)
def test_a_search_that_is_not_read_as_written_says_so(client: TestClient, text: str, told: str) -> None:
    assert told in client.get("/", params={"q": text}).text


def test_small_operators_are_offered_in_capitals(client: TestClient) -> None:
    html = client.get("/", params={"q": "deaf or summit", "kind": "statement"}).text
    href = re.search(r'Search for <a href="([^"]+)"[^>]*>deaf OR summit</a>', html)
    assert href
    assert unescape(href[1]) == "/?kind=statement&q=deaf+OR+summit"
    assert "search-hint" not in client.get("/?q=deaf+OR+summit").text


@pytest.mark.parametrize("path", ["/items/%00", "/actors/%00", "/?item=%00", "/articles?q=%00", "/actors?name=%00"])
def test_a_value_that_no_database_holds_is_a_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {200, 404}


def test_editors_are_told_what_was_not_read(client: TestClient, engine: Engine) -> None:
    assert "could not be read" not in client.get("/").text
    import_file(engine, b"Envoys talk\nEnvoys met on Wednesday.\n", filename="undated.txt")
    import_file(engine, b"Envoys walk\n20220203\nEnvoys walked on Wednesday.\n", filename="broken.txt")
    with engine.begin() as conn:
        conn.execute(
            update(documents)
            .where(documents.c.source_file == "broken.txt")
            .values(status=DocumentStatus.FAILED, error="It broke.")
        )
    assert "1 article could not be read and 1 article waits for a date." in client.get("/").text
    unread = client.get("/articles?state=unread").text
    assert re.findall(r'<h2><a href="[^"]+">([^<]+)</a></h2>', unread) == ["Envoys walk", "Envoys talk"]
    assert "It broke." in unread
    assert "Every article is read" not in unread


def test_a_first_page_shows_itself_as_soon_as_there_is_something(site, empty: Engine, engine: Engine) -> None:
    import_file(empty, b"Envoys talk\n20220203\nEnvoys met on Wednesday.\n", filename="new.txt")
    waiting = site(empty)
    assert 'hx-get="/reading?first=1"' in waiting.get("/").text
    still = waiting.get("/reading?first=1")
    assert "1 article is still being read." in still.text
    assert "HX-Refresh" not in still.headers
    assert site(engine).get("/reading?first=1").headers["HX-Refresh"] == "true"


def test_what_is_read_later_is_shown_in_place(client: TestClient, engine: Engine) -> None:
    import_file(engine, b"Envoys talk\n20220203\nEnvoys met on Wednesday.\n", filename="new.txt")
    here = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8000/?kind=statement&pages=2"}
    told = client.get("/reading", headers=here).text
    assert re.search(r'<a href="/\?kind=statement&amp;pages=2" hx-get="[^"]+" hx-target="#results"', told)
    swap = client.get("/?kind=statement&pages=2", headers={**here, "HX-Target": "div#results"})
    assert swap.headers["HX-Push-Url"] == "false"  # the address is already the page's own
