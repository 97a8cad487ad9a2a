"""Whose forces troop claims are about."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from app.db.models import items
from app.domain.vocabulary import ItemKind


def claims_by_force(conn: Connection) -> Mapping[str, int]:
    """How many troop claims there are about the forces of each country, by its code."""
    found = conn.execute(
        select(items.c.force_country, func.count().label("number"))
        .where(items.c.kind == ItemKind.TROOPS, items.c.force_country.is_not(None))
        .group_by(items.c.force_country)
    )
    return {row.force_country: row.number for row in found}
