"""What holds for every item of every demo article, whatever the rules find."""

import re
import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.edtf import parse_edtf
from app.domain.items import Event, Extraction, Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import TimeType
from app.exports.jsonl import result, result_line
from app.extraction.batch import extract_all
from app.extraction.pipeline import extract
from app.knowledge import load_knowledge

PRONOUN = re.compile(r"(?:he|she|they|it|we|you|i|his|her|their|who|him|them)\b", re.IGNORECASE)


def test_seeds_are_read_without_a_warning(seed_extractions: list[Extraction]) -> None:
    assert len(seed_extractions) >= 25
    assert {e.source.source_file: e.warnings for e in seed_extractions if e.warnings} == {}


def test_every_span_is_its_text(seed_extractions: list[Extraction]) -> None:
    for extraction in seed_extractions:
        text, paragraphs = extraction.source.text, extraction.source.paragraphs
        starts = extraction.source.paragraph_starts
        for item in (*extraction.statements, *extraction.events, *extraction.troop_claims, *extraction.times):
            assert text[item.start : item.end] == item.text != ""
            inside = starts[item.paragraph], starts[item.paragraph] + len(paragraphs[item.paragraph])
            assert inside[0] <= item.start < item.end <= inside[1]
        for statement in extraction.statements:
            if statement.speaker_mention:
                assert text[statement.speaker_start : statement.speaker_end] == statement.speaker_mention
            assert text[statement.cue_start :].startswith(statement.cue.split()[0])
        for event in extraction.events:
            assert text[event.trigger_start :].startswith(event.trigger)
            assert event.start <= event.trigger_start < event.end


def test_every_date_is_edtf_and_says_why(seed_extractions: list[Extraction]) -> None:
    for extraction in seed_extractions:
        for item in (*extraction.statements, *extraction.events, *extraction.troop_claims):
            assert item.date_rule, item
            if item.date is not None:
                parse_edtf(item.date)


def is_supported(item: Statement | Event | TroopClaim, extraction: Extraction) -> bool:
    """True where the item's date is none, one of the text's, or the publication's or counted, as its rule says."""
    published, named = extraction.source.published, [parse_edtf(t.edtf) for t in extraction.times if t.edtf]
    if item.date is None or item.date in {day.edtf for day in named}:
        return True
    if published is not None and item.date == published.isoformat() and "publication day" in item.date_rule:
        return True
    if "counted from" in item.date_rule:
        return any(t.type is TimeType.DURATION for t in extraction.times)
    when = parse_edtf(item.date)  # a range that the text joins of two
    return {when.earliest, when.latest} <= {day for n in named for day in (n.earliest, n.latest)}


def test_no_day_that_the_text_does_not_support(seed_extractions: list[Extraction]) -> None:
    for extraction in seed_extractions:
        for item in (*extraction.statements, *extraction.events, *extraction.troop_claims):
            assert is_supported(item, extraction), item


WHO = st.sampled_from(["Russia", "Ukraine", "The Polish army", "Minister Ivan Petrenko", "He", "The ministry"])
DID = st.sampled_from(
    ["said it shelled", "will attack", "withdrew 500 troops from", "met", "may invade", "said", "agreed"]
)
WHOM = st.sampled_from(["Ukraine", "Belarus", "the envoy", "Kyiv", "", "that talks failed", "a truce"])
WHEN = st.sampled_from(
    [
        "on Tuesday",
        "on Feb. 29",
        "on Dec. 31",
        "yesterday",
        "last week",
        "in March",
        "two days before the vote",
        "a day after the talks",
        "soon",
        "from Jan. 30 to Feb. 2",
        "on New Year's Day",
        "this week",
        "in 1999",
        "until then",
        "the same day",
        "",
    ]
)
SENTENCE = st.tuples(WHEN, WHO, DID, WHOM, WHEN).map(lambda words: " ".join(filter(None, words)).strip() + ".")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sentences=st.lists(SENTENCE, min_size=1, max_size=4),
    published=st.one_of(
        st.none(),
        st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        st.sampled_from([date(2000, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(1900, 3, 1), date(2100, 2, 28)]),
    ),
)
def test_no_article_gets_a_day_that_it_does_not_support(
    nlp: Language, sentences: list[str], published: date | None
) -> None:
    source = SourceText(title="", paragraphs=(" ".join(sentences),), published=published)
    extraction = extract(source, nlp=nlp, knowledge=load_knowledge())
    assert extraction.warnings == ()
    for item in (*extraction.statements, *extraction.events, *extraction.troop_claims):
        assert item.date is None or parse_edtf(item.date).edtf == item.date
        assert is_supported(item, extraction), item


