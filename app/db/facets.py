"""The counts that stand beside the filters, all from the index in memory."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection

from app.db.columns import Numbers
from app.db.index import Choice, Values
from app.db.index_reading import CLOSED, index_of
from app.db.parts import is_code
from app.db.rows import Counts, DayCount, FacetValue
from app.domain.filters import Facet, Filters, LeftOut
from app.domain.search import folded
from app.knowledge.country_names import country_name

SHOWN = {Facet.ACTOR: 30, Facet.PLACE: 20, Facet.OUTLET: 20}  # the commonest; of the others all
SUGGESTED = 8


def count_items(conn: Connection, filters: Filters) -> Counts:
    """How many items and articles the filters show, and how many items there are at all."""
    index = index_of(conn)
    mask = index.choice(conn, filters).mask
    articles = int(np.count_nonzero(index.articles.counts(mask)))
    return Counts(items=int(np.count_nonzero(mask)), articles=articles, total=index.size)


def facet_counts(conn: Connection, filters: Filters) -> Mapping[Facet, tuple[FacetValue, ...]]:
    """The values of each facet, each with how many items it would show if it alone of its facet were chosen.

    So all filters hold but what is chosen of the facet itself; what it leaves out stays out, except
    from the counts of those very values.
    Closed sets stand whole and in their order; of the others the commonest come first, and what is chosen or left out
    is always among them. Countries and international bodies have facets of their own and are not listed as actors.
    """
    choice = index_of(conn).choice(conn, filters)
    return {facet: tuple(_counted(values, choice, facet, filters)) for facet, values in choice.facets.items()}


def day_counts(conn: Connection, filters: Filters) -> tuple[DayCount, ...]:
    """Items by day and kind, for items known to the day; an interval of days counts on its first. All filters hold."""
    return index_of(conn).choice(conn, filters).days


def suggested_actors(
    conn: Connection, filters: Filters, name: str, *, limit: int = SUGGESTED
) -> tuple[FacetValue, ...]:
    """The actors that have all the words in one of their names, or their beginnings, commonest under the filters first.

    Those without an item under the filters come last; their own choice is left out, as in the facet.
    """
    words = folded(name).split()
    if not words:
        return ()
    choice = index_of(conn).choice(conn, filters)
    values = choice.facets[Facet.ACTOR]
    found = [code for code, names in enumerate(values.words) if _is_meant(words, names)]
    counts = _counts(values, choice, Facet.ACTOR, filters)
    found.sort(key=lambda code: -int(counts[code]))
    return tuple(_value(values, code, int(counts[code]), Facet.ACTOR, filters) for code in found[:limit])


def named_actors(conn: Connection, filters: Filters) -> Filters:
    """The filters with the likeliest actor for each name typed in place of a slug, and today's slugs for old ones."""
    values = index_of(conn).facets[Facet.ACTOR]
    slugs = []
    for typed in filters.actors:
        if typed in values.code_of:
            slugs.append(values.names[values.code_of[typed]])
        else:
            meant = suggested_actors(conn, Filters(), typed, limit=1)
            slugs.append(meant[0].value if meant else typed)
    return filters.with_chosen(Facet.ACTOR, tuple(sorted(set(slugs))))


def _is_meant(words: Sequence[str], names: str) -> bool:
    padded = f" {names}"
    return all(f" {word}" in padded for word in words)


def _counts(values: Values, choice: Choice, facet: Facet, filters: Filters) -> Numbers:
    counts = choice.counts(facet)
    if out := [values.code_of[value] for value in filters.left_out(facet) if value in values.code_of]:
        counts = counts.copy()
        counts[out] = values.counts(choice.lifting(facet, LeftOut(facet)))[out]
    return counts


def _counted(values: Values, choice: Choice, facet: Facet, filters: Filters) -> Iterator[FacetValue]:
    counts = _counts(values, choice, facet, filters)
    kept = {*filters.chosen(facet), *filters.left_out(facet)}
    if facet is Facet.ACTOR:
        kept.update(value for value in filters.counterparts if not is_code(value))
    if facet in CLOSED:
        codes: Sequence[int] = range(len(values.names))
    else:
        common = np.flatnonzero((counts > 0) & values.listed)
        common = common[np.argsort(-counts[common], kind="stable")][: SHOWN.get(facet)]
        more = {values.code_of[value] for value in kept if value in values.code_of} - set(common.tolist())
        codes = sorted([*common.tolist(), *sorted(more)], key=lambda code: -int(counts[code]))
    for code in codes:
        yield _value(values, code, int(counts[code]), facet, filters)
    for value in sorted(kept - set(values.code_of)):
        label = country_name(value) if facet is Facet.COUNTRY else value
        yield FacetValue(value=value, label=label, count=0, **_standing(value, facet, filters))


def _value(values: Values, code: int, count: int, facet: Facet, filters: Filters) -> FacetValue:
    value = values.names[code]
    return FacetValue(value=value, label=values.labels[code], count=count, **_standing(value, facet, filters))


def _standing(value: str, facet: Facet, filters: Filters) -> dict[str, bool]:
    return {"selected": value in filters.chosen(facet), "excluded": (facet, value) in filters.excluded}
