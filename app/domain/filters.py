"""What a reader asks the timeline to show."""

from dataclasses import dataclass
from datetime import date

from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A choice of items: values of one facet are "or", facets among each other "and"; empty means all.

    `countries` are codes, `actors` slugs, `text` search words and "quoted phrases". An item is between `first` and
    `last` (both included) where any of its possible days is; undated items are not between any days.
    Every one of `counterparts` (slugs or codes) takes part in the item too, or in something that the words of the item
    tell of. `part` is the part that the actors and countries have; as parties they need counterparts who are parties.
    The modality "denied" finds statements that deny, too; other statements have no modality.
    """

    kinds: tuple[ItemKind, ...] = ()
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    part: Part | None = None
    categories: tuple[EventCategory, ...] = ()
    text: str = ""
    first: date | None = None
    last: date | None = None
    modalities: tuple[Modality, ...] = ()
    newest_first: bool = False
