"""The actors that items name: one row a name."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from app.db.engine import insert_if_new
from app.db.models import actors
from app.domain.items import Actor
from app.domain.vocabulary import ActorKind
from app.services.found_items import LONGEST_NAME

LONGEST_SLUG = 80
_FROM_KNOWLEDGE = ("key", "kind", "country", "sector")  # a role is of its day, and says nothing of later articles


def store_actors(
    conn: Connection, names: Collection[str], described: Iterable[Actor], *, document_id: int, now: datetime
) -> Mapping[str, int]:
    """Make sure that every name has a row, and return the rows' ids by name.

    `described` are the article's actors; what the knowledge files say of them replaces what was stored.
    """
    if not names:
        return {}
    known = {actor.name[:LONGEST_NAME]: actor for actor in described}
    wanted = sorted(names)  # one order in every worker, so that two of them never wait for each other
    before = _rows(conn, wanted)
    new = [_row(name, known.get(name), document_id, now) for name in wanted if name not in before]
    if new:
        conn.execute(insert_if_new(conn, actors), new)
    after = _rows(conn, wanted)
    for clash in (row for row in new if row["name"] not in after):  # an actor of another name has the slug
        conn.execute(insert_if_new(conn, actors), {**clash, "slug": f"{clash['slug']}-{_digest(clash['name'])}"})
    for name, row in before.items():
        actor = known.get(name)
        if actor and actor.key and any(getattr(actor, column) != row[column] for column in _FROM_KNOWLEDGE):
            told = {column: getattr(actor, column) for column in _FROM_KNOWLEDGE}
            conn.execute(update(actors).where(actors.c.id == row["id"]).values(told))
    return {name: row["id"] for name, row in _rows(conn, wanted).items()}


def slug_of(name: str) -> str:
    """The name in a URL: lower case, hyphens, at most 80 characters; a digest where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or _digest(name)


def _row(name: str, actor: Actor | None, document_id: int, now: datetime) -> dict[str, Any]:
    return {
        "slug": slug_of(name),
        "key": actor.key if actor else None,
        "name": name,
        "kind": actor.kind if actor else ActorKind.GROUP,
        "country": actor.country if actor else None,
        "role": actor.role if actor else None,
        "sector": actor.sector if actor else None,
        "learnt_from": None if actor and actor.key else document_id,
        "learnt_at": now,
    }


def _rows(conn: Connection, names: Collection[str]) -> dict[str, RowMapping]:
    rows = conn.execute(select(actors).where(actors.c.name.in_(names)).order_by(actors.c.name)).mappings()
    return {row["name"]: row for row in rows}


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
