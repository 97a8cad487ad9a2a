"""What helps where a search was not read as it was meant, or where nothing matches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.db.rows import WaysOut
from app.domain.filters import AnyLimit, Facet, Filters, LeftOut, Limit
from app.domain.search import Slip, slips, with_operators
from app.web import urls
from app.web.views.facets import Chip

HINTS = {
    Slip.NO_WORD: "There is no word in this search. Type a name, a place, a number or any other word.",
    Slip.OPEN_QUOTE: "A quotation mark is not closed: all that follows it is read as one phrase.",
    Slip.LONE_PARENTHESIS: "A parenthesis has no partner.",
    Slip.LONE_OPERATOR: "AND, OR and NOT stand between words; one without a word beside it is passed over.",
    Slip.SMALL_OPERATOR: "Small “and”, “or” and “not” are searched for as words.",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """How a search was read, and what to search for instead, if that is plain."""

    text: str
    instead: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Other filters that show something, and how many items."""

    text: str
    href: str
    count: int


def hints(filters: Filters) -> Iterator[Hint]:
    """What the reader of a search is told about it."""
    for slip in slips(filters.text):
        if slip is Slip.SMALL_OPERATOR:
            instead = with_operators(filters.text)
            yield Hint(HINTS[slip], instead, urls.href("/", replace(filters, text=instead)))
        else:
            yield Hint(HINTS[slip])


def ways(filters: Filters, found: WaysOut, chips: Sequence[Chip]) -> Iterator[Way]:
    """What to change, the likeliest first: the words, then one limit less, and where that does not help one alone."""
    if found.respelt:
        text = f"Did you mean “{found.respelt.text}”?"
        yield Way(text, urls.href("/", replace(filters, text=found.respelt.text)), found.respelt.count)
    if found.any_word:
        href = urls.href("/", replace(filters, text=found.any_word.text))
        yield Way("Any of these words, not all", href, found.any_word.count)
    names = {each.limit: _either([chip.name for chip in chips if chip.limit == each.limit]) for each in found.limits}
    helping = [each for each in found.limits if each.without]
    for each in helping:
        yield Way(_without(each.limit, names[each.limit]), urls.href("/", filters.lifting(each.limit)), each.without)
    for each in () if helping else found.limits:
        others = (other.limit for other in found.limits if other.limit != each.limit)
        if each.alone and not isinstance(each.limit, LeftOut):
            name = f"With {names[each.limit]}" if each.limit is Limit.WITH else names[each.limit]
            yield Way(f"{name} alone", urls.href("/", filters.lifting(*others)), each.alone)


def _without(limit: AnyLimit, name: str) -> str:
    match limit:
        case LeftOut():
            return f"With {name}, too"
        case Limit.DATES:
            return "In other dates"
        case Limit.WITH:
            return f"Not only with {name}"
        case Facet() | Limit():
            return f"Without {name}"


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
