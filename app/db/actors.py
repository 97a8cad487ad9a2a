"""The directory of actors, a page at a time."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.db.item_rows import actor_row
from app.db.models import actor_names, actors, item_actors
from app.db.rows import ActorRow
from app.domain.vocabulary import ActorKind, ActorPart


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """One page of the actors in the order of their slugs, each with the number of its items; `next` is a slug."""

    actors: tuple[tuple[ActorRow, int], ...]
    next: str | None


def actor_page(
    conn: Connection,
    *,
    name: str = "",
    kind: ActorKind | None = None,
    country: str = "",
    limit: int = 50,
    after: str | None = None,
) -> ActorPage:
    """The actors with that text in one of their names, from the one behind the slug `after`.

    Items in which an actor is only a candidate are not counted.
    """
    shown = select(actors).order_by(actors.c.slug).limit(limit + 1)
    if name.strip():
        named = select(actor_names.c.actor_id).where(actor_names.c.name.icontains(name.strip(), autoescape=True))
        shown = shown.where(actors.c.id.in_(named))
    if kind:
        shown = shown.where(actors.c.kind == kind)
    if country:
        shown = shown.where(actors.c.country == country.upper())
    if after is not None:
        shown = shown.where(actors.c.slug > after)
    found = conn.execute(shown).mappings().all()
    page = found[:limit]
    counted = (
        select(item_actors.c.actor_id, func.count(item_actors.c.item_id.distinct()))
        .where(item_actors.c.actor_id.in_([row["id"] for row in page]), item_actors.c.role != ActorPart.CANDIDATE)
        .group_by(item_actors.c.actor_id)
    )
    counts: dict[int, int] = dict(conn.execute(counted).all())
    return ActorPage(
        actors=tuple((actor_row(row), counts.get(row["id"], 0)) for row in page),
        next=page[-1]["slug"] if len(found) > limit else None,
    )
