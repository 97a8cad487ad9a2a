"""Marks what a search found in what the page shows, by word stems as the databases match them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import snowballstemmer
from markupsafe import Markup

from app.domain.search import folded, parse_search, shown_terms

_UNMARKED = re.compile(  # what the page says itself, tags and entities
    r"(<p [^>]*data-unmarked>(?s:.*?)</p>|<span [^>]*data-unmarked>[^<]*</span>|<[^>]*>|&#?\w+;)"
)
_WORD = re.compile(r"[^\W_]+")
_stemmer = snowballstemmer.stemmer("porter")

type Marker = Callable[[Markup], Markup]


def marker(text: str) -> Marker:
    """A function that puts <mark> around the words and phrases of the search in a piece of a page: outside its tags,
    and outside what it says itself, which is `data-unmarked`.
    """
    phrases = [tuple(_stem(word) for word in term.split()) for term in shown_terms(parse_search(text))]
    if not phrases:
        return lambda html: html

    def marked(html: Markup) -> Markup:
        parts = _UNMARKED.split(html)
        parts[::2] = ("".join(_marked(part, phrases)) for part in parts[::2])
        return Markup("".join(parts))  # noqa: S704  it was safe, and only <mark> is new

    return marked


def _marked(text: str, phrases: Sequence[tuple[str, ...]]) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    stems = [_stem(word[0]) for word in words]
    done, at = 0, 0
    while at < len(words):
        length = max((len(phrase) for phrase in phrases if tuple(stems[at : at + len(phrase)]) == phrase), default=0)
        if length:
            start, end = words[at].start(), words[at + length - 1].end()
            yield f"{text[done:start]}<mark>{text[start:end]}</mark>"
            done = end
        at += length or 1
    yield text[done:]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(folded(word)))
