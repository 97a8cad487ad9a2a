"""The troop claims of the ledger: under the timeline's filters, and by who claims and what is counted."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from app.db.cache import ByDatabase
from app.db.index_reading import index_of
from app.db.item_rows import item_rows, select_items_once
from app.db.models import actors, item_actors, items
from app.db.parts import claimant_id, claimant_side
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import HEADCOUNT_UNITS, ActorPart, ItemKind, Part

OWN_WORDS = "own-words"  # as claimant: what an article says in its own words
HEADS = "troops"  # as unit: whatever counts heads
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChoice:
    """Which claims: the filters, whose `country` with the part `force` is whose forces; a side that claims (a code, or
    the slug of who has none); what is counted."""

    filters: Filters
    claimant: str | None = None
    unit: str | None = None

    @property
    def force(self) -> str | None:
        """The one country whose forces the claims are about, None where they may be anybody's."""
        countries = self.filters.countries if self.filters.part is Part.FORCE else ()
        return countries[0] if len(countries) == 1 else None

    def of_force(self, force: str | None) -> "ClaimChoice":
        """The same about the forces of that country, or of any."""
        chosen = replace(self.filters, countries=(force,) if force else (), part=Part.FORCE if force else None)
        return replace(self, filters=chosen)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim can be chosen by; `highest` is its number, -1 without one."""

    id: int
    force: str | None
    claimant: str
    unit: str
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerClaims:
    """The claims chosen, in date order, at most as many as were asked for: of more, those with the largest numbers.

    `forces`, `claimants` and `units` count claims under all choices but their own; `names` are of claimants by slug.
    """

    rows: tuple[ItemRow, ...]
    total: int
    forces: Mapping[str, int]
    claimants: Mapping[str, int]
    units: Mapping[str, int]
    names: Mapping[str, str]


def ledger_claims(conn: Connection, choice: ClaimChoice, *, limit: int) -> LedgerClaims:
    """The claims of the ledger with what they can be narrowed by."""
    claims, names = _all_claims.get(conn)
    shown = _shown(conn, choice.filters)
    of_any_force = _shown(conn, choice.of_force(None).filters) if choice.force else shown
    found = [claim for claim in shown if _is_chosen(claim, choice)]
    if len(found) > limit:
        largest = heapq.nlargest(limit, found, key=lambda claim: (claim.highest, -claim.id))
        kept = {claim.id for claim in largest}
        chosen = [claim.id for claim in found if claim.id in kept]
    else:
        chosen = [claim.id for claim in found]
    return LedgerClaims(
        rows=_rows(conn, chosen),
        total=len(found),
        forces=_counts(of_any_force, choice, lambda claim: claim.force),
        claimants=_counts(shown, replace(choice, claimant=None), lambda claim: claim.claimant),
        units=_counts(shown, replace(choice, unit=None), lambda claim: claim.unit),
        names={slug: names[slug] for slug in {claims[claim.id].claimant for claim in shown} if slug in names},
    )


def every_claim(conn: Connection, choice: ClaimChoice) -> Iterator[ItemRow]:
    """All claims chosen in date order, a batch in memory at a time."""
    ids = [claim.id for claim in _shown(conn, choice.filters) if _is_chosen(claim, choice)]
    for begin in range(0, len(ids), BATCH):
        yield from _rows(conn, ids[begin : begin + BATCH])


def _is_chosen(claim: Claim, choice: ClaimChoice) -> bool:
    return choice.claimant in (None, claim.claimant) and choice.unit in (None, claim.unit)


def _shown(conn: Connection, filters: Filters) -> list[Claim]:
    """The claims under the filters, in date order."""
    claims, _ = _all_claims.get(conn)
    filters = replace(filters.unordered(), kinds=(ItemKind.TROOPS,))
    index = index_of(conn)
    ids, _ = index.page(filters, index.choice(conn, filters).mask, limit=max(index.size, 1), after=None)
    return [claims[item_id] for item_id in ids if item_id in claims]


def _counts(claims: Iterable[Claim], choice: ClaimChoice, value: Callable[[Claim], str | None]) -> Mapping[str, int]:
    return Counter(found for claim in claims if _is_chosen(claim, choice) and (found := value(claim)))


def _rows(conn: Connection, ids: Sequence[int]) -> tuple[ItemRow, ...]:
    rows = conn.execute(select_items_once().where(items.c.id.in_(ids))).mappings().all()
    found = {row.id: row for row in item_rows(conn, rows)}
    return tuple(found[item_id] for item_id in ids if item_id in found)


def read_claims(conn: Connection) -> tuple[Mapping[int, Claim], Mapping[str, str]]:
    """Every claim by its id, and the names of the claimants that have no country by their slugs."""
    columns = items.c
    found = conn.execute(
        select(
            columns.id, columns.force_country, claimant_side.label("side"), claimant_id.label("actor"), columns.unit,
            func.coalesce(columns.high, columns.low, -1).label("highest"),
        ).where(columns.kind == ItemKind.TROOPS)
    ).all()  # fmt: skip
    known = {
        row.id: (row.slug, row.name)
        for row in conn.execute(
            select(actors.c.id, actors.c.slug, actors.c.name).where(
                actors.c.id.in_(
                    select(item_actors.c.actor_id).where(item_actors.c.role == ActorPart.CLAIMANT).distinct()
                )
            )
        )
    }
    claims = {}
    for row in found:
        slug, _ = known.get(row.actor, (OWN_WORDS, ""))
        unit = HEADS if row.unit in HEADCOUNT_UNITS else row.unit or HEADS
        claims[row.id] = Claim(row.id, row.force_country, row.side or slug, unit, row.highest)
    return claims, dict(known.values())


_all_claims = ByDatabase(read_claims)