MARKS = [*"\"“”‘’'«»„,.?!;:—–-()[]…*/&%$\u200b\u00a0", "''", "``", "--", "..."]
WORDS = """
    said told says warned denied called accused asked urged vowed tweeted showed according to for on of that who which
    whose what if because as while but and not Ivan Petrenko Kyiv Moscow NATO U.S. Mr. he she it they we I the a his
    minister report images troops 100,000 tanks attacked withdrew near Monday yesterday 2022 12 went on to say made it
    clear claim его сказал שלום 和平 İstanbul naïve ﬁne ☮ x
"""
WORD = st.sampled_from(WORDS.split())
PIECE = st.one_of(WORD, WORD, st.sampled_from(MARKS), st.text(max_size=4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.lists(PIECE, min_size=1, max_size=30), min_size=1, max_size=4),
    glue=st.sampled_from([" ", " ", ""]),
)
def test_no_text_makes_a_step_fail(nlp: Language, words: list[list[str]], glue: str) -> None:
    paragraphs = tuple(text for paragraph in words if (text := " ".join(glue.join(paragraph).split())))
    source = SourceText(title="", paragraphs=paragraphs, published=date(2022, 2, 15))
    extraction = extract(source, nlp=nlp, knowledge=load_knowledge())
    assert extraction.warnings == ()
    for item in (*extraction.statements, *extraction.events, *extraction.troop_claims, *extraction.times):
        assert source.text[item.start : item.end] == item.text != ""
    for statement in extraction.statements:
        assert source.paragraph_at(statement.start) == statement.paragraph == source.paragraph_at(statement.end - 1)
        assert 0 < statement.confidence <= 1


def test_names_numbers_and_links_make_sense(seed_extractions: list[Extraction]) -> None:
    for extraction in seed_extractions:
        names = {actor.name for actor in extraction.actors}
        for statement in extraction.statements:
            assert statement.speaker is None or not PRONOUN.fullmatch(statement.speaker)
            assert statement.speaker is None or statement.speaker in names
            assert 0 < statement.confidence <= 1
        for number, event in enumerate(extraction.events):
            assert 0 < len(event.headline) <= 90
            assert event.same_as is None or event.same_as < number
            assert set(event.actors) <= names
            assert 0 < event.confidence <= 1
        for claim in extraction.troop_claims:
            assert claim.claimed_by is None or claim.claimed_by in names
            assert claim.low is None or claim.high is None or claim.low <= claim.high
            assert 0 < claim.confidence <= 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_bytes_do_not_depend_on_jobs_or_neighbours(seed_extractions: list[Extraction], jobs: int) -> None:
    sources = [extraction.source for extraction in reversed(seed_extractions)]
    again = [result_line(extraction) for extraction in extract_all(sources, jobs=jobs)]
    assert again[::-1] == [result_line(extraction) for extraction in seed_extractions]


def test_processes_start_anew_beside_another_thread(seed_extractions: list[Extraction]) -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        again = [result_line(found) for found in extract_all([e.source for e in seed_extractions[:9]], jobs=2)]
    finally:
        done.set()
        thread.join()
    assert again == [result_line(extraction) for extraction in seed_extractions[:9]]


def test_result_has_the_public_keys(seed_extractions: list[Extraction]) -> None:
    first = result(seed_extractions[0])
    assert first["schema"] == "crisis-timeline/extraction/1"
    assert {
        "id",
        "title",
        "published",
        "url",
        "outlet",
        "language",
        "source_file",
        "sha256",
        "text",
        "paragraphs",
    } <= set(first["article"])
    assert {"statements", "events", "troop_claims", "times", "warnings"} <= set(first)


def test_an_empty_article_gives_nothing_and_no_warning(nlp, seed_extractions: list[Extraction]) -> None:
    from dataclasses import replace

    empty = replace(seed_extractions[0].source, paragraphs=())
    found = extract(empty, nlp=nlp, knowledge=load_knowledge())
    assert (found.statements, found.events, found.troop_claims, found.times, found.warnings) == ((), (), (), (), ())
