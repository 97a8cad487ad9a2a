"""Items as the pages need them: one statement for the items, one for their actors, one for their countries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from app.db.models import actors, documents, item_actors, item_countries, items, mentions
from app.db.rows import ActorRow, ItemRow
from app.domain.edtf import parse_edtf
from app.domain.vocabulary import (
    ActorKind,
    ActorPart,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Polarity,
    StatementKind,
)

_others = mentions.alias("others")
_first_mention = (
    select(func.min(_others.c.id)).where(_others.c.item_id == items.c.id).correlate(items).scalar_subquery()
)
_mention_count = select(func.count()).where(_others.c.item_id == items.c.id).correlate(items).scalar_subquery()
_actor_columns = (actors.c.id, actors.c.slug, actors.c.name, actors.c.kind, actors.c.country, actors.c.role)


def select_items() -> Select[Any]:
    """Items, each with every mention of it and the mention's article, in no order."""
    return (
        select(
            *(column for column in items.c if column.name not in {"search_text", "knowledge_hash"}),
            mentions.c.paragraph,
            mentions.c.start,
            mentions.c.end,
            mentions.c.text,
            _mention_count.label("mentions"),
            documents.c.id.label("document_id"),
            documents.c.title.label("document_title"),
            documents.c.outlet,
            documents.c.published,
            documents.c.is_demo,
        )
        .select_from(items)
        .join(mentions, mentions.c.item_id == items.c.id)
        .join(documents, documents.c.id == mentions.c.document_id)
    )


def select_items_once() -> Select[Any]:
    """Items, each with its first mention only."""
    return select_items().where(mentions.c.id == _first_mention)


def item_rows(conn: Connection, found: Sequence[RowMapping]) -> tuple[ItemRow, ...]:
    """The rows of `select_items`, in their order, with their actors and countries."""
    if not found:
        return ()
    ids = sorted({row["id"] for row in found})
    parts: dict[int, list[ActorRow]] = defaultdict(list)
    actor_rows: dict[tuple[int, str], ActorRow] = {}
    for part in conn.execute(
        select(item_actors.c.item_id, item_actors.c.role.label("part"), *_actor_columns)
        .join(actors, actors.c.id == item_actors.c.actor_id)
        .where(item_actors.c.item_id.in_(ids))
        .order_by(item_actors.c.item_id, item_actors.c.position, actors.c.id)
    ).mappings():
        key = (part["id"], part["part"])
        if key not in actor_rows:
            actor_rows[key] = actor_row(part, ActorPart(part["part"]))
        parts[part["item_id"]].append(actor_rows[key])
    countries: dict[int, list[str]] = defaultdict(list)
    for item_id, country in conn.execute(
        select(item_countries.c.item_id, item_countries.c.country)
        .where(item_countries.c.item_id.in_(ids))
        .order_by(item_countries.c.item_id, item_countries.c.position, item_countries.c.country)
    ):
        countries[item_id].append(country)
    keys = [str(key) for key in found[0]]
    rows: Iterator[dict[str, Any]] = (dict(zip(keys, row.values(), strict=True)) for row in found)  # faster to ask
    return tuple(_item_row(row, parts[row["id"]], countries[row["id"]]) for row in rows)


def actor_row(row: RowMapping, part: ActorPart | None = None) -> ActorRow:
    """A row of `actors`, in its part of an item where it is read with one."""
    return ActorRow(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        country=row["country"],
        role=row["role"],
        part=part,
    )


def _item_row(row: Mapping[str, Any], parts: Sequence[ActorRow], countries: Sequence[str]) -> ItemRow:
    by_part = {actor.part: actor for actor in reversed(parts)}  # reversed: the first of a part stays
    named = {actor.id: actor for actor in reversed(parts) if actor.part is not ActorPart.CANDIDATE}
    details = row["details"]
    return ItemRow(
        id=row["id"],
        uid=row["uid"],
        kind=ItemKind(row["kind"]),
        category=EventCategory(row["category"]) if row["category"] else None,
        headline=row["headline"],
        text=row["text"],
        date=parse_edtf(row["date"]) if row["date"] else None,
        date_rule=row["date_rule"],
        reported_on=row["reported_on"],
        learnt_at=row["learnt_at"],
        modality=Modality(row["modality"]) if row["modality"] else None,
        polarity=Polarity(row["polarity"]) if row["polarity"] else None,
        statement_kind=StatementKind(row["statement_kind"]) if row["statement_kind"] else None,
        speaker=by_part.get(ActorPart.SPEAKER),
        speaker_role=details.get("speaker_role"),
        claimant=by_part.get(ActorPart.CLAIMANT),
        actors=tuple(reversed(named.values())),
        candidates=tuple(actor for actor in parts if actor.part is ActorPart.CANDIDATE),
        countries=tuple(dict.fromkeys(countries)),
        place=row["place"],
        lat=row["lat"],
        lon=row["lon"],
        quantity=row["quantity"],
        low=row["low"],
        high=row["high"],
        unit=row["unit"],
        movement=Movement(row["movement"]) if row["movement"] else None,
        force_country=row["force_country"],
        confidence=row["confidence"],
        details=details,
        document_id=row["document_id"],
        document_title=row["document_title"],
        outlet=row["outlet"],
        published=row["published"],
        paragraph=row["paragraph"],
        start=row["start"],
        end=row["end"],
        mentions=row["mentions"],
        is_demo=row["is_demo"],
    )
