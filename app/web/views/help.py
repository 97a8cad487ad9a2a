"""What the help page explains, as data: the keys, how to search, what each filter asks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that do the same, each alone, and what they do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Example:
    """Something to type into the search box, and what it finds."""

    query: str
    finds: str


@dataclass(frozen=True, slots=True)
class FilterMeaning:
    """A filter: its name on the page, its name in addresses, and what it asks of an item."""

    title: str
    parameters: tuple[str, ...]
    meaning: str


KEYS = (
    Key(("/",), "Search"),
    Key(("j", "k"), "Next and previous item"),
    Key(("Enter",), "Open the item’s sentence in its article"),
    Key(("Esc",), "Close it"),
    Key(("←", "→", "↑", "↓"), "In the timeline, move from mark to mark; on a handle of the overview, set the dates"),
    Key(("←", "→"), "In an open source, the article’s items before and after"),
    Key(("+", "−", "0"), "Zoom in, zoom out, all dates"),
    Key(("1", "2", "3", "4"), "Show only one kind, or all again"),
    Key(("t",), "Colours: system, light, dark"),
    Key(("?",), "These keys"),
)
SEARCHES = (
    Example(
        "convoy bridge",
        "both words, in any form (“bridges”), anywhere in an item: its words, names, place or article’s title",
    ),
    Example('"joint exercises"', "these words side by side"),
    Example("convoy OR column", "either; in capitals, as are AND and NOT: small ones are words like any other"),
    Example("convoy NOT aid", "the first without the second"),
    Example("(convoy OR column) border", "parentheses first"),
)
FILTERS = (
    FilterMeaning("Kind", ("kind",), "Diplomatic or military moves, troop claims, statements."),
    FilterMeaning(
        "Dates",
        ("from", "to"),
        "Items that fall, or may fall, on one of these days. Those without a date fall on none.",
    ),
    FilterMeaning("Country", ("country",), "Who takes part, speaks or is spoken for, and whose forces are counted."),
    FilterMeaning("Organisation", ("organisation",), "The same for bodies of several countries, such as NATO."),
    FilterMeaning("Actor", ("actor",), "Everybody named with a part in the item: who acts, speaks or claims."),
    FilterMeaning(
        "Certainty",
        ("modality",),
        "Whether it happened, by the article’s own words; “Denied” finds statements that deny, too.",
    ),
    FilterMeaning("Type of move", ("category",), "What sort of move it is: a meeting, a threat, an exercise."),
    FilterMeaning(
        "Force of a statement", ("polarity",), "What the speaker does with the words: assert, deny, demand, warn."
    ),
    FilterMeaning("Place", ("place",), "Where it is, as the article names it."),
    FilterMeaning("Outlet", ("outlet",), "Who published an article that tells of it."),
    FilterMeaning(
        "How the date is known", ("precision",), "To the day, or only to the month or the year, or not at all."
    ),
    FilterMeaning("Search", ("q",), "Words that the item must hold."),
    FilterMeaning("With", ("with",), "Somebody who takes part beside the chosen actor or country, or is told of."),
    FilterMeaning(
        "Part",
        ("part",),
        "What the chosen actors and countries do in the item: take part, speak, claim, or have the forces.",
    ),
    FilterMeaning("Sort by", ("sort",), "The order of the list, by event or by first report. It leaves nothing out."),
)
