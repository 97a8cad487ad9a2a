"""Troop claims: (text, quantity, unit, movement, whose, why), and what is none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.items import TroopClaim
from app.domain.source import SourceText
from app.extraction.language import load_language
from app.extraction.pipeline import extract
from app.extraction.quantities import number_value
from app.knowledge import load_knowledge

WORDS = tuple("Russia 5,000 thousands of troops moved to near , half with more than Crimea said .".split())  # noqa: SIM905


def claims_in(text: str, nlp: Language) -> tuple[TroopClaim, ...]:
    """The troop claims of a text of one paragraph."""
    source = SourceText(title="", published=date(2022, 2, 15), paragraphs=(text,))
    found = extract(source, nlp=nlp, knowledge=load_knowledge())
    assert found.warnings == ()
    for claim in found.troop_claims:
        assert source.text[claim.start : claim.end] == claim.text
    return found.troop_claims


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "movement", "country", "why"),
    [
        (
            "Russia massed more than 90,000 troops near Ukraine.",
            ">90000",
            "troops",
            "buildup",
            "RU",
            "qualifier, object",
        ),
        ("At least 200 Polish soldiers arrived in Vilnius.", ">=200", "troops", "arrive", "PL", "subject"),
        ("France moved about 500 soldiers to Romania.", "~500", "troops", "move", "FR", "about"),
        ("Up to 2,000 British troops were sent to Estonia.", "<=2000", "troops", "move", "GB", "a passive"),
        ("Dozens of Chinese warplanes flew near Taiwan.", "10s", "aircraft", "move", "CN", "a vague number"),
        (
            "Tens of thousands of Russian troops withdrew from Crimea.",
            "10000s",
            "troops",
            "withdraw",
            "RU",
            "a vaguer one",
        ),
        ("Six Russian warships sailed into the Black Sea.", "6", "ships", "move", "RU", "a number in letters"),
        (
            "Eighty-three Russian battalion tactical groups are in Belarus.",
            "83",
            "battalion tactical groups",
            "present",
            "RU",
            "units",
        ),
        ("Between 3,000 and 5,000 Turkish troops stayed in Syria.", "3000-5000", "troops", "present", "TR", "a range"),
        (
            "Belarus held large military drills near the Polish border.",
            None,
            "troops",
            "exercise",
            "BY",
            "a noun tells it",
        ),
        ("Half of Russia's air force is deployed in the region.", "~50%", "air force", "present", "RU", "a share"),
        ("North Korea deployed artillery along the border.", None, "artillery", "present", "KP", "deployed along"),
        ("Russian troops have been deployed to Kazakhstan.", None, "troops", "arrive", "RU", "deployed to"),
        ("The envoy put Turkish strength in Syria at about 9,000.", "~9000", "troops", "present", "TR", "a strength"),
        ("Polish forces in Vilnius are heading for a strength of 4,000.", "4000", "troops", "move", "PL", "its size"),
        ("The Turkish army has a size of 400,000.", "400000", "armies", "present", "TR", "its size"),
        ("Iran began an offensive in Syria with up to 6,000 troops.", "<=6000", "troops", "move", "IR", "sent into it"),
        ("The drill involves 400 French soldiers.", "400", "troops", "present", "FR", "an exercise that involves them"),
        ("The envoy spoke of more than 800 Turkish soldiers.", ">800", "troops", "present", "TR", "told behind of"),
        ("Six Polish jets are on alert.", "6", "aircraft", "present", "PL", "a posture of forces"),
        ("The CSTO sent 200 soldiers to Armenia.", "200", "troops", "move", "RU", "an alliance that one state leads"),
        ("About 300 Wagner fighters arrived in Mali.", "~300", "troops", "arrive", "RU", "a unit by its name"),
        (
            "Some 800 pro-Russian separatist forces are in Luhansk.",
            "~800",
            "troops",
            "present",
            "UA",
            "rebels",
        ),
        ("Iran enlarged its armed forces by 20,000.", "20000", "troops", "buildup", "IR", "by so many"),
    ],
)
def test_troop_claims(
    nlp: Language, text: str, quantity: str | None, unit: str, movement: str, country: str, why: str
) -> None:
    (claim,) = claims_in(text, nlp)
    assert (claim.quantity, claim.unit, str(claim.movement), claim.force_country) == (
        quantity,
        unit,
        movement,
        country,
    ), why


@pytest.mark.parametrize(
    ("text", "quantities", "country", "why"),
    [
        (
            "Turkish troops have massed near Syria. The envoy put the figure at about 9,000.",
            [None, "~9000"], "TR", "the figure counts the forces told of before",
        ),
        (
            "Iran has 7,000 troops in Syria. An earlier British estimate stood at 5,000.",
            ["7000", "5000"], "IR", "whose estimate it is does not tell whose forces they are",
        ),
        (
            "Spain sent 900 soldiers to Latvia and moved 300 from Riga to Estonia.",
            ["900", "300"], "ES", "a number without its noun, moved too",
        ),
        (
            "Spain sent 900 soldiers abroad. Of those, 600 will go to Latvia and 300 to Estonia.",
            ["900", "600", "300"], "ES", "shares of them, the second without its verb",
        ),
        (
            "Turkey has 7,000 troops in Syria, up from 5,000 on Jan. 3.",
            ["7000", "5000"], "TR", "what there were before",
        ),
        (
            "Iran's navy is on the move. Six large warships are sailing to Syria.",
            ["6"], "IR", "the forces of the sentence before tell whose",
        ),
    ],
)  # fmt: skip
def test_numbers_that_stand_apart(
    nlp: Language, text: str, quantities: list[str | None], country: str, why: str
) -> None:
    found = claims_in(text, nlp)
    assert [claim.quantity for claim in found] == quantities, why
    assert {claim.force_country for claim in found} == {country}, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The bank put the figure at 5,000.", "no forces are told of"),
        ("The soldiers like soup. The estimate for the bill stood at 500.", "a count of something else"),
        ("The envoy told Turkish soldiers a tale.", "soldiers that are only spoken to"),
        ("Iran could begin an offensive with 6,000 troops.", "an operation that may be"),
        ("Shelling killed 40 Ukrainian soldiers on Thursday.", "the dead are no troop claim"),
        ("The United States delivered 300 missiles to Ukraine.", "arms given away are none"),
        ("If Russia sends troops to Belarus, we will answer.", "a condition"),
        ("Germany could send 500 soldiers to Lithuania.", "a possibility"),
        ("A group of Polish diplomats held a meeting in Riga.", "a group that is no battalion tactical group"),
        ("Kyiv counts the troops on the other side.", "forces told of before, only looked at"),
        ("The soldier phoned his mother.", "nothing moves"),
    ],
)
def test_no_troop_claim(nlp: Language, text: str, why: str) -> None:
    assert claims_in(text, nlp) == (), why


def test_a_claim_knows_who_makes_it(nlp: Language) -> None:
    (claim,) = claims_in("The Pentagon said that Russia had moved 5,000 troops to Belarus.", nlp)
    assert claim.claimed_by == "Pentagon"
    (claim,) = claims_in("Russia moved 5,000 troops to Belarus on Sunday.", nlp)
    assert claim.claimed_by is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Videos showed 40 Turkish tanks near Aleppo.", "nobody's images"),
        ("The envoy demanded talks as Iran moved 900 soldiers to Syria.", "what stands beside a demand"),
    ],
)
def test_a_claim_of_nobody(nlp: Language, text: str, why: str) -> None:
    (claim,) = claims_in(text, nlp)
    assert claim.claimed_by is None, why


def test_a_question_may_hold_a_claim(nlp: Language) -> None:
    (claim,) = claims_in("It is unclear where the Iranian troops that left Syria on Monday were deployed.", nlp)
    assert claim.movement == "withdraw"


def test_forces_of_a_nameless_body_are_nobodys(nlp: Language) -> None:
    (_, claim) = claims_in("Russia moved 900 soldiers to Belarus after NATO allies put forces on standby.", nlp)
    assert (claim.movement, claim.force_country) == ("present", None)


def test_leaving_barracks_is_no_withdrawal(nlp: Language) -> None:
    (claim,) = claims_in("Iranian units are leaving their barracks for positions near Basra.", nlp)
    assert claim.movement == "move"


def test_a_claim_is_told_whole(nlp: Language) -> None:
    (claim,) = claims_in("Iran has continued to mass troops near Syria.", nlp)
    assert claim.text == "Iran has continued to mass troops near Syria"


@pytest.mark.parametrize(
    ("text", "added", "why"),
    [
        ("Russia has added as many as 7,000 troops near Ukraine.", True, "the verb"),
        ("Another 3,000 U.S. soldiers were ordered to Poland.", True, "a word that counts on"),
        ("An additional 5,000 Russian soldiers arrived in Crimea.", True, "an adjective"),
        ("Russia sent 7,000 more troops to Belarus.", True, "more without than"),
        ("Ukraine decided to enlarge the armed forces by 100,000.", True, "by so many"),
        ("Russia massed more than 90,000 troops near Ukraine.", False, "more than is a bound"),
        ("Russia gathered 100,000 troops by Monday.", False, "by a day"),
        ("Another British regiment moved to Estonia.", False, "no number"),
    ],
)
def test_a_number_may_come_on_top(nlp: Language, text: str, added: bool, why: str) -> None:
    (claim,) = claims_in(text, nlp)
    assert claim.added is added, why


def test_the_bounds_of_a_number(nlp: Language) -> None:
    (claim,) = claims_in("Russia massed more than 90,000 troops near Ukraine.", nlp)
    assert (claim.low, claim.high) == (90001, None)
    assert claim.place == "near Ukraine"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["130,000"], 130000),
        (["two", "dozen"], 24),
        (["1.5", "million"], 1500000),
        (["eighty-three"], 83),
        (["one", "hundred", "thousand"], 100000),
        (["troops"], None),
        (["0"], None),
    ],
)
def test_numbers(words: list[str], value: int | None) -> None:
    assert number_value(words) == value


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_no_words_raise(words: list[str]) -> None:
    claims_in(" ".join(words) or "-", load_language())
