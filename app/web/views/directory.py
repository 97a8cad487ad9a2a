"""The directories: actors and countries with the number of their items, to search and to leaf through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from app.db.directory import ActorEntry, CountryEntry
from app.domain.vocabulary import ActorKind, ItemKind
from app.web.views import words
from app.web.views.cards import Code, code
from app.web.views.shell import Shell

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """An actor in the list, with its items by kind."""

    href: str
    name: str
    kind_word: str
    country: Code | None
    role: str
    items: int
    counts: Mapping[ItemKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryLine:
    """A country or body in the list, with its items by kind and the number of its actors."""

    href: str
    code: Code
    items: int
    actors: int
    counts: Mapping[ItemKind, int]


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPage:
    """Actors, the most items first. `total` is all that match, `all` everybody."""

    template: ClassVar[str] = "actors/list.html"
    shell: Shell
    lines: tuple[ActorLine, ...]
    total: int
    all: int
    name: str
    kinds: tuple[Option, ...]
    countries: tuple[Option, ...]
    is_narrowed: bool
    where: str
    before_href: str | None
    after_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountriesPage:
    """Countries and bodies, the most items first."""

    template: ClassVar[str] = "countries/list.html"
    shell: Shell
    lines: tuple[CountryLine, ...]
    all: int
    name: str


def actors_page(
    found: Sequence[ActorEntry],
    *,
    shell: Shell,
    number: int,
    name: str,
    kind: ActorKind | None,
    country: str | None,
    countries: Sequence[CountryEntry],
    everybody: int,
) -> ActorsPage:
    """A page, counted from 1, of the actors that match; `countries` are those to choose from."""
    chosen = [(key, value) for key, value in (("name", name), ("kind", kind), ("country", country)) if value]

    def href(to: int) -> str:
        pairs = [*chosen, *([("page", str(to))] if to > 1 else [])]
        return f"/actors?{urlencode(pairs)}" if pairs else "/actors"

    shown = found[(number - 1) * PAGE : number * PAGE]
    pages = -(-len(found) // PAGE)
    return ActorsPage(
        shell=shell,
        lines=tuple(_actor_line(entry) for entry in shown),
        total=len(found),
        all=everybody,
        name=name,
        kinds=tuple(Option(each, words.ACTOR_KINDS[each], each is kind) for each in ActorKind),
        countries=tuple(
            Option(each.code, each.name, each.code == country) for each in sorted(countries, key=lambda e: e.name)
        ),
        is_narrowed=bool(chosen),
        where=f"Page {number} of {pages}" if pages > 1 else "",
        before_href=href(min(number - 1, pages)) if number > 1 and pages else None,
        after_href=href(number + 1) if number < pages else None,
    )


def countries_page(
    found: Sequence[CountryEntry],
    *,
    shell: Shell,
    name: str,
    everything: int,
) -> CountriesPage:
    """The countries and bodies that match."""
    lines = tuple(
        CountryLine(
            href=f"/countries/{entry.code}",
            code=code(entry.code),
            items=entry.items,
            actors=entry.actors,
            counts=entry.counts,
        )
        for entry in found
    )
    return CountriesPage(shell=shell, lines=lines, all=everything, name=name)


def _actor_line(entry: ActorEntry) -> ActorLine:
    return ActorLine(
        href=f"/actors/{entry.slug}",
        name=entry.name,
        kind_word=words.ACTOR_KINDS[entry.kind],
        country=code(entry.country) if entry.country else None,
        role=entry.role or "",
        items=entry.items,
        counts=entry.counts,
    )
