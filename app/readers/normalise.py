"""The one place where an article's text is changed: white space, control and format characters, blank lines."""

import unicodedata
from urllib.parse import urlsplit

MAX_CHARACTERS = 2_000_000
TITLE_CHARACTERS = 90

TITLE_MADE = "The file gives no title: its first words stand in for one."


def clean_lines(text: str) -> list[str]:
    """The lines that hold something, each stripped, with every inner white space as a plain space.

    Control and format characters (zero-width, direction marks) are dropped, surrogates replaced; nothing else changes.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for line in map(clean_line, lines) if line]


def clean_line(line: str) -> str:
    """One line, normalised as `clean_lines` does it; line breaks in it become spaces too."""
    if not line.isprintable():  # the rule's exact words: white space first, as some of it counts as control characters
        line = "".join(map(_clean_character, line))
    return line.strip()


def _clean_character(character: str) -> str:
    if character.isspace():
        return " "
    match unicodedata.category(character):
        case "Cc" | "Cf":
            return ""
        case "Cs":  # half of a pair, which no database stores
            return "\N{REPLACEMENT CHARACTER}"
        case _:
            return character


def first_words(text: str) -> str:
    """A title made from a text: its first words, at most 90 characters, with an ellipsis where it was cut."""
    if len(text) <= TITLE_CHARACTERS:
        return text
    cut = text[:TITLE_CHARACTERS].rpartition(" ")[0] or text[: TITLE_CHARACTERS - 1]
    return cut.rstrip(" ,;:-–—") + "…"


def outlet_of(url: str | None) -> str | None:
    """The host of an article's address without `www.`, or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # brackets that are no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
