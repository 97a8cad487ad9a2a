"""The troop ledger: who claimed how many of whose troops, when; as a chart of the headcounts and as a table of all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from app.db.parts import is_code
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import HEADCOUNT_UNITS, ItemKind, Modality, Part
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.views import words
from app.web.views.axis import Axis, Tick, ticks
from app.web.views.cards import Card, Code, card, code
from app.web.views.claims import figure
from app.web.views.shell import Shell

ROW_HEIGHT = 84
TOPS = tuple(step * power for power in (1_000, 10_000, 100_000, 1_000_000) for step in (1, 2, 3, 4, 6, 8))
CLAIMANTS_SHOWN = 8
FORCES_SHOWN = 8
LABEL_WIDTH = 7.0  # percent of the chart that a number needs
FEWEST_DAYS = 14
ITSELF = "In the articles’ own words"
OTHERS = "Others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A claim in the chart: `x` in percent, `y` and `top` in pixels (equal for a single number)."""

    x: float
    y: float
    top: float
    label: str
    anchor: str
    name: str
    href: str
    is_denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A row of the chart: everybody of one country or body who claims, or the articles themselves."""

    name: str
    code: Code | None
    count: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The headcounts over time, a row a claimant, all on one scale from 0 to `top`; `half` is its middle."""

    rows: tuple[Claimant, ...]
    ticks: tuple[Tick, ...]
    top: str
    half: str
    height: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim in the table."""

    card: Card
    day: str
    note: str
    figure: str
    movement: str
    href: str


@dataclass(frozen=True, slots=True)
class ForceChoice:
    """Whose forces: a country to show alone."""

    code: Code
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The page; `is_cut` tells that there are more claims than it takes."""

    template: ClassVar[str] = "troops/page.html"
    shell: Shell
    forces: tuple[ForceChoice, ...]
    all_href: str | None
    whose: str
    chart: Chart | None
    uncharted: int
    lines: tuple[Line, ...]
    total: int
    orders: tuple[tuple[str, str, bool], ...]
    is_cut: bool
    timeline_href: str
    csv_href: str
    json_href: str


DATE, NEWEST, NUMBER = "", "newest", "number"  # as they stand in the address
ORDERS = {DATE: "Oldest first", NEWEST: "Newest first", NUMBER: "Largest first"}


def ledger_page(
    rows: Sequence[ItemRow],
    total: int,
    forces: Mapping[str, int],
    filters: Filters,
    *,
    order: str,
    shell: Shell,
) -> LedgerPage:
    """The claims in date order under the filters; `forces` counts claims by whose forces they are about."""
    chosen = filters.countries[0] if filters.part is Part.FORCE and len(filters.countries) == 1 else None
    charted = [row for row in rows if _value(row) and row.date]
    common = sorted(forces.items(), key=lambda each: (-each[1], each[0]))[:FORCES_SHOWN]
    return LedgerPage(
        shell=shell,
        forces=tuple(
            ForceChoice(code(value), count, href_for(filters, value, order), value == chosen) for value, count in common
        ),
        all_href=href_for(filters, None, order) if chosen else None,
        whose=country_name(chosen) if chosen else "",
        chart=chart(charted) if charted else None,
        uncharted=len(rows) - len(charted),
        lines=tuple(_line(row, filters) for row in _ordered(rows, order)),
        total=total,
        orders=tuple((text, _with_order(filters, key), key == order) for key, text in ORDERS.items()),
        is_cut=total > len(rows),
        timeline_href=urls.href("/", _of_troops(filters)),
        csv_href=urls.href("/items.csv", _of_troops(filters)),
        json_href=urls.href("/items.json", _of_troops(filters)),
    )


def href_for(filters: Filters, force: str | None, order: str) -> str:
    """The ledger of one country's forces, or of all."""
    chosen = replace(filters, countries=(force,) if force else (), part=Part.FORCE if force else None)
    return _with_order(chosen, order)


