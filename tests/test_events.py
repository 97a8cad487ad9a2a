"""Events: (text, category, modality, source, target, headline), what is none, and how mentions are linked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.items import Event
from app.domain.source import SourceText
from app.domain.vocabulary import EventCategory
from app.extraction.events import link_mentions
from app.extraction.headlines import LONGEST
from app.extraction.language import load_language
from app.extraction.pipeline import extract
from app.knowledge import load_knowledge

WORDS = tuple('Russia and Ukraine agreed to not meet attack on talks with if said " will Putin in Kyiv , .'.split())  # noqa: SIM905


def events_in(text: str, nlp: Language) -> tuple[Event, ...]:
    """The events of a text, a paragraph a line."""
    source = SourceText(title="", published=date(2022, 2, 15), paragraphs=tuple(text.split("\n")))
    found = extract(source, nlp=nlp, knowledge=load_knowledge())
    assert found.warnings == ()
    for event in found.events:
        assert source.text[event.start : event.end] == event.text
        assert source.text[event.trigger_start :].startswith(event.trigger)
        assert 0 < len(event.headline) <= LONGEST
    return found.events


@pytest.mark.parametrize(
    ("text", "category", "modality", "source", "target", "headline"),
    [
        (
            "French President Emmanuel Macron met Chinese President Xi Jinping in Paris on Monday.",
            "meet", "happened", "FR", "CN", "Macron met Xi in Paris",
        ),
        (
            "German Chancellor Olaf Scholz planned to meet Russian President Vladimir Putin in Moscow.",
            "meet", "planned", "DE", "RU", "Scholz planned to meet Putin in Moscow",
        ),
        (
            "Russia shelled the Ukrainian town overnight.",
            "attack", "happened", "RU", "UA", "Russia shelled Ukrainian town",
        ),
        (
            "Ukraine was attacked by Russia on Thursday.",
            "attack", "happened", "RU", "UA", "Ukraine was attacked by Russia",
        ),
        ("Russia may invade Ukraine this week.", "attack", "possible", "RU", "UA", "Russia may invade Ukraine"),
        (
            "Britain imposed sanctions on Belarus.",
            "sanction", "happened", "GB", "BY", "Britain imposed sanctions on Belarus",
        ),
        (
            "Poland expelled two Russian diplomats.",
            "sanction", "happened", "PL", "RU", "Poland expelled two Russian diplomats",
        ),
        (
            "Azerbaijan and Armenia signed a peace deal.",
            "agree", "happened", "AZ", "AM", "Azerbaijan and Armenia signed peace deal",
        ),
        (
            "Iran agreed to release the sailors to Sweden.",
            "agree", "happened", "IR", "SE", "Iran agreed to release sailors to Sweden",
        ),
        ("Italy will send weapons to Ukraine.", "aid", "planned", "IT", "UA", "Italy will send weapons to Ukraine"),
        (
            "North Korea test-fired a missile on Sunday.",
            "exercise", "happened", "KP", None, "North Korea fired missile",
        ),
        (
            "Russia withdrew its troops from Kherson.",
            "withdraw", "happened", "RU", "UA", "Russia withdrew troops from Kherson",
        ),
        ("Spain accused Morocco of blackmail.", "accuse", "happened", "ES", "MA", "Spain accused Morocco of blackmail"),
        (
            "Britain put into force a package of sanctions against Iran.",
            "sanction", "happened", "GB", "IR", "Britain put into force package of sanctions against Iran",
        ),
        (
            "Japan evacuated its embassy in Kabul.",
            "evacuate", "happened", "JP", "AF", "Japan evacuated embassy in Kabul",
        ),
    ],
)  # fmt: skip
def test_events(
    nlp: Language, text: str, category: str, modality: str, source: str, target: str | None, headline: str
) -> None:
    (event, *_) = events_in(text, nlp)
    assert (str(event.category), str(event.modality), event.source, event.target) == (
        category,
        modality,
        source,
        target,
    )
    assert event.headline == headline


@pytest.mark.parametrize(
    ("text", "headline", "why"),
    [
        (
            "At Hostomel near Kyiv, Russian airborne forces and Ukrainian troops fought over the airport.",
            "Russian airborne forces and Ukrainian troops fought over airport",
            "a subject that the parse has taken for a place",
        ),
        ("Ukraine dismissed the claim as nonsense.", "Ukraine dismissed claim as nonsense", "what it is called"),
        (
            "Minister Jan Novak insisted that Poland must never join the pact.",
            "Novak insisted that Poland must never join pact",
            "a demand with its content",
        ),
        (
            "Tuesday's call between Macron and Putin lasted.",
            "Call between Macron and Putin",
            "nothing is told of it",
        ),
        (
            "Exactly the Russian troops withdrew from Kherson on Monday.",
            "Russian troops withdrew from Kherson",
            "no adverb of the noun",
        ),
        (
            "Italian Minister Ada Weiss met Spanish Minister Jan Smit in Rome. The two ministers will meet again.",
            "Weiss and Smit will meet",
            "the two are named",
        ),
        (
            "Kurdish leaders accused the Syrian army of theft.",
            "Kurdish leaders accused Syrian army of theft",
            "no pair",
        ),
        (
            "President Emmanuel Macron told a security conference in Munich that talks must go on.",
            "Macron speaks to security conference in Munich",
            "a conference that is spoken to",
        ),
        (
            "The United States put sanctions on Belbank, on two generals and on Belarusian debt.",
            "United States put sanctions on Belbank, on two generals and on Belarusian debt",
            "the commas of a list",
        ),
    ],
)
def test_headlines(nlp: Language, text: str, headline: str, why: str) -> None:
    assert headline in [event.headline for event in events_in(text, nlp)], why


def test_a_long_subject_gives_way_to_what_it_did(nlp: Language) -> None:
    text = "Some Russian units of the Southern and Western military districts were returning to their bases, "
    (event, *_) = events_in(text + "U.S. officials said.", nlp)
    assert event.headline.startswith("Some Russian units were returning to bases")


@pytest.mark.parametrize(
    ("text", "source", "target", "why"),
    [
        ("Swedish and Finnish officials agreed to share data.", "SE", "FI", "adjectives joined name two sides"),
        ("U.S.-Soviet arms talks resumed.", "US", "SU", "so do those that a hyphen joins"),
        ("Polish workers stormed the Polish parliament.", "PL", "PL", "one country on both sides"),
        ("Polish police arrested dozens of activists.", "PL", "PL", "activists are its own"),
        ("Protesters clashed with police in Riga.", "LV", "LV", "both are of the place"),
        ("Hundreds of ethnic Greeks demonstrated in Albania.", "AL", "AL", "by descent, not by state"),
        ("Rockets were fired at Israel from Lebanon.", "LB", "IL", "a blow comes from a place"),
        ("Israel said rockets were fired at it from Lebanon.", "LB", "IL", "and hits whoever tells of it"),
        ("The Spanish general in Mali met President Omar Haddad in Beirut.", "ES", "LB", "a host is of the place"),
        ("France welcomed the new text as proof of Washington's goodwill.", "FR", "US", "named farther down"),
        ("Serb forces were engaged in battles against Croatia.", "RS", "HR", "who is engaged in it does it"),
        ("A Somali militia claimed responsibility for an attack in Kenya.", "SO", "KE", "who claims it did it"),
        ("Joe Biden is scheduled to attend a summit in Spain.", "US", "ES", "whom a passive plans for does it"),
        ("President Bush has threatened action against Cuba.", "US", "CU", "an office and a surname tell the country"),
        ("Parliament in Riga sanctioned 40 Russians.", "LV", "RU", "a body is of where it sits"),
        ("Latvia imposed martial law, and Spain left Mali.", "LV", None, "another clause's country is none"),
        ("Hamas militants attacked Israeli soldiers.", "PS", "IL", "a group that tells where it is"),
        ("Islamic State fighters attacked Syrian soldiers.", None, "SY", "one that does not is nobody's"),
        ("Israel attacked Hezbollah fighters.", "IL", "LB", "on the other side, too"),
        ("Russia moved its troops to Belarus.", "RU", "BY", "own troops are no target"),
    ],
)  # fmt: skip
def test_both_sides(nlp: Language, text: str, source: str | None, target: str | None, why: str) -> None:
    (event, *_) = events_in(text, nlp)
    assert (event.source, event.target) == (source, target), why


def test_what_is_so_beside_a_demand_is_told_by_the_article(nlp: Language) -> None:
    (event, *_) = [
        e
        for e in events_in("The envoy asked that the staff leave as Iran has shelled Basra.", nlp)
        if e.category is EventCategory.ATTACK
    ]
    assert (event.modality, event.according_to) == ("happened", None)


def test_pro_russian_is_not_russian(nlp: Language) -> None:
    (event, *_) = events_in("Pro-Russian separatists shelled a Ukrainian village.", nlp)
    assert event.source != "RU"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Moscow wants the alliance to withdraw its troops.", "a wish"),
        ("The city lives in fear of a Russian invasion.", "a fear"),
        ("If Russia invades Ukraine, Germany will answer.", "a condition"),
        ("Russia denied that it planned to invade Ukraine.", "a denial without a date is a statement only"),
        ("Films taken over a long period show Russian tanks.", "a time is not taken over"),
        ("The census takes in Poland.", "what takes nobody in is no help"),
        ("Any Russian ship crossing the line will be stopped, Norway said.", "a condition"),
        ("Putin was in Moscow on Monday.", "a leader at home is no visit"),
        ("The attack struck at night.", "it was told before"),
    ],
)
def test_no_event(nlp: Language, text: str, why: str) -> None:
    assert [e for e in events_in(text, nlp) if e.category != "other"] == [], why


def test_what_one_side_tells_of_a_fight_is_alleged(nlp: Language) -> None:
    event = next(e for e in events_in("Ukraine said that Russia had shelled Kharkiv.", nlp) if e.category == "attack")
    assert (event.modality, event.according_to) == ("alleged", "Ukraine")


def test_what_is_only_claimed_of_an_attacker_is_possible(nlp: Language) -> None:
    event = next(e for e in events_in("Iran's leader fled, claiming that Iraq was about to attack.", nlp))
    assert (event.category, event.modality) == ("attack", "possible")


def test_a_bare_noun_takes_the_sides_of_the_article(nlp: Language) -> None:
    found = events_in("Russia invaded Ukraine on Thursday.\nThe invasion began at dawn near Kharkiv on Thursday.", nlp)
    assert [(e.source, e.target) for e in found] == [("RU", "UA")] * len(found)


def test_mentions_of_one_happening_are_linked(nlp: Language) -> None:
    (first, *_) = events_in("Macron met Putin in Moscow on Monday.", nlp)
    first = replace(first, same_as=None)
    again = replace(first, paragraph=3, place=None)
    other_day = replace(first, date="2021-01-01")
    planned = replace(first, modality=type(first.modality).PLANNED)
    assert [e.same_as for e in link_mentions([first, again, other_day, planned])] == [None, 0, None, None]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_no_words_raise(words: list[str]) -> None:
    events_in(" ".join(words) or "-", load_language())
