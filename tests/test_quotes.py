"""Quote marks: paired by shape, inside one paragraph, whatever the text does with them."""

import pytest
from spacy.language import Language

from app.domain.source import SourceText
from app.extraction.language import parse
from app.extraction.quotes import find_quotes


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


def test_a_mark_inside_the_first_word_is_no_token_before_it(nlp: Language) -> None:
    assert [opened for _, opened, _ in quoted(nlp, 'said"said')] == [False]


def test_a_quote_never_crosses_a_paragraph(nlp: Language) -> None:
    assert all("second" not in words for words, _, _ in quoted(nlp, "He said “the first.", "The second paragraph."))
