"""Whom the items name: one row an actor, however many names it goes by.

An actor is the same where the knowledge files say so, where the name is the same, and where two spellings of one full
name are of one country. Two actors whom the files know are never taken for one.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, insert, or_, select, update

from app.db.models import actor_names, actors, item_actors
from app.domain.items import Actor
from app.domain.spelling import spelling_key
from app.domain.vocabulary import ActorKind
from app.knowledge.known_actors import known_profile
from app.services.found_items import LONGEST_NAME

LONGEST_SLUG = 80
_FROM_KNOWLEDGE = ("key", "kind", "sector")  # a role is of its day, and says nothing of later articles


def store_actors(
    conn: Connection, names: Collection[str], described: Iterable[Actor], *, document_id: int, now: datetime
) -> Mapping[str, int]:
    """Make sure that every name leads to an actor, and return the actors' ids by name.

    `described` are the article's actors; what the knowledge files say of them replaces what was stored. Actors who turn
    out to be one become one: it keeps its slug, and the other's slug leads to it.
    """
    known = {actor.name[:LONGEST_NAME]: actor for actor in described}
    wanted = [_named(name, known.get(name)) for name in sorted(names)]
    store = _Store(conn, wanted, document_id, now)
    return {who.name: store.id_of(who) for who in wanted}


def slug_of(name: str) -> str:
    """The name in a URL: lower case, hyphens, at most 80 characters; a digest where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or _digest(name)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of the article, what is known of who bears it, and the names that the knowledge files give it."""

    name: str
    actor: Actor | None
    others: tuple[str, ...]
    spelling: str | None
    side: str | None = None

    @property
    def country(self) -> str | None:
        """The actor's country; of international bodies, and of who has office there and no country, the body's code."""
        return (self.actor.country if self.actor else None) or self.side

    @property
    def key(self) -> str | None:
        return self.actor.key if self.actor else None

    @property
    def usual(self) -> str:
        """The name to show: the knowledge files', or the first that an article used."""
        return self.others[0] if self.others else self.name

    def spelling_of(self, name: str) -> str | None:
        person = self.actor is not None and self.actor.kind is ActorKind.PERSON
        return spelling_key(name, self.actor.country) if self.actor and person else None


def _named(name: str, actor: Actor | None) -> _Named:
    profile = known_profile(actor.key) if actor and actor.key else None
    who = _Named(name, actor, (profile.name, *profile.aliases) if profile else (), None)
    spelled = who.spelling_of(name) if actor and actor.country else None
    return _Named(name, actor, who.others, spelled, profile.side if profile else None)


