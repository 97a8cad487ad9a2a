"""Where nothing matches: what would, with a little less or with another spelling."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
from sqlalchemy import Connection

from app.db.cache import ByDatabase
from app.db.index import Index, Mask
from app.db.index_reading import index_of
from app.db.rows import CountedText, LimitCount, WaysOut
from app.domain.filters import Facet, Filters
from app.domain.search import Words, folded, parse_search

NAMED = (Facet.ACTOR, Facet.PLACE, Facet.COUNTRY, Facet.ORGANISATION, Facet.OUTLET)
MOST_WORDS = 6  # of a search that are tried each by itself
LEAST_LETTERS = 4  # of a word that may be a misspelt name
LIKENESS = 0.75  # "Zelenski" to "Zelensky" is .88, "Putting" to "Putin" .83

_NAME = re.compile(r"[^\W\d_]+")


def ways_out(conn: Connection, filters: Filters) -> WaysOut:
    """What would be found without each limit of the filters, under each alone, and for a search put otherwise."""
    index = index_of(conn)
    choice = index.choice(conn, filters)
    limits = filters.limits()
    return WaysOut(
        limits=tuple(
            LimitCount(
                limit=limit,
                without=_number(choice.lifting(limit)),
                alone=_number(choice.lifting(*(other for other in limits if other != limit))),
            )
            for limit in limits
        ),
        respelt=_first_found(conn, index, filters, _respelt(_known_names.get(conn), filters.text)),
        any_word=_first_found(conn, index, filters, _any_word(filters.text)),
    )


def _first_found(conn: Connection, index: Index, filters: Filters, texts: Iterator[str]) -> CountedText | None:
    for text in texts:
        if count := _number(index.choice(conn, replace(filters, text=text)).mask):
            return CountedText(text=text, count=count)
    return None


def _number(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _any_word(text: str) -> Iterator[str]:
    search = parse_search(text)
    if isinstance(search, Words) and 1 < len(search.terms) <= MOST_WORDS:
        yield " OR ".join(f'"{term}"' if " " in term else term for term in search.terms)


def _respelt(known: Mapping[str, str], text: str) -> Iterator[str]:
    """The text with each word that is no known name as the known one that is most like it, if there is any."""
    words = [word for word in dict.fromkeys(_NAME.findall(text)) if len(word) >= LEAST_LETTERS][:MOST_WORDS]
    meant = {}
    for word in words:
        if (spelt := folded(word)) not in known and (like := _most_like(spelt, known)):
            meant[word] = known[like]
    if meant:
        yield _NAME.sub(lambda found: meant.get(found[0], found[0]), text)


def _most_like(word: str, known: Iterable[str]) -> str | None:
    """The known word most like it, of those that begin or end with its letter: to compare with all takes too long."""
    near = [each for each in known if each[0] == word[0] or each[-1] == word[-1]]
    return next(iter(get_close_matches(word, near, 1, LIKENESS)), None)


def _read_names(conn: Connection) -> Mapping[str, str]:
    """The words of all names by how a search has them."""
    facets = index_of(conn).facets
    labels = (label for facet in NAMED for label in facets[facet].labels)
    return {folded(name): name for label in labels for name in _NAME.findall(label) if len(name) >= LEAST_LETTERS}


_known_names = ByDatabase(_read_names)
