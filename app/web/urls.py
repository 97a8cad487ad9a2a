"""One state: the URL. Reads a timeline's choice from query parameters and writes it back, always in the same form.

A value with "-" before it is left out: `country=RU&country=-UA`. Where a name itself begins with a hyphen, a "+" stands
before it ("+-1 Radio"), and so it does before a name that begins with a "+".
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlencode

from app.domain.filters import Facet, Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part, Polarity, Precision

MAX_VALUES = 40
MAX_TEXT = 200
MOST_PAGES = 8  # of the list that one address shows below each other
OUT = "-"
AS_IT_IS = "+"
SETS: dict[Facet, type[StrEnum]] = {
    Facet.KIND: ItemKind,
    Facet.CATEGORY: EventCategory,
    Facet.MODALITY: Modality,
    Facet.POLARITY: Polarity,
    Facet.PRECISION: Precision,
}


class Sort(StrEnum):
    """The orders of the list but the usual one, which is by event date with the oldest first."""

    NEWEST = "newest"
    REPORTED = "reported"
    REPORTED_NEWEST = "reported-newest"


class Query(Protocol):
    """Query parameters, of which each may stand several times."""

    def getlist(self, key: str) -> list[str]:
        """Every value of the parameter."""
        ...

    def get(self, key: str) -> str | None:
        """The last value of the parameter."""
        ...


def read_filters(query: Query) -> Filters:
    """Read the choice; values that make no sense are left out, so that an old or mistyped link shows something."""
    first, last = _day(query.get("from")), _day(query.get("to"))
    if first and last and last < first:
        first, last = last, first
    sort = query.get("sort")
    found = Filters(
        text=_text(query.get("q")),
        first=first,
        last=last,
        newest_first=sort in {Sort.NEWEST, Sort.REPORTED_NEWEST},
        by_report=sort in {Sort.REPORTED, Sort.REPORTED_NEWEST},
        counterparts=tuple(sorted(set(filter(_is_value, query.getlist("with"))))[:MAX_VALUES]),
        part=next((part for part in Part if part == query.get("part")), None),
    )
    for facet in Facet:
        values = [value for value in query.getlist(facet.value) if _is_value(value)]
        if facet is Facet.COUNTRY:
            values = [value.upper() for value in values]
        out = {value.removeprefix(OUT) for value in values if value.startswith(OUT)}
        chosen = {value.removeprefix(AS_IT_IS) for value in values if not value.startswith(OUT)} - out
        found = found.with_chosen(facet, _in_order(facet, chosen))
        found = replace(found, excluded=(*found.excluded, *((facet, value) for value in _in_order(facet, out))))
    return found


def parameters(filters: Filters, **more: str | None) -> list[tuple[str, str]]:
    """The choice as query parameters, in a fixed order and without defaults; `more` (item, after, ...) comes last."""
    pairs = []
    for facet in Facet:
        pairs += [(facet.value, parameter(value)) for value in _in_order(facet, filters.chosen(facet))]
        if filters.excluded:
            pairs += [(facet.value, parameter(value, out=True)) for value in _in_order(facet, filters.left_out(facet))]
    pairs += [("with", value) for value in sorted(filters.counterparts)]
    pairs += [("part", filters.part.value)] if filters.part else []
    pairs += [("q", filters.text)] if filters.text else []
    pairs += [("from", filters.first.isoformat())] if filters.first else []
    pairs += [("to", filters.last.isoformat())] if filters.last else []
    pairs += [("sort", order)] if (order := sort_of(filters)) else []
    return pairs + [(key, value) for key, value in more.items() if value]


def parameter(value: str, *, out: bool = False) -> str:
    """A facet's value as it stands in an address: as it is, or with the sign that leaves it out."""
    if out:
        return OUT + value
    return AS_IT_IS + value if value.startswith((OUT, AS_IT_IS)) else value


def sort_of(filters: Filters) -> str:
    """The order as the parameter `sort` has it; "" for the usual one."""
    if filters.by_report:
        return Sort.REPORTED_NEWEST if filters.newest_first else Sort.REPORTED
    return Sort.NEWEST if filters.newest_first else ""


def href(path: str, filters: Filters, **more: str | None) -> str:
    """A link to the path with the choice: "/?kind=troops&from=2022-02-10"."""
    return with_query(path, parameters(filters, **more))


def with_query(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The path with the parameters that have a value."""
    given = [pair for pair in pairs if pair[1]]
    return f"{path}?{urlencode(given)}" if given else path


def href_of_days(path: str, filters: Filters) -> Callable[[date, date], str]:
    """A function that makes links to the choice in some days, the first and the last; only the days are put in anew."""
    pattern = href(path, replace(filters, first=date.min, last=date.max))
    before, _, rest = pattern.partition(f"from={date.min}")  # any "=" in the reader's words is escaped
    between, _, after = rest.partition(f"to={date.max}")
    return lambda first, last: f"{before}from={first}{between}to={last}{after}"


def href_of_values(path: str, filters: Filters, facet: Facet) -> Callable[[Collection[str]], str]:
    """A function that makes links to the choice with these values of a facet, and none other of it."""
    mark = "\0"  # no value has it
    before, _, after = href(path, filters.with_chosen(facet, (mark,))).partition(f"{facet.value}=%00")
    return lambda values: (
        f"{before}{urlencode([(facet.value, parameter(value)) for value in _in_order(facet, values)])}{after}"
    )


def without(filters: Filters, facet: Facet, value: str) -> Filters:
    """The choice less one value of a facet, chosen or left out."""
    kept = tuple(each for each in filters.chosen(facet) if each != value)
    excluded = tuple(pair for pair in filters.excluded if pair != (facet, value))
    return replace(filters.with_chosen(facet, kept), excluded=excluded)


def read_pages(query: Query) -> int:
    """How many pages of the list the reader has unfolded: `pages=3`; one where the query says nothing of use."""
    value = query.get("pages") or ""
    return min(max(int(value), 1), MOST_PAGES) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def pages_parameter(pages: int) -> str | None:
    """The number of pages as a parameter; None for the usual one."""
    return str(pages) if pages > 1 else None


def safe_path(value: str | None) -> str:
    """A path of this site to go on to; "/" for anything that leads elsewhere."""
    if not value or not value.startswith("/") or value.startswith(("//", "/\\")) or not value.isprintable():
        return "/"
    return value


def _in_order(facet: Facet, values: Collection[str]) -> tuple[str, ...]:
    """At most forty values in an order of their own; of closed sets, only those that are in them."""
    if not values:
        return ()
    if facet in SETS:
        wanted = set(values)
        return tuple(member for member in SETS[facet] if member in wanted)
    return tuple(sorted(value for value in set(values) if value)[:MAX_VALUES])


def _is_value(value: str) -> bool:
    return 0 < len(value) <= MAX_TEXT and value.isprintable()


def _text(value: str | None) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value or "").split())[:MAX_TEXT]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == len("2022-02-10") else None
    except ValueError:
        return None
