"""Every read. Each takes a Connection and returns plain values; none asks more often where there are more rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, extract, func, literal, not_, or_, select

from app.db.cache import generation
from app.db.disputes import disputed
from app.db.facets import count_items, day_counts, facet_counts, named_actors, suggested_actors
from app.db.index_reading import index_of
from app.db.item_rows import item_rows, select_items, select_items_once
from app.db.models import documents as document_table
from app.db.models import item_countries, items, mentions, upload_files, uploads
from app.db.models import saved_views as view_table
from app.db.rows import (
    Beside,
    Contested,
    Cursor,
    DocumentPage,
    DocumentRow,
    ItemPage,
    ItemRow,
    MentionRow,
    SavedView,
    SiteSummary,
    UploadFileRow,
    UploadRow,
)
from app.db.ways_out import ways_out
from app.domain.filters import Filters
from app.domain.vocabulary import DocumentStatus, ItemKind, Modality, Outcome, Precision
from app.knowledge.country_names import country_name

__all__ = [
    "contested",
    "count_items",
    "day_counts",
    "document",
    "document_items",
    "documents",
    "facet_counts",
    "generation",
    "item",
    "item_mentions",
    "named_actors",
    "saved_views",
    "site",
    "suggested_actors",
    "timeline_cards",
    "timeline_items",
    "told_with",
    "upload",
    "ways_out",
]

UNNAMED = "Crisis timeline"
_COMMON_MONTH = 0.1  # a month with this share of the dated items is one that the crisis is about


def timeline_items(conn: Connection, filters: Filters, *, limit: int = 50, after: Cursor | None = None) -> ItemPage:
    """A page of the items in the order of their dates or reports; in every order those without that day come last."""
    index = index_of(conn)
    ids, following = index.page(filters, index.choice(conn, filters).mask, limit=limit, after=after)
    found = _item_rows_by_id(conn, ids)
    return ItemPage(items=tuple(found[item_id] for item_id in ids if item_id in found), next=following)


def timeline_cards(conn: Connection, filters: Filters, *, limit: int = 50, after: Cursor | None = None) -> ItemPage:
    """The same as cards: a military move in the words of a troop claim that the filters show stands on its card."""
    index = index_of(conn)
    choice = index.choice(conn, filters)
    ids, following = index.page(filters, choice.cards, limit=limit, after=after)
    moves = choice.named_on(ids)
    found = _item_rows_by_id(conn, [*ids, *moves])
    by_claim: dict[int, list[ItemRow]] = defaultdict(list)
    for move in moves:
        claim = index.claim_of(move)
        if move in found and claim is not None:
            by_claim[claim].append(found[move])
    return ItemPage(
        items=tuple(found[item_id] for item_id in ids if item_id in found),
        next=following,
        moves={claim: tuple(rows) for claim, rows in by_claim.items()},
    )


def contested(conn: Connection, filters: Filters, *, limit: int) -> Contested:
    """What is contested of the items that the filters show: so many denials, and so many pairs of claims, by day."""
    index = index_of(conn)
    denied: list[int] = []
    if not filters.modalities or Modality.DENIED in filters.modalities:
        only = replace(filters.unordered(), modalities=(Modality.DENIED,))
        denied, _ = index.page(only, index.choice(conn, only).cards, limit=limit, after=None)
    pairs = disputed(conn, index.choice(conn, filters).mask, limit=limit)
    ids = {*denied, *(item_id for pair in pairs for item_id in pair)}
    found = _item_rows_by_id(conn, sorted(ids)) if ids else {}
    return Contested(
        denied=tuple(found[item_id] for item_id in denied if item_id in found),
        disputes=tuple((found[low], found[high]) for low, high in pairs if low in found and high in found),
    )


def told_with(conn: Connection, item_id: int) -> tuple[ItemRow, ...]:
    """What the same words tell besides: of a troop claim the moves on its card, of such a move its claim."""
    index = index_of(conn)
    choice = index.choice(conn, Filters())
    claim = index.claim_of(item_id)
    ids = [claim] if claim is not None else choice.named_on([item_id])
    return tuple(_item_rows_by_id(conn, ids).values()) if ids else ()


def _item_rows_by_id(conn: Connection, ids: Sequence[int]) -> dict[int, ItemRow]:
    rows = conn.execute(select_items_once().where(items.c.id.in_(ids))).mappings().all()
    return {row.id: row for row in item_rows(conn, rows)}


def item(conn: Connection, uid: str) -> ItemRow | None:
    """The item of a permalink, or None."""
    found = conn.execute(select_items_once().where(items.c.uid == uid)).mappings().all()
    return next(iter(item_rows(conn, found)), None)


def item_mentions(conn: Connection, item_id: int) -> tuple[MentionRow, ...]:
    """Every place that tells of the item, in the order of the articles' dates and texts."""
    rows = conn.execute(
        select(
            mentions.c.document_id,
            document_table.c.title.label("document_title"),
            document_table.c.outlet,
            document_table.c.published,
            mentions.c.paragraph,
            mentions.c.start,
            mentions.c.end,
            mentions.c.text,
        )
        .join(document_table, document_table.c.id == mentions.c.document_id)
        .where(mentions.c.item_id == item_id)
        .order_by(document_table.c.published.nulls_last(), mentions.c.document_id, mentions.c.start, mentions.c.id)
    ).mappings()
    return tuple(MentionRow(**row) for row in rows)


