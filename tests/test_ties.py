"""Who has to do with whom: what an actor's or country's ties count is what the timeline shows under their filter."""

import pytest
from sqlalchemy import Engine, select
from store_samples import Article

from app.db import queries
from app.db.engine import reading
from app.db.models import actors
from app.db.ties import Tie, actor_ties, country_ties
from app.domain.filters import Filters
from app.domain.vocabulary import ActorPart, EventCategory, ItemKind, Part

TEXT = (
    "Anna Berg met Ivo Cerny in Prague. Anna Berg and the Alliance threatened Ivo Cerny."
    " Ivo Cerny threatened Anna Berg."
    "\nCerny said that Berg had promised peace, and that the Alliance had accused nobody."
    "\nBerg said that Germany had moved 500 troops. She said nothing more."
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A meeting, threats in both directions, and statements that tell of others."""
    threat = {"category": EventCategory.THREATEN}
    article = (
        Article(TEXT)
        .event("Anna Berg met Ivo Cerny in Prague", "met", actors=("Anna Berg", "Ivo Cerny"), source="DE", target="CZ",
               countries=("DE", "CZ"))
        .event("Anna Berg and the Alliance threatened Ivo Cerny", "threatened", source="DE", target="CZ",
               actors=("Anna Berg", "Alliance", "Ivo Cerny"), targets=("Ivo Cerny",), countries=("DE", "CZ"), **threat)
        .event("Ivo Cerny threatened Anna Berg", "threatened", actors=("Ivo Cerny", "Anna Berg"), source="CZ",
               target="DE", targets=("Anna Berg",), countries=("CZ", "DE"), **threat)
        .statement("Berg had promised peace, and that the Alliance had accused nobody", "Ivo Cerny",
                   speaker_country="CZ")
        .event("Berg had promised peace", "promised", category=EventCategory.OTHER, actors=("Anna Berg",),
               according_to="Ivo Cerny")
        .event("the Alliance had accused nobody", "accused", category=EventCategory.ACCUSE, actors=("Alliance",))
        .statement("Germany had moved 500 troops", "Anna Berg", speaker_country="DE")
        .claim("Germany had moved 500 troops", claimed_by="Anna Berg", force_country="DE", low=500)
        .statement("nothing more", "Anna Berg", speaker_country="DE")
    )  # fmt: skip
    article.store(engine)
    return engine


def id_of(engine: Engine, slug: str) -> int:
    with reading(engine) as conn:
        return conn.execute(select(actors.c.id).where(actors.c.slug == slug)).scalar_one()


def number(engine: Engine, **filters: object) -> int:
    with reading(engine) as conn:
        return queries.count_items(conn, Filters(**filters)).items  # type: ignore[arg-type]


def test_moves_are_counted_by_category_and_direction(filled: Engine) -> None:
    with reading(filled) as conn:
        ties = actor_ties(conn, id_of(filled, "anna-berg"))
    assert set(ties.moves) == {
        Tie("ivo-cerny", EventCategory.MEET, 1, 0, 0),  # they met: nobody did it to the other
        Tie("ivo-cerny", EventCategory.THREATEN, 2, 1, 1),
        Tie("alliance", EventCategory.THREATEN, 1, 0, 0),  # side by side
    }
    assert ties.names["ivo-cerny"] == ("Ivo Cerny", "CZ")


def test_countries_have_ties_of_their_own(filled: Engine) -> None:
    with reading(filled) as conn:
        ties = country_ties(conn, "DE")
    assert set(ties.moves) == {
        Tie("CZ", EventCategory.MEET, 1, 1, 0),
        Tie("CZ", EventCategory.THREATEN, 2, 1, 1),
    }


def test_statements_tell_of_whoever_acts_within_their_words(filled: Engine) -> None:
    with reading(filled) as conn:
        cerny = actor_ties(conn, id_of(filled, "ivo-cerny"))
        berg = actor_ties(conn, id_of(filled, "anna-berg"))
        assert dict(country_ties(conn, "DE").tells_of) == {}  # Germany's own forces are no other
    assert dict(cerny.tells_of) == {"anna-berg": 1, "alliance": 1}
    assert dict(berg.tells_of) == {}
    assert dict(berg.told_of_by) == {"ivo-cerny": 1}


@pytest.mark.parametrize("find", ["actors", "countries"])
def test_each_count_is_what_its_filter_shows(filled: Engine, find: str) -> None:
    with reading(filled) as conn:
        if find == "actors":
            found = {slug: actor_ties(conn, key) for key, slug in conn.execute(select(actors.c.id, actors.c.slug))}
        else:
            found = {code: country_ties(conn, code) for code in ("DE", "CZ")}
    assert any(ties.moves for ties in found.values())
    for value, ties in found.items():
        for tie in ties.moves:
            chosen = {find: (value,), "counterparts": (tie.other,), "part": Part.PARTY, "categories": (tie.category,)}
            assert number(filled, **chosen) == tie.count, (value, tie)
        for other, count in ties.tells_of:
            assert number(filled, kinds=(ItemKind.STATEMENT,), counterparts=(other,), **{find: (value,)}) == count
        for other, count in ties.told_of_by:
            assert number(filled, kinds=(ItemKind.STATEMENT,), counterparts=(value,), **{find: (other,)}) == count


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"actors": ("anna-berg",), "part": Part.SPEAKER}, 2),
        ({"actors": ("anna-berg",), "part": Part.CLAIMANT}, 1),
        ({"actors": ("anna-berg",), "part": Part.PARTY}, 4),
        ({"countries": ("DE",), "part": Part.FORCE}, 1),
        ({"countries": ("DE",), "part": Part.SPEAKER}, 2),
        ({"actors": ("anna-berg",), "counterparts": ("ivo-cerny", "alliance")}, 1),
        ({"counterparts": ("alliance",)}, 3),  # the threat, the accusation, and the statement that tells of it
        ({"categories": (EventCategory.THREATEN, EventCategory.MEET)}, 3),
    ],
)
def test_filters_by_part_counterpart_and_category(filled: Engine, filters: dict[str, object], count: int) -> None:
    assert number(filled, **filters) == count


def test_who_it_was_done_to_is_stored(filled: Engine) -> None:
    with reading(filled) as conn:
        found = queries.timeline_items(conn, Filters(categories=(EventCategory.THREATEN,))).items
    assert [(actor.name, actor.part) for actor in found[1].actors] == [
        ("Ivo Cerny", ActorPart.PARTY),
        ("Anna Berg", ActorPart.TARGET),
    ]
