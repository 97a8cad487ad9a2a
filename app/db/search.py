"""Text search, the same on both databases: FTS5 on SQLite, a tsvector index on PostgreSQL.

`items.search_text` is folded before it is stored, and so is what the reader types; the databases only stem words.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, select, table

from app.db.columns import together
from app.db.models import items

CONFIGURATION = "crisis_timeline"  # PostgreSQL's text search configuration: English stems, no stop words

_index = table("items_search", column("rowid"), column("items_search"))


def matching_ids(conn: Connection, terms: Sequence[str]) -> Select[str]:
    """Selects together the ids of the items that hold all of the folded words and phrases; there must be one."""
    if conn.dialect.name == "sqlite":
        expression = " AND ".join(f'"{term}"' for term in terms)
        return select(together(_index.c.rowid)).where(_index.c.items_search.op("MATCH")(expression))
    configuration: ColumnElement[str] = literal_column(f"'{CONFIGURATION}'::regconfig")
    vector = func.to_tsvector(configuration, items.c.search_text)
    holds = (vector.op("@@")(func.phraseto_tsquery(configuration, term)) for term in terms)
    return select(together(items.c.id)).where(*holds)
