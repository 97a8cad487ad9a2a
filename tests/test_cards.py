"""A military move in the words of a troop claim: one card and one mark, and an item of its own everywhere else."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine
from store_samples import Article

from app.db import queries
from app.db.density import read_density
from app.db.engine import reading
from app.db.rows import ItemPage
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality
from app.web.api.lanes import Drawing, lanes

DAY = date(2022, 2, 15)
TEXT = (
    "Germany moved 500 troops to Prague. Germany trained 700 soldiers. Czechia sent 300 troops. Germany left."
    "\nGermany might send 900 troops. Czechia massed 800 troops, and the massing went on."
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Four claims whose words tell of a move, of which the first two share card and mark with it."""
    deploy = {"category": EventCategory.DEPLOY, "date": str(DAY)}
    article = (
        Article(TEXT)
        .claim("Germany moved 500 troops to Prague", low=500, quantity="500", force_country="DE", date=str(DAY))
        .event("Germany moved 500 troops to Prague", "moved", countries=("DE", "CZ"), **deploy)
        .claim("Germany trained 700 soldiers", "soldiers", low=700, quantity="700", force_country="DE", date=str(DAY))
        .event("trained 700 soldiers", "trained", category=EventCategory.EXERCISE, countries=("DE",))  # has no date
        .claim("Czechia sent 300 troops", low=300, quantity="300", force_country="CZ", date=str(DAY))
        .event("Czechia sent 300 troops", "sent", category=EventCategory.DEPLOY, date="2022-02-14")  # another day
        .event("Germany left", "left", category=EventCategory.WITHDRAW, date=str(DAY))  # no claim
        .claim("Germany might send 900 troops", low=900, quantity="900", date=str(DAY))
        .event("Germany might send 900 troops", "send", modality=Modality.POSSIBLE, **deploy)  # less certain
        .claim("Czechia massed 800 troops", low=800, quantity="800", date=str(DAY))
        .event("Czechia massed 800 troops", "massed", **deploy)  # told again outside the claim
        .event("the massing went on", "massing", same_as=5, **deploy)
    )
    article.store(engine)
    return engine


def cards(conn: Connection, **filters: object) -> ItemPage:
    return queries.timeline_cards(conn, Filters(**filters))  # type: ignore[arg-type]


def named(page: ItemPage) -> dict[str, list[str]]:
    """The moves on each card, by their words."""
    by_id = {row.id: row for row in page.items}
    return {by_id[claim].text: [move.text for move in moves] for claim, moves in page.moves.items()}


PAIRS = {
    "Germany moved 500 troops to Prague": ["Germany moved 500 troops to Prague"],
    "Germany trained 700 soldiers": ["trained 700 soldiers"],
}


def test_a_move_stands_on_the_card_of_its_claim(filled: Engine) -> None:
    with reading(filled) as conn:
        page = cards(conn)
        everything = queries.timeline_items(conn, Filters()).items
    assert named(page) == PAIRS
    assert len(everything) == 11
    assert len(page.items) == 9
    on_cards = {move.id for moves in page.moves.values() for move in moves}
    assert {row.id for row in page.items} | on_cards == {row.id for row in everything}


@pytest.mark.parametrize(
    ("filters", "shown", "moves"),
    [
        ({"kinds": (ItemKind.MILITARY,)}, 6, 0),  # without claims each move has a card
        ({"kinds": (ItemKind.TROOPS,)}, 5, 0),
        ({"kinds": (ItemKind.TROOPS, ItemKind.MILITARY)}, 9, 2),
        ({"countries": ("CZ",)}, 2, 0),  # the claim of the 500 is of Germany's alone
        ({"countries": ("DE",)}, 2, 2),
        ({"excluded": ((Facet.KIND, "troops"),)}, 6, 0),
        ({"text": "500"}, 1, 1),
    ],
)
def test_a_move_whose_claim_is_not_shown_has_a_card(filled: Engine, filters: dict, shown: int, moves: int) -> None:
    with reading(filled) as conn:
        page = cards(conn, **filters)
        assert (len(page.items), sum(map(len, page.moves.values()))) == (shown, moves)
        assert queries.count_items(conn, Filters(**filters)).items == shown + moves


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_pages_of_cards_miss_none(filled: Engine, limit: int) -> None:
    with reading(filled) as conn:
        whole = cards(conn)
        found, after = [], None
        moves: dict[int, tuple] = {}
        while True:
            page = queries.timeline_cards(conn, Filters(), limit=limit, after=after)
            found += page.items
            moves |= page.moves
            if (after := page.next) is None:
                break
    assert found == list(whole.items)
    assert moves == whole.moves


def test_each_of_the_two_leads_to_the_other(filled: Engine) -> None:
    with reading(filled) as conn:
        for row in queries.timeline_items(conn, Filters()).items:
            besides = [other.text for other in queries.told_with(conn, row.id)]
            pairs = PAIRS if row.kind is ItemKind.TROOPS else {move[0]: [claim] for claim, move in PAIRS.items()}
            assert besides == (pairs.get(row.text, []) if row.kind is not ItemKind.DIPLOMATIC else [])


@pytest.mark.parametrize(("width", "kinds", "marks"), [(20, (), 3), (100, (), 3), (20, (ItemKind.MILITARY,), 4)])
def test_the_lane_draws_one_mark_and_counts_both(
    filled: Engine, width: int, kinds: tuple[ItemKind, ...], marks: int
) -> None:
    with reading(filled) as conn:
        found = lanes(conn, Drawing(read_density(conn)), Filters(kinds=kinds), DAY, DAY, width)
    lane = found.lanes[1]
    day = lane.days[0]
    moves = [mark for mark in day.marks if mark.kind is ItemKind.MILITARY]
    rail = [mark for mark in day.rail if mark.kind is ItemKind.MILITARY]
    assert len(moves) + sum(mark.count for mark in rail) == marks
    assert lane.count == (4 if kinds else 9)
    if rail:
        assert ("1 more in the words of troop claims" in rail[0].label) is not bool(kinds)
