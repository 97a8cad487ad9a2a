"""Quote marks: paired by shape, inside one paragraph, whatever the text does with them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.source import SourceText
from app.extraction.language import parse
from app.extraction.quotes import find_quotes
from app.knowledge import load_knowledge


def quoted(nlp: Language, *paragraphs: str) -> list[tuple[str, bool, bool]]:
    parsed = parse(SourceText(title="", paragraphs=paragraphs), nlp)
    return [(parsed.doc[q.start : q.end].text, q.opened, q.closed) for q in find_quotes(parsed)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ('"We will wait," she said.', ["We will wait,"], "straight marks"),
        ("“We will wait,” she said.", ["We will wait,"], "curly marks"),
        ("``We will wait,'' she said.", ["We will wait,"], "typewriter marks"),
        ("«We will wait», she said.", ["We will wait"], "angle marks"),
        ("‘We will wait,’ she said.", ["We will wait,"], "single marks where there are no double ones"),
        ('"Wait," he said. "Then go."', ["Wait,", "Then go."], "a quote broken by its cue is two"),
        ("The ministers' plan and the envoy's answer differ.", [], "apostrophes are no quote marks"),
        ("He stands 6'2\" tall.", [], "a mark that only closes, with nothing open, is none"),
        ("“We will wait,“ she said.", ["We will wait,"], "an opening mark that stands where one closes"),
        ("She said “we will ‘wait and see’ there.”", ["we will ‘wait and see’ there."], "inner quotes stay inside"),
        ('They call it "the line" there.', ["the line"], "a scare quote is a quoted stretch too"),
    ],
)
def test_marks_are_paired_by_their_shape(nlp: Language, text: str, expected: list[str], why: str) -> None:
    assert [words for words, _, _ in quoted(nlp, text)] == expected, why


def test_speech_that_runs_over_paragraphs_is_left_open_and_taken_up(nlp: Language) -> None:
    found = quoted(nlp, "The mayor said: “The bridge is closed.", "“It will open on Monday,” he added.")
    assert found == [("The bridge is closed.", True, False), ("It will open on Monday,", True, True)]


def test_a_closing_mark_ends_the_speech_of_the_paragraph_before(nlp: Language) -> None:
    found = quoted(nlp, "The mayor said: “The bridge is closed.", "It will open on Monday,” he added.")
    assert found[1] == ("It will open on Monday,", False, True)


def test_a_quote_never_crosses_a_paragraph(nlp: Language) -> None:
    assert all("second" not in words for words, _, _ in quoted(nlp, "He said “the first.", "The second paragraph."))


MARKS = ['"', "“", "”", "''", "``", "‘", "’", "'", "«", "»", "„", ",", ".", "?", "—", ":", "(", ")"]
WORDS = [
    "said",
    "Ivan",
    "Petrenko",
    "we",
    "will",
    "wait",
    "according",
    "to",
    "Kyiv",
    "U.S.",
    "его",
    "שלום",
    "12",
    "that",
]
PIECES = MARKS + WORDS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), min_size=1, max_size=4),
    st.sampled_from(["", " "]),
)
def test_no_text_makes_quotes_actors_or_statements_raise(nlp: Language, words: list[list[str]], glue: str) -> None:
    from app.extraction.actors import find_actors
    from app.extraction.attribution import find_statements

    paragraphs = tuple(text for paragraph in words if (text := glue.join(paragraph).strip()))
    source = SourceText(title="", paragraphs=paragraphs)
    parsed = parse(source, nlp)
    found = find_quotes(parsed)
    assert all(0 <= q.start < q.end <= len(parsed.doc) for q in found)
    mentions = find_actors(parsed, source, found, load_knowledge())
    for statement in find_statements(parsed, source, found, mentions, load_knowledge()):
        assert source.text[statement.start : statement.end] == statement.text
        assert source.paragraph_at(statement.start) == statement.paragraph == source.paragraph_at(statement.end - 1)
        assert 0 <= statement.confidence <= 1