def chart(rows: Sequence[ItemRow]) -> Chart:
    """The dated headcounts; none of the rows may lack a number or a date."""
    days = [row.date.earliest for row in rows if row.date]
    first, last = min(days), max(days)
    spare = 1 + max(0, FEWEST_DAYS - (last - first).days) // 2
    begin, end = max(1, first.toordinal() - spare), min(date.max.toordinal(), last.toordinal() + spare)
    axis = Axis(date.fromordinal(begin), end - begin + 1)
    highest = max(high for row in rows for _, high in [_value(row) or (0, 0)])
    top = next((top for top in TOPS if highest <= top), highest)
    groups: dict[str, list[ItemRow]] = defaultdict(list)
    for row in rows:
        groups[_claimant(row)].append(row)
    order = sorted(groups, key=lambda name: (name == "", -len(groups[name]), name))
    kept = order if len(order) <= CLAIMANTS_SHOWN else order[: CLAIMANTS_SHOWN - 1]
    shown = [_row(name, groups[name], axis, top) for name in kept]
    if rest := [row for name in order[len(kept) :] for row in groups[name]]:
        shown.append(_row(OTHERS, rest, axis, top))
    return Chart(
        rows=tuple(shown),
        ticks=tuple(ticks(axis)),
        top=_short(top),
        half=_short(top // 2),
        height=ROW_HEIGHT,
        name=f"{words.counted(len(rows), 'claim')} by {words.counted(len(order), 'claimant')}, "
        f"{words.days(first, last)}, from 0 to {words.number(top)}",
    )


def _row(name: str, rows: Sequence[ItemRow], axis: Axis, top: int) -> Claimant:
    values = [(row, *(_value(row) or (0, 0))) for row in rows]
    by_size = sorted(values, key=lambda each: -each[2])
    labelled: list[tuple[float, float]] = []
    marks = []
    for row, low, high in by_size:
        if row.date is None:
            continue
        x = axis.at(row.date.earliest) + axis.width(1) / 2
        y, above = (round(ROW_HEIGHT - 8 - value / top * (ROW_HEIGHT - 24), 1) for value in (low, high))
        has_room = all(abs(x - other) > LABEL_WIDTH or abs(above - height) > 14 for other, height in labelled)
        if has_room:
            labelled.append((x, above))
        text = figure(row.quantity or "", low, high)
        said = _denied(row)
        marks.append(
            Mark(
                x=round(x, 2),
                y=y,
                top=above,
                label=text if has_room else "",
                anchor="end" if x > 94 else "start",
                name=f"{words.fuzzy(row.date)}: {text} {row.unit or 'troops'}, {_who(row)}{', denied' if said else ''}",
                href=f"/items/{row.uid}",
                is_denied=said,
            )
        )
    is_country = is_code(name)
    return Claimant(
        name=country_name(name) if is_country else name or ITSELF,
        code=code(name) if is_country else None,
        count=len(rows),
        marks=tuple(sorted(marks, key=lambda mark: mark.x)),
    )


def _line(row: ItemRow, filters: Filters) -> Line:
    shown = card(row)
    return Line(
        card=shown,
        day=words.fuzzy(row.date),
        note="" if words.is_exact(row.date) or row.date is None else "exact day not given",
        figure=f"{_sign(row)}{shown.figure}" if shown.figure else "",
        movement=words.MOVEMENTS[row.movement] if row.movement else "",
        href=urls.href("/", _of_troops(filters), item=row.uid),
    )


def _sign(row: ItemRow) -> str:
    _, meaning = words.quantity(row.quantity)
    return f"{meaning.lower()} " if meaning and meaning != "Between" else ""


def _value(row: ItemRow) -> tuple[int, int] | None:
    """The lowest and highest number of heads, None where something else or nothing is counted."""
    low = row.low if row.low is not None else row.high
    high = row.high if row.high is not None else row.low
    if low is None or high is None or row.unit not in HEADCOUNT_UNITS or (row.quantity or "").endswith("%"):
        return None
    return low, high


def _claimant(row: ItemRow) -> str:
    """Whose side claims: the claimant's country or body, else its name, "" for the article itself."""
    if row.claimant is None:
        return ""
    return row.details.get("side") or row.claimant.country or row.claimant.name


def _who(row: ItemRow) -> str:
    return f"claimed by {row.claimant.name}" if row.claimant else "told by the article itself"


def _denied(row: ItemRow) -> bool:
    return row.modality is Modality.DENIED


def _ordered(rows: Sequence[ItemRow], order: str) -> Sequence[ItemRow]:
    if order == NUMBER:
        return sorted(rows, key=lambda row: -(_value(row) or (0, -1))[1])
    if order == NEWEST:
        dated = [row for row in rows if row.date]
        return [*reversed(dated), *(row for row in rows if not row.date)]
    return rows


def _of_troops(filters: Filters) -> Filters:
    return replace(filters, kinds=(ItemKind.TROOPS,))


def _with_order(filters: Filters, order: str) -> str:
    return urls.href("/troops", replace(filters, kinds=()), order=order or None)


def _short(number: int) -> str:
    return figure("", number, number)