class _Store:
    """The stored actors who may be meant, read once, and changed as names are found to be theirs."""

    def __init__(self, conn: Connection, wanted: Collection[_Named], document_id: int, now: datetime) -> None:
        self.conn, self.document_id, self.now = conn, document_id, now
        names = {name for who in wanted for name in (who.name, *who.others)}
        keys = {who.key for who in wanted if who.key}
        spellings = {who.spelling for who in wanted if who.spelling}
        slugs = {slug_of(name) for name in names}
        mine = (
            select(actor_names.c.actor_id)
            .where(
                or_(
                    actor_names.c.name.in_(names),
                    actor_names.c.spelling.in_(spellings),
                    actor_names.c.slug.in_(slugs),
                )
            )
            .union(select(actors.c.id).where(actors.c.key.in_(keys)))
        )
        self.rows = {
            row["id"]: dict(row) for row in conn.execute(select(actors).where(actors.c.id.in_(mine))).mappings()
        }
        self.by_name: dict[str, int] = {}
        self.by_spelling: dict[str, set[int]] = {}
        self.slugs: set[str] = set()
        for row in conn.execute(select(actor_names).where(actor_names.c.actor_id.in_(mine))):
            self.by_name[row.name] = row.actor_id
            self.slugs.add(row.slug)
            if row.spelling:
                self.by_spelling.setdefault(row.spelling, set()).add(row.actor_id)

    def id_of(self, who: _Named) -> int:
        """The row of the actor, made if it is missing; rows that turn out to be of one actor are made one."""
        same = self._same(who)
        if same:
            first, *others = same
            for other in others:
                self._merge(first, other)
            self._tell(first, who)
        else:
            first = self._add(who)
        for name in dict.fromkeys((who.name, *who.others)):
            self._name(first, name, who, met=name == who.name)
        return first

    def _same(self, who: _Named) -> list[int]:
        """Ids of the rows that are this actor: first the one that the files know, then the oldest."""
        by_name = self.by_name.get(who.name)
        key = who.key or (self.rows[by_name]["key"] if by_name is not None else None)
        found = {self.by_name[name] for name in who.others if name in self.by_name}
        found |= {number for number, row in self.rows.items() if key and row["key"] == key}
        found |= {
            number
            for number in self.by_spelling.get(who.spelling or "", ())
            if who.actor and self.rows[number]["country"] == who.actor.country
        }
        keys = {self.rows[number]["key"] for number in found} - {None, key}
        if keys:  # others whom the files know
            found = {number for number in found if key and self.rows[number]["key"] in (None, key)}
        if by_name is not None:
            found.add(by_name)
        return sorted(found, key=lambda number: (self.rows[number]["key"] is None, number))

    def _tell(self, number: int, who: _Named) -> None:
        """Take over what the article knows of the actor and the row does not; what the files say, in any case."""
        row, actor = self.rows[number], who.actor
        if actor is None:
            return
        told: dict[str, Any] = {}
        if actor.key:
            told = {column: getattr(actor, column) for column in _FROM_KNOWLEDGE}
            told |= {"country": who.country, "learnt_from": None}
            if self.by_name.get(who.usual, number) == number:
                told["name"] = who.usual
        elif not row["key"] and row["kind"] == actor.kind and row["country"] is None:
            told["country"] = actor.country
        if changed := {column: value for column, value in told.items() if value != row[column]}:
            self.conn.execute(update(actors).where(actors.c.id == number).values(changed))
            row.update(changed)

    def _add(self, who: _Named) -> int:
        actor, name = who.actor, who.name if who.usual in self.by_name else who.usual
        row: dict[str, Any] = {
            "slug": self._free_slug(name) or f"{slug_of(name)}-{_digest(name)}",
            "key": who.key,
            "name": name,
            "kind": actor.kind if actor else ActorKind.GROUP,
            "country": who.country,
            "role": actor.role if actor else None,
            "sector": actor.sector if actor else None,
            "learnt_from": None if who.key else self.document_id,
            "learnt_at": self.now,
        }
        number: int = self.conn.execute(insert(actors).returning(actors.c.id), row).scalar_one()
        self.rows[number] = {**row, "id": number}
        self._name(number, name, who, met=name == who.name, slug=row["slug"])
        return number

    def _name(self, number: int, name: str, who: _Named, *, met: bool, slug: str | None = None) -> None:
        """Let the name lead to the actor, unless it leads to another one."""
        spelling = who.spelling_of(name) if self.rows[number]["country"] else None
        if name in self.by_name:
            if self.by_name[name] == number and spelling and number not in self.by_spelling.get(spelling, ()):
                self.conn.execute(update(actor_names).where(actor_names.c.name == name).values(spelling=spelling))
                self.by_spelling.setdefault(spelling, set()).add(number)
            return
        slug = slug or self._free_slug(name)
        self.conn.execute(
            insert(actor_names),
            {
                "name": name,
                "actor_id": number,
                "slug": slug,
                "spelling": spelling,
                "learnt_from": self.document_id if met else None,
                "learnt_at": self.now,
            },
        )
        self.by_name[name] = number
        if slug:
            self.slugs.add(slug)
        if spelling:
            self.by_spelling.setdefault(spelling, set()).add(number)

    def _free_slug(self, name: str) -> str | None:
        return slug if (slug := slug_of(name)) not in self.slugs else None

    def _merge(self, number: int, other: int) -> None:
        """Make the other row this one: its items and names; its slug goes on with its names."""
        both = item_actors.alias()
        twice = exists().where(
            both.c.item_id == item_actors.c.item_id, both.c.role == item_actors.c.role, both.c.actor_id == number
        )
        self.conn.execute(delete(item_actors).where(and_(item_actors.c.actor_id == other, twice)))
        self.conn.execute(update(item_actors).where(item_actors.c.actor_id == other).values(actor_id=number))
        self.conn.execute(update(actor_names).where(actor_names.c.actor_id == other).values(actor_id=number))
        self.conn.execute(delete(actors).where(actors.c.id == other))
        gone = self.rows.pop(other)
        if self.rows[number]["country"] is None and gone["country"] is not None:
            self.conn.execute(update(actors).where(actors.c.id == number).values(country=gone["country"]))
            self.rows[number]["country"] = gone["country"]
        self.by_name.update({name: number for name, owner in self.by_name.items() if owner == other})
        for owners in self.by_spelling.values():
            if other in owners:
                owners.discard(other)
                owners.add(number)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
