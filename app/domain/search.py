"""A reader's search as a tree: words, "quoted phrases", AND, OR, NOT and parentheses; any text is a search.

Words side by side must all be there; NOT binds closest, then AND, then OR. Operators are in capitals. What makes no
sense, such as an operator with nothing beside it or a lone parenthesis, is passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_SEARCH_TEXT = 20_000  # characters an item; PostgreSQL's index takes a megabyte at most
MAX_QUERY_TEXT = 500
MAX_TOKENS = 60

_TOKEN = re.compile(r'"([^"]*)"?|([()])|([^\s"()]+)')
_PHRASE = re.compile(r'("[^"]*"?)')
_SMALL = re.compile(r"(?<=\s)(?:and|or|not)(?=\s)")
_QUOTE_MARKS = str.maketrans("“”„«»", '"""""')
_POSSESSIVE = re.compile(r"['’]s\b")
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words and phrases that must all be there, none twice; a phrase is words with one space between them."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All of these must hold."""

    parts: tuple["Search", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these must hold."""

    parts: tuple["Search", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """This must not hold."""

    part: "Search"


type Search = Words | Both | Either | Without


def folded(*texts: str | None) -> str:
    """The texts as words in lower case without accents and possessive endings, with one space between them."""
    joined = unicodedata.normalize("NFKD", " ".join(text for text in texts if text)[:MAX_SEARCH_TEXT])
    plain = "".join(character for character in joined if not unicodedata.combining(character))
    return _NOT_A_WORD.sub(" ", _POSSESSIVE.sub("", plain.casefold())).strip()


def parse_search(text: str) -> Search | None:
    """The search that a text asks for; None where there is no word in it. Never fails."""
    return _Parser(list(_tokens(text))[:MAX_TOKENS]).either(is_inner=False)


class Slip(StrEnum):
    """What in a search is perhaps not meant as it is read."""

    NO_WORD = "no word"
    OPEN_QUOTE = "open quote"
    LONE_PARENTHESIS = "lone parenthesis"
    LONE_OPERATOR = "lone operator"
    SMALL_OPERATOR = "small operator"


def slips(text: str) -> tuple[Slip, ...]:
    """What to tell the reader of a search about how it was read; nothing where all is as written."""
    if not text.strip():
        return ()
    if parse_search(text) is None:
        return (Slip.NO_WORD,)
    plain = text.translate(_QUOTE_MARKS)
    signs = [token.text if isinstance(token, _Sign) else "" for token in _tokens(text)]
    found = {
        Slip.OPEN_QUOTE: plain.count('"') % 2 == 1,
        Slip.LONE_PARENTHESIS: _has_lone_parenthesis(signs),
        Slip.LONE_OPERATOR: any(map(_is_lone, ["(", *signs], signs, [*signs[1:], ")"])),
        Slip.SMALL_OPERATOR: with_operators(text) != plain,
    }
    return tuple(slip for slip, is_so in found.items() if is_so)


def with_operators(text: str) -> str:
    """The search with "and", "or" and "not" between words in capitals, as operators are; not within quotation marks."""
    parts = _PHRASE.split(text.translate(_QUOTE_MARKS))
    return "".join(part if part.startswith('"') else _SMALL.sub(lambda found: found[0].upper(), part) for part in parts)


def _has_lone_parenthesis(signs: Iterable[str]) -> bool:
    depth = 0
    for sign in signs:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return True
    return depth > 0


def _is_lone(before: str, sign: str, after: str) -> bool:
    """Whether a sign is an operator without a word on a side where it needs one."""
    if sign in {"AND", "OR"} and before in {"(", "AND", "OR", "NOT"}:
        return True
    return sign in {"AND", "OR", "NOT"} and after in {")", "AND", "OR"}


def shown_terms(search: Search | None) -> tuple[str, ...]:
    """The words and phrases that found items hold, without those that they must not hold."""
    match search:
        case Words(terms):
            return terms
        case Both(parts) | Either(parts):
            return tuple(dict.fromkeys(term for part in parts for term in shown_terms(part)))
    return ()


@dataclass(frozen=True, slots=True)
class _Sign:
    """AND, OR, NOT or a parenthesis."""

    text: str


def _tokens(text: str) -> Iterator[_Sign | str]:
    for phrase, parenthesis, word in _TOKEN.findall(text[:MAX_QUERY_TEXT].translate(_QUOTE_MARKS)):
        if parenthesis or word in {"AND", "OR", "NOT"}:
            yield _Sign(parenthesis or word)
        elif term := folded(phrase or word):
            yield term


class _Parser:
    """Reads the tokens from left to right, one method a level; each gives None where it finds nothing."""

    def __init__(self, tokens: list[_Sign | str]) -> None:
        self._tokens, self._at = tokens, 0

    def either(self, *, is_inner: bool) -> Search | None:
        found = [self._both(is_inner=is_inner)]
        while self._passes("OR"):
            found.append(self._both(is_inner=is_inner))
        parts = tuple(part for part in found if part)
        return Either(parts) if len(parts) > 1 else next(iter(parts), None)

    def _both(self, *, is_inner: bool) -> Search | None:
        terms: dict[str, None] = {}
        others = []
        while self._at < len(self._tokens) and self._tokens[self._at] != _Sign("OR"):
            if self._tokens[self._at] == _Sign(")") and is_inner:
                break
            match self._one():
                case Words(more):
                    terms.update(dict.fromkeys(more))
                case None:
                    pass
                case other:
                    others.append(other)
        parts = (*([Words(tuple(terms))] if terms else []), *others)
        return Both(parts) if len(parts) > 1 else next(iter(parts), None)

    def _one(self) -> Search | None:
        token = self._tokens[self._at]
        self._at += 1
        if isinstance(token, str):
            return Words((token,))
        if token.text == "NOT" and self._at < len(self._tokens) and self._tokens[self._at] not in _ENDS:
            part = self._one()
            return Without(part) if part else None
        if token.text == "(":
            inner = self.either(is_inner=True)
            self._passes(")")
            return inner
        return None

    def _passes(self, sign: str) -> bool:
        is_there = self._at < len(self._tokens) and self._tokens[self._at] == _Sign(sign)
        self._at += is_there
        return is_there


_ENDS = (_Sign("OR"), _Sign("AND"), _Sign(")"))
