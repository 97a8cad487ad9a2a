"""Numbers of forces that stand apart from their noun: "put the figure at 5,000", "a strength of 5,000"."""

from collections.abc import Iterator

from spacy.tokens import Token

from app.extraction.forces import country_in, force_at
from app.extraction.grammar import child, children, objects_of, prepositions_of, subject_of
from app.extraction.parties import Parties
from app.extraction.quantities import Quantity, read_quantity
from app.knowledge.forces import Forces

ANTECEDENT_SENTENCES = 2  # how far behind the forces may stand that "the figure" counts
STATING = frozenset({"stand", "remain", "put", "place", "estimate", "set", "be", "reach", "have"})
UNCOUNTED = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"})


def is_bare_number(token: Token) -> bool:
    """True of a number that counts no noun of its own, and is no date, money or share."""
    if not (token.pos_ == "NUM" and token.like_num) or token.ent_type_ in UNCOUNTED or token.dep_ == "nummod":
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    before = token.doc[token.i - 1] if token.i else token
    return after.lower_ not in ("%", "percent", "per") and before.text not in ("$", "€", "£")


def told_number(predicate: Token, known: Forces) -> Quantity | None:
    """The number that the verb tells of its forces: "heading for a strength of 5,000", "enlarge them by 5,000"."""
    if predicate.pos_ not in ("VERB", "AUX"):
        return None
    for noun in (*objects_of(predicate), *(noun for _, noun in prepositions_of(predicate))):
        if noun.lemma_ in known.strengths | known.counts and (number := _number_of(noun)) is not None:
            return read_quantity(number, known)
    for prep in children(predicate, "prep"):
        if prep.lower_ == "at" and predicate.lemma_ in known.report_verbs | STATING:
            number = child(prep, "pobj")
            if number is not None and is_bare_number(number):
                return read_quantity(number, known)
        if prep.lower_ == "by":
            number = next((t for t in prep.subtree if t.pos_ == "NUM"), None)
            after = number.doc[number.i + 1] if number is not None and number.i + 1 < len(number.doc) else None
            if number is not None and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ", "SYM")):
                return read_quantity(number, known)
    return None


def measured(noun: Token, known: Forces) -> tuple[Token, Token] | None:
    """The number that the measure noun has, and the word that tells it; None where it has none or counts other things.

    "put the figure at 5,000": 5,000 and "put"; "a strength of 5,000": 5,000 and the verb that has it.
    """
    if noun.lemma_ not in known.strengths | known.counts or noun.pos_ != "NOUN":
        return None
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = noun.head.head
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    number = _number_of(noun)
    if number is not None:
        return number, verb
    if any(prep.lower_ in ("of", "for") for prep, _ in prepositions_of(noun)) or noun.dep_ == "pobj":
        return None
    if verb.lemma_ not in STATING:
        return None
    for number in _stated(verb):
        if is_bare_number(number):
            return number, verb
    return None


def counted_before(noun: Token, paragraph_start: int, parties: Parties, known: Forces) -> Token | None:
    """The forces that a bare measure or number counts: the nearest force noun before it, a sentence or two behind."""
    doc, sentences, start = noun.doc, 0, noun.sent.start
    for i in range(noun.i - 1, paragraph_start - 1, -1):
        if i < start:
            sentences, start = sentences + 1, doc[i].sent.start
            if sentences > ANTECEDENT_SENTENCES:
                return None
        if doc[i].pos_ in ("NOUN", "PROPN") and force_at(doc[i], parties, known) is not None:
            return doc[i]
    return None


def owner_before(noun: Token, paragraph_start: int, parties: Parties, known: Forces) -> str | None:
    """The country of the nearest forces before the noun in its paragraph that name one."""
    doc = noun.doc
    for i in range(noun.i - 1, paragraph_start - 1, -1):
        if doc[i].pos_ in ("NOUN", "PROPN") and force_at(doc[i], parties, known) is not None:
            country = country_in(doc[i], parties)
            if country:
                return country
    return None


def subject_force(noun: Token, verb: Token, parties: Parties, known: Forces) -> Token | None:
    """The forces whose the measure is: the subject of "has a size of 5,000"."""
    subject = subject_of(verb)
    if subject is None or subject == noun:
        return None
    return subject if force_at(subject, parties, known) is not None else None


def _number_of(noun: Token) -> Token | None:
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    number = child(of, "pobj") if of is not None else None
    return number if number is not None and is_bare_number(number) else None


def _stated(verb: Token) -> Iterator[Token]:
    yield from (number for prep, number in prepositions_of(verb) if prep.lower_ == "at")
    if verb.lemma_ in ("be", "reach"):
        yield from children(verb, "attr", "dobj")
