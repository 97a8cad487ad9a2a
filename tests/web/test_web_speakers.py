"""Who speaks, for whom, to whom, where and through whom: on cards and in the source pane."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.items import Actor, Extraction, Statement
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, StatementKind
from app.services.importing import import_file
from app.services.processing import process_next

WORDS = "the bridge would open on Monday"
TEXT = f"An envoy met the press. He said {WORDS}."
ACTORS = (
    Actor(name="Anna Berg", kind=ActorKind.PERSON, country="DE"),
    Actor(name="Ivo Cerny", kind=ActorKind.PERSON, country="CZ"),
    Actor(name="Port Radio", kind=ActorKind.ORGANISATION),
    Actor(name="Germany", kind=ActorKind.COUNTRY, key="DE", country="DE"),
    Actor(name="Anna Berg and Ivo Cerny", kind=ActorKind.GROUP),
    Actor(name="German officials", kind=ActorKind.GROUP, country="DE"),
)


def text_of(html: str) -> str:
    """The page's words, without its tags."""
    return re.sub(r"\s+([,;])", r"\1", " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()))


@pytest.fixture
def shown(site: Any, empty: Engine) -> Any:
    """Reads an article with one statement, and gives the card's line, its badges, and the source pane as text."""

    def show(**said: Any) -> tuple[str, list[str], str]:
        def extract(source: SourceText) -> Extraction:
            start = source.text.index(WORDS)
            statement = Statement(
                paragraph=0, start=start, end=start + len(WORDS), text=WORDS, kind=StatementKind.INDIRECT,
                cue="said", cue_start=source.text.index("said"), confidence=0.9, **said,
            )  # fmt: skip
            return Extraction(source=source, statements=(statement,), actors=ACTORS, knowledge_hash="k")

        import_file(empty, f"Bridge\n20220215\n{TEXT}\n".encode(), filename="a.txt")
        assert process_next(empty, extract, worker="test", lease_seconds=30) is not None
        client = site(empty)
        page = client.get("/").text
        line = re.search(r'<p class="byline">(.*?)</p>', page, re.DOTALL)
        assert line is not None
        badges = re.findall(r'<span class="badge[^>]*>(.*?)</span>', page, re.DOTALL)
        address = re.search(r'href="(/items/\w+)', page)
        assert address is not None
        return text_of(line[1]), [text_of(each).strip() for each in badges], text_of(client.get(address[1]).text)

    return show


def test_several_who_are_named_are_not_anonymous(shown: Any) -> None:
    line, badges, _ = shown(speaker="Anna Berg and Ivo Cerny", speakers=("Anna Berg", "Ivo Cerny"))
    assert line.startswith("Anna Berg and Ivo Cerny")
    assert "Anonymous" not in badges


def test_a_group_without_names_is_anonymous(shown: Any) -> None:
    assert "Anonymous" in shown(speaker="German officials")[1]


def test_a_speaker_stands_with_role_country_audience_and_occasion(shown: Any) -> None:
    line, badges, pane = shown(
        speaker="Anna Berg", speaker_role="Envoy", speaker_country="DE", audience="reporters", venue="a video address"
    )
    assert line.startswith("DE Anna Berg, Envoy to reporters · video address ·")
    assert badges == []
    for fact in (
        "Speaker Anna Berg",
        "Role Envoy",
        "Speaks for Germany",
        "Said to reporters",
        "Occasion video address",
    ):
        assert fact in pane, fact


def test_who_passed_the_words_on_is_told(shown: Any) -> None:
    line, badges, pane = shown(speaker="Anna Berg", speaker_country="DE", via="Port Radio")
    assert "Anna Berg" in line
    assert badges == ["Via Port Radio"]
    assert "Relayed by Port Radio" in pane


def test_of_two_who_fit_none_is_chosen(shown: Any) -> None:
    line, badges, pane = shown(candidates=("Anna Berg", "Ivo Cerny"))
    assert line.startswith("Either DE Anna Berg or CZ Ivo Cerny ·")
    assert badges == ["Speaker unsure"]
    assert "Speaker not named" in pane
    assert "One of Anna Berg, Ivo Cerny" in pane


def test_the_likeliest_is_shown_with_the_others(shown: Any) -> None:
    line, badges, pane = shown(speaker="Anna Berg", speaker_country="DE", candidates=("Anna Berg", "Ivo Cerny"))
    assert line.startswith("DE Anna Berg ·")
    assert badges == ["Or Ivo Cerny"]
    assert "It may also be Ivo Cerny" in pane


def test_where_nobody_fits_nobody_is_named(shown: Any) -> None:
    line, badges, pane = shown()
    assert line.startswith("Speaker not named ·")
    assert badges == ["Speaker not named"]
    assert "Speaker not named The article names nobody." in pane


def test_a_country_speaks_for_itself(shown: Any) -> None:
    line, _, pane = shown(speaker="Germany", speaker_country="DE")
    assert line.startswith("DE Germany ·")
    assert "Speaks for" not in pane
