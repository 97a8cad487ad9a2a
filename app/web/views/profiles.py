"""The page of an actor or a country: who it is, when it is told of, what it said and did last, and with whom."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from app.db.directory import ActorEntry, CountryEntry
from app.db.profiles import StoredActor
from app.db.rows import DayCount, ItemRow
from app.db.ties import Tie, Ties
from app.domain.filters import Filters
from app.domain.vocabulary import EventCategory, ItemKind, Part
from app.knowledge.country_names import country_name
from app.knowledge.known_actors import HeldOffice, KnownProfile
from app.web import urls
from app.web.views import words
from app.web.views.cards import Card, Code, card, code
from app.web.views.overview import Overview, overview
from app.web.views.shell import Shell

TIES_SHOWN, TIES_BEHIND = 5, 25
ACTORS_SHOWN = 10
LATEST = {
    Part.SPEAKER: "Said last",
    Part.PARTY: "Did last",
    Part.FORCE: "Last claims about its forces",
    Part.CLAIMANT: "Claimed last",
}
C = EventCategory
GROUPS: tuple[tuple[str, frozenset[EventCategory], bool], ...] = (  # title, categories, whether one does it to another
    ("Meetings and talks", frozenset({C.MEET, C.TALK, C.VISIT, C.NEGOTIATE}), False),
    ("Threats", frozenset({C.THREATEN}), True),
    ("Accusations", frozenset({C.ACCUSE}), True),
    ("Demands", frozenset({C.DEMAND}), True),
    ("Rejections and denials", frozenset({C.REJECT, C.DENY}), True),
    ("Proposals", frozenset({C.PROPOSE}), True),
    ("Agreements", frozenset({C.AGREE}), False),
    ("Sanctions", frozenset({C.SANCTION}), True),
    ("Attacks", frozenset({C.ATTACK}), True),
    ("Other military moves", frozenset({C.MOBILIZE, C.DEPLOY, C.WITHDRAW, C.EXERCISE}), True),
    ("Aid, recognition and other moves", frozenset({C.AID, C.RECOGNIZE, C.EVACUATE, C.OTHER}), True),
)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many items of a kind there are, with the link that shows them."""

    kind: ItemKind
    count: int
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieLine:
    """Somebody else, with the number of shared items, who did it to whom, and the timeline of them."""

    name: str
    code: Code | None
    href: str
    count: int
    note: str
    items_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieGroup:
    """What both have to do with each other; `more` are behind a click, and `rest` of them are not on the page."""

    title: str
    lines: tuple[TieLine, ...]
    more: tuple[TieLine, ...]
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The latest items in one part, each with its date in little room, and the link to all of them."""

    title: str
    cards: tuple[tuple[Card, str], ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the pages of actors and countries have in common; `elsewhere` are the same items in other forms."""

    name: str
    total: int
    timeline_href: str
    elsewhere: tuple[tuple[str, str], ...]
    json_href: str
    csv_href: str
    items_json_href: str
    counts: tuple[KindCount, ...]
    figure: Overview | None
    sections: tuple[Section, ...]
    groups: tuple[TieGroup, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held, in words; `source` says where that is told, and has an address where it can be looked up."""

    name: str
    of: Code
    when: str
    source: str
    source_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """An actor's page."""

    template: ClassVar[str] = "actors/page.html"
    shell: Shell
    profile: Profile
    kind_word: str
    country: Code | None
    role: str
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]
    learnt_from: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class TopActor:
    """An actor of a country, with the number of its items."""

    name: str
    role: str
    href: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPage:
    """A country's or body's page."""

    template: ClassVar[str] = "countries/page.html"
    shell: Shell
    profile: Profile
    code: Code
    actors: tuple[TopActor, ...]
    actors_total: int
    actors_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the items tell of somebody: days under its filter and under none, items by kind, and the latest by part."""

    days: Sequence[DayCount]
    all_days: Sequence[DayCount]
    kinds: Mapping[ItemKind, int]
    latest: Mapping[Part, Sequence[ItemRow]]
    ties: Ties


def actor_page(found: StoredActor, known: KnownProfile | None, told: Told, *, shell: Shell) -> ActorPage:
    """The page of an actor."""
    row, origin = found.row, found.origin
    return ActorPage(
        shell=shell,
        profile=_profile(row.name, f"/actors/{row.slug}", Filters(actors=(row.slug,)), told),
        kind_word=words.ACTOR_KINDS[row.kind],
        country=code(row.country) if row.country else None,
        role=row.role or "",
        aliases=tuple(dict.fromkeys((*(known.aliases if known else ()), *found.names))),
        offices=tuple(_office(office) for office in known.offices) if known else (),
        learnt_from=(origin.title, f"/articles/{origin.document_id}") if origin else None,
    )


def country_page(entry: CountryEntry, people: Sequence[ActorEntry], told: Told, *, shell: Shell) -> CountryPage:
    """The page of a country or body; `people` are its actors, the most items first."""
    return CountryPage(
        shell=shell,
        profile=_profile(entry.name, f"/countries/{entry.code}", Filters(countries=(entry.code,)), told),
        code=code(entry.code),
        actors=tuple(
            TopActor(each.name, each.role or words.ACTOR_KINDS[each.kind], f"/actors/{each.slug}", each.items)
            for each in people[:ACTORS_SHOWN]
        ),
        actors_total=len(people),
        actors_href=f"/actors?{urlencode({'country': entry.code})}",
    )


def _profile(name: str, path: str, own: Filters, told: Told) -> Profile:
    total = sum(told.kinds.values())
    counted = [words.counted(count, *words.COUNTED[kind]) for kind, count in told.kinds.items() if count]
    return Profile(
        name=name,
        total=total,
        timeline_href=urls.href("/", own),
        elsewhere=tuple(_elsewhere(own, told)),
        json_href=f"{path}.json",
        csv_href=urls.href("/items.csv", own),
        items_json_href=urls.href("/items.json", own),
        counts=tuple(
            KindCount(kind, told.kinds.get(kind, 0), words.KINDS[kind], urls.href("/", replace(own, kinds=(kind,))))
            for kind in ItemKind
        ),
        figure=overview(told.days, own, told.all_days) if told.days else None,
        sections=tuple(
            Section(
                title=LATEST[part],
                cards=tuple((card(row), words.short_fuzzy(row.date)) for row in rows),
                href=urls.href("/", replace(own, part=part)),
            )
            for part, rows in told.latest.items()
            if rows
        ),
        groups=tuple(_groups(name, own, told.ties)),
        description=f"{name} on the timeline: {', '.join(counted)}." if counted else "",
    )


def _elsewhere(own: Filters, told: Told) -> Iterator[tuple[str, str]]:
    if told.latest.get(Part.FORCE):
        yield "Claims about its forces", urls.href("/troops", replace(own, part=Part.FORCE))
    if told.latest.get(Part.CLAIMANT):
        yield "Troop claims made", urls.href("/troops", replace(own, part=Part.CLAIMANT))
    if told.kinds:
        yield "On the map", urls.href("/map", own)


def _groups(name: str, own: Filters, ties: Ties) -> Iterator[TieGroup]:
    for title, categories, is_directed in GROUPS:
        yield from _moves(name if is_directed else "", own, ties, title, categories)
    said = replace(own, kinds=(ItemKind.STATEMENT,))
    yield from _group(
        "Spoke of", ties, ties.tells_of, lambda who, n: _line(ties, who, n, "", replace(said, counterparts=(who,)))
    )
    yield from _group(
        "Spoken of by", ties, ties.told_of_by, lambda who, n: _line(ties, who, n, "", _spoken_of(own, who))
    )


def _moves(doer: str, own: Filters, ties: Ties, title: str, categories: frozenset[EventCategory]) -> Iterator[TieGroup]:
    by_other: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties.moves:
        if tie.category in categories:
            by_other[tie.other].append(tie)

    def line(other: str, count: int) -> TieLine:
        shared = by_other[other]
        done, suffered = sum(tie.towards for tie in shared), sum(tie.from_other for tie in shared)
        present = tuple(each for each in EventCategory if each in {tie.category for tie in shared})
        chosen = replace(own, counterparts=(other,), part=Part.PARTY, categories=present)
        return _line(
            ties, other, count, _direction(done, suffered, doer, _name(ties, other)[0]) if doer else "", chosen
        )

    counted = [(other, sum(tie.count for tie in shared)) for other, shared in by_other.items()]
    yield from _group(title, ties, counted, line)


def _spoken_of(own: Filters, other: str) -> Filters:
    """The statements of the other that tell of it: the two change places."""
    statements = Filters(kinds=(ItemKind.STATEMENT,), counterparts=own.actors or own.countries)
    return replace(statements, countries=(other,)) if own.countries else replace(statements, actors=(other,))


def _name(ties: Ties, other: str) -> tuple[str, str | None]:
    return ties.names.get(other, (country_name(other), other))


def _line(ties: Ties, other: str, count: int, note: str, chosen: Filters) -> TieLine:
    name, country = _name(ties, other)
    is_actor = other in ties.names
    return TieLine(
        name=name,
        code=code(country) if country else None,
        href=f"/actors/{other}" if is_actor else f"/countries/{other}",
        count=count,
        note=note,
        items_href=urls.href("/", chosen),
    )


def _group(
    title: str, ties: Ties, counted: Sequence[tuple[str, int]], line: Callable[[str, int], TieLine]
) -> Iterator[TieGroup]:
    """The group of those counted, the most first; only those on the page are drawn up, for there may be thousands."""
    if not counted:
        return
    ordered = sorted(counted, key=lambda each: (-each[1], _name(ties, each[0])[0]))
    shown = len(ordered) if len(ordered) <= TIES_SHOWN + 1 else TIES_SHOWN
    lines = tuple(line(*each) for each in ordered[: shown + TIES_BEHIND])
    yield TieGroup(title=title, lines=lines[:shown], more=lines[shown:], rest=len(ordered) - len(lines))


def _direction(done: int, suffered: int, own: str, other: str) -> str:
    return ", ".join(f"{n} by {name}" for n, name in ((done, own), (suffered, other)) if n)


def _office(held: HeldOffice) -> Office:
    since, until = (words.day(day) if isinstance(day, date) else day for day in (held.start, held.end))
    when = f"{since} to {until}" if until else f"since {since}"
    source, href = _source(held.evidence)
    return Office(name=held.name, of=code(held.of), when=when, source=source, source_href=href)


def _source(evidence: str) -> tuple[str, str]:
    """The evidence in short, and its address or "": of a page, and of Wikidata's office holders by every-politician."""
    if evidence.startswith(("http://", "https://")):
        return (urlsplit(evidence).hostname or evidence).removeprefix("www."), evidence
    collection, _, part = evidence.partition(" ")
    if collection == "every-politician":
        return f"Wikidata ({evidence})", f"https://github.com/every-politician-scrapers/{part}"
    return ("CIA World Factbook" if collection == "cia-world-factbook" else evidence), ""
