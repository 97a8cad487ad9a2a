"""Everybody who has a part in an item, in memory: a list to search and to leaf through, with the most items first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from app.db.index_reading import index_of
from app.db.models import actor_names, actors
from app.db.ties import Ties
from app.domain.filters import Facet
from app.domain.search import folded
from app.domain.vocabulary import ActorKind, ItemKind
from app.knowledge.country_names import country_name

TIES_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor with the number of its items of each kind; `words` is what a search by name looks in: all its names."""

    id: int
    slug: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    counts: Mapping[ItemKind, int]
    words: str

    @property
    def items(self) -> int:
        """How many items it has a part in."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEntry:
    """A country or body with the number of its items of each kind, and of the actors who speak or act for it."""

    code: str
    name: str
    counts: Mapping[ItemKind, int]
    actors: int
    words: str

    @property
    def items(self) -> int:
        """How many items it has a part in."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Directory:
    """All actors and countries that have items."""

    actors: Sequence[ActorEntry]
    countries: Sequence[CountryEntry]
    _ties: dict[str, Ties] = field(default_factory=dict)

    def ties(self, value: str, read: Callable[[], Ties]) -> Ties:
        """The ties of an actor (by slug) or country (by code), which take a while to read, read once a generation."""
        found = self._ties.get(value)
        if found is None:
            if len(self._ties) >= TIES_KEPT:
                self._ties.clear()
            self._ties[value] = found = read()
        return found

    def actor(self, slug: str) -> ActorEntry | None:
        """The actor's entry, or None where it has no item."""
        return next((entry for entry in self.actors if entry.slug == slug), None)

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
    """Read the directory: from the index how many items of each kind everybody has, from the database who they are."""
    index = index_of(conn)
    by_slug, by_code = index.by_kind(Facet.ACTOR), index.by_kind(Facet.COUNTRY)
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
            counts=by_slug[row.slug],
            words=folded(row.name, *names[row.id]),
        )
        for row in conn.execute(select(actors))
        if row.slug in by_slug
    ]
    people.sort(key=lambda entry: (-entry.items, entry.name))
    speaking = Counter(each.country for each in people if each.kind is not ActorKind.COUNTRY)
    states = [
        CountryEntry(
            code=code,
            name=country_name(code),
            counts=counts,
            actors=speaking[code],
            words=folded(country_name(code), code),
        )
        for code, counts in by_code.items()
    ]
    states.sort(key=lambda entry: (-entry.items, entry.name))
    return Directory(people, states)
