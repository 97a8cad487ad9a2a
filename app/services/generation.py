"""The number that tells caches whether what the site shows has changed."""

from sqlalchemy import BigInteger, Connection, Text, cast, update

from app.db.models import site


def advance_generation(conn: Connection) -> None:
    """Count a change; part of the transaction that makes it."""
    conn.execute(
        update(site).where(site.c.key == "generation").values(value=cast(cast(site.c.value, BigInteger) + 1, Text))
    )
