"""Names in the text: known people, bodies and countries, and noun phrases read as title, role, country and name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.knowledge import Knowledge
from app.knowledge.names import KnownName, NameKind

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "m.d.", "phd"})
COUNTED = frozenset(
    {
        "a",
        "an",
        "the",
        "some",
        "several",
        "many",
        "two",
        "three",
        "four",
        "other",
        "another",
        "one",
        "both",
        "all",
        "most",
    }
    | {"few", "these", "those", "this", "that", "various", "certain", "any", "every", "each", "even"}
)
PREFIXES = frozenset({"pro", "anti", "non", "ex", "post", "pre"})
JOINED_BY = frozenset({"of", "for", "to", "at", "in", "from", "with", "on"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A known name in the text: tokens from start to end."""

    start: int
    end: int
    known: KnownName


def known_names(doc: Doc, text: str, knowledge: Knowledge) -> list[NameSpan]:
    """Every name of the knowledge files in the text of the Doc, in order."""
    starts: list[int] = doc.to_array("IDX").tolist()
    found = []
    at = 0
    for start, end, known in knowledge.names.find(text):
        while at + 1 < len(starts) and starts[at + 1] <= start:
            at += 1
        stop = at
        while stop < len(doc) and starts[stop] < end:
            stop += 1
        if starts[at] != start and doc[at].text[start - starts[at] - 1].isalnum():
            continue
        if is_prefixed(doc[at]):
            continue
        found.append(NameSpan(at, stop, known))
    return found


def is_prefixed(token: Token) -> bool:
    """True of a name that a prefix turns away from what it names: "pro-Russian", "anti-Iranian"."""
    doc, at = token.doc, token.i
    return at > 1 and doc[at - 1].text == "-" and not doc[at - 2].whitespace_ and doc[at - 2].lower_ in PREFIXES


def text_of(tokens: Iterable[Token]) -> str:
    """The tokens' text as in the article, without the space after it."""
    return "".join(token.text_with_ws for token in tokens).strip()


def joined_names(names: Sequence[str]) -> str:
    """The names as a list in words: "Norway, Sweden and Denmark"."""
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]


def surname(name: str) -> str:
    """The last word of a person's name, without Jr. and the like."""
    parts = name.replace(",", "").split()
    while len(parts) > 1 and parts[-1].lower() in SUFFIXES:
        parts.pop()
    return parts[-1] if parts else name


def phrase_start(head: Token) -> int:
    """The first token of the noun phrase of the head: its left dependents, cut at a comma, dash, quote mark or verb."""
    start = head.i
    edge = head.left_edge.i
    while start > edge:
        before = head.doc[start - 1]
        if before.dep_ == "punct" and before.text not in ("-", "–", "’", "'", "."):
            break
        if before.pos_ in ("VERB", "AUX") and before.dep_ not in ("amod", "compound", "nmod"):
            break
        if before.dep_ in ("cc", "mark", "preconj", "predet") and before.head.i >= head.i:
            break
        if before.pos_ == "SCONJ" or (before.pos_ == "ADV" and before.head.i == head.i):
            break
        start -= 1
    return start


def phrase_end(head: Token) -> int:
    """The end (exclusive) of the head's noun phrase with the prepositional phrases that follow it without a comma."""
    doc, end = head.doc, head.i + 1
    while end < len(doc):
        token = doc[end]
        if token.head.i == head.i and token.dep_ == "prep" and token.lower_ in JOINED_BY:
            inner = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is None or inner.pos_ not in ("NOUN", "PROPN") or inner.ent_type_ in ("DATE", "TIME"):
                break
            end = phrase_end(inner)
        elif token.head.i == head.i and token.dep_ == "amod" and token.pos_ == "ADJ" and token.right_edge.i > token.i:
            if doc[token.right_edge.i].is_punct or token.right_edge.i - token.i > 8:
                break
            end = token.right_edge.i + 1  # "sources familiar with the matter"
        else:
            break
    return end


def _after_age(doc: Doc, start: int, end: int) -> int | None:
    """The token after an age: "26-year-old"; None where none stands at the start."""
    words = [token.lower_ for token in doc[start + 1 : min(start + 5, end)]]
    return start + 5 if words == ["-", "year", "-", "old"] else None


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase without a person's name, read: canonical wording, country, and its content words in lower case.

    `title` is the wording without country and article, as an office's title is written.
    """

    name: str
    title: str
    country: str | None
    words: frozenset[str]
    definite: bool


def describe(doc: Doc, start: int, end: int, head: Token, spans: Iterable[NameSpan]) -> Description:
    """Read the tokens from start to end, a noun phrase with that head, as the description of an actor.

    "Ukraine's defence ministry" is named "Ukrainian Defense Ministry", "the US officials" "U.S. officials".
    """
    inside = [span for span in spans if span.start >= start and span.end <= end]
    while start < head.i and (doc[start].lower_ in COUNTED or doc[start].pos_ == "DET" or doc[start].like_num):
        if (after_age := _after_age(doc, start, head.i)) is None and doc[start + 1].text == "-":
            break  # "nine-member", "two-nation"
        start = after_age or start + 1
    if start + 1 < head.i and doc[start].lower_ in ("country", "nation") and doc[start + 1].tag_ == "POS":
        start += 2  # "the country's Interior Ministry"
    definite = start > 0 and doc[start - 1].lower_ in ("the", "this", "that", "these", "those")
    parts: list[str] = []
    title: list[str] = []
    country = None
    at = start
    while at < end:
        span = next((s for s in inside if s.start == at), None)
        token = doc[at]
        if span is not None and at <= head.i and span.end <= head.i + 1 and span.known.country is not None:
            country = country or span.known.code
            parts.append(span.known.country.label if span.known.kind is not NameKind.CAPITAL else span.known.name)
            at = span.end
            if at < end and doc[at].tag_ == "POS":
                at += 1
            continue
        if span is not None:
            country = country or (
                span.known.code if span.start < head.i or doc[span.start - 1].lower_ in ("of", "for") else None
            )
        if token.tag_ == "POS":
            if parts:
                parts[-1] += token.text
            if title:
                title[-1] += token.text
            at += 1
            continue
        glue = at > start and not doc[at - 1].whitespace_ and parts and doc[at - 1].tag_ != "POS"
        word = token.text
        if token.lower_ in ("the", "a", "an", "its", "his", "her", "their", "our") and at == start:
            at += 1
            continue
        if glue and (title or span is None):
            parts[-1] += word
            if title:
                title[-1] += word
            else:
                title.append(word)
        else:
            parts.append(word)
            title.append(word)
        at += 1
    first = doc[start]
    if (
        len(parts) > 1
        and first.is_sent_start
        and first.pos_ in ("ADJ", "NOUN", "VERB")
        and not first.ent_type_
        and not parts[0].isupper()
    ) and not any(s.start == start for s in inside):
        parts[0] = parts[0][0].lower() + parts[0][1:]  # the capital of a sentence's first word
    words = frozenset(
        t.lemma_.lower() if t.pos_ == "NOUN" else t.lower_
        for t in doc[start:end]
        if t.pos_ in ("NOUN", "PROPN", "ADJ") and not any(s.start <= t.i < s.end and s.known.country for s in inside)
    )
    return Description(" ".join(parts), " ".join(title), country, words, definite)
