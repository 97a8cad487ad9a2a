"""The troop ledger: who claimed how many of whose troops, when; as a chart of the numbers and as a table of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.datastructures import QueryParams

from app.db.claims import HEADS, OWN_WORDS, ClaimChoice, LedgerClaims
from app.db.parts import is_code
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind, Modality, Part
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.views import words
from app.web.views.badges import Badge
from app.web.views.cards import Card, Code, card, code
from app.web.views.claim_chart import Chart, chart
from app.web.views.claim_marks import bounds, claimant, in_sentence, motion
from app.web.views.facets import Chip, chips
from app.web.views.shell import Shell

FORCES_SHOWN = 8
CHOICES_SHOWN = 60
FIELDS = ("claimant", "unit")
ALLEGED = words.MODALITIES[Modality.ALLEGED]  # as is whatever somebody claims
ITSELF = "In the articles’ own words"
DATE, NEWEST, NUMBER, CLAIMANT = "", "newest", "number", "claimant"  # as they stand in the address
ORDERS = {DATE: "Oldest first", NEWEST: "Newest first", NUMBER: "Largest first", CLAIMANT: "By claimant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim in the table: `sign` stands before the figure ("more than")."""

    card: Card
    day: str
    note: str
    sign: str
    movement: str
    badges: tuple[Badge, ...]
    is_denied: bool
    href: str


@dataclass(frozen=True, slots=True)
class ForceChoice:
    """Whose forces: a country to show alone."""

    code: Code
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose, with the number of claims it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table; `order` is how it is sorted by now ("ascending", "descending"), `href` sorts by it."""

    name: str
    href: str | None = None
    order: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The page; `is_cut` tells that there are more claims than it takes. `kept` are the parameters of the form."""

    template: ClassVar[str] = "troops/page.html"
    shell: Shell
    filters: Filters
    title: str
    whose: str
    summary: str
    forces: tuple[ForceChoice, ...]
    all_href: str | None
    claimants: tuple[Option, ...]
    units: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    clear_href: str
    chart: Chart | None
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    orders: tuple[tuple[str, str, bool], ...]
    total: int
    is_cut: bool
    timeline_href: str
    csv_href: str
    json_href: str


def ledger_page(found: LedgerClaims, choice: ClaimChoice, *, order: str, shell: Shell) -> LedgerPage:
    """The claims found, in the order asked for."""
    force, rows = choice.force, found.rows
    filters, drawn = choice.filters, chart(rows)
    whose = country_name(force) if force else ""
    common = sorted(found.forces.items(), key=lambda each: (-each[1], each[0]))[:FORCES_SHOWN]
    form = ClaimChoice(filters=replace(filters, first=None, last=None))
    return LedgerPage(
        shell=shell,
        filters=filters,
        title=f"Claims about {possessive(whose)} forces" if whose else "Troop claims",
        whose=whose,
        summary=summary(rows, found.total, drawn, is_of_one=force is not None) if rows else "",
        forces=tuple(
            ForceChoice(code(value), count, address(choice.of_force(value), order), value == force)
            for value, count in common
        ),
        all_href=address(choice.of_force(None), order) if force else None,
        claimants=tuple(_claimants(found, choice)),
        units=tuple(_units(found.units, choice)),
        kept=tuple(_parameters(form, order)),
        chips=tuple(_chips(choice, found.names, order)),
        clear_href=address(ClaimChoice(filters=Filters()), order),
        chart=drawn,
        lines=tuple(_line(row) for row in ordered(rows, order)),
        columns=tuple(_columns(choice, order)),
        orders=tuple((text, address(choice, key), key == order) for key, text in ORDERS.items()),
        total=found.total,
        is_cut=found.total > len(rows),
        timeline_href=urls.href("/", _as_on_timeline(choice)),
        csv_href=address(choice, order, "/troops.csv"),
        json_href=address(choice, order, "/troops.json"),
    )


def read_choice(query: urls.Query) -> ClaimChoice:
    """Read which claims an address asks for: the timeline's filters, `claimant` and `unit`."""
    claimant, unit = (value if value and value.isprintable() else None for value in map(query.get, FIELDS))
    filters = replace(urls.read_filters(query).unordered(), kinds=())
    return ClaimChoice(filters=filters, claimant=claimant, unit=unit)


def read_order(query: urls.Query) -> str:
    """Read in which of the `ORDERS` an address asks for the claims; by date where it names none."""
    order = query.get("order") or DATE
    return order if order in ORDERS else DATE


def address(choice: ClaimChoice, order: str, path: str = "/troops") -> str:
    """The ledger of that choice in that order."""
    filters = replace(choice.filters.unordered(), kinds=())
    return urls.href(path, filters, claimant=choice.claimant, unit=choice.unit, order=order or None)


def possessive(name: str) -> str:
    """A country's name with its "’s": "Russia’s", "the United States’"."""
    named = in_sentence(name)
    return f"{named}’" if named.endswith("s") else f"{named}’s"


