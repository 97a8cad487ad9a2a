"""Text search, the same on both databases: FTS5 on SQLite, a tsvector index on PostgreSQL.

`items.search_text` is folded here before it is stored, and so is what the reader types; the databases only stem words.
"""

import re
import unicodedata

from sqlalchemy import ColumnElement, Connection, column, func, literal_column, select, table

from app.db.models import items

CONFIGURATION = "crisis_timeline"  # PostgreSQL's text search configuration: English stems, no stop words
MAX_SEARCH_TEXT = 20_000  # characters an item; PostgreSQL's index takes a megabyte at most
MAX_QUERY_TEXT = 500
MAX_TERMS = 30

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTE_MARKS = str.maketrans("“”„«»", '"""""')
_POSSESSIVE = re.compile(r"['’]s\b")
_NOT_A_WORD = re.compile(r"[\W_]+")

_index = table("items_search", column("rowid"), column("items_search"))


def folded(*texts: str | None) -> str:
    """The texts as words in lower case without accents and possessive endings, with one space between them."""
    joined = unicodedata.normalize("NFKD", " ".join(text for text in texts if text)[:MAX_SEARCH_TEXT])
    plain = "".join(character for character in joined if not unicodedata.combining(character))
    return _NOT_A_WORD.sub(" ", _POSSESSIVE.sub("", plain.casefold())).strip()


def terms(text: str) -> tuple[str, ...]:
    """The folded words and quoted phrases of a reader's query, all of which an item must hold; any text is a query."""
    found = (folded(phrase or word) for phrase, word in _TERM.findall(text[:MAX_QUERY_TEXT].translate(_QUOTE_MARKS)))
    return tuple(dict.fromkeys(term for term in found if term))[:MAX_TERMS]


def matching_ids(conn: Connection, text: str) -> list[int]:
    """The ids of the items that hold all terms of the query; nothing holds a query that has no word in it."""
    wanted = terms(text)
    if not wanted:
        return []
    if conn.dialect.name == "sqlite":
        expression = " AND ".join(f'"{term}"' for term in wanted)
        return list(conn.execute(select(_index.c.rowid).where(_index.c.items_search.op("MATCH")(expression))).scalars())
    configuration: ColumnElement[str] = literal_column(f"'{CONFIGURATION}'::regconfig")
    vector = func.to_tsvector(configuration, items.c.search_text)
    holds = (vector.op("@@")(func.phraseto_tsquery(configuration, term)) for term in wanted)
    return list(conn.execute(select(items.c.id).where(*holds)).scalars())
