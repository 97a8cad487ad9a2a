"""Whom an actor or a country has to do with: in which moves, and who tells of whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, select

from app.db.models import actors, item_actors, item_countries, items, mentions
from app.db.parts import ACTOR_ROLES, COUNTRY_ROLES, tells_of
from app.domain.vocabulary import ActorPart, EventCategory, ItemKind, Part


@dataclass(frozen=True, slots=True)
class Tie:
    """How many moves of a category both are parties of; some of them one did to the other, and some the reverse."""

    other: str
    category: EventCategory
    count: int
    towards: int
    from_other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """All ties of an actor or country; others are slugs or codes, and the most shared come first.

    `tells_of` counts its statements by whom they tell of, `told_of_by` the statements of others that tell of it.
    `names` are the (name, country code) of others that are actors.
    """

    moves: tuple[Tie, ...]
    tells_of: tuple[tuple[str, int], ...]
    told_of_by: tuple[tuple[str, int], ...]
    names: Mapping[str, tuple[str, str | None]]


def country_ties(conn: Connection, code: str) -> Ties:
    """The ties of a country or body with others."""
    found = _Finder(item_countries, "country", code, COUNTRY_ROLES[Part.PARTY], doer="source", target="target")
    return Ties(
        moves=tuple(Tie(other, EventCategory(category), *counts) for other, category, *counts in found.moves(conn)),
        tells_of=tuple(found.tellings(conn, by_it=True)),
        told_of_by=tuple(found.tellings(conn, by_it=False)),
        names={},
    )


def actor_ties(conn: Connection, actor_id: int) -> Ties:
    """The ties of an actor with other actors."""
    parties = ACTOR_ROLES[Part.PARTY]
    found = _Finder(item_actors, "actor_id", actor_id, parties, doer=ActorPart.PARTY, target=ActorPart.TARGET)
    moves = found.moves(conn)
    tells_of, told_of_by = found.tellings(conn, by_it=True), found.tellings(conn, by_it=False)
    ids = {row[0] for row in (*moves, *tells_of, *told_of_by)}
    columns = (actors.c.id, actors.c.slug, actors.c.name, actors.c.country)
    rows = {row.id: row for row in conn.execute(select(*columns).where(actors.c.id.in_(ids)))}
    return Ties(
        moves=tuple(Tie(rows[key].slug, EventCategory(category), *counts) for key, category, *counts in moves),
        tells_of=tuple((rows[key].slug, count) for key, count in tells_of),
        told_of_by=tuple((rows[key].slug, count) for key, count in told_of_by),
        names={row.slug: (row.name, row.country) for row in rows.values()},
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    """Asks one of the two tables that link items to whoever has a part in them."""

    table: Table
    column: str
    value: int | str
    parties: tuple[str, ...]
    doer: str
    target: str

    def moves(self, conn: Connection) -> list[Any]:
        """Rows of (other, category, moves, moves towards it, moves from it)."""
        own, other = self.table.alias("own"), self.table.alias("other")
        shared = own.c.item_id
        towards = and_(own.c.role == self.doer, other.c.role == self.target)
        from_other = and_(own.c.role == self.target, other.c.role == self.doer)
        count = func.count(shared.distinct())
        key = other.c[self.column]
        return list(
            conn.execute(
                select(
                    key,
                    items.c.category,
                    count,
                    func.count(case((towards, shared)).distinct()),
                    func.count(case((from_other, shared)).distinct()),
                )
                .join(other, other.c.item_id == shared)
                .join(items, items.c.id == shared)
                .where(
                    own.c[self.column] == self.value,
                    key != self.value,
                    own.c.role.in_(self.parties),
                    other.c.role.in_(self.parties),
                )
                .group_by(key, items.c.category)
                .order_by(count.desc(), key)
            )
        )

    def tellings(self, conn: Connection, *, by_it: bool) -> list[Any]:
        """Rows of (other, statements): its own that tell of the other, or the other's that tell of it."""
        speaking, told_of = self.table.alias("speaking"), self.table.alias("told_of")
        own, other = (speaking, told_of) if by_it else (told_of, speaking)
        statements, told = mentions.alias("statements"), mentions.alias("told")
        count, key = func.count(statements.c.item_id.distinct()), other.c[self.column]
        return list(
            conn.execute(
                select(key, count)
                .select_from(statements)
                .join(items, and_(items.c.id == statements.c.item_id, items.c.kind == ItemKind.STATEMENT))
                .join(told, tells_of(statements, told))
                .join(speaking, speaking.c.item_id == statements.c.item_id)
                .join(told_of, told_of.c.item_id == told.c.item_id)
                .where(
                    own.c[self.column] == self.value,
                    key != self.value,
                    own.c.role != ActorPart.CANDIDATE,
                    other.c.role != ActorPart.CANDIDATE,
                )
                .group_by(key)
                .order_by(count.desc(), key)
            )
        )
