"""Places: (text, what is found with country and relation, why)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.source import SourceText
from app.extraction.findings import PlaceMention
from app.extraction.language import load_language, parse
from app.extraction.places import find_places
from app.knowledge import load_knowledge


def places_in(text: str, nlp: Language) -> list[PlaceMention]:
    """The places of a text of one paragraph."""
    source = SourceText(title="", published=date(2022, 2, 15), paragraphs=(text,))
    return find_places(parse(source, nlp), load_knowledge())


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("The envoys met in Geneva.", [("Geneva", "CH", "in")], "a city and its preposition"),
        ("Tanks stood near Ukraine.", [("Ukraine", "UA", "near")], "a country as a place"),
        ("Troops massed on Ukraine's borders.", [("Ukraine's borders", "UA", "on")], "a border belongs to its country"),
        ("Tanks rolled toward the Ukrainian border.", [("Ukrainian border", "UA", "toward")], "by its adjective too"),
        ("Clashes broke out in the Kenyan capital.", [("Nairobi", "KE", "in")], "a capital by its country's adjective"),
        ("Bombs fell near Norway's capital.", [("Oslo", "NO", "near")], "and by its name"),
        ("Ships sailed into the Black Sea.", [("Black Sea", None, "into")], "a sea lies in no country"),
        ("He was reading a nice book.", [], "towns called Reading and Nice are not meant"),
    ],
)
def test_places(nlp: Language, text: str, expected: list[tuple[str, str | None, str]], why: str) -> None:
    assert [(p.name, p.country, p.relation) for p in places_in(text, nlp)] == expected, why


def test_a_disputed_area_has_its_parent_and_a_flag(nlp: Language) -> None:
    (crimea,) = places_in("Forces held drills in Crimea on Monday.", nlp)
    assert (crimea.country, crimea.disputed) == ("UA", True)
    assert crimea.lat is not None


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    places_in(text.strip() or "-", load_language())
