"""One state: the URL. Reads a timeline's choice from query parameters and writes it back, always in the same form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlencode

from app.domain.filters import Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part

MAX_VALUES = 40
MAX_TEXT = 200
NEWEST = "newest"


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
    return Filters(
        kinds=tuple(_members(ItemKind, query.getlist("kind"))),
        countries=tuple(_distinct(code.upper() for code in query.getlist("country"))),
        actors=tuple(_distinct(query.getlist("actor"))),
        counterparts=tuple(_distinct(query.getlist("with"))),
        part=next(iter(_members(Part, query.getlist("part")[-1:])), None),
        categories=tuple(_members(EventCategory, query.getlist("category"))),
        text=_text(query.get("q")),
        first=first,
        last=last,
        modalities=tuple(_members(Modality, query.getlist("modality"))),
        newest_first=query.get("sort") == NEWEST,
    )


def parameters(filters: Filters, **more: str | None) -> list[tuple[str, str]]:
    """The choice as query parameters, in a fixed order and without defaults; `more` (item, after, ...) comes last."""
    pairs = [("kind", kind.value) for kind in ItemKind if kind in filters.kinds]
    pairs += [("country", code) for code in sorted(filters.countries)]
    pairs += [("actor", slug) for slug in sorted(filters.actors)]
    pairs += [("with", value) for value in sorted(filters.counterparts)]
    pairs += [("part", filters.part.value)] if filters.part else []
    pairs += [("category", category.value) for category in EventCategory if category in filters.categories]
    pairs += [("q", filters.text)] if filters.text else []
    pairs += [("from", filters.first.isoformat())] if filters.first else []
    pairs += [("to", filters.last.isoformat())] if filters.last else []
    pairs += [("modality", modality.value) for modality in Modality if modality in filters.modalities]
    pairs += [("sort", NEWEST)] if filters.newest_first else []
    return pairs + [(key, value) for key, value in more.items() if value]


def href(path: str, filters: Filters, **more: str | None) -> str:
    """A link to the path with the choice: "/?kind=troops&from=2022-02-10"."""
    pairs = parameters(filters, **more)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def without(filters: Filters, facet: str, value: str | None = None) -> Filters:
    """The choice less one value of a facet, or less the whole of it; facets are named as in the URL."""
    match facet:
        case "kind":
            return replace(filters, kinds=tuple(kind for kind in filters.kinds if kind != value))
        case "country":
            return replace(filters, countries=tuple(code for code in filters.countries if code != value))
        case "actor":
            return replace(filters, actors=tuple(slug for slug in filters.actors if slug != value))
        case "with":
            return replace(filters, counterparts=tuple(each for each in filters.counterparts if each != value))
        case "part":
            return replace(filters, part=None)
        case "category":
            return replace(filters, categories=tuple(each for each in filters.categories if each != value))
        case "modality":
            return replace(filters, modalities=tuple(modality for modality in filters.modalities if modality != value))
        case "q":
            return replace(filters, text="")
        case "dates":
            return replace(filters, first=None, last=None)
    raise ValueError(f"no such facet: {facet}")


def is_narrowed(filters: Filters) -> bool:
    """Whether the choice leaves anything out."""
    return replace(filters, newest_first=False) != Filters()


def safe_path(value: str | None) -> str:
    """A path of this site to go on to; "/" for anything that leads elsewhere."""
    if not value or not value.startswith("/") or value.startswith(("//", "/\\")) or not value.isprintable():
        return "/"
    return value


def _members[E: StrEnum](kind: type[E], values: Sequence[str]) -> list[E]:
    known: Mapping[str, E] = {member.value: member for member in kind}
    return [member for member in kind if member in {known[value] for value in values if value in known}]


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if 0 < len(value) <= MAX_TEXT and value.isprintable()})[:MAX_VALUES]


def _text(value: str | None) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value or "").split())[:MAX_TEXT]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == len("2022-02-10") else None
    except ValueError:
        return None
