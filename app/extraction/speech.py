"""Cues of speech: the verbs that report what somebody said, with whom they make the speaker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from app.domain.vocabulary import Polarity
from app.extraction.findings import QuotedSpan
from app.extraction.grammar import (
    RELATIVES,
    SUBJECTS,
    agent_of,
    child,
    children,
    first_conjunct,
    having,
    is_negated,
    misread_subject,
    subject_of,
)
from app.knowledge import Knowledge
from app.knowledge.report_verbs import ReportVerb

UNREAL = frozenset({"could", "should", "would", "might", "may", "can", "must"})
SAID_AFTER = frozenset(
    {"continue", "begin", "start", "go", "proceed", "keep", "lead", "prompt", "cause", "repeat", "appear", "seem"}
)
SAID_BY_MEANS_OF = frozenset({"use", "take", "go", "write", "issue", "rush", "step"})
NOBODY = frozenset({"i", "we", "you", "me", "us"})


def is_nobody(token: Token) -> bool:
    """Whether the token is a pronoun of the first or second person, which the narrator's text leaves unnamed."""
    return (token.lower_ in NOBODY and not token.text.isupper()) or token.text == "I"


class Form(StrEnum):
    """The construction in which a statement stands; confidence rests on it."""

    QUOTE_WITH_CUE = "quote with cue"
    QUOTE_CARRIED = "quote carried over"
    QUOTE_NEIGHBOUR = "quote of the paragraph before"
    CLAUSE = "clause"
    FRONTED = "fronted clause"
    ACCORDING = "according to"
    INFINITIVE = "infinitive"
    OBJECT = "object"
    PREPOSITION = "preposition"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in use: the verb, its subject (None where the sentence names none), and its entry."""

    verb: Token
    subject: Token | None
    entry: ReportVerb


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch of tokens reported as said: `source` is the head of the speaker's phrase, `cue` the reporting word."""

    start: int
    end: int
    cue: Token
    source: Token | None
    polarity: Polarity
    form: Form
    quote: QuotedSpan | None = None
    entry: ReportVerb | None = None


def find_cues(doc: Doc, in_quote: Sequence[bool], knowledge: Knowledge) -> list[Cue]:
    """Every reporting verb outside quote marks that tells of real speech, in order."""
    verbs = knowledge.report_verbs.verbs
    found = []
    for i in having(doc, "LEMMA", verbs):
        if in_quote[i]:
            continue
        token = doc[i]
        if token.pos_ == "NOUN" and (subject := misread_subject(token)) is not None:
            entry = verbs.get(token.lemma_.lower())
            if entry is not None and "clause" in entry.takes:
                found.append(Cue(token, subject, entry))
            continue
        if token.pos_ not in ("VERB", "AUX"):
            continue
        entry = verbs.get(token.lemma_.lower())
        if entry is None or token.dep_ in ("amod", "compound", "aux", "auxpass", "nmod"):
            continue
        if "object-complement" in entry.takes and _only_names(token):
            continue
        if _unreal(token) or any(c.lower_ == "what" and c.i < i for c in token.children):
            continue
        subject = _speaker(token, verbs)
        if subject is not None and (is_nobody(subject) or subject.i == token.i or subject.lower_ in RELATIVES):
            continue
        found.append(Cue(token, subject, entry))
    return found


def _only_names(verb: Token) -> bool:
    """Whether the verb gives a thing's name, and nobody's view of it: "a group called Open Harbours"."""
    passive = verb.tag_ == "VBN" and child(verb, "aux", "nsubj") is None
    return passive and agent_of(verb) is None


def _unreal(verb: Token) -> bool:
    if is_negated(verb):
        return True
    for part in verb.children:
        if part.dep_ == "aux" and part.lower_ in UNREAL:
            return True
        if part.dep_ == "mark" and part.lower_ in ("if", "unless"):
            return True
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and child(verb, "aux", *SUBJECTS) is None:
        return True  # "Tell them it is late"
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True  # "it goes without saying"
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl", "acl", "relcl", "ccomp", "pcomp"):
        above = verb.head.lemma_.lower()
        if verb.dep_ in ("xcomp", "advcl") and above in SAID_BY_MEANS_OF and verb.left_edge.lower_ == "to":
            return _unreal(verb.head) or any(c.lower_ in ("will", "'ll", "’ll", "to") for c in verb.head.children)
        return verb.dep_ not in ("xcomp", "ccomp") or above not in SAID_AFTER
    return False


def _speaker(verb: Token, verbs: Mapping[str, ReportVerb]) -> Token | None:
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        return agent_of(verb)
    own = children(verb, "nsubj", "csubj")
    if own and own[-1].lower_ not in RELATIVES:
        if own[-1].lower_ in ("all", "both", "each"):  # "with Norway and Sweden both warning of delays"
            several = first_conjunct(verb.doc[own[-1].i - 1])
            if several.dep_ == "pobj" and several.head.lower_ == "with":
                return several
        return own[-1]  # of two the name: "the captain of the ship, Kari Solberg, said"
    if verb.tag_ == "VBN" and child(verb, "aux") is None and verb.dep_ not in ("conj", "ROOT"):
        return agent_of(verb)
    outer = verb.head
    if verb.tag_ == "VB" and verb.dep_ == "xcomp" and outer.lemma_.lower() in SAID_BY_MEANS_OF:
        return subject_of(outer)  # "she used her speech to call for..."
    while verb.dep_ in ("conj", "advcl") and outer.dep_ in ("conj", "ccomp", "xcomp") and outer.head.i != outer.i:
        if outer.dep_ == "ccomp":  # "the bank said it was ready and promised loans": the bank promised
            above = outer.head
            if above.lemma_.lower() in verbs and (verb.tag_ == above.tag_ or verb.dep_ == "advcl"):
                return _speaker(above, verbs)
            break
        outer = outer.head
    subject = subject_of(verb)
    if subject is not None and verb.dep_ == "relcl" and subject.dep_ == "attr" and subject.head.lemma_ == "be":
        return subject_of(subject.head)  # "Solberg is the only one who has promised"
    return subject
