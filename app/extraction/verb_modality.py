"""What a verb, its auxiliaries and the words that govern its clause say of whether a thing happened."""

from spacy.tokens import Token

from app.domain.vocabulary import Modality
from app.extraction.climb import Climb, noun_intent
from app.extraction.grammar import auxiliaries, child, children, is_negated
from app.extraction.verb_phrases import phrase_of

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MIGHT = frozenset({"can", "could", "may", "might", "ca"})
OUGHT = frozenset({"must", "should", "ought"})
QUESTIONS = frozenset({"where", "how", "why", "when"})


def read_verb(state: Climb, verb: Token) -> Token | None:
    """Read a verb with its auxiliaries and what its clause hangs on; the next verb or noun to read, or None."""
    read_auxiliaries(state, verb)
    if verb.dep_ == "ccomp" and any(
        (c.lower_ in QUESTIONS and c.dep_ in ("advmod", "nsubj", "dobj"))
        or c.left_edge.lower_ in ("where", "how", "why")
        for c in verb.children
    ):
        state.conditional = True  # "where the troops were deployed"
    if verb.dep_ in ("csubj", "csubjpass"):
        state.wished = True  # "sending troops was not on the table"
    subject = verb.head if verb.dep_ in ("acl", "relcl") else child(verb, "nsubj", "nsubjpass")
    if subject is not None and any(c.lower_ == "any" for c in subject.children):
        state.conditional = True  # "any unit that crosses the border"
    return read_above(state, verb)


def read_auxiliaries(state: Climb, verb: Token) -> None:
    """Read the verb's own auxiliaries, adverbs and negation."""
    future = might = False
    for aux in auxiliaries(verb):
        word = aux.lower_
        if word in FUTURE:
            future = True
        elif word in ("would", "'d", "’d") and aux.tag_ == "MD":
            if any(c.dep_ == "advcl" and is_condition(c) for c in verb.children):
                might = True
            else:
                future = True
        elif word in MIGHT or word in OUGHT:
            might = True
            state.wished = state.wished or word in OUGHT
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ == "going" for c in verb.children):
        future = True
    if verb.lemma_ == "be" and any(c.tag_ == "VB" and child(c, "aux") is not None for c in children(verb, "xcomp")):
        future = True  # "talks are to follow"
    for adverb in verb.children:
        if adverb.dep_ == "advmod":
            if adverb.lower_ in state.words.modality.possible_adverbs:
                might = True
            elif adverb.lower_ in state.words.modality.alleged_adverbs:
                state.take(Modality.ALLEGED)
    if might:
        state.take(Modality.POSSIBLE)
    elif future:
        state.take(Modality.PLANNED)
    if is_negated(verb) or any(c.dep_ == "preconj" and c.lower_ == "neither" for c in verb.children):
        state.negate()
    if is_condition(verb):
        state.conditional = True
        state.take(Modality.POSSIBLE)


def read_above(state: Climb, verb: Token) -> Token | None:
    """Read what the verb's clause hangs on; the next verb or noun to read, or None."""
    while verb.dep_ == "conj" and verb.head != verb:
        first = verb.head
        own_subject = child(verb, "nsubj", "nsubjpass") is not None and verb.tag_ not in ("VB", "VBG")
        if own_subject and first.dep_ != "ccomp":
            return None
        verb = first
        state.conditional = state.conditional or is_condition(first)
    head = verb.head
    if head == verb:
        return None
    infinitive = verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    if verb.dep_ in ("acl", "relcl") and infinitive and head.pos_ in ("NOUN", "PROPN"):
        if (head.lemma_, head.dep_) == ("position", "pobj"):
            state.take(Modality.POSSIBLE)  # "was in a position to strike"
            return None
        return noun_intent(state, head)
    if (
        verb.dep_ == "acl"
        and head.lemma_ in state.words.modality.demands
        and child(verb, "nsubj", "nsubjpass") is not None
    ):
        state.wished = True
        return None
    if (
        verb.dep_ == "acl"
        and head.lemma_ in state.words.modality.claims
        and child(verb, "nsubj", "nsubjpass") is not None
    ):
        state.take(Modality.ALLEGED)
        state.wished = state.wished or (
            head.head.pos_ == "VERB" and phrase_of(head.head, state.words.cancels) is not None
        )
        return None
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        return _pcomp(state, head)
    if (
        verb.dep_ == "advcl"
        and infinitive
        and (asked := phrase_of(head, state.words.intent_verbs)) is not None
        and asked.category is not None
    ):
        return _complement(state, verb, head, infinitive)
    if verb.dep_ == "advcl" and infinitive:
        if (
            head.lemma_ in ("be", "come", "go", "travel", "arrive", "fly", "head", "gather", "meet")
            or state.modality is Modality.HAPPENED
        ):
            state.take(Modality.PLANNED)
        return None
    if verb.dep_ in ("xcomp", "ccomp") or (verb.dep_ == "advcl" and head.lemma_ in ("expect", "schedule")):
        return _complement(state, verb, head, infinitive)
    if verb.dep_ == "relcl" and head.dep_ == "pobj" and head.head.head.pos_ == "NOUN":
        return None
    return None


