"""Filters as SQL, and the counts that stand beside them."""

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from app.db.models import actors, item_actors, item_countries, items, mentions
from app.db.parts import actor_has, country_has, is_code, items_of_actors, items_of_countries, takes_part
from app.db.rows import Counts, DayCount, Facets, FacetValue
from app.db.search import matches
from app.domain.filters import Filters
from app.domain.vocabulary import ActorKind, ItemKind, Modality, Polarity, Precision
from app.knowledge.country_names import country_name

ACTORS_SHOWN = 30

# Statements have no modality, but a statement that denies is found among what is denied.
_certainty = case((items.c.polarity == Polarity.DENIES, Modality.DENIED), else_=items.c.modality)


def conditions(conn: Connection, filters: Filters, *, but: str = "") -> list[ColumnElement[bool]]:
    """What holds for the items that the filters show; `but` names a field of the filters to leave out."""
    found: list[ColumnElement[bool]] = []
    if filters.kinds and but != "kinds":
        found.append(items.c.kind.in_(filters.kinds))
    if filters.countries and but != "countries":
        found.append(items.c.id.in_(items_of_countries(filters.countries, filters.part)))
    if filters.actors and but != "actors":
        found.append(items.c.id.in_(items_of_actors(filters.actors, filters.part)))
    found += [takes_part(value, filters.part) for value in filters.counterparts]
    if filters.categories:
        found.append(items.c.category.in_(filters.categories))
    if filters.modalities and but != "modalities":
        found.append(_certainty.in_(filters.modalities))
    if filters.first:
        found.append(items.c.date_latest >= filters.first)
    if filters.last:
        found.append(items.c.date_earliest <= filters.last)
    if filters.text.strip():
        found.append(matches(conn, filters.text))
    return found


def count_items(conn: Connection, filters: Filters) -> Counts:
    """How many items and articles the filters show, and how many items there are at all."""
    shown = conditions(conn, filters)
    total = conn.execute(select(func.count()).select_from(items)).scalar_one()
    found = conn.execute(select(func.count()).select_from(items).where(*shown)).scalar_one() if shown else total
    articles = conn.execute(
        select(func.count(mentions.c.document_id.distinct()))
        .join(items, items.c.id == mentions.c.item_id)
        .where(*shown)
    ).scalar_one()
    return Counts(items=found, articles=articles, total=total)


def facet_counts(conn: Connection, filters: Filters) -> Facets:
    """The facets' values with counts, each under all filters but its own; of actors the 30 commonest and the chosen."""
    return Facets(
        kinds=_kinds(conn, filters),
        countries=_countries(conn, filters),
        actors=_actors(conn, filters),
        modalities=_modalities(conn, filters),
    )


def day_counts(conn: Connection, filters: Filters) -> tuple[DayCount, ...]:
    """Items by day and kind, for items known to the day; an interval of days counts on its first. All filters hold."""
    rows = conn.execute(
        select(items.c.date_earliest, items.c.kind, func.count())
        .where(
            or_(items.c.date_precision == Precision.DAY, func.length(items.c.date) == len("2022-02-16/2022-02-17")),
            *conditions(conn, filters),
        )
        .group_by(items.c.date_earliest, items.c.kind)
        .order_by(items.c.date_earliest, items.c.kind)
    )
    return tuple(DayCount(day=day, kind=ItemKind(kind), count=count) for day, kind, count in rows)


def _kinds(conn: Connection, filters: Filters) -> tuple[FacetValue, ...]:
    by_kind = select(items.c.kind, func.count()).where(*conditions(conn, filters, but="kinds")).group_by(items.c.kind)
    counted: dict[str, int] = dict(conn.execute(by_kind).all())
    return tuple(
        FacetValue(value=kind, label=_KIND_LABELS[kind], count=counted.get(kind, 0), selected=kind in filters.kinds)
        for kind in ItemKind
    )


_KIND_LABELS = {
    ItemKind.DIPLOMATIC: "Diplomatic moves",
    ItemKind.MILITARY: "Military moves",
    ItemKind.TROOPS: "Troop claims",
    ItemKind.STATEMENT: "Statements",
}


def _countries(conn: Connection, filters: Filters) -> tuple[FacetValue, ...]:
    count = func.count(item_countries.c.item_id.distinct())
    statement = select(item_countries.c.country, count).where(country_has(filters.part))
    statement = statement.group_by(item_countries.c.country)
    if shown := conditions(conn, filters, but="countries"):
        statement = statement.join(items, items.c.id == item_countries.c.item_id).where(*shown)
    counted: dict[str, int] = dict(conn.execute(statement).all())
    for code in filters.countries:
        counted.setdefault(code, 0)
    values = (
        FacetValue(value=code, label=country_name(code), count=number, selected=code in filters.countries)
        for code, number in counted.items()
    )
    return tuple(sorted(values, key=lambda value: (-value.count, value.label)))


def _actors(conn: Connection, filters: Filters) -> tuple[FacetValue, ...]:
    count = func.count(item_actors.c.item_id.distinct())
    counted = select(item_actors.c.actor_id, count.label("number")).where(actor_has(filters.part))
    counted = counted.group_by(item_actors.c.actor_id)
    if shown := conditions(conn, filters, but="actors"):
        counted = counted.join(items, items.c.id == item_actors.c.item_id).where(*shown)
    by_actor = counted.subquery()
    number = func.coalesce(by_actor.c.number, 0)
    everyone = select(actors.c.slug, actors.c.name, number.label("number")).join(
        by_actor, by_actor.c.actor_id == actors.c.id, isouter=True
    )
    common = everyone.where(
        and_(number > 0, or_(actors.c.kind != ActorKind.COUNTRY, actors.c.slug.in_(filters.actors)))
    )
    rows = list(conn.execute(common.order_by(number.desc(), actors.c.name).limit(ACTORS_SHOWN)))
    named = {*filters.actors, *(value for value in filters.counterparts if not is_code(value))}
    missing = named - {slug for slug, _, _ in rows}
    if missing:
        rows += conn.execute(everyone.where(actors.c.slug.in_(missing)).order_by(number.desc(), actors.c.name))
    return tuple(
        FacetValue(value=slug, label=name, count=number, selected=slug in filters.actors) for slug, name, number in rows
    )


def _modalities(conn: Connection, filters: Filters) -> tuple[FacetValue, ...]:
    shown = select(_certainty.label("certainty")).where(*conditions(conn, filters, but="modalities")).subquery()
    by_modality = select(shown.c.certainty, func.count()).group_by(shown.c.certainty)
    counted: dict[str, int] = dict(conn.execute(by_modality).all())
    return tuple(
        FacetValue(
            value=modality,
            label=modality.capitalize(),
            count=counted.get(modality, 0),
            selected=modality in filters.modalities,
        )
        for modality in Modality
    )
