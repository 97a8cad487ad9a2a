"""People, bodies and offices (`data/actors.toml`, `data/offices.toml`), first names' gender (`data/first_names.csv`),
and the nouns that make a phrase an actor (`data/person_words.toml`)."""

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from app.domain.spelling import TRANSLITERATED, spelling_key
from app.domain.vocabulary import ActorKind
from app.knowledge.files import Files, read_toml

SECTORS = frozenset({"GOV", "MIL", "IGO", "REB", "LEG", "MED", "BUS", "NGO"})
OTHER_OFFICE = frozenset({"deputy", "former", "assistant", "under", "vice", "ex", "ex-", "acting", "shadow", "first"})
GENDERS = frozenset({"male", "female"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its name, what texts call it everywhere (`titles`) or in one country only (`local`), lower-case.

    `one` tells that a country has one holder at a time; `leads` are the countries whose leader holds it; `called` is
    the name it has in some countries or bodies in place of `name`; `places` tells that towns have it.
    """

    id: str
    name: str
    one: bool
    sector: str
    titles: tuple[str, ...]
    local: Mapping[str, tuple[str, ...]]
    leads: frozenset[str]
    called: Mapping[str, str]
    places: bool = False

    def name_in(self, of: str) -> str:
        """What the office is called in the country or body: "Foreign Minister", in the US "Secretary of State"."""
        return self.called.get(of, self.name)


@dataclass(frozen=True, slots=True)
class Role:
    """A person's time in an office of a country or body.

    `first` and `last` are days, or a year where the day is not certain; no `last`: not known to have ended.
    """

    office: str
    of: str
    first: date | int
    last: date | int | None
    evidence: str

    @property
    def start(self) -> date:
        """The first day on which the person surely held the office."""
        return date(self.first + 1, 1, 1) if isinstance(self.first, int) else self.first

    @property
    def end(self) -> date | None:
        """The last day on which the person surely held it; None where it is not known to have ended."""
        return date(self.last - 1, 12, 31) if isinstance(self.last, int) else self.last

    def holds(self, day: date | None) -> bool:
        """Whether the person surely held the office on the day; without a day, whether the role has not ended."""
        return self.last is None if day is None else self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A person or body: canonical name, other full names, country, and for people gender, surname and roles.

    `surnames` are what texts call the person alone; none where that would name too many. `seat` marks a seat of power
    ("Kremlin") that is a place as well, `body` the code of the international body ("UN") that it is or belongs to.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    aliases: tuple[str, ...]
    gender: str | None = None
    surnames: frozenset[str] = frozenset()
    roles: tuple[Role, ...] = ()
    seat: bool = False
    body: str | None = None

    def role_at(self, day: date | None) -> Role | None:
        """The role the person held on the day, or None."""
        return next((role for role in self.roles if role.holds(day)), None)


@dataclass(frozen=True)
class Actors:
    """Everybody and every office that the files know.

    `genders` tells a first name's gender; `honorifics` and `people_nouns` what a form of address or a noun tells of it
    ("" for nothing); `body_nouns` are the nouns for bodies with their sector ("" where it depends).
    """

    actors: tuple[KnownActor, ...]
    offices: Mapping[str, Office]
    genders: Mapping[str, str]
    honorifics: Mapping[str, str]
    people_nouns: Mapping[str, str]
    body_nouns: Mapping[str, str]

    @cached_property
    def by_id(self) -> dict[str, KnownActor]:
        """Each id to the one who has it."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def by_name(self) -> dict[str, KnownActor]:
        """Each full name to the one it names."""
        return {name: actor for actor in self.actors for name in (actor.name, *actor.aliases)}

    @cached_property
    def by_surname(self) -> dict[str, tuple[KnownActor, ...]]:
        """Each surname to the people whom it may name alone."""
        found: dict[str, list[KnownActor]] = {}
        for actor in self.actors:
            for surname in actor.surnames:
                found.setdefault(surname, []).append(actor)
        return {surname: tuple(bearers) for surname, bearers in found.items()}

    @cached_property
    def by_spelling(self) -> dict[str, KnownActor]:
        """The people of countries whose names are transliterated, by what the spellings of their names share."""
        people = (a for a in self.actors if a.kind is ActorKind.PERSON and a.country in TRANSLITERATED)
        return {key: a for a in people for name in (a.name, *a.aliases) if (key := spelling_key(name, a.country))}

    def body_of(self, actor: KnownActor, day: date | None) -> str | None:
        """The code of the international body that the actor is, or in which the person has office on the day."""
        role = actor.role_at(day)
        within = self.by_id.get(role.of) if role is not None else actor
        return within.body if within is not None else None

    def spelled(self, name: str, country: str | None) -> KnownActor | None:
        """Whom a full name names in a spelling that the files lack; `country` is what the text tells of it."""
        key = spelling_key(name, "RU")  # one rule for all of them
        found = self.by_spelling.get(key) if key is not None else None
        return found if found is not None and country in (None, found.country) else None

    def called(self, surname: str, day: date | None) -> KnownActor | None:
        """Whom a surname alone names on the day: the one bearer in office, or a former leader who is the one known."""
        bearers = self.by_surname.get(surname, ())
        holders = [actor for actor in bearers if actor.role_at(day) is not None]
        if not holders:
            bearers = tuple(a for a in bearers if any(day is None or role.start <= day for role in a.roles))
            holders = [a for a in bearers if any(r.of in self.offices[r.office].leads for r in a.roles)]
        return holders[0] if len(holders) == 1 and (len(bearers) == 1 or holders[0].role_at(day)) else None

    def country_of(self, title: str, surname: str) -> str | None:
        """The one country in which people of that surname ever held an office of that title: "President Bush"."""
        offices = {office.id for office, _ in self.office_of(title)}
        held = {
            role.of
            for actor in self.actors
            if actor.kind is ActorKind.PERSON and actor.name.split()[-1] == surname
            for role in actor.roles
            if role.office in offices
        }
        return held.pop() if len(held) == 1 else None

    @cached_property
    def by_title(self) -> dict[str, tuple[tuple[Office, str | None], ...]]:
        """Each lower-case title to the offices it may name, with the one country or body it names them in, if any."""
        found: dict[str, list[tuple[Office, str | None]]] = {}
        for office in self.offices.values():
            for title in office.titles:
                found.setdefault(title, []).append((office, None))
            for of, titles in office.local.items():
                for title in titles:
                    found.setdefault(title, []).append((office, of))
        return {title: tuple(offices) for title, offices in found.items()}

    def office_name(self, role: Role) -> str:
        """What the role's office is called where it is held."""
        return self.offices[role.office].name_in(role.of)

    def holder(self, office: str, of: str, day: date | None) -> KnownActor | None:
        """Who held the office of a country or body on the day; None where the files do not know the one."""
        holders = self._holders.get((office, of), ())
        found = [actor for actor, role in holders if role.holds(day)]
        return found[0] if len(found) == 1 else None

    def leader(self, country: str, day: date | None) -> KnownActor | None:
        """Who led the country on the day, by the office that its leader holds."""
        for office in self.offices.values():
            if country in office.leads and (actor := self.holder(office.id, country, day)):
                return actor
        return None

    def office_of(self, title: str) -> tuple[tuple[Office, str | None], ...]:
        """The offices that a title names, in any case: "Foreign Minister"; qualifying words may come first.

        Empty where the words make it another office ("deputy", "former", "assistant").
        """
        words = title.lower().split()
        for first in range(len(words)):
            if found := self.by_title.get(" ".join(words[first:])):
                return found
            if words[first] in OTHER_OFFICE:
                return ()
        return ()

    @cached_property
    def _holders(self) -> dict[tuple[str, str], list[tuple[KnownActor, Role]]]:
        found: dict[tuple[str, str], list[tuple[KnownActor, Role]]] = {}
        for actor in self.actors:
            for role in actor.roles:
                found.setdefault((role.office, role.of), []).append((actor, role))
        return found


def load_actors(files: Files, countries: Iterable[str]) -> Actors:
    """Read people, bodies, offices and first names; `countries` are the codes that may be referred to.

    Raises ValueError, naming file and entry, for an unknown key, a missing evidence, an unknown country or office, a
    name of two actors, or two holders of a one-holder office at a time.
    """
    codes = set(countries) | {"EU"}
    offices = {entry["id"]: _office(entry) for entry in _entries(files.all("offices.toml"), ("office",))}
    found = {}
    for entry in _entries(files.all("actors.toml"), ("person", "organisation")):
        found[entry["id"]] = entry.where, _person(entry) if entry.table == "person" else _body(entry)
    words = _words(files.all("person_words.toml"))
    actors = Actors(
        tuple(sorted((actor for _, actor in found.values()), key=lambda actor: actor.kind is not ActorKind.PERSON)),
        offices,
        _genders(files.all("first_names.csv")),
        honorifics=words["honorifics"],
        people_nouns=words["people"],
        body_nouns=words["bodies"],
    )
    _check({key: where for key, (where, _) in found.items()}, actors, codes)
    return actors


def _entries(paths: Iterable[Path], tables: tuple[str, ...]) -> Iterator["_Entry"]:
    for path in paths:
        content = read_toml(path)
        if unknown := set(content) - set(tables):
            raise ValueError(f"{path}: unknown table {', '.join(sorted(unknown))} (known: {', '.join(tables)})")
        ids = set()
        for table in tables:
            for number, fields in enumerate(content.get(table, []), 1):
                entry = _Entry(fields, f"{path}: {fields.get('id', f'{table} {number}')}", table)
                if "id" not in entry:
                    raise ValueError(f"{entry.where}: no id")
                if entry["id"] in ids:
                    raise ValueError(f"{path}: {entry['id']} stands twice")
                ids.add(entry["id"])
                yield entry


class _Entry(dict[str, Any]):
    """A table of the file; errors name it, and keys that nobody asked for are refused by `only`."""

    def __init__(self, content: dict[str, Any], where: str, table: str = "") -> None:
        super().__init__(content)
        self.where, self.table = where, table

    def only(self, *keys: str, required: tuple[str, ...]) -> None:
        if unknown := set(self) - set(keys) - set(required):
            known = ", ".join(sorted({*keys, *required}))
            raise ValueError(f"{self.where}: unknown key {', '.join(sorted(unknown))} (known: {known})")
        if missing := set(required) - set(self):
            raise ValueError(f"{self.where}: no {', '.join(sorted(missing))}")


def _office(entry: "_Entry") -> Office:
    entry.only("of", "leads", "called", "places", required=("id", "name", "one", "sector", "titles"))
    titles = tuple(entry["titles"])
    local = {of: tuple(names) for of, names in entry.get("of", {}).items()}
    for title in (*titles, *(name for names in local.values() for name in names)):
        if title != title.lower():
            raise ValueError(f"{entry.where}: the title {title!r} is not lower-case")
    called = dict(entry.get("called", {}))
    for of, name in called.items():
        if name.lower() not in (*titles, *local.get(of, ())):
            raise ValueError(f"{entry.where}: {name!r} is no title of the office in {of}")
    return Office(
        entry["id"], entry["name"], entry["one"], _sector(entry), titles, local,
        frozenset(entry.get("leads", ())), called, bool(entry.get("places")),
    )  # fmt: skip


def _person(entry: "_Entry") -> KnownActor:
    entry.only("country", "aliases", "surname", "roles", required=("id", "name", "gender"))
    if entry["gender"] not in GENDERS:
        raise ValueError(f"{entry.where}: gender must be one of {', '.join(sorted(GENDERS))}")
    names = (entry["name"], *entry.get("aliases", ()))
    surnames = {entry["surname"]} - {""} if "surname" in entry else {name.split()[-1] for name in names}
    roles = [_role(_Entry(role, f"{entry.where}: role {n}")) for n, role in enumerate(entry.get("roles", ()), 1)]
    return KnownActor(
        entry["id"], entry["name"], ActorKind.PERSON, entry.get("country"), None, names[1:], entry["gender"],
        frozenset(surnames), tuple(roles),
    )  # fmt: skip


def _role(entry: "_Entry") -> Role:
    entry.only("to", required=("office", "of", "from", "evidence"))
    if not str(entry["evidence"]).strip():
        raise ValueError(f"{entry.where}: no evidence")
    first, last = entry["from"], entry.get("to")
    for day in (first, last):
        if type(day) not in (date, int, type(None)):
            raise ValueError(f"{entry.where}: {day!r} is neither a day nor a year")
    if last is not None and str(last) < str(first)[: len(str(last))]:
        raise ValueError(f"{entry.where}: ends before it begins")
    return Role(entry["office"], entry["of"], first, last, entry["evidence"])


def _body(entry: "_Entry") -> KnownActor:
    entry.only("country", "aliases", "seat", "body", required=("id", "name", "sector", "evidence"))
    return KnownActor(
        entry["id"], entry["name"], ActorKind.ORGANISATION, entry.get("country"), _sector(entry),
        tuple(entry.get("aliases", ())), seat=entry.get("seat", False), body=entry.get("body"),
    )  # fmt: skip


def _sector(entry: _Entry) -> str:
    if entry["sector"] not in SECTORS:
        raise ValueError(f"{entry.where}: sector must be one of {', '.join(sorted(SECTORS))}")
    return str(entry["sector"])


def _words(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    allowed = {"honorifics": GENDERS, "people": GENDERS, "bodies": SECTORS}
    found: dict[str, dict[str, str]] = {table: {} for table in allowed}
    for path in paths:
        content = read_toml(path)
        if unknown := set(content) - set(allowed):
            raise ValueError(f"{path}: unknown table {', '.join(sorted(unknown))} (known: {', '.join(allowed)})")
        for table, words in content.items():
            for word, tells in words.items():
                if tells and tells not in allowed[table]:
                    raise ValueError(f"{path}: {word}: {tells!r} is not one of {', '.join(sorted(allowed[table]))}")
            found[table] |= words
    return found


def _genders(paths: Iterable[Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            if next(reader, None) != ["name", "gender"]:
                raise ValueError(f"{path}: line 1: the columns must be name, gender")
            for row in reader:
                if len(row) != 2 or row[1] not in GENDERS:
                    raise ValueError(f"{path}: line {reader.line_num}: not a first name: {','.join(row)}")
                found[row[0]] = row[1]
    return found


def _check(where: Mapping[str, str], actors: Actors, codes: set[str]) -> None:
    """Refuse what is wrong between entries; `where` names the place of each actor's entry."""
    owners: dict[str, str] = {}
    for actor in actors.actors:
        if actor.country is not None and actor.country not in codes:
            raise ValueError(f"{where[actor.id]}: no country {actor.country}")
        if actor.body is not None and (actor.body in codes or not actor.body.isupper()):
            raise ValueError(f"{where[actor.id]}: body must be a code in capitals that no country has")
        for name in (actor.name, *actor.aliases):
            if (owner := owners.setdefault(name, actor.id)) != actor.id:
                raise ValueError(f"{where[actor.id]}: {name!r} names {owner} and {actor.id}")
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for actor in actors.actors:
        for role in actor.roles:
            if role.office not in actors.offices:
                raise ValueError(f"{where[actor.id]}: no office {role.office}")
            if role.of not in codes | set(where) and not actors.offices[role.office].places:
                raise ValueError(f"{where[actor.id]}: no country or body {role.of}")
            if actors.offices[role.office].one:
                terms.setdefault((role.office, role.of), []).append((role.start, role.end or date.max, actor.id))
    for (office, of), held in terms.items():
        held.sort()
        for (_, end, first), (start, _, second) in itertools.pairwise(held):
            if start < end:
                raise ValueError(f"{where[second]}: {first} and {second} hold {office} of {of} at a time")
