"""Whether a thing happened, by the words around it: (sentence, trigger word, modality, why)."""

import pytest
from spacy.language import Language

from app.domain.vocabulary import Modality
from app.extraction.climb import Reading
from app.extraction.modality import read_modality
from app.knowledge import load_knowledge


def read(nlp: Language, sentence: str, word: str) -> Reading:
    """The reading of the sentence's first token that is the word."""
    trigger = next(token for token in nlp(sentence) if token.text == word)
    return read_modality(trigger, load_knowledge().event_verbs)


@pytest.mark.parametrize(
    ("sentence", "word", "modality", "why"),
    [
        ("The minister met the envoy in Oslo.", "met", Modality.HAPPENED, "a past verb"),
        ("The minister will meet the envoy in Oslo.", "meet", Modality.PLANNED, "will"),
        ("The minister planned to meet the envoy.", "meet", Modality.PLANNED, "the verb that governs it"),
        ("The minister is expected to meet the envoy.", "meet", Modality.PLANNED, "a passive that governs it"),
        ("The minister is due to meet the envoy.", "meet", Modality.PLANNED, "an adjective that governs it"),
        ("The minister may meet the envoy.", "meet", Modality.POSSIBLE, "may"),
        ("The army could attack the port.", "attack", Modality.POSSIBLE, "could"),
        ("The army did not attack the port.", "attack", Modality.DENIED, "not"),
        ("The president ruled out sending troops.", "sending", Modality.DENIED, "a verb that rules it out"),
        ("The ministers cancelled the summit.", "summit", Modality.DENIED, "a verb that calls it off"),
        ("The army has no plans to attack the port.", "attack", Modality.DENIED, "no plans"),
        ("The army allegedly attacked the port.", "attacked", Modality.ALLEGED, "an adverb"),
        ("The alleged attack hurt nobody.", "attack", Modality.ALLEGED, "an adjective"),
        ("They held talks in Oslo.", "talks", Modality.HAPPENED, "a verb that carries the noun"),
        ("They will hold talks in Oslo.", "talks", Modality.PLANNED, "the carrying verb's will"),
        ("A meeting of the two presidents remains uncertain.", "meeting", Modality.POSSIBLE, "a judgement of it"),
        ("The talks in Oslo are coming up.", "talks", Modality.PLANNED, "a verb that puts it ahead"),
        ("If they cross the river, that is an invasion.", "invasion", Modality.POSSIBLE, "named under a condition"),
        ("The army is planning for an attack on the port.", "attack", Modality.PLANNED, "a plan by its verb"),
        ("The army was in a position to attack the port.", "attack", Modality.POSSIBLE, "able to"),
        ("The talks are to follow in Oslo.", "talks", Modality.PLANNED, "are to"),
        ("The militia claimed responsibility for the attack.", "attack", Modality.ALLEGED, "a claim of it"),
        ("The militia denied responsibility for the attack.", "attack", Modality.DENIED, "a denial of it"),
        ("The talks could begin next week.", "talks", Modality.POSSIBLE, "the verb that the noun is subject of"),
    ],
)
def test_modality(nlp: Language, sentence: str, word: str, modality: Modality, why: str) -> None:
    assert read(nlp, sentence, word).modality is modality, why


@pytest.mark.parametrize(
    ("sentence", "word", "flag"),
    [
        ("If the army attacks the port, we will answer.", "attacks", "conditional"),
        ("It is unclear whether the army attacked the port.", "attacked", "conditional"),
        ("The city lives in fear of an attack.", "attack", "feared"),
        ("He said that any unit crossing the river would be stopped.", "crossing", "conditional"),
        ("He asked for a loan and for a meeting with the envoy.", "meeting", "wished"),
        ("The president wants to meet the envoy.", "meet", "wished"),
        ("The two sides should hold talks.", "talks", "wished"),
        ("Sending troops was not on the table.", "Sending", "wished"),
        ("The ministers cancelled the summit.", "summit", "cancelled"),
    ],
)
def test_what_is_only_thought_of(nlp: Language, sentence: str, word: str, flag: str) -> None:
    assert getattr(read(nlp, sentence, word), flag) is True


def test_intent_comes_before_content(nlp: Language) -> None:
    reading = read(nlp, "The two leaders agreed to meet in Oslo.", "meet")
    assert reading.intent is not None
    assert reading.intent.plover == "AGREE"
    assert (reading.carrier.text, reading.modality) == ("agreed", Modality.HAPPENED)