def _complement(state: Climb, verb: Token, head: Token, infinitive: bool) -> Token | None:
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if head.pos_ == "ADJ":
        lemma = head.lemma_.lower()
        if head.dep_ == "acomp" and lemma in (
            "ready",
            "willing",
            "prepared",
            "poised",
            "set",
            "due",
            "able",
            "likely",
            "free",
            "about",
        ):
            modality = (
                Modality.PLANNED
                if lemma in ("ready", "willing", "prepared", "set", "due", "about")
                else Modality.POSSIBLE
            )
            state.take(modality)
            state.carrier = head.head
            return head.head
        if lemma in ("unlikely", "unwilling", "reluctant", "unable"):
            state.take(Modality.POSSIBLE if lemma == "unlikely" else Modality.DENIED)
        return head.head if head.dep_ == "acomp" else None
    if head.lemma_ in state.words.modality.wishes:
        state.wished = True
    intent = phrase_of(head, state.words.intent_verbs)
    if intent is not None and (infinitive or verb.dep_ == "xcomp" or intent.modality is not Modality.HAPPENED):
        if head.lemma_ in ("decline", "deny", "refuse", "rule", "fail", "reject", "dismiss", "exclude", "refute"):
            state.cancelled = state.cancelled or head.lemma_ != "deny"
        if (
            intent.category is not None
            and (infinitive or verb.tag_ == "VBG")
            and state.intent is None
            and head.lemma_ != "deny"
        ):
            state.intent, state.carrier, state.modality = intent, head, Modality.HAPPENED
        else:
            state.take(intent.modality)
            if state.intent is None and infinitive and child(head, "dobj") is None:
                state.carrier = head
        if head.lemma_ == "deny" or not (infinitive or verb.tag_ == "VBG"):
            state.reported = state.reported or head
        return head
    if verb.dep_ == "ccomp" and not infinitive:
        state.reported = state.reported or head
        if head.lemma_ in ("see", "believe", "think", "expect", "show", "indicate") and is_negated(head):
            state.negate()
            state.modality = Modality.DENIED
        state.conditional = state.conditional or is_condition(head)  # "when we see troops leave"
        return None
    return head


def _pcomp(state: Climb, prep: Token) -> Token | None:
    head = prep.head
    if prep.lower_ in ("as", "like", "including") or (prep.lower_ == "against" and head.pos_ == "NOUN"):
        state.wished = True  # "guarantees against placing weapons"
        return None
    if head.lower_ in ("apart", "aside", "rather", "short", "instead"):
        state.wished = True
        return None
    if head.pos_ == "VERB":
        joined = state.words.intent_verbs.get(head.lemma_, ())
        intent = next((value for words, value in joined if words and words[0] == prep.lower_), None)
        if intent is not None:
            state.take(intent.modality)
            return head
        if prep.lower_ in ("without", "instead"):
            state.negate()
        elif prep.lower_ in ("from", "than", "of") and prep.head.pos_ in ("SCONJ", "ADV", "ADP"):
            state.wished = True
        elif prep.lower_ in ("against", "from") and head.lemma_ in (
            "warn",
            "stop",
            "prevent",
            "deter",
            "keep",
            "bar",
        ):
            state.take(Modality.POSSIBLE)
    elif head.pos_ == "NOUN":
        intent = state.words.intent_nouns.get(head.lemma_)
        if intent is not None:
            state.take(intent.modality)
            state.feared = True
    return None


def is_condition(verb: Token) -> bool:
    """True of a clause under "if", "unless", "whether" or "should he decide"."""
    for word in verb.children:
        if word.dep_ in ("mark", "advmod") and word.lower_ in ("if", "unless", "whether", "lest"):
            return True
        if word.dep_ == "mark" and word.lower_ in ("until", "before") and verb.tag_ in ("VBP", "VBZ"):
            return True
        if word.dep_ == "aux" and word.lower_ == "should" and verb.dep_ == "advcl":
            return True
        if word.dep_ == "advmod" and word.lower_ == "when" and verb.tag_ in ("VBP", "VBZ"):
            return True
    return False