def summary(rows: Sequence[ItemRow], total: int, drawn: Chart | None, *, is_of_one: bool) -> str:
    """What the claims come to, as far as the chart bears it out; `is_of_one`: all are about one country's forces."""
    sides = len({claimant(row) for row in rows} - {""})
    days = sorted(row.date.earliest for row in rows if row.date)
    by = f" by {words.counted(sides, 'side')}" if sides else ""
    text = f"{words.counted(total, 'claim')}{by}{f', {words.days(days[0], days[-1])}' if days else ''}."
    panel = drawn.panels[0] if drawn else None
    records = panel.plots[0].records if panel and panel.force and total == len(rows) else ()
    if panel is None or panel.force is None or len(records) < 2:
        return text
    whose = "" if is_of_one else f" of {possessive(panel.force.name)} forces"
    return f"{text} The highest number{whose} said to be in place rose from {records[0].told} to {records[-1].told}."


def ordered(rows: Sequence[ItemRow], order: str) -> Sequence[ItemRow]:
    """The claims, which come in date order, in one of the `ORDERS`."""
    if order == NUMBER:
        return sorted(rows, key=lambda row: -(bounds(row) or (0, -1))[1])
    if order == CLAIMANT:
        return sorted(rows, key=lambda row: (not claimant(row), _side_name(claimant(row), {}).casefold()))
    if order == NEWEST:
        dated = [row for row in rows if row.date]
        return [*reversed(dated), *(row for row in rows if not row.date)]
    return rows


def _as_on_timeline(choice: ClaimChoice) -> Filters:
    """The choice as far as the timeline has it: not by unit, and by claimant only where the part is not the forces'."""
    filters, side = replace(choice.filters, kinds=(ItemKind.TROOPS,)), choice.claimant
    is_free = not (filters.part or filters.countries or filters.actors)
    if side is None or side == OWN_WORDS or not is_free:
        return filters
    chosen = replace(filters, countries=(side,)) if is_code(side) else replace(filters, actors=(side,))
    return replace(chosen, part=Part.CLAIMANT)


def _claimants(found: LedgerClaims, choice: ClaimChoice) -> Iterator[Option]:
    common = sorted(found.claimants.items(), key=lambda each: (each[0] == OWN_WORDS, -each[1], each[0]))
    for value, count in common[:CHOICES_SHOWN]:
        yield Option(value, _side_name(value, found.names), count, value == choice.claimant)
    if choice.claimant and choice.claimant not in dict(common[:CHOICES_SHOWN]):
        yield Option(choice.claimant, _side_name(choice.claimant, found.names), 0, True)


def _units(units: Mapping[str, int], choice: ClaimChoice) -> Iterator[Option]:
    common = sorted(units.items(), key=lambda each: (each[0] != HEADS, -each[1], each[0]))
    for value, count in common[:CHOICES_SHOWN]:
        yield Option(value, _unit_name(value), count, value == choice.unit)
    if choice.unit and choice.unit not in dict(common[:CHOICES_SHOWN]):
        yield Option(choice.unit, _unit_name(choice.unit), 0, True)


def _side_name(value: str, names: Mapping[str, str]) -> str:
    if value == OWN_WORDS:
        return ITSELF
    return country_name(value) if is_code(value) else names.get(value, value.replace("-", " "))


def _unit_name(value: str) -> str:
    return "Troops, heads" if value == HEADS else value.capitalize()


def _parameters(choice: ClaimChoice, order: str) -> Iterator[tuple[str, str]]:
    """What the form must send along with its own fields."""
    yield from urls.parameters(replace(choice.filters.unordered(), kinds=()))
    if order:
        yield "order", order


def _chips(choice: ClaimChoice, names: Mapping[str, str], order: str) -> Iterator[Chip]:
    """What is set, each chip without itself; whose forces stands above already."""
    filters = choice.filters
    beside = replace(filters, kinds=(), countries=(), part=None) if choice.force else replace(filters, kinds=())
    for chip in chips(beside.unordered(), {}):
        without = urls.read_filters(QueryParams(urlsplit(chip.href).query))
        kept = replace(without, countries=filters.countries, part=filters.part) if choice.force else without
        yield replace(chip, href=address(replace(choice, filters=kept), order))
    if choice.claimant:
        own = choice.claimant == OWN_WORDS
        text = ITSELF if own else f"Claimed by {_side_name(choice.claimant, names)}"
        yield Chip(text, address(replace(choice, claimant=None), order), name=text, limit=None)
    if choice.unit:
        text = _unit_name(choice.unit)
        yield Chip(text, address(replace(choice, unit=None), order), name=text, limit=None)


def _columns(choice: ClaimChoice, order: str) -> Iterator[Column]:
    by_date = {DATE: "ascending", NEWEST: "descending"}.get(order, "")
    yield Column("Date", address(choice, NEWEST if order == DATE else DATE), by_date)
    yield Column("Claimed by", address(choice, CLAIMANT), "ascending" if order == CLAIMANT else "")
    yield Column("Number", address(choice, NUMBER), "descending" if order == NUMBER else "", "ledger-number")
    for name in ("Unit", "Forces", "Movement", "Place", "Certainty", "Outlet"):
        yield Column(name)


def _line(row: ItemRow) -> Line:
    shown = card(row)
    _, meaning = words.quantity(row.quantity)
    return Line(
        card=shown,
        day=words.short_fuzzy(row.date) if row.date else "No date given",
        note="" if words.is_exact(row.date) or row.date is None else "exact day not given",
        sign=meaning.lower() if meaning not in {"", "Between"} else "",
        movement=motion(row),
        badges=tuple(badge for badge in shown.badges if badge.text not in {meaning, ALLEGED}),
        is_denied=row.modality is Modality.DENIED,
        href=urls.href("/", Filters(kinds=(ItemKind.TROOPS,)), item=row.uid),
    )
