"""What a reader types into the search box, as a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import (
    MAX_TOKENS,
    Both,
    Either,
    Search,
    Slip,
    Without,
    Words,
    folded,
    parse_search,
    shown_terms,
    slips,
    with_operators,
)


def words(*terms: str) -> Words:
    return Words(terms)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("troops", words("troops")),
        ('"130,000 Troops" moved', words("130 000 troops", "moved")),
        ("“curly quotes” «guillemets»", words("curly quotes", "guillemets")),
        ('an "open phrase', words("an", "open phrase")),
        ("Zelensky's naïve café", words("zelensky", "naive", "cafe")),
        ("x* ^y col:z", words("x", "y", "col z")),
        ("troops troops TROOPS", words("troops")),
        ('"" - ! 😀', None),
        ("a " * 5_000, words("a")),
        ("tanks and ships or planes not", words("tanks", "and", "ships", "or", "planes", "not")),  # not in capitals
        ("tanks AND ships", words("tanks", "ships")),
        ("tanks OR ships planes", Either((words("tanks"), words("ships", "planes")))),
        ("tanks (ships OR planes)", Both((words("tanks"), Either((words("ships"), words("planes")))))),
        ("tanks NOT ships", Both((words("tanks"), Without(words("ships"))))),
        ('NOT "war games" tanks', Both((words("tanks"), Without(words("war games"))))),
        ("NOT (tanks OR ships)", Without(Either((words("tanks"), words("ships"))))),
        ("NOT NOT tanks", Without(Without(words("tanks")))),
        ('"AND" tanks', words("and", "tanks")),
        ("tanks OR", words("tanks")),
        ("AND tanks", words("tanks")),
        ("tanks NOT", words("tanks")),
        ("tanks NOT OR ships", Either((words("tanks"), words("ships")))),
        ("(tanks", words("tanks")),
        (")tanks)(", words("tanks")),
        ("() OR ()", None),
    ],
)
def test_any_text_is_a_search(query: str, wanted: Search | None) -> None:
    assert parse_search(query) == wanted


@given(st.lists(st.sampled_from(["(", ")", "AND", "OR", "NOT", '"', "tanks", "ships", "“a b”"]), max_size=90))
def test_no_order_of_signs_fails(tokens: list[str]) -> None:
    found = parse_search(" ".join(tokens))
    slips(" ".join(tokens))
    shown = {word for term in shown_terms(found) for word in term.split()}
    assert shown <= {"tanks", "ships", "a", "b", "and", "or", "not"}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ()),
        ("tanks", ()),
        ('tanks "war games" (ships OR planes) NOT trucks', ()),
        ("tanks AND NOT ships", ()),
        ("NOT tanks", ()),
        ('NOT (tanks OR ships) "a or b"', ()),
        ("😀 !", (Slip.NO_WORD,)),
        ("NOT", (Slip.NO_WORD,)),
        ("AND OR", (Slip.NO_WORD,)),
        ('tanks "war games', (Slip.OPEN_QUOTE,)),
        ("tanks “war games", (Slip.OPEN_QUOTE,)),
        ("(tanks", (Slip.LONE_PARENTHESIS,)),
        ("tanks) (ships", (Slip.LONE_PARENTHESIS,)),
        ('"(" tanks', ()),
        ("OR tanks", (Slip.LONE_OPERATOR,)),
        ("tanks NOT", (Slip.LONE_OPERATOR,)),
        ("(tanks AND) ships", (Slip.LONE_OPERATOR,)),
        ("tanks NOT OR ships", (Slip.LONE_OPERATOR,)),
        ("tanks or ships", (Slip.SMALL_OPERATOR,)),
        ("or tanks and", ()),
        ('"tanks or (ships', (Slip.OPEN_QUOTE,)),
    ],
)
def test_what_is_perhaps_not_meant_is_told(query: str, wanted: tuple[Slip, ...]) -> None:
    assert slips(query) == wanted


def test_operators_are_put_in_capitals_outside_quotation_marks() -> None:
    assert with_operators('Bosnia and "or so" or “not this” not that') == ('Bosnia AND "or so" OR "not this" NOT that')


def test_deep_parentheses_end_somewhere() -> None:
    assert parse_search("(" * (MAX_TOKENS - 1) + "tanks") == words("tanks")
    assert parse_search("(" * 10_000 + "tanks") is None


def test_what_must_not_be_there_is_not_shown() -> None:
    found = parse_search('tanks (ships OR "war games") NOT planes')
    assert shown_terms(found) == ("tanks", "ships", "war games")


def test_folding() -> None:
    assert folded("Ångström’s  U.S.-led", None, "FORCE_9 Лавров ﬁn") == "angstrom u s led force 9 лавров fin"
