"""Reads the index of all items: a few statements, each over everything, once a generation and process."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, case, exists, func, or_, select

from app.db.cache import ByDatabase
from app.db.index import NEVER, Index, Numbers, Order, Values
from app.db.models import actor_names, actors, documents, item_actors, item_countries, items, mentions
from app.db.parts import actor_has, country_has
from app.domain.filters import Facet
from app.domain.search import folded
from app.domain.vocabulary import ActorKind, EventCategory, ItemKind, Modality, Part, Polarity, Precision
from app.knowledge.country_names import BODIES, body_of_code, country_name

INTERNATIONAL = "IGO"  # the sector of bodies that several countries make up
CLOSED: Mapping[Facet, type[StrEnum]] = {
    Facet.KIND: ItemKind,
    Facet.CATEGORY: EventCategory,
    Facet.MODALITY: Modality,
    Facet.POLARITY: Polarity,
    Facet.PRECISION: Precision,
}
KIND_LABELS = {
    ItemKind.DIPLOMATIC: "Diplomatic moves",
    ItemKind.MILITARY: "Military moves",
    ItemKind.TROOPS: "Troop claims",
    ItemKind.STATEMENT: "Statements",
}

EMPTY: Mapping[str, Any] = MappingProxyType({})

type _Pairs = Sequence[tuple[int, str]]  # an item's id and a value that it has

# Statements have no modality, but a statement that denies is found among what is denied.
_certainty = case((items.c.polarity == Polarity.DENIES, Modality.DENIED), else_=items.c.modality)
_is_on_a_day = or_(items.c.date_precision == Precision.DAY, func.length(items.c.date) == len("2022-02-16/2022-02-17"))
_columns = (
    items.c.id, items.c.date_earliest, items.c.date_latest, items.c.reported_on, _is_on_a_day,
    items.c.kind, items.c.category, _certainty, items.c.polarity, items.c.date_precision, items.c.place,
)  # fmt: skip


def read_index(conn: Connection) -> Index:
    """Read all items with everything that they can be chosen by."""
    columns = list(zip(*conn.execute(select(*_columns)).all(), strict=True)) or [()] * len(_columns)
    found, first, last, reported, on_a_day, kind, category, modality, polarity, precision, place = columns
    unordered = np.array(found, np.int64)
    by_date = np.lexsort((unordered, _ordinals(last), _ordinals(first)))
    ids, earliest, latest, reports = (
        each[by_date] for each in (unordered, _ordinals(first), _ordinals(last), _ordinals(reported))
    )
    numbers = np.full(ids.max(initial=0) + 1, -1, np.int64)
    numbers[ids] = np.arange(len(ids))
    closed = zip(CLOSED, (kind, category, modality, polarity, precision), strict=True)
    facets = {facet: _closed(facet, _pairs(found, values), numbers) for facet, values in closed}
    facets[Facet.PLACE] = _open(_pairs(found, place), numbers)
    facets[Facet.OUTLET] = _open(conn.execute(_outlets).all(), numbers)
    facets |= _parties(conn, numbers, None)
    kinds = np.zeros(len(ids), np.int64)
    kinds[facets[Facet.KIND].items] = facets[Facet.KIND].codes
    keys = {False: (earliest, latest, ids), True: (reports, reports, ids)}
    return Index(
        ids=ids,
        numbers=numbers,
        earliest=earliest,
        latest=latest,
        is_on_a_day=np.array(on_a_day, np.bool_)[by_date],
        kinds=kinds,
        claims=_claims(conn, numbers, len(ids)),
        facets={facet: facets[facet] for facet in Facet},
        articles=_open([(item_id, str(article)) for item_id, article in conn.execute(_articles)], numbers),
        orders={
            (newest_first, by_report): _order(*keys[by_report], newest_first=newest_first)
            for newest_first, by_report in product((False, True), repeat=2)
        },
        by_part=_by_part(numbers),
    )


_indexes = ByDatabase(read_index)


def index_of(conn: Connection) -> Index:
    """The index of what the connection sees, one for all threads of the process."""
    return _indexes.get(conn)


def _claims(conn: Connection, numbers: Numbers, size: int) -> Numbers:
    """For each move the claim that tells of it in the same words, on the same day and as equally certain."""
    move, claim = items.alias("move"), items.alias("claim")
    told, claimed, again = mentions.alias("told"), mentions.alias("claimed"), mentions.alias("again")
    pairs = conn.execute(
        select(told.c.item_id, func.min(claimed.c.item_id))
        .join(move, and_(move.c.id == told.c.item_id, move.c.kind == ItemKind.MILITARY))
        .join(
            claimed,
            and_(
                claimed.c.document_id == told.c.document_id,
                claimed.c.start <= told.c.anchor,
                claimed.c.end > told.c.anchor,
            ),
        )
        .join(claim, and_(claim.c.id == claimed.c.item_id, claim.c.kind == ItemKind.TROOPS))
        .where(
            or_(move.c.date.is_(None), move.c.date == claim.c.date),
            move.c.modality == claim.c.modality,
            ~exists().where(again.c.item_id == told.c.item_id, again.c.id != told.c.id),  # told once, in these words
        )
        .group_by(told.c.item_id)
    ).all()
    found = np.full(size, -1, np.int64)
    if pairs:
        moves, claims = np.array(pairs, np.int64).T
        move_numbers, claim_numbers = _numbers_of(moves, numbers), _numbers_of(claims, numbers)
        known = (move_numbers >= 0) & (claim_numbers >= 0)
        found[move_numbers[known]] = claim_numbers[known]
    return found


_articles = select(mentions.c.item_id, mentions.c.document_id)
_outlets = (
    select(mentions.c.item_id, documents.c.outlet)
    .join(documents, documents.c.id == mentions.c.document_id)
    .where(documents.c.outlet.is_not(None))
)
_described = select(
    actors.c.id, actors.c.slug, actors.c.name, actors.c.kind, actors.c.country, actors.c.sector
).order_by(actors.c.name)


def _by_part(numbers: Numbers) -> Callable[[Connection, Part], Mapping[Facet, Values]]:
    """Reads who has which part when it is asked for: few readers ask."""
    read: dict[Part, Mapping[Facet, Values]] = {}

    def by_part(conn: Connection, part: Part) -> Mapping[Facet, Values]:
        if part not in read:
            read[part] = _parties(conn, numbers, part)
        return read[part]

    return by_part


def _parties(conn: Connection, numbers: Numbers, part: Part | None) -> dict[Facet, Values]:
    """Countries, bodies and actors that have the part, or any; each is listed in one of the three facets only."""
    of_countries = conn.execute(
        select(item_countries.c.item_id, item_countries.c.country).where(country_has(part))
    ).all()
    codes = {code for _, code in of_countries}
    bodies = [(item_id, body) for item_id, code in of_countries if code in BODIES and (body := body_of_code(code))]
    names = {body: name for code, name in BODIES.items() if (body := body_of_code(code))}
    slugs, labels, unlisted, body_of = {}, {}, set(BODIES), {}
    for actor_id, slug, name, kind, country, sector in conn.execute(_described):
        slugs[actor_id], labels[slug] = slug, name
        is_body = kind == ActorKind.ORGANISATION and sector == INTERNATIONAL
        if is_body:
            body_of[actor_id] = body = body_of_code(country or "") or slug
            names.setdefault(body, name)
        if is_body or kind == ActorKind.COUNTRY:
            unlisted.add(slug)
    in_items = conn.execute(select(item_actors.c.item_id, item_actors.c.actor_id).where(actor_has(part))).all()
    bodies += [(item_id, body_of[actor_id]) for item_id, actor_id in in_items if actor_id in body_of]
    acting = [(item_id, slugs[actor_id]) for item_id, actor_id in in_items if actor_id in slugs]
    other_names: dict[str, list[str]] = defaultdict(list)
    other_slugs: dict[str, str] = {}
    for actor_id, name, slug in conn.execute(select(actor_names.c.actor_id, actor_names.c.name, actor_names.c.slug)):
        if current := slugs.get(actor_id):
            other_names[current].append(name)
            other_slugs |= {slug: current} if slug and slug != current else {}
    return {
        Facet.COUNTRY: _open(of_countries, numbers, {code: country_name(code) for code in codes}, unlisted),
        Facet.ORGANISATION: _open(bodies, numbers, {body: names[body] for body in {body for _, body in bodies}}),
        Facet.ACTOR: _open(acting, numbers, labels, unlisted, other_names, other_slugs),
    }


def _pairs(item_ids: Iterable[int], values: Iterable[str | None]) -> _Pairs:
    return [(item_id, value) for item_id, value in zip(item_ids, values, strict=True) if value]


def _closed(facet: Facet, pairs: _Pairs, numbers: Numbers) -> Values:
    """A facet with the values of a closed set, in its order."""
    names = {member.value: member.value.capitalize() for member in CLOSED[facet]}
    return _grouped(pairs, numbers, names | KIND_LABELS if facet is Facet.KIND else names)


def _open(
    pairs: _Pairs,
    numbers: Numbers,
    labels: Mapping[str, str] | None = None,
    unlisted: Collection[str] = (),
    other_names: Mapping[str, Sequence[str]] = EMPTY,
    other_values: Mapping[str, str] = EMPTY,
) -> Values:
    """A facet with any values, in the order of their labels; `other_values` stand for some of them."""
    named = labels or {value: value for _, value in pairs}
    in_order = sorted(named.items(), key=lambda each: (each[1].casefold(), each[0]))
    return _grouped(pairs, numbers, dict(in_order), unlisted, other_names, other_values)


def _grouped(
    pairs: _Pairs,
    numbers: Numbers,
    labels: Mapping[str, str],
    unlisted: Collection[str] = (),
    other_names: Mapping[str, Sequence[str]] = EMPTY,
    other_values: Mapping[str, str] = EMPTY,
) -> Values:
    code_of = {value: code for code, value in enumerate(labels)}
    item_ids, values = zip(*pairs, strict=True) if pairs else ((), ())
    codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
    items_of = _numbers_of(np.array(item_ids, np.int64), numbers)
    size = len(numbers)
    both = np.sort(codes[items_of >= 0] * size + items_of[items_of >= 0])
    both = both[np.diff(both, prepend=-1) > 0]
    return Values(
        names=tuple(labels),
        labels=tuple(labels.values()),
        words=tuple(folded(label, *other_names.get(value, ())) for value, label in labels.items()),
        listed=np.array([value not in unlisted for value in labels], np.bool_),
        codes=both // size,
        items=both % size,
        code_of=code_of | {other: code_of[value] for other, value in other_values.items()},
    )


def _numbers_of(ids: Numbers, numbers: Numbers) -> Numbers:
    """The items' numbers, -1 for an item that came while the index was being read."""
    return np.where(ids < len(numbers), numbers[np.minimum(ids, len(numbers) - 1)], -1)


def _order(first: Numbers, last: Numbers, ids: Numbers, *, newest_first: bool) -> Order:
    dated = first != NEVER
    days = [np.where(dated, -key, key) if newest_first else key for key in (ids, last, first)]
    return Order(np.lexsort(days), (first, last, ids), newest_first)


def _ordinals(days: Iterable[date | None]) -> Numbers:
    return np.array([day.toordinal() if day else NEVER for day in days], np.int64)
