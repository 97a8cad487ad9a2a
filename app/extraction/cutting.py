"""Cuts phrases and clauses down to a headline's words: without articles, dates, asides and side clauses.

The words stay the text's, in their order, with its spaces between neighbours; people are called by the names given.
"""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from app.extraction.grammar import child, conjuncts

LONGEST_PHRASE = 11  # words of one phrase; beyond that its adjectives go
ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"})
TIMES = frozenset({"DATE", "TIME"})
TIME_LABELS = frozenset({"npadvmod", "nmod", "nummod", "tmod", "advmod", "compound", "poss"})
ASIDES = frozenset(
    {"according", "as", "despite", "amid", "after", "before", "since", "because", "until", "during", "following", "by"}
)
DANGLING = frozenset(
    {"in", "on", "at", "of", "from", "with", "to", "for", "by", "near", "and", "or", "instead", "under", "into"}
)
DESCRIBING = frozenset({"dismiss", "describe", "condemn", "denounce", "reject", "recognize", "label", "hail", "treat"})
MEASURES = frozenset({"number", "group", "dozen", "hundred", "thousand", "half", "most", "lot", "some", "majority"})
ADVERBS = frozenset({"together", "home", "back", "out", "away", "there"})
PASSING = frozenset({"also", "already", "still", "now", "then"})
JOINING = frozenset({"-", "\u2013", "$", "\u20ac", "\u00a3"})
IN_PHRASE = frozenset(
    {"compound", "amod", "nummod", "quantmod", "nmod", "poss", "case", "prep", "agent", "pobj", "neg", "advmod"}
)
AFTER_VERB = frozenset({"dobj", "obj", "dative", "attr", "acomp", "oprd", "prt", "prep", "agent", "xcomp"})
BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "nsubj", "nsubjpass"})
DEEPEST = 8

type Words = list[tuple[int, str]]  # what is kept: a token's index, and the words that stand for it
type Names = Mapping[int, str]  # what people and pronouns are called, by token


def phrase(top: Token, names: Names) -> Words:
    """The words of a noun phrase or of a preposition with its noun, in order."""
    words = sorted(_hyphened(set(_words(top, names, 0)), top.doc))
    if len(words) > LONGEST_PHRASE:
        words = [word for word in words if not _is_spare(top.doc[word[0]]) or _is_joined(word[0], top.doc)]
    while words and top.doc[words[0][0]].lower_ in ARTICLES:
        words.pop(0)
    return words


def clause(verb: Token, names: Names, trigger: Token) -> Words:
    """The words of an infinitive or a clause below the headline's verb.

    Where the trigger is coordinated with the verb, its words take the verb's place: "planning to overthrow the
    government" of "planning to seize the city and overthrow the government".
    """
    told = trigger if trigger in conjuncts(verb) else verb
    shares_to = told != verb and told.tag_ == "VB" and child(verb, "aux") is not None and child(told, "aux") is None
    words: Words = [(told.i, f"to {told.text}" if shares_to else told.text)]
    for part in told.children:
        if part.dep_ in BEFORE_VERB and part.i < told.i:
            words += phrase(part, names)
        elif part.i > told.i and part.dep_ == "xcomp":
            words += clause(part, names, trigger)
        elif part.i > told.i and part.dep_ in AFTER_VERB and part.lower_ not in ASIDES and _belongs(part):
            words += phrase(part, names)
    return sorted(words)


