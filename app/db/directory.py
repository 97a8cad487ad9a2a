"""Everybody who has a part in an item, in memory: a list to search and to leaf through, with the most items first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, func, select

from app.db.models import actor_names, actors, item_actors, item_countries, items
from app.db.parts import actor_has
from app.domain.search import folded
from app.domain.vocabulary import ActorKind, ItemKind
from app.knowledge.country_names import country_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor with the number of its items; `words` is what a search by name looks in: all its names."""

    id: int
    slug: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    items: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEntry:
    """A country or body with the number of its items, and of the actors who speak or act for it."""

    code: str
    name: str
    items: int
    actors: int
    words: str


@dataclass(frozen=True, slots=True)
class Directory:
    """All actors and countries that have items."""

    actors: Sequence[ActorEntry]
    countries: Sequence[CountryEntry]

    def find_actors(
        self, name: str = "", *, kind: ActorKind | None = None, country: str | None = None
    ) -> list[ActorEntry]:
        """The actors with every word of `name` in theirs, accents and case aside; the most items first."""
        wanted = folded(name).split()
        return [
            entry
            for entry in self.actors
            if (kind is None or entry.kind is kind)
            and (country is None or entry.country == country)
            and all(word in entry.words for word in wanted)
        ]

    def find_countries(self, name: str = "") -> list[CountryEntry]:
        """The countries and bodies with every word of `name` in their names or as their code; the most items first."""
        wanted = folded(name).split()
        return [entry for entry in self.countries if all(word in entry.words for word in wanted)]

    def country(self, code: str) -> CountryEntry | None:
        """The country's or body's entry, or None where it has no item."""
        return next((entry for entry in self.countries if entry.code == code), None)


def read_directory(conn: Connection) -> Directory:
    """Read the directory. It counts all items, so ask once a generation."""
    number = func.count(item_actors.c.item_id.distinct())
    counted = select(item_actors.c.actor_id, number.label("number")).where(actor_has(None))
    counts = counted.group_by(item_actors.c.actor_id).subquery()
    names: dict[int, list[str]] = defaultdict(list)
    for actor_id, name in conn.execute(select(actor_names.c.actor_id, actor_names.c.name)):
        names[actor_id].append(name)
    people = [
        ActorEntry(
            id=row.id,
            slug=row.slug,
            name=row.name,
            kind=ActorKind(row.kind),
            country=row.country,
            role=row.role,
            items=row.number,
            words=folded(row.name, *names[row.id]),
        )
        for row in conn.execute(
            select(actors, counts.c.number)
            .join(counts, counts.c.actor_id == actors.c.id)
            .order_by(counts.c.number.desc(), actors.c.name)
        )
    ]
    by_country: dict[str, int] = {}
    for person in people:
        if person.country and person.kind is not ActorKind.COUNTRY:
            by_country[person.country] = by_country.get(person.country, 0) + 1
    number = func.count(item_countries.c.item_id.distinct())
    states = [
        CountryEntry(
            code=code,
            name=country_name(code),
            items=count,
            actors=by_country.get(code, 0),
            words=folded(country_name(code), code),
        )
        for code, count in conn.execute(
            select(item_countries.c.country, number).group_by(item_countries.c.country).order_by(number.desc())
        )
    ]
    states.sort(key=lambda entry: (-entry.items, entry.name))
    return Directory(people, states)


def actor_kinds(conn: Connection, ids: Sequence[int]) -> dict[int, dict[ItemKind, int]]:
    """How many items of each kind the actors have, by their ids."""
    counted = _by_kind(item_actors, item_actors.c.actor_id).where(item_actors.c.actor_id.in_(ids), actor_has(None))
    return _collected(conn, counted)


def country_kinds(conn: Connection, codes: Sequence[str]) -> dict[str, dict[ItemKind, int]]:
    """How many items of each kind the countries have, by their codes."""
    counted = _by_kind(item_countries, item_countries.c.country).where(item_countries.c.country.in_(codes))
    return _collected(conn, counted)


def _by_kind(table: Table, key: Column[Any]) -> Select[Any]:
    count = func.count(items.c.id.distinct())
    return select(key, items.c.kind, count).join(items, items.c.id == table.c.item_id).group_by(key, items.c.kind)


def _collected(conn: Connection, counted: Select[Any]) -> dict[Any, dict[ItemKind, int]]:
    found: dict[Any, dict[ItemKind, int]] = defaultdict(dict)
    for key, kind, count in conn.execute(counted):
        found[key][ItemKind(kind)] = count
    return found