def document(conn: Connection, document_id: int) -> DocumentRow | None:
    """The article with its text, or None."""
    found = conn.execute(select(document_table).where(document_table.c.id == document_id)).mappings().all()
    return next(iter(_document_rows(conn, found)), None)


def document_items(conn: Connection, document_id: int) -> tuple[ItemRow, ...]:
    """The article's items in the order of its text, one row a mention there."""
    found = conn.execute(
        select_items()
        .where(mentions.c.document_id == document_id)
        .order_by(mentions.c.start, mentions.c.end.desc(), mentions.c.id)
    ).mappings()
    return item_rows(conn, found.all())


def documents(
    conn: Connection, *, limit: int = 50, after: Cursor | None = None, text: str = "", only_unread: bool = False
) -> DocumentPage:
    """A page of the articles, newest first, undated last; `text` keeps those with it in title, outlet or file name.

    With `only_unread`, those that wait for a date or could not be read.
    """
    columns = document_table.c
    shown = select(*(literal("").label("text") if column is columns.text else column for column in columns))
    if text.strip():
        searched = (columns.title, columns.outlet, columns.source_file)
        shown = shown.where(or_(*(column.icontains(text.strip(), autoescape=True) for column in searched)))
    if only_unread:
        shown = shown.where(columns.status.in_((DocumentStatus.NEEDS_DATE, DocumentStatus.FAILED)))
    if after:
        shown = shown.where(_after_document(after))
    ordered = shown.order_by(columns.published.desc().nulls_last(), columns.id.desc()).limit(limit + 1)
    found = conn.execute(ordered).mappings().all()
    last = found[limit - 1] if len(found) > limit else None
    return DocumentPage(
        documents=_document_rows(conn, found[:limit]),
        next=Cursor(last["published"], last["published"], last["id"]) if last else None,
    )


def documents_beside(conn: Connection, row: DocumentRow) -> tuple[Beside | None, Beside | None]:
    """The articles before and after this one in the list of articles."""
    columns = document_table.c
    at, shown = Cursor(row.published, row.published, row.id), select(columns.id, columns.title)
    newest_first = (columns.published.desc().nulls_last(), columns.id.desc())
    oldest_first = (columns.published.nulls_first(), columns.id)
    newer = conn.execute(
        shown.where(not_(_after_document(at)), columns.id != row.id).order_by(*oldest_first).limit(1)
    ).first()
    older = conn.execute(shown.where(_after_document(at)).order_by(*newest_first).limit(1)).first()
    return (Beside(*newer) if newer else None, Beside(*older) if older else None)


def _after_document(after: Cursor) -> ColumnElement[bool]:
    columns = document_table.c
    if after.earliest is None:
        return and_(columns.published.is_(None), columns.id < after.id)
    return or_(
        columns.published.is_(None),
        columns.published < after.earliest,
        and_(columns.published == after.earliest, columns.id < after.id),
    )