def after(verb: Token, names: Names, trigger: Token, *, whole: bool) -> Iterator[Words]:
    """What follows the headline's verb, a piece at a time in the order of the text.

    Its clause stays where the trigger is in it, or with `whole`.
    """
    for part in verb.children:
        holds = part == trigger or part.is_ancestor(trigger)
        if part.i < verb.i or not (holds or _belongs(part)):
            continue
        if part.dep_ == "xcomp" or (part.dep_ == "ccomp" and (holds or whole)) or (part.dep_ == "acl" and holds):
            yield clause(part, names, trigger)
        elif part.dep_ == "advmod" and part.lower_ not in PASSING:
            if part.lower_ in ADVERBS or verb.lemma_ == "be":
                yield [(part.i, part.text)]
        elif part.dep_ in AFTER_VERB and (holds or part.lower_ not in ASIDES or _is_needed(part, verb)):
            yield phrase(part, names)
            for below in part.children if part.dep_ == "acomp" else ():
                if below.dep_ == "xcomp":  # "was ready to pay"
                    yield clause(below, names, trigger)


def content(verb: Token, names: Names, trigger: Token) -> Words:
    """What completes a verb that nothing else does: "that it withdraw"; "for arms" of "the arms it had asked for"."""
    told = child(verb, "ccomp")
    if told is not None and told.i > verb.i:
        words = clause(told, names, told)
        return [(words[0][0], f"that {words[0][1]}"), *words[1:]] if child(told, "mark") is not None else words
    thing, prep = verb.head, next((c for c in verb.children if c.dep_ == "prep" and _is_stranded(c)), None)
    if verb.dep_ == "relcl" and prep is not None and thing.i < verb.i and trigger == verb:
        what = [word for word in phrase(thing, names) if word[0] <= thing.i]
        return [(prep.i, f"{prep.text} {text(what, thing.doc)}")]
    return []


def text(words: Words, doc: Doc) -> str:
    """The words as a string, with no preposition or conjunction left dangling at the end."""
    ordered = sorted(set(words))
    while ordered and ordered[-1][1].lower() in DANGLING and not _is_particle(doc[ordered[-1][0]]):
        ordered.pop()
    line = ""
    for n, (i, word) in enumerate(ordered):
        is_next = n + 1 < len(ordered) and ordered[n + 1][0] == i + 1
        line += word + (doc[i].whitespace_ if is_next else " ")
    return line.strip(" ,-")


def joined(line: str, words: Words, doc: Doc, longest: int) -> str:
    """The line with as many of the words as fit into `longest` characters, cut where a phrase begins."""
    ordered = sorted(set(words))
    first = doc[ordered[0][0]] if ordered else doc[0]
    if first.i and doc[first.i - 1].text == "," and f" {first.lower_} " in f"{line} ":
        line += ","  # "on banks, on generals": one of a row
    ends = [n for n, (i, _) in enumerate(ordered) if n and doc[i].dep_ in ("prep", "cc", "agent", "aux")]
    for end in (len(ordered), *reversed(ends)):
        piece = text(ordered[:end], doc)
        if piece and len(line) + 1 + len(piece) <= longest:
            return f"{line} {piece}".strip()
    return line.removesuffix(",")


def _words(token: Token, names: Names, depth: int) -> Iterator[tuple[int, str]]:
    somewhere = token.dep_ == "pobj" and token.head.lower_ in ("in", "near", "at") and token.i not in names
    if token.ent_type_ == "PERSON" and token.pos_ == "PROPN" and not somewhere:
        yield token.i, names.get(token.i, token.text)
        for part in token.children:
            if part.dep_ == "prep" and part.lower_ in ("in", "at", "on") and not _tells_when(part):
                yield from _words(part, names, depth + 1)
        yield from _coordinated(token, names, depth)
        return
    if token.pos_ == "PRON" and token.i in names:
        yield token.i, names[token.i]
        return
    if token.dep_ == "prep" and child(token, "pobj", "prep") is None:
        below = child(token, "pcomp")
        if below is not None and token.lower_ != "with" and not any(t.tag_.startswith("W") for t in below.subtree):
            yield token.i, token.text
            yield from clause(below, names, below)
        elif below is None and _is_particle(token):
            yield token.i, token.text
        return
    if token.lower_ not in ARTICLES or token.dep_ not in ("det", "poss"):
        yield token.i, token.text
    for part in token.children:
        if _stays(part) and depth < DEEPEST and not (part.dep_ == "advmod" and part.i > token.i):
            yield from _words(part, names, depth + 1)
    yield from _coordinated(token, names, depth)


