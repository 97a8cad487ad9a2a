"""One actor as the database knows it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.db.item_rows import actor_row
from app.db.models import actor_names, actors, documents
from app.db.rows import ActorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The article that an actor was learnt from."""

    document_id: int
    title: str
    outlet: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredActor:
    """An actor; `key` is its id in the knowledge files, `origin` the article it was learnt from instead.

    `names` are its other names, in the files or in articles.
    """

    row: ActorRow
    key: str | None
    names: tuple[str, ...]
    origin: Origin | None


def actor(conn: Connection, slug: str) -> StoredActor | None:
    """The actor to whom a slug leads, also one that it had before it was found to be another one; or None."""
    named = select(actor_names.c.actor_id).where(actor_names.c.slug == slug).scalar_subquery()
    found = conn.execute(select(actors).where(actors.c.id == named)).mappings().one_or_none()
    if found is None:
        return None
    origin = None
    if found["learnt_from"] is not None:
        columns = (documents.c.id, documents.c.title, documents.c.outlet, documents.c.published)
        row = conn.execute(select(*columns).where(documents.c.id == found["learnt_from"])).one()
        origin = Origin(document_id=row.id, title=row.title, outlet=row.outlet, published=row.published)
    others = select(actor_names.c.name).where(
        actor_names.c.actor_id == found["id"], actor_names.c.name != found["name"]
    )
    names = tuple(conn.execute(others.order_by(actor_names.c.name)).scalars())
    return StoredActor(row=actor_row(found), key=found["key"], names=names, origin=origin)
