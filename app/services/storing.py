"""An article's items into the store; one that is the same as before keeps its uid, its row and when it was learnt."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.db.engine import wait_for_turn
from app.db.models import documents, item_actors, item_countries, items, mentions
from app.domain.items import Extraction
from app.services.actors import store_actors
from app.services.found_items import FoundItem, FoundMention, found_items

SAME_ENOUGH = 0.3  # of the two spans' union that must be common for an item of another anchor to be the same
UID_LENGTH = 16
_ONE_STORES = 4_702_111_024  # a number of the database's locks, the same for every worker


class _Stored:
    """An item of the article as it is stored, with its mentions there."""

    def __init__(self, item_id: int, uid: str, kind: str, category: str | None) -> None:
        self.id, self.uid, self.kind, self.category = item_id, uid, kind, category
        self.mentions: list[FoundMention] = []


def store_items(conn: Connection, document_id: int, extraction: Extraction, *, now: datetime) -> None:
    """Replace an article's items by what was found in it now; part of the caller's transaction.

    An item is the same where kind and place in the text agree: the anchor, or most of the span and the category.
    """
    wait_for_turn(conn, _ONE_STORES)  # two workers must not both find that an actor is missing, or make two of them one
    found = found_items(extraction)
    stored = _stored_items(conn, document_id)
    same = match_items(found, stored)
    kept = {item.id for item in same.values()}
    gone = [item.id for item in stored if item.id not in kept]
    conn.execute(delete(items).where(items.c.id.in_(gone)))

    document = conn.execute(select(documents).where(documents.c.id == document_id)).one()
    common = {"reported_on": document.published, "knowledge_hash": extraction.knowledge_hash}
    taken = {item.uid for item in same.values()}
    new: list[dict[str, Any]] = []
    for index, item in enumerate(found):
        values = {**item.values(title=document.title), **common}
        if index in same:
            conn.execute(update(items).where(items.c.id == same[index].id).values(values))
        else:
            uid = uid_of(item, document.text_sha256, taken)
            taken.add(uid)
            new.append({**values, "uid": uid, "learnt_at": now})
    ids = {index: item.id for index, item in same.items()}
    if new:
        inserted = conn.execute(insert(items).returning(items.c.id, sort_by_parameter_order=True), new).scalars()
        ids.update(zip((index for index in range(len(found)) if index not in same), inserted, strict=True))
    _store_mentions(conn, document_id, found, ids)
    _store_links(conn, document_id, found, ids, extraction, now)


def match_items(found: Sequence[FoundItem], stored: Sequence[_Stored]) -> dict[int, _Stored]:
    """The stored item that each found one is, by index; the surest pairs first, and none twice."""
    by_kind: dict[str, list[_Stored]] = defaultdict(list)
    for old in stored:
        by_kind[old.kind].append(old)
    pairs = [
        (likeness, index, position)
        for index, item in enumerate(found)
        for position, old in enumerate(by_kind[item.kind])
        if (likeness := _likeness(item, old)) > 0
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    same: dict[int, _Stored] = {}
    used: set[int] = set()
    for _, index, position in pairs:
        old = by_kind[found[index].kind][position]
        if index not in same and old.id not in used:
            same[index] = old
            used.add(old.id)
    return same


def uid_of(item: FoundItem, text_sha256: str, taken: set[str]) -> str:
    """A uid from the article's text and the item's kind and place in it: the same text, the same links."""
    first = item.mentions[0]
    for number in range(len(taken) + 1):
        name = f"{text_sha256}|{item.kind}|{item.category}|{first.anchor}|{first.start}|{first.end}|{number}"
        uid = hashlib.sha256(name.encode()).hexdigest()[:UID_LENGTH]
        if uid not in taken:
            return uid
    raise AssertionError("more uids than items are taken")


def _likeness(item: FoundItem, old: _Stored) -> float:
    same_category = item.category == old.category
    best = 0.0
    for new_mention in item.mentions:
        for old_mention in old.mentions:
            common = min(new_mention.end, old_mention.end) - max(new_mention.start, old_mention.start)
            if common <= 0:
                continue
            union = max(new_mention.end, old_mention.end) - min(new_mention.start, old_mention.start)
            share = common / union
            if new_mention.anchor == old_mention.anchor:
                best = max(best, 1 + same_category + share)
            elif same_category and share >= SAME_ENOUGH:
                best = max(best, share)
    return best


def _stored_items(conn: Connection, document_id: int) -> list[_Stored]:
    rows = conn.execute(
        select(items.c.id, items.c.uid, items.c.kind, items.c.category, mentions)
        .join(mentions, mentions.c.item_id == items.c.id)
        .where(mentions.c.document_id == document_id)
        .order_by(items.c.id, mentions.c.id)
    )
    stored: dict[int, _Stored] = {}
    for row in rows:
        item = stored.setdefault(row.id, _Stored(row.id, row.uid, row.kind, row.category))
        item.mentions.append(
            FoundMention(paragraph=row.paragraph, start=row.start, end=row.end, text=row.text, anchor=row.anchor)
        )
    return list(stored.values())


def _store_mentions(conn: Connection, document_id: int, found: Sequence[FoundItem], ids: dict[int, int]) -> None:
    conn.execute(delete(mentions).where(mentions.c.document_id == document_id))
    rows = [
        {
            "item_id": ids[index],
            "document_id": document_id,
            "paragraph": mention.paragraph,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "anchor": mention.anchor,
        }
        for index, item in enumerate(found)
        for mention in item.mentions
    ]
    if rows:
        conn.execute(insert(mentions), rows)


def _store_links(
    conn: Connection,
    document_id: int,
    found: Sequence[FoundItem],
    ids: dict[int, int],
    extraction: Extraction,
    now: datetime,
) -> None:
    names = {name for item in found for name, _ in item.actors}
    actor_ids = store_actors(conn, names, extraction.actors, document_id=document_id, now=now)
    links = {  # two names may be one actor's
        (ids[index], actor_ids[name], part): position
        for index, item in enumerate(found)
        for position, (name, part) in reversed(list(enumerate(item.actors)))
    }
    by_actor = [
        {"item_id": item_id, "actor_id": actor_id, "role": part, "position": position}
        for (item_id, actor_id, part), position in links.items()
    ]
    by_country = [
        {"item_id": ids[index], "country": code, "role": role, "position": position}
        for index, item in enumerate(found)
        for position, (code, role) in enumerate(item.countries)
    ]
    for table, rows in ((item_actors, by_actor), (item_countries, by_country)):
        conn.execute(delete(table).where(table.c.item_id.in_(ids.values())))
        if rows:
            conn.execute(insert(table), rows)