def _stays(part: Token) -> bool:
    """Whether a part of a phrase belongs into a headline."""
    if part.tag_.startswith("W") or (part.dep_ == "poss" and part.pos_ == "PRON"):
        return False
    if part.dep_ == "punct":
        return part.text in JOINING
    if part.dep_ == "det":
        return part.lower_ not in ARTICLES
    if part.dep_ == "prep" and part.lower_ in ASIDES - {"by"}:
        return part.lower_ == "as" and part.head.dep_ == "dobj" and part.head.head.lemma_ in DESCRIBING
    if part.dep_ == "advmod" and part.head.pos_ in ("NOUN", "PROPN"):
        return False  # "exactly the troops"
    return part.dep_ in IN_PHRASE and not _tells_when(part)


def _coordinated(token: Token, names: Names, depth: int) -> Iterator[tuple[int, str]]:
    """The words coordinated with one, with their commas and conjunction, unless they are verbs."""
    other = child(token, "conj")
    if other is None or other.pos_ in ("VERB", "AUX") or depth > DEEPEST:
        return
    for part in token.children:
        if (part.dep_ == "cc" or part.text == ",") and token.i < part.i < other.i:
            yield part.i, part.text
    before = token.doc[other.left_edge.i - 1]
    if before.text == ",":
        yield before.i, before.text
    yield from _words(other, names, depth + 1)


def _hyphened(words: set[tuple[int, str]], doc: Doc) -> set[tuple[int, str]]:
    """The words with the other parts of those that hyphens join: "large-scale", "Russia-led"."""
    kept = {i for i, _ in words}
    for i in sorted(kept):
        for hyphen, other in ((i - 1, i - 2), (i + 1, i + 2)):
            first = min(i, other)
            if first < 0 or max(i, other) >= len(doc) or doc[hyphen].text != "-":
                continue
            if not doc[first].whitespace_ and not doc[hyphen].whitespace_:
                words |= {(j, doc[j].text) for j in (hyphen, other) if j not in kept}
    return words


def _is_joined(i: int, doc: Doc) -> bool:
    return any(0 <= j < len(doc) and doc[j].text == "-" for j in (i - 1, i + 1))


def _is_spare(token: Token) -> bool:
    return token.dep_ in ("amod", "advmod") and not token.ent_type_ and not token.like_num


def _belongs(part: Token) -> bool:
    """Whether a part behind the verb completes it: not a time, an apposition behind a comma, the rest of a compound."""
    before = part.doc[part.left_edge.i - 1] if part.left_edge.i else part
    if part.dep_ in ("dobj", "obj", "oprd", "attr") and (before.text == "," or part.doc[part.i - 1].text == "-"):
        return any(c.dep_ in ("compound", "amod") and c.i == part.i - 2 for c in part.children)
    return not _tells_when(part)


def _is_needed(part: Token, verb: Token) -> bool:
    return part.dep_ == "agent" or (part.lower_ == "as" and verb.lemma_ in DESCRIBING)


def _is_stranded(prep: Token) -> bool:
    """Whether a preposition stands without its noun, or with a relative pronoun for it."""
    return all(c.tag_ in ("WDT", "WP", "IN") for c in prep.children)


def _is_particle(token: Token) -> bool:
    """Whether a word like "on" belongs to its verb: "go on", "asked for"."""
    return token.dep_ == "prt" or (token.dep_ == "prep" and not list(token.children))


def _tells_when(part: Token) -> bool:
    """Whether a phrase tells only when."""
    if part.ent_type_ in TIMES and part.dep_ in TIME_LABELS:
        return True
    inside = child(part, "pobj") if part.dep_ == "prep" else None
    return inside is not None and inside.ent_type_ in TIMES