def _document_rows(conn: Connection, found: Sequence[RowMapping]) -> tuple[DocumentRow, ...]:
    if not found:
        return ()
    counts: dict[int, dict[ItemKind, int]] = defaultdict(dict)
    for document_id, kind, count in conn.execute(
        select(mentions.c.document_id, items.c.kind, func.count(items.c.id.distinct()))
        .join(items, items.c.id == mentions.c.item_id)
        .where(mentions.c.document_id.in_([row["id"] for row in found]))
        .group_by(mentions.c.document_id, items.c.kind)
    ):
        counts[document_id][ItemKind(kind)] = count
    return tuple(
        DocumentRow(
            id=row["id"],
            uid=row["uid"],
            title=row["title"],
            url=row["url"],
            outlet=row["outlet"],
            language=row["language"],
            published=row["published"],
            text=row["text"],
            source_file=row["source_file"],
            is_demo=row["is_demo"],
            status=DocumentStatus(row["status"]),
            error=row["error"],
            warnings=(*row["warnings"], *row["extraction_warnings"]),
            words=row["words"],
            learnt_at=row["learnt_at"],
            processed_at=row["processed_at"],
            counts=counts[row["id"]],
        )
        for row in found
    )


def upload(conn: Connection, uid: str) -> UploadRow | None:
    """The upload with what became of each article, or None."""
    found = conn.execute(select(uploads).where(uploads.c.uid == uid)).mappings().one_or_none()
    if found is None:
        return None
    files = (
        conn.execute(
            select(upload_files).where(upload_files.c.upload_id == found["id"]).order_by(upload_files.c.position)
        )
        .mappings()
        .all()
    )
    columns = document_table.c
    rows = conn.execute(
        select(*(literal("").label("text") if column is columns.text else column for column in columns)).where(
            columns.id.in_(select(upload_files.c.document_id).where(upload_files.c.upload_id == found["id"]))
        )
    ).mappings()
    by_id = {row.id: row for row in _document_rows(conn, rows.all())}
    return UploadRow(
        uid=uid,
        created_at=found["created_at"],
        files=tuple(
            UploadFileRow(
                filename=row["filename"],
                outcome=Outcome(row["outcome"]),
                message=row["message"],
                document=by_id.get(row["document_id"]),
            )
            for row in files
        ),
    )


def saved_views(conn: Connection) -> tuple[SavedView, ...]:
    """All saved views by name."""
    columns = view_table.c
    rows = conn.execute(select(columns.id, columns.name, columns.query).order_by(func.lower(columns.name))).mappings()
    return tuple(SavedView(**row) for row in rows)


def site(conn: Connection, *, title: str | None = None) -> SiteSummary:
    """The site at a glance; without a title of its own it is named from its commonest countries.

    It reads all items and articles, so ask once a generation.
    """
    number, first, last = conn.execute(
        select(func.count(), func.min(items.c.date_earliest), func.max(items.c.date_latest)).select_from(items)
    ).one()
    by_status: dict[str, int] = defaultdict(int)
    has_demo = False
    for status, is_demo, count in conn.execute(
        select(document_table.c.status, document_table.c.is_demo, func.count()).group_by(
            document_table.c.status, document_table.c.is_demo
        )
    ):
        by_status[status] += count
        has_demo = has_demo or is_demo
    return SiteSummary(
        title=title or _title(conn),
        months=_months(conn),
        has_demo=has_demo,
        documents=sum(by_status.values()),
        items=number,
        first_day=first,
        last_day=last,
        pending=by_status[DocumentStatus.PENDING] + by_status[DocumentStatus.RUNNING],
        needs_date=by_status[DocumentStatus.NEEDS_DATE],
        failed=by_status[DocumentStatus.FAILED],
        generation=generation(conn),
    )


def _title(conn: Connection) -> str:
    count = func.count(item_countries.c.item_id.distinct())
    common = conn.execute(
        select(item_countries.c.country)
        .where(item_countries.c.role.not_in(("speaker", "claimant")))  # who acts, not who talks about it
        .group_by(item_countries.c.country)
        .order_by(count.desc(), item_countries.c.country)
        .limit(2)
    ).scalars()
    return " and ".join(country_name(code) for code in common) or UNNAMED


def _months(conn: Connection) -> tuple[date, date] | None:
    year, month = extract("year", items.c.date_earliest), extract("month", items.c.date_earliest)
    months = conn.execute(
        select(year, month, func.count())
        .where(items.c.date_precision.in_((Precision.DAY, Precision.RANGE)))
        .group_by(year, month)
        .order_by(year, month)
    ).all()
    least = _COMMON_MONTH * sum(number for _, _, number in months)
    crisis = [date(int(y), int(m), 1) for y, m, number in months if number >= least]
    return (crisis[0], crisis[-1]) if crisis else None
