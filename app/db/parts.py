"""Who has which part in an item, as SQL: actors and countries that filters name, and those they have to do with."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, or_, select, true

from app.db.models import actor_names, item_actors, item_countries, items, mentions
from app.domain.vocabulary import ActorPart, ItemKind, Part

ACTOR_ROLES: dict[Part, tuple[str, ...]] = {
    Part.PARTY: (ActorPart.PARTY, ActorPart.TARGET),
    Part.SPEAKER: (ActorPart.SPEAKER,),
    Part.CLAIMANT: (ActorPart.CLAIMANT,),
    Part.FORCE: (),
}
COUNTRY_ROLES: dict[Part, tuple[str, ...]] = {
    Part.PARTY: ("source", "target", "party"),
    Part.SPEAKER: ("speaker",),
    Part.CLAIMANT: ("claimant",),
    Part.FORCE: ("force",),
}
# Who claims an item of the statement around: the actor's id and the code of its side; null without one.
claimant_id = (
    select(func.min(item_actors.c.actor_id))
    .where(item_actors.c.item_id == items.c.id, item_actors.c.role.in_(ACTOR_ROLES[Part.CLAIMANT]))
    .correlate(items)
    .scalar_subquery()
)
claimant_side = (
    select(func.min(item_countries.c.country))
    .where(item_countries.c.item_id == items.c.id, item_countries.c.role.in_(COUNTRY_ROLES[Part.CLAIMANT]))
    .correlate(items)
    .scalar_subquery()
)


def is_code(value: str) -> bool:
    """Whether it is a country's or body's code ("UA", "NATO"), not an actor's slug, which has no capitals."""
    return value.isupper()


def actor_has(part: Part | None) -> ColumnElement[bool]:
    """The condition on `item_actors` that the actor has the part, or any; who only may be meant has none."""
    return item_actors.c.role.in_(ACTOR_ROLES[part]) if part else item_actors.c.role != ActorPart.CANDIDATE


def country_has(part: Part | None) -> ColumnElement[bool]:
    """The condition on `item_countries` that the country has the part, or any."""
    return item_countries.c.role.in_(COUNTRY_ROLES[part]) if part else true()


def items_of_actors(slugs: Sequence[str], part: Part | None = None) -> Select[tuple[int]]:
    """The ids of the items in which one of the actors has a part, or that part; slugs may be old ones."""
    found = select(item_actors.c.item_id).join(actor_names, actor_names.c.actor_id == item_actors.c.actor_id)
    return found.where(actor_names.c.slug.in_(slugs), actor_has(part))


def items_of_countries(codes: Sequence[str], part: Part | None = None) -> Select[tuple[int]]:
    """The ids of the items in which one of the countries has a part, or that part."""
    return select(item_countries.c.item_id).where(item_countries.c.country.in_(codes), country_has(part))


def takes_part(value: str, part: Part | None) -> ColumnElement[bool]:
    """The condition that the actor (a slug) or country (a code) takes part, or that a statement tells of it.

    Beside parties only parties take part.
    """
    only = Part.PARTY if part is Part.PARTY else None
    its_items = items_of_countries((value,), only) if is_code(value) else items_of_actors((value,), only)
    if only:
        return items.c.id.in_(its_items)
    statements, told = mentions.alias("statements"), mentions.alias("told")
    telling = select(statements.c.item_id).join(told, tells_of(statements, told)).where(told.c.item_id.in_(its_items))
    return or_(
        items.c.id.in_(its_items),
        and_(items.c.kind == ItemKind.STATEMENT, items.c.id.in_(telling)),
    )


def tells_of(outer: FromClause, inner: FromClause) -> ColumnElement[bool]:
    """The condition that one mention stands within the words of another, or is it."""
    return and_(
        inner.c.document_id == outer.c.document_id,
        inner.c.start >= outer.c.start,
        inner.c.end <= outer.c.end,
    )
