"""Reads the index of all items: a few statements, each over everything, once a generation and process."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select

from app.db.cache import ByDatabase
from app.db.columns import (
    NEVER,
    Numbers,
    as_codes,
    as_numbers,
    as_ordinals,
    days_together,
    together,
    words_together,
)
from app.db.index import Index, Order, Values
from app.db.models import actor_names, actors, documents, item_actors, item_countries, items, mentions
from app.db.parts import actor_has, country_has
from app.domain.filters import Facet
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


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which item has which value: the one with the id `ids[n]` has `values[which[n]]`."""

    values: Sequence[str]
    which: Numbers
    ids: Numbers

    def renamed(self, names: Mapping[str, str]) -> "_Pairs":
        """The pairs whose value has another name, with that."""
        kept = np.array([value in names for value in self.values], np.bool_)[self.which]
        return _Pairs([names.get(value, value) for value in self.values], self.which[kept], self.ids[kept])

    def beside(self, others: "_Pairs") -> "_Pairs":
        """These pairs and others."""
        which = np.concatenate((self.which, others.which + len(self.values)))
        return _Pairs((*self.values, *others.values), which, np.concatenate((self.ids, others.ids)))


# Statements have no modality, but a statement that denies is found among what is denied.
_certainty = case((items.c.polarity == Polarity.DENIES, Modality.DENIED), else_=items.c.modality)
_is_on_a_day = or_(items.c.date_precision == Precision.DAY, func.length(items.c.date) == len("2022-02-16/2022-02-17"))
_closed_columns: Mapping[Facet, ColumnElement[Any]] = {
    Facet.KIND: items.c.kind,
    Facet.CATEGORY: items.c.category,
    Facet.MODALITY: _certainty,
    Facet.POLARITY: items.c.polarity,
    Facet.PRECISION: items.c.date_precision,
}


