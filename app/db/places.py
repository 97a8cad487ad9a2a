"""Where items are placed, and how many of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection, func, select

from app.db.index import KINDS
from app.db.index_reading import index_of
from app.db.models import items
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind

type Position = tuple[float, float]
type Positions = Mapping[str, Position]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """A place as the items name it; `position` is latitude and longitude in degrees, None where it is not known."""

    name: str
    position: Position | None
    counts: Mapping[ItemKind, int]

    @property
    def total(self) -> int:
        """All its items."""
        return sum(self.counts.values())


def read_positions(conn: Connection) -> Positions:
    """Where each place lies. It reads all items, so ask once a generation."""
    found = conn.execute(
        select(items.c.place, func.min(items.c.lat), func.min(items.c.lon))
        .where(items.c.place.is_not(None), items.c.lat.is_not(None), items.c.lon.is_not(None))
        .group_by(items.c.place)
    )
    return {place: (lat, lon) for place, lat, lon in found}


def place_counts(conn: Connection, filters: Filters, positions: Positions) -> tuple[tuple[PlaceCount, ...], int]:
    """The places of the items that the filters show, those with most items first, and how many items have none."""
    index = index_of(conn)
    choice = index.choice(conn, filters)
    values = choice.facets[Facet.PLACE]
    by_kind = {kind: values.counts(choice.mask & (index.kinds == number)) for number, kind in enumerate(KINDS)}
    totals = np.sum(list(by_kind.values()), axis=0)
    found = tuple(
        PlaceCount(
            name=values.names[code],
            position=positions.get(values.names[code]),
            counts={kind: int(counts[code]) for kind, counts in by_kind.items() if counts[code]},
        )
        for code in np.lexsort((np.arange(len(totals)), -totals)).tolist()
        if totals[code]
    )
    return found, int(np.count_nonzero(choice.mask)) - int(totals.sum())


def placed_by_kind(conn: Connection, filters: Filters) -> Mapping[ItemKind, int]:
    """How many items of each kind name a place, under all filters but those of the kind."""
    index = index_of(conn)
    others = tuple(pair for pair in filters.excluded if pair[0] is not Facet.KIND)
    choice = index.choice(conn, replace(filters, kinds=(), excluded=others))
    placed = choice.facets[Facet.PLACE].items
    counts = np.bincount(index.kinds[placed[choice.mask[placed]]], minlength=len(KINDS))
    return dict(zip(KINDS, counts.tolist(), strict=True))
