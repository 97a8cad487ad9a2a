"""What somebody does to one article: give it a date, have it read again, delete it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Engine, delete, exists, select, update

from app.db.engine import writing
from app.db.models import documents, items, mentions
from app.domain.errors import NotFound
from app.domain.vocabulary import DocumentStatus
from app.services.generation import advance_generation

NO_ARTICLE = "There is no such article: it may have been deleted."

# A worker that reads the article just now loses it: its result rests on what has changed.
READ_AGAIN = {
    "status": DocumentStatus.PENDING,
    "attempts": 0,
    "worker": None,
    "lease_until": None,
    "error": None,
}


def delete_document(engine: Engine, document_id: int) -> None:
    """Delete an article and the items that only it tells of. Raises NotFound."""
    with writing(engine) as conn:
        if conn.execute(select(documents.c.id).where(documents.c.id == document_id)).first() is None:
            raise NotFound(NO_ARTICLE)
        remove_articles(conn, [document_id])
        advance_generation(conn)


def give_date(conn: Connection, document_id: int, published: date | None) -> bool:
    """Set the publication date and put the article in line to be read; False where there is no such article."""
    changed = update(documents).where(documents.c.id == document_id).values(published=published, **READ_AGAIN)
    return conn.execute(changed).rowcount == 1


def remove_articles(conn: Connection, document_ids: Sequence[int]) -> None:
    """Delete articles and the items that no other article tells of."""
    here = select(mentions.c.item_id).where(mentions.c.document_id.in_(document_ids))
    elsewhere = mentions.alias("elsewhere")
    conn.execute(
        delete(items).where(
            items.c.id.in_(here),
            ~exists().where(elsewhere.c.item_id == items.c.id, elsewhere.c.document_id.not_in(document_ids)),
        )
    )
    conn.execute(delete(documents).where(documents.c.id.in_(document_ids)))
