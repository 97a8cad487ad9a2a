"""What holds for every item of every demo article, whatever the rules find."""

import re

import pytest

from app.domain.edtf import parse_edtf
from app.domain.items import Extraction
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
