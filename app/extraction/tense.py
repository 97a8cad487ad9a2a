"""The finite verb of a clause and its tense, which tell whether a thing is news, background or still to come."""

from enum import Enum

from spacy.tokens import Token

from app.extraction.grammar import clause_verb, first_conjunct

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Tense(Enum):
    """The tense of a clause, as far as it tells when."""

    PAST = "past"
    PLUPERFECT = "pluperfect"
    PERFECT = "perfect"
    PRESENT = "present"
    MODAL = "modal"
    NONE = "none"


def finite_verb(token: Token) -> Token:
    """The finite verb above the token, through nouns, participles and infinitives; the topmost where none is finite."""
    verb: Token = clause_verb(token)
    for _ in range(8):
        if verb.tag_ in _FINITE or any(c.tag_ in _FINITE for c in _auxiliaries(verb)) or verb.head == verb:
            return verb
        verb = clause_verb(verb.head)
    return verb


def tense_of(verb: Token) -> Tense:
    """The tense of the verb with its auxiliaries, or those of the verb that it is coordinated with."""
    auxiliaries = _auxiliaries(verb)
    tags, words = {c.tag_ for c in auxiliaries}, {c.lower_ for c in auxiliaries}
    if "MD" in tags:
        return Tense.MODAL
    if words & {"has", "have", "'ve", "’ve"}:
        return Tense.PERFECT
    if words & {"had", "'d", "’d"} and verb.tag_ == "VBN":
        return Tense.PLUPERFECT
    if "VBD" in tags or verb.tag_ == "VBD":
        return Tense.PAST
    if tags & {"VBZ", "VBP"} or verb.tag_ in ("VBZ", "VBP"):
        return Tense.PRESENT
    if verb.dep_ == "conj":
        return tense_of(first_conjunct(verb))
    return Tense.PAST if verb.tag_ == "VBN" else Tense.NONE


def verb_words(verb: Token) -> str:
    """The verb with its auxiliaries, as the text has them: "has massed"."""
    return " ".join(t.text for t in [*(c for c in _auxiliaries(verb) if c.i < verb.i), verb])


def saying_above(verb: Token) -> Token | None:
    """The verb in whose content the verb stands: "said" of "said that it fired"; None in the author's own clause."""
    while verb.head != verb:
        if verb.dep_ == "ccomp":
            return verb.head
        verb = verb.head
    return None


def preceding(noun: Token) -> Token | None:
    """The word that puts a noun's happening before what its clause tells: "following an appeal", "in the wake of a
    summit"."""
    at = noun
    while at.head != at:
        at = at.head
        if at.lower_ in ("following", "since", "wake", "aftermath"):
            return at
        if at.pos_ in ("VERB", "AUX"):
            return None
    return None


def _auxiliaries(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
