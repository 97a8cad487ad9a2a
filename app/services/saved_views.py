"""Filters under a name, which editors keep for all readers."""

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from app.db.engine import writing
from app.db.models import saved_views
from app.domain.errors import BadRequest, NotFound

LONGEST_NAME = 80
MOST_VIEWS = 100


def save_view(engine: Engine, name: str, query: str) -> None:
    """Keep a query under a name. Raises BadRequest for no name, one too long, one that is taken, or too many views."""
    name = _checked(name)
    with writing(engine) as conn:
        _require_free(conn, name, but=None)
        if conn.execute(select(func.count()).select_from(saved_views)).scalar_one() >= MOST_VIEWS:
            raise BadRequest(f"There are {MOST_VIEWS} saved views. Delete one that nobody needs any more.")
        conn.execute(insert(saved_views).values(name=name, query=query, created_at=datetime.now(UTC)))


def rename_view(engine: Engine, view_id: int, name: str) -> None:
    """Give a view another name. Raises BadRequest as `save_view`, NotFound for no such view."""
    name = _checked(name)
    with writing(engine) as conn:
        _require_free(conn, name, but=view_id)
        if conn.execute(update(saved_views).where(saved_views.c.id == view_id).values(name=name)).rowcount == 0:
            raise NotFound("This view does not exist, or was deleted.")


def delete_view(engine: Engine, view_id: int) -> None:
    """Forget a view; nothing happens where it is gone already."""
    with writing(engine) as conn:
        conn.execute(delete(saved_views).where(saved_views.c.id == view_id))


def _checked(name: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not name:
        raise BadRequest("Give the view a name.")
    if len(name) > LONGEST_NAME:
        raise BadRequest(f"Give the view a name of at most {LONGEST_NAME} characters.")
    return name


def _require_free(conn: Connection, name: str, *, but: int | None) -> None:
    same = select(saved_views.c.id).where(func.lower(saved_views.c.name) == name.lower())
    if any(view_id != but for view_id in conn.execute(same).scalars()):
        raise BadRequest(f"There is a view “{name}” already. Choose another name, or rename that one.")
