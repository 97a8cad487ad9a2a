"""The filters beside the list: what can be ticked or left out, and the chips of what is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from app.db.rows import FacetValue
from app.domain.filters import AnyLimit, Facet, Filters, LeftOut, Limit
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Polarity, Precision
from app.knowledge.country_names import country_name
from app.web import urls
from app.web.views import words

SHOWN = 8  # values of a facet in view; those behind "more" are as many as the counts give
TITLES = {
    Facet.KIND: "Kind",
    Facet.COUNTRY: "Country",
    Facet.ORGANISATION: "Organisation",
    Facet.ACTOR: "Actor",
    Facet.MODALITY: "Certainty",
    Facet.CATEGORY: "Type of move",
    Facet.POLARITY: "Force of a statement",
    Facet.PLACE: "Place",
    Facet.OUTLET: "Outlet",
    Facet.PRECISION: "How the date is known",
}
OPEN = {Facet.KIND, Facet.COUNTRY, Facet.ORGANISATION, Facet.ACTOR, Facet.MODALITY}
WHOLE = {Facet.KIND, Facet.MODALITY, Facet.POLARITY, Facet.PRECISION}  # short enough to stand in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value to tick or to leave out; `count` is how many items it would show. `value` and `out` are for addresses."""

    name: str
    value: str
    out: str
    label: str
    count: int
    is_chosen: bool
    is_out: bool
    kind: ItemKind | None = None
    code: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A facet: the values in view, and those behind "more"."""

    title: str
    name: str
    is_open: bool
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


PAGES = {Facet.ACTOR: "/actors/{}", Facet.COUNTRY: "/countries/{}"}


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the link that takes it away; `page` is that of a chosen actor or country.

    `name` is what it is about, without the word of `text` that says how.
    """

    text: str
    href: str
    name: str
    limit: AnyLimit | None
    page: str = ""

    @property
    def is_out(self) -> bool:
        """Whether it leaves something out."""
        return isinstance(self.limit, LeftOut)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedActors:
    """The actors whose names begin as somebody types."""

    template: ClassVar[str] = "timeline/_suggested.html"
    name: str
    choices: tuple[Choice, ...]


def facet_views(facets: Mapping[Facet, Sequence[FacetValue]]) -> Iterator[FacetView]:
    """The facets that have anything to choose, in the order of the page; the kinds always stand."""
    for facet, title in TITLES.items():
        values = [each for each in facets[facet] if each.count or each.selected or each.excluded or facet in WHOLE]
        is_worth = facet is Facet.KIND or any(each.count or each.selected or each.excluded for each in values)
        if not is_worth:
            continue
        if facet not in WHOLE:  # what is chosen first, then the commonest
            values.sort(key=lambda each: (not (each.selected or each.excluded), -each.count))
        is_set = any(each.selected or each.excluded for each in values)
        shown = max(SHOWN, sum(each.selected or each.excluded for each in values))
        if facet in WHOLE or len(values) <= shown + 2:
            shown = len(values)
        found = choices(facet, values)
        yield FacetView(
            title=title,
            name=facet,
            is_open=facet in OPEN or is_set,
            choices=found[:shown],
            more=found[shown:],
        )


def choices(facet: Facet, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """The values of a facet, ready to be ticked."""
    return tuple(
        Choice(
            name=facet,
            value=urls.parameter(each.value),
            out=urls.parameter(each.value, out=True),
            label=label(facet, each.value, each.label),
            count=each.count,
            is_chosen=each.selected,
            is_out=each.excluded,
            kind=ItemKind(each.value) if facet is Facet.KIND else None,
            code=each.value if facet is Facet.COUNTRY else "",
            meaning=words.MODALITY_MEANINGS[Modality(each.value)] if facet is Facet.MODALITY else "",
        )
        for each in values
    )


def label(facet: Facet, value: str, known: str | None = None) -> str:
    """A facet's value in words; `known` is what the database calls it."""
    match facet:
        case Facet.KIND:
            return words.KINDS[ItemKind(value)]
        case Facet.CATEGORY:
            return words.CATEGORIES[EventCategory(value)]
        case Facet.MODALITY:
            return words.MODALITIES[Modality(value)]
        case Facet.POLARITY:
            return words.POLARITIES[Polarity(value)]
        case Facet.PRECISION:
            return words.PRECISIONS[Precision(value)]
        case Facet.COUNTRY:
            return country_name(value)
    return known or value


def chips(
    filters: Filters, facets: Mapping[Facet, Sequence[FacetValue]], path: str = "/", **more: str | None
) -> Iterator[Chip]:
    """What is set, in the order of the page; each chip takes itself away, on the page of that path."""

    def href(less: Filters) -> str:
        return urls.href(path, less, **more)

    names = {(facet, each.value): each.label for facet, values in facets.items() for each in values}
    count_of = {(facet, each.value): each.count for facet, values in facets.items() for each in values}
    for facet in TITLES:
        for value in (*filters.chosen(facet), *filters.left_out(facet)):
            text = label(facet, value, names.get((facet, value)))
            is_out = (facet, value) in filters.excluded
            page = PAGES[facet].format(value) if facet in PAGES and count_of.get((facet, value)) and not is_out else ""
            yield Chip(
                f"not {text}" if is_out else text,
                href(urls.without(filters, facet, value)),
                name=text,
                limit=LeftOut(facet) if is_out else facet,
                page=page,
            )
    for value in filters.counterparts:
        name = country_name(value) if value.isupper() else names.get((Facet.ACTOR, value), value.replace("-", " "))
        others = tuple(each for each in filters.counterparts if each != value)
        yield Chip(f"With {name}", href(replace(filters, counterparts=others)), name=name, limit=Limit.WITH)
    if filters.part:
        part = words.PARTS[filters.part]
        yield Chip(part, href(replace(filters, part=None)), name=part, limit=None)
    if filters.text:
        text = f"“{filters.text}”"
        yield Chip(text, href(filters.lifting(Limit.TEXT)), name=text, limit=Limit.TEXT)
    if filters.first or filters.last:
        text = words.short_days(filters.first, filters.last)
        yield Chip(text, href(filters.lifting(Limit.DATES)), name=text, limit=Limit.DATES)
