"""What a reader asks the timeline to show."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part, Polarity, Precision


class Facet(StrEnum):
    """What items can be chosen by, in the order in which pages show it; the value is the name in addresses."""

    KIND = "kind"
    CATEGORY = "category"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    ACTOR = "actor"
    PLACE = "place"
    OUTLET = "outlet"
    MODALITY = "modality"
    POLARITY = "polarity"
    PRECISION = "precision"


FIELDS = {
    Facet.KIND: "kinds",
    Facet.CATEGORY: "categories",
    Facet.COUNTRY: "countries",
    Facet.ORGANISATION: "organisations",
    Facet.ACTOR: "actors",
    Facet.PLACE: "places",
    Facet.OUTLET: "outlets",
    Facet.MODALITY: "modalities",
    Facet.POLARITY: "polarities",
    Facet.PRECISION: "precisions",
}


class Limit(StrEnum):
    """What can narrow a choice beside its facets; the value is the name in addresses."""

    WITH = "with"
    TEXT = "q"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The values of a facet that a choice leaves out, as one limit of it."""

    facet: Facet


type AnyLimit = Facet | LeftOut | Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A choice of items: values of one facet are "or", facets among each other "and"; empty means all.

    `countries` are codes, `actors` and `organisations` slugs, `text` a query of words. What has a value of `excluded`
    is not shown, whatever else it has. An item is between `first` and `last` (both included) where any of its possible
    days is; undated items are not between any days. The modality "denied" finds statements that deny, too; other
    statements have no modality.
    Every one of `counterparts` (slugs or codes) takes part in the item too, or in something that the words of the item
    tell of. `part` is the part that the actors and countries have; as parties they need counterparts who are parties.
    The order is by the date of what happened, or with `by_report` of its first report.
    """

    kinds: tuple[ItemKind, ...] = ()
    categories: tuple[EventCategory, ...] = ()
    countries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    precisions: tuple[Precision, ...] = ()
    excluded: tuple[tuple[Facet, str], ...] = ()
    counterparts: tuple[str, ...] = ()
    part: Part | None = None
    text: str = ""
    first: date | None = None
    last: date | None = None
    newest_first: bool = False
    by_report: bool = False

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """The values of the facet of which an item must have one."""
        values: tuple[str, ...] = getattr(self, FIELDS[facet])
        return values

    def left_out(self, facet: Facet) -> tuple[str, ...]:
        """The values of the facet of which an item must have none."""
        return tuple(value for of, value in self.excluded if of is facet)

    def with_chosen(self, facet: Facet, values: tuple[str, ...]) -> "Filters":
        """The same with these values of the facet chosen, and none other."""
        return replace(self, **{FIELDS[facet]: values})  # type: ignore[arg-type]

    def limits(self) -> tuple[AnyLimit, ...]:
        """What narrows the choice, each of which could be lifted by itself."""
        found: list[AnyLimit] = []
        for facet in Facet:
            found += [facet] if self.chosen(facet) else []
            found += [LeftOut(facet)] if self.left_out(facet) else []
        is_set = {
            Limit.WITH: bool(self.counterparts),
            Limit.TEXT: bool(self.text),
            Limit.DATES: bool(self.first or self.last),
        }
        return (*found, *(limit for limit in Limit if is_set[limit]))

    def lifting(self, *limits: AnyLimit) -> "Filters":
        """The same without these limits."""
        lifted = self
        for limit in limits:
            match limit:
                case Facet():
                    lifted = lifted.with_chosen(limit, ())
                case LeftOut(facet):
                    lifted = replace(lifted, excluded=tuple(pair for pair in lifted.excluded if pair[0] is not facet))
                case Limit.WITH:
                    lifted = replace(lifted, counterparts=())
                case Limit.TEXT:
                    lifted = replace(lifted, text="")
                case Limit.DATES:
                    lifted = replace(lifted, first=None, last=None)
        return lifted

    def unordered(self) -> "Filters":
        """The same items in the usual order."""
        return replace(self, newest_first=False, by_report=False)

    def is_narrowed(self) -> bool:
        """Whether the choice leaves anything out."""
        return self.unordered() != Filters()
