"""Numbers that do not go together: troop claims of several about the same forces, place and days."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import inf

from sqlalchemy import Connection, func, select

from app.db.cache import ByDatabase
from app.db.index import Mask
from app.db.index_reading import index_of
from app.db.models import items, mentions
from app.db.parts import claimant_id
from app.domain.vocabulary import HEADCOUNT_UNITS, ItemKind, Movement, Precision

APART = 1.1  # times the lower number's upper bound: less is rounding
AT_MOST = 3  # times it: what differs more tells of a part and the whole, or of what is added and what is there
MOST_CLAIMS = 200  # about one force and place at one time that are compared with each other
DAYS = 1  # between claims about the same time

_NAME = re.compile(r"\b[A-ZÀ-Þ][\w-]+")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a claim says at least and at most, and who says it: an actor, or an article in its own words."""

    id: int
    day: int
    low: float
    high: float
    who: tuple[str, int]


def disputed(conn: Connection, mask: Mask, *, limit: int) -> list[tuple[int, int]]:
    """The ids of claims of the mask that contradict each other, (lower, higher), in the order of their days.

    Of all claims about one force and place on a day or its next, the two that differ most stand for all.
    """
    index = index_of(conn)

    def is_shown(item_id: int) -> bool:
        return item_id < len(index.numbers) and index.numbers[item_id] >= 0 and bool(mask[index.numbers[item_id]])

    found = (pair for pair in _disputes.get(conn) if all(is_shown(item_id) for item_id in pair))
    return [pair for _, pair in zip(range(limit), found, strict=False)]


def read_disputes(conn: Connection) -> Sequence[tuple[int, int]]:
    """All disputed pairs of one generation."""
    article = (
        select(func.min(mentions.c.document_id))
        .where(mentions.c.item_id == items.c.id)
        .correlate(items)
        .scalar_subquery()
    )
    columns = items.c
    rows = conn.execute(
        select(
            columns.id, columns.date_earliest, columns.low, columns.high, columns.unit, columns.movement,
            columns.force_country, columns.place, claimant_id.label("claimant"), article.label("article"),
        ).where(
            columns.kind == ItemKind.TROOPS,
            columns.date_precision == Precision.DAY,
            columns.force_country.is_not(None),
            columns.place.is_not(None),
            func.coalesce(columns.low, columns.high).is_not(None),
            func.coalesce(columns.quantity, "").not_like("%/%", escape="/"),
        )
    )  # fmt: skip
    groups: dict[tuple[object, ...], list[_Claim]] = defaultdict(list)
    for row in rows:
        place = _place(row.place)
        if place:
            unit = "heads" if row.unit in HEADCOUNT_UNITS else row.unit
            key = (row.force_country, place, unit, row.movement == Movement.WITHDRAW)
            who = ("actor", row.claimant) if row.claimant is not None else ("article", row.article)
            low, high = row.low if row.low is not None else 0, row.high if row.high is not None else inf
            groups[key].append(_Claim(row.id, row.date_earliest.toordinal(), low, high, who))
    found = {pair: day for claims in groups.values() for day, pair in _contradictions(claims)}
    return sorted(found, key=lambda pair: (found[pair], pair))


_disputes = ByDatabase(read_disputes)


def _place(text: str) -> str:
    """The names in a place's words: "Ukraine" for "around Ukraine's borders"."""
    return " ".join(_NAME.findall(text))


def _contradictions(claims: Sequence[_Claim]) -> Iterator[tuple[int, tuple[int, int]]]:
    by_day: dict[int, list[_Claim]] = defaultdict(list)
    for claim in claims:
        by_day[claim.day].append(claim)
    for day in by_day:
        near = [claim for n in range(DAYS + 1) for claim in by_day.get(day + n, ())]
        pairs = [pair for pair in permutations(near[:MOST_CLAIMS], 2) if _contradict(*pair)]
        if pairs:
            lower, higher = max(pairs, key=lambda pair: (pair[1].low / pair[0].high, -pair[0].id, -pair[1].id))
            yield day, (lower.id, higher.id)


def _contradict(lower: _Claim, higher: _Claim) -> bool:
    return lower.who != higher.who and lower.high * APART < higher.low <= lower.high * AT_MOST
