"""Every read. Each takes a Connection and returns plain values; none asks more often where there are more rows."""

from sqlalchemy import Connection

from app.db.rows import (
    Counts,
    Cursor,
    DayCount,
    DocumentPage,
    DocumentRow,
    Facets,
    ItemPage,
    ItemRow,
    MentionRow,
    SiteSummary,
    UploadRow,
)
from app.domain.filters import Filters


def timeline_items(conn: Connection, filters: Filters, *, limit: int = 50, after: Cursor | None = None) -> ItemPage:
    """A page of the items in date order, or newest first; in both orders the undated come last."""
    raise NotImplementedError


def count_items(conn: Connection, filters: Filters) -> Counts:
    """How many items and articles the filters show, and how many items there are at all."""
    raise NotImplementedError


def facet_counts(conn: Connection, filters: Filters) -> Facets:
    """The facets' values with counts, each under all filters but its own; of actors the 30 commonest and the chosen."""
    raise NotImplementedError


def day_counts(conn: Connection, filters: Filters) -> tuple[DayCount, ...]:
    """Items by day and kind, for items known to the day; an interval of days counts on its first. All filters hold."""
    raise NotImplementedError


def item(conn: Connection, uid: str) -> ItemRow | None:
    """The item of a permalink, or None."""
    raise NotImplementedError


def item_mentions(conn: Connection, item_id: int) -> tuple[MentionRow, ...]:
    """Every place that tells of the item, in the order of the articles' dates and texts."""
    raise NotImplementedError


def document(conn: Connection, document_id: int) -> DocumentRow | None:
    """The article with its text, or None."""
    raise NotImplementedError


def document_items(conn: Connection, document_id: int) -> tuple[ItemRow, ...]:
    """The article's items in the order of its text, one row a mention there."""
    raise NotImplementedError


def documents(conn: Connection, *, limit: int = 50, after: Cursor | None = None, text: str = "") -> DocumentPage:
    """A page of the articles, newest first, undated last; `text` keeps those with it in title, outlet or file name."""
    raise NotImplementedError


def upload(conn: Connection, uid: str) -> UploadRow | None:
    """The upload with what became of each article, or None."""
    raise NotImplementedError


def site(conn: Connection, *, title: str | None = None) -> SiteSummary:
    """The site at a glance; without a title of its own it is named from its commonest countries and its days."""
    raise NotImplementedError
