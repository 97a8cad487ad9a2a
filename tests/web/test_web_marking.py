"""Marks of what was searched for: whole words by stem, phrases, never inside a tag."""

import re

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup

from app.web.views.marking import marker


@pytest.mark.parametrize(
    ("search", "html", "marked"),
    [
        ("troop", "Troops moved", "<mark>Troops</mark> moved"),
        ("moving generals", "The general moves", "The <mark>general</mark> <mark>moves</mark>"),
        ("rus", "Russia", "Russia"),
        ("Caslav", "to Čáslav’s bridges", "to <mark>Čáslav</mark>’s bridges"),
        ('"130,000 troops"', "its 130,000 troops; no troops", "its <mark>130,000 troops</mark>; no troops"),
        ("tanks NOT ships", "tanks, ships", "<mark>tanks</mark>, ships"),
        ("tanks OR ships", "tanks, ships", "<mark>tanks</mark>, <mark>ships</mark>"),
        ("strong class p amp", "<p class='p'>A <strong>class</strong> &amp; p</p>",
         "<p class='p'>A <strong><mark>class</mark></strong> &amp; <mark>p</mark></p>"),
        ("claimed or", '<span class="quiet" data-unmarked>Claimed by</span> a <span data-unmarked>or</span> or',
         '<span class="quiet" data-unmarked>Claimed by</span> a <span data-unmarked>or</span> <mark>or</mark>'),
        ("or", '<p class="badges" data-unmarked><span>A or B</span><span>or</span></p><p>or</p>',
         '<p class="badges" data-unmarked><span>A or B</span><span>or</span></p><p><mark>or</mark></p>'),
        ("NOT ships", "tanks", "tanks"),
        ("", "tanks", "tanks"),
    ],
)  # fmt: skip
def test_words_are_marked_as_they_are_found(search: str, html: str, marked: str) -> None:
    assert marker(search)(Markup(html)) == marked


def test_the_list_marks_what_was_searched_for(client: TestClient) -> None:
    page = client.get("/?q=withdrawing+OR+nothing").text
    assert "would not <mark>withdraw</mark> its forces" in page
    assert "<mark>" not in client.get("/?q=NOT+withdrawing").text


def test_what_the_page_says_itself_is_not_marked(client: TestClient) -> None:
    html = client.get("/?q=troops+OR+claimed+OR+alleged").text
    assert "<mark>troops</mark>" in html
    assert ">Claimed by<" in html
    assert ">Alleged<" in html
    assert not re.search("<mark>(claimed|alleged)</mark>", html, re.IGNORECASE)


def test_what_was_found_beside_the_cards_words_is_told(client: TestClient) -> None:
    html = client.get("/?q=counterparts&kind=diplomatic").text
    told = re.findall(r'<p class="found-in small quiet">(.*?)</p>', html)
    assert told
    assert all(text.startswith("Told as “") and "<mark>counterpart</mark>" in text for text in told)
    assert "found-in" not in client.get("/?kind=diplomatic").text
    assert "found-in" not in client.get("/?q=summit&kind=diplomatic").text