def read_index(conn: Connection) -> Index:
    """Read all items with everything that they can be chosen by."""
    unordered, first, last, reported, on_a_day, *closed = conn.execute(
        select(
            together(items.c.id),
            *(days_together(column) for column in (items.c.date_earliest, items.c.date_latest, items.c.reported_on)),
            together(case((_is_on_a_day, 1), else_=0)),
            *(words_together(_closed_columns[facet]) for facet in CLOSED),
        )
    ).one()
    found, firsts, lasts = as_numbers(unordered), as_ordinals(first), as_ordinals(last)
    by_date = np.lexsort((found, lasts, firsts))
    ids, earliest, latest, reports = (each[by_date] for each in (found, firsts, lasts, as_ordinals(reported)))
    numbers = np.full(ids.max(initial=0) + 1, -1, np.int64)
    numbers[ids] = np.arange(len(ids))
    facets = {facet: _closed(facet, text, found, numbers) for facet, text in zip(CLOSED, closed, strict=True)}
    facets[Facet.PLACE] = _open(_by_value(conn, items.c.place, items.c.id, items.c.place != ""), numbers)
    told_in, told = _pairs(conn, mentions.c.document_id, mentions.c.item_id)
    facets[Facet.OUTLET] = _open(_of_outlets(conn, told_in, told), numbers)
    facets |= _parties(conn, numbers, None)
    keys = {False: (earliest, latest, ids), True: (reports, reports, ids)}
    articles, which = np.unique(told_in, return_inverse=True)
    return Index(
        ids=ids,
        numbers=numbers,
        earliest=earliest,
        latest=latest,
        is_on_a_day=as_numbers(on_a_day)[by_date] > 0,
        kinds=facets[Facet.KIND].code_of_each(len(ids)),
        precisions=facets[Facet.PRECISION].code_of_each(len(ids)),
        claims=_claims(conn, numbers, len(ids)),
        facets={facet: facets[facet] for facet in Facet},
        articles=_open(_Pairs([str(article) for article in articles.tolist()], which, told), numbers),
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
    of_countries = _by_value(conn, item_countries.c.country, item_countries.c.item_id, country_has(part))
    names = {body: name for code, name in BODIES.items() if (body := body_of_code(code))}
    slugs, labels, unlisted, body_of = {}, {}, set(BODIES), {}
    for actor_id, slug, name, kind, country, sector in conn.execute(_described):
        slugs[actor_id], labels[slug] = slug, name
        is_body = kind == ActorKind.ORGANISATION and sector == INTERNATIONAL
        if is_body:
            body_of[slug] = body = body_of_code(country or "") or slug
            names.setdefault(body, name)
        if is_body or kind == ActorKind.COUNTRY:
            unlisted.add(slug)
    acting_ids, acting_in = _pairs(conn, item_actors.c.actor_id, item_actors.c.item_id, actor_has(part))
    actor_ids, which = np.unique(acting_ids, return_inverse=True)
    of_actors = _Pairs([slugs.get(actor_id, "") for actor_id in actor_ids.tolist()], which, acting_in)
    bodies = of_countries.renamed({code: body for code in BODIES if (body := body_of_code(code))})
    other_names: dict[str, list[str]] = defaultdict(list)
    other_slugs: dict[str, str] = {}
    for actor_id, name, slug in conn.execute(select(actor_names.c.actor_id, actor_names.c.name, actor_names.c.slug)):
        if current := slugs.get(actor_id):
            other_names[current].append(name)
            other_slugs |= {slug: current} if slug and slug != current else {}
    return {
        Facet.COUNTRY: _open(of_countries, numbers, country_name, unlisted),
        Facet.ORGANISATION: _open(bodies.beside(of_actors.renamed(body_of)), numbers, names.__getitem__),
        Facet.ACTOR: _grouped(of_actors, numbers, _in_order(labels), unlisted, other_names, other_slugs),
    }


def _by_value(
    conn: Connection, value: ColumnElement[Any], item_id: ColumnElement[int], *where: ColumnElement[bool]
) -> _Pairs:
    """The items of each value of a column that has few."""
    rows = conn.execute(select(value, together(item_id)).where(*where).group_by(value)).all()
    ids = [as_numbers(text) for _, text in rows]
    which = np.repeat(np.arange(len(rows)), [len(each) for each in ids])
    return _Pairs([each for each, _ in rows], which, np.concatenate((*ids, np.empty(0, np.int64))))


def _pairs(
    conn: Connection, first: ColumnElement[int], second: ColumnElement[int], *where: ColumnElement[bool]
) -> tuple[Numbers, Numbers]:
    """Two columns of numbers."""
    found = conn.execute(select(together(first), together(second)).where(*where)).one()
    return as_numbers(found[0]), as_numbers(found[1])


def _of_outlets(conn: Connection, told_in: Numbers, told: Numbers) -> _Pairs:
    outlets = _by_value(conn, documents.c.outlet, documents.c.id, documents.c.outlet.is_not(None))
    outlet_of = np.full(max(told_in.max(initial=0), outlets.ids.max(initial=0)) + 1, -1, np.int64)
    outlet_of[outlets.ids] = outlets.which
    which = outlet_of[told_in]
    return _Pairs(outlets.values, which[which >= 0], told[which >= 0])


def _closed(facet: Facet, text: str | None, ids: Numbers, numbers: Numbers) -> Values:
    """A facet with the values of a closed set, in its order."""
    names = {member.value: member.value.capitalize() for member in CLOSED[facet]}
    which = as_codes(text, {name: code for code, name in enumerate(names)})
    pairs = _Pairs(tuple(names), which[which >= 0], ids[which >= 0])
    return _grouped(pairs, numbers, names | KIND_LABELS if facet is Facet.KIND else names)


def _open(pairs: _Pairs, numbers: Numbers, label: Callable[[str], str] = str, unlisted: Collection[str] = ()) -> Values:
    """A facet with any values, in the order of their labels."""
    used = {pairs.values[code] for code in np.flatnonzero(np.bincount(pairs.which)).tolist()}
    return _grouped(pairs, numbers, _in_order({value: label(value) for value in used}), unlisted)


def _in_order(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda each: (each[1].casefold(), each[0])))


def _grouped(
    pairs: _Pairs,
    numbers: Numbers,
    labels: Mapping[str, str],
    unlisted: Collection[str] = (),
    other_names: Mapping[str, Sequence[str]] = EMPTY,
    other_values: Mapping[str, str] = EMPTY,
) -> Values:
    """The pairs by value; `other_values` stand for some of them."""
    code_of = {value: code for code, value in enumerate(labels)}
    codes = np.array([code_of.get(value, -1) for value in pairs.values], np.int64)[pairs.which]
    items_of = _numbers_of(pairs.ids, numbers)
    size = len(numbers)
    known = (items_of >= 0) & (codes >= 0)
    both = np.sort(codes[known] * size + items_of[known])
    both = both[np.diff(both, prepend=-1) > 0]
    return Values(
        names=tuple(labels),
        labels=tuple(labels.values()),
        listed=np.array([value not in unlisted for value in labels], np.bool_),
        starts=np.searchsorted(both, np.arange(len(labels) + 1) * size),
        items=both % size,
        code_of=code_of | {other: code_of[value] for other, value in other_values.items()},
        other_names=other_names,
    )


def _numbers_of(ids: Numbers, numbers: Numbers) -> Numbers:
    """The items' numbers, -1 for an item that came while the index was being read."""
    return np.where(ids < len(numbers), numbers[np.minimum(ids, len(numbers) - 1)], -1)


def _order(first: Numbers, last: Numbers, ids: Numbers, *, newest_first: bool) -> Order:
    dated = first != NEVER
    days = [np.where(dated, -key, key) if newest_first else key for key in (ids, last, first)]
    return Order(np.lexsort(days), (first, last, ids), newest_first)
