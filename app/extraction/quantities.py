"""How many: numbers with their qualifiers, as the result format writes them."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from app.extraction.grammar import child, children
from app.knowledge.forces import Forces

UNITS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"  # noqa: SIM905
        " seventeen eighteen nineteen".split()
    )
} | {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # noqa: SIM905
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
GLUE = frozenset(
    {"so", "-", "called", "so-called", "the", "an", "a", "additional", "extra", "further", "other", "new", "more"}
)
LONGEST_QUALIFIER = 4
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things as the result format writes it (`>130000`), with its bounds where it is a number."""

    text: str
    low: int | None = None
    high: int | None = None


def read_quantity(noun: Token, known: Forces) -> Quantity | None:
    """The number that counts the noun: before it, in "thousands of troops", or behind it in "an army of 5,000"."""
    for number in children(noun, "nummod"):
        found = _number(number, known)
        if found is not None:
            return found
    for word in (noun, *children(noun, "amod", "det", "quantmod", "nmod", "compound")):
        found = _vague(word, known)
        if found is not None:
            return found
    if noun.pos_ == "NUM" or noun.like_num:
        return _number(noun, known)
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    if inner is not None and inner.pos_ == "NUM":
        return _number(inner, known)
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head != head:
        counter = head.head
        if counter.pos_ in ("NOUN", "NUM", "PRON", "DET", "ADJ"):
            return _vague(counter, known) or (
                _number(counter, known) if counter.pos_ == "NUM" and counter.like_num else None
            )
    return None


def _number(token: Token, known: Forces) -> Quantity | None:
    """A number, its range and its qualifier."""
    doc, at = token.doc, token.i
    first = at
    while (
        first > token.sent.start
        and doc[first - 1].pos_ == "NUM"
        and doc[first - 1].head in (token, doc[first - 1].head)
    ):
        if doc[first - 1].dep_ not in ("compound", "nummod", "quantmod"):
            break
        first -= 1
    if first >= token.sent.start + 2 and doc[first - 1].text == "-" and doc[first - 2].lower_ in UNITS:
        first -= 2  # "eighty-three" in three tokens
    text = [t.lower_ for t in doc[first : at + 1] if t.text != "-"]
    value = number_value(text)
    if value is None:
        return None
    before = [t.lower_ for t in doc[max(token.sent.start, first - LONGEST_QUALIFIER - 2) : first]]
    if before[-1:] in (["to"], ["and"], ["-"], ["–"], ["or"]) and first >= 2:
        low = number_value([doc[first - 2].lower_])
        if low is not None and low < value:
            return Quantity(f"{low}-{value}", low, value)
    upper = child(token, "conj")
    top = number_value([upper.lower_]) if upper is not None and upper.pos_ == "NUM" else None
    if top is not None and top > value:
        return Quantity(f"{value}-{top}", value, top)
    following = doc[at + 1].lower_ if at + 1 < len(doc) else ""
    if following in ("%", "percent", "per") or doc[at].text.endswith("%"):
        return Quantity(f"{value}%")
    sign = _sign(before, known)
    return signed(sign, value)


def signed(sign: str, value: int) -> Quantity:
    """The quantity for a sign of the result format and a number; an approximate one is bounded by the number itself."""
    match sign:
        case ">":
            return Quantity(f">{value}", value + 1, None)
        case ">=":
            return Quantity(f">={value}", value, None)
        case "<=":
            return Quantity(f"<={value}", None, value)
        case _:
            return Quantity(f"{sign}{value}", value, value)


def _sign(before: list[str], known: Forces) -> str:
    while (
        before
        and before[-1] in GLUE
        and tuple(before[-2:]) not in known.qualifiers
        and tuple(before[-1:]) not in known.qualifiers
    ):
        before = before[:-1]
    for length in range(LONGEST_QUALIFIER, 0, -1):
        sign = known.qualifiers.get(tuple(before[-length:])) if len(before) >= length else None
        if sign is not None:
            return sign
    return ""


def number_value(words: list[str]) -> int | None:
    """The whole number that the words spell ("130,000", "two dozen", "1.5 million"), or None."""
    total = current = 0.0
    seen = False
    for word in (part for w in words for part in w.split("-")):
        digits = DIGITS.match(word)
        if digits:
            current, seen = current + float(digits.group().replace(",", "")), True
        elif word in UNITS:
            current, seen = current + UNITS[word], True
        elif word in SCALES:
            current, seen = (current or 1) * SCALES[word], True
            if SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word not in ("and", "a", "strong", "%", ""):
            return None
    value = total + current
    return int(value) if seen and 0 < value <= LARGEST else None


def _vague(word: Token, known: Forces) -> Quantity | None:
    lower = word.lower_
    if lower in known.fractions:
        return Quantity(f"~{known.fractions[lower]}%")
    if word.i >= 2 and word.nbor(-1).lower_ == "of":
        outer = f"{word.nbor(-2).lower_} of {lower}"
        if outer in known.vague:
            return Quantity(known.vague[outer])
    around = word.doc[word.i : word.i + 3].text.lower()
    for phrase in (around, lower):
        if phrase in known.vague:
            return Quantity(known.vague[phrase])
    return None
