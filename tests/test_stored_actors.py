"""One actor in the store for all the names that articles give it, and two for two people."""

import threading
from itertools import permutations

import pytest
from sqlalchemy import Engine, select
from store_samples import Article, count

from app.db import profiles, queries
from app.db.actors import actor_page
from app.db.engine import reading
from app.db.models import actor_names, actors, item_actors
from app.domain.filters import Facet, Filters
from app.domain.items import Actor
from app.domain.vocabulary import ActorKind
from app.services.articles import delete_document
from app.services.importing import import_file
from app.services.processing import claim_document, store_extraction


def person(name: str, country: str | None = None, key: str | None = None) -> Actor:
    return Actor(name=name, kind=ActorKind.PERSON, key=key, country=country)


def article(number: int, *people: Actor) -> Article:
    words = f"They met for the talks numbered {number}"
    described = Article(f"{words}. All left.", actors=people)
    return described.event(words, "met", actors=tuple(each.name for each in people))


def stored(engine: Engine) -> dict[str, tuple[str, str | None, str | None]]:
    with reading(engine) as conn:
        return {row.name: (row.slug, row.key, row.country) for row in conn.execute(select(actors))}


def names_of(engine: Engine, slug: str) -> set[str]:
    with reading(engine) as conn:
        found = profiles.actor(conn, slug)
        assert found is not None
        return {*found.names, found.row.name}


def test_spellings_that_the_files_know_are_one_actor(engine: Engine) -> None:
    for number, name in enumerate(["Sergei Lavrov", "Sergey Lavrov", "Лавров", "Sergej Lawrow"]):
        article(number, person(name, "RU", "sergey-lavrov")).store(engine)
    assert stored(engine) == {"Sergey Lavrov": ("sergey-lavrov", "sergey-lavrov", "RU")}
    assert names_of(engine, "sergei-lavrov") == {"Sergei Lavrov", "Sergey Lavrov", "Лавров", "Sergej Lawrow"}
    with reading(engine) as conn:
        for slug in ("sergey-lavrov", "sergei-lavrov", "sergej-lawrow"):
            assert queries.count_items(conn, Filters(actors=(slug,))).items == 4
        for typed in ("sergei", "SERGEY", "Лавров"):
            assert [(row.name, items) for row, items in actor_page(conn, name=typed).actors] == [("Sergey Lavrov", 4)]


def test_spellings_of_a_learnt_name_are_one_actor_in_one_country(engine: Engine) -> None:
    first = article(0, person("Andriy Petrenko", "UA")).store(engine)
    article(1, person("Andrii Petrenko", "UA")).store(engine)
    article(2, person("Andrii Petrenko")).store(engine)  # the name is known by now
    assert stored(engine) == {"Andriy Petrenko": ("andriy-petrenko", None, "UA")}
    with reading(engine) as conn:
        found = profiles.actor(conn, "andrii-petrenko")
        assert found is not None
        assert found.origin is not None
        assert (found.row.slug, found.origin.document_id) == ("andriy-petrenko", first)
        assert queries.count_items(conn, Filters(actors=("andrii-petrenko",))).items == 3
        for typed in ("andrii-petrenko", "Andrii"):
            meant = queries.named_actors(conn, Filters(actors=(typed,)))
            assert meant.actors == ("andriy-petrenko",), typed
            (facet,) = queries.facet_counts(conn, meant)[Facet.ACTOR]
            assert (facet.label, facet.count, facet.selected) == ("Andriy Petrenko", 3, True)
        assert [value.label for value in queries.suggested_actors(conn, Filters(), "andrii")] == ["Andriy Petrenko"]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (person("Andriy Petrenko", "UA"), person("Andrei Petrenko", "RU"), "two countries"),
        (person("Andriy Petrenko", "UA"), person("Andrij Petrenko"), "a country that nobody told"),
        (person("Brian Kelly", "US"), person("Bryan Kelly", "US"), "names at home in Latin letters"),
        (person("Petrenko", "UA"), person("Petrenko's aide", "UA"), "no full names"),
        (person("Igor Rotenberg", "RU", "igor-rotenberg"), person("Ihor Rotenberg", "UA"), "two people"),
        (person("Sergei Ivanov", "RU", "one"), person("Sergey Ivanov", "RU", "two"), "two whom the files know"),
    ],
)
def test_two_people_stay_two(engine: Engine, one: Actor, other: Actor, why: str) -> None:
    article(0, one, other).store(engine)
    article(1, other, one).store(engine)
    assert set(stored(engine)) == {one.name, other.name}, why


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_was_two_becomes_one_when_the_files_know_it(engine: Engine, order: tuple[int, ...]) -> None:
    described = [person("Sergei Lavrov"), person("Sergey Lavrov"), person("Sergey Lavrov", "RU", "sergey-lavrov")]
    together = article(9, described[0], described[1]).store(engine)
    for number in order:
        article(number, described[number]).store(engine)
    assert [(name, key) for name, (_, key, _) in stored(engine).items()] == [("Sergey Lavrov", "sergey-lavrov")]
    with reading(engine) as conn:
        for slug in ("sergei-lavrov", "sergey-lavrov"):  # both links stay
            found = profiles.actor(conn, slug)
            assert found is not None
            assert found.origin is None
            assert queries.count_items(conn, Filters(actors=(slug,))).items == 4
        (item,) = queries.document_items(conn, together)
    assert [actor.name for actor in item.actors] == ["Sergey Lavrov"]
    assert count(engine, item_actors) == 4


def test_a_name_takes_the_country_that_a_later_article_tells(engine: Engine) -> None:
    article(0, person("Dora Novak")).store(engine)
    article(1, person("Dora Novak", "SI")).store(engine)
    article(2, person("Dora Novák", "SI")).store(engine)
    assert stored(engine) == {"Dora Novak": ("dora-novak", None, "SI")}


def test_an_article_that_goes_takes_no_names_along(engine: Engine) -> None:
    gone = article(0, person("Dora Novak", "SI")).store(engine)
    article(1, person("Dora Novák", "SI")).store(engine)
    delete_document(engine, gone)
    with reading(engine) as conn:
        assert conn.execute(select(actor_names.c.name).order_by(actor_names.c.name)).scalars().all() == [
            "Dora Novak",
            "Dora Novák",
        ]


def test_workers_who_store_at_once_agree_on_one_actor(engine: Engine) -> None:
    spellings = ["Andriy Petrenko", "Andrii Petrenko", "Andrij Petrenko", "Andry Petrenko"]
    articles = [article(number, person(name, "UA")) for number, name in enumerate(spellings)]
    for each in articles:
        import_file(engine, each.file, filename="article.txt")
    stored_well: list[bool] = []

    def work(name: str) -> None:
        claim = claim_document(engine, worker=name, lease_seconds=60)
        assert claim is not None
        found = next(each for each in articles if each.text == claim.source.text).extraction(claim.source)
        stored_well.append(store_extraction(engine, claim, found, worker=name))

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored_well == [True] * 4
    assert len(stored(engine)) == 1
