"""What a noun's adjectives and the words that it hangs on say of whether a thing happened."""

from spacy.tokens import Token

from app.domain.vocabulary import Modality
from app.extraction.climb import Climb, is_intent, noun_of_intent
from app.extraction.grammar import child, first_conjunct
from app.extraction.verb_modality import is_condition, read_above, read_auxiliaries
from app.extraction.verb_phrases import phrase_of

AHEAD = frozenset({"before", "until", "ahead"})
NEGATIVE_WORDS = frozenset({"no", "without", "nor", "neither"})


def read_noun(state: Climb, noun: Token) -> Token | None:
    """Read a noun's adjectives and the word that it hangs on; the next word to read, or None."""
    sets = state.words.modality
    for word in noun.children:
        lemma = word.lower_
        if word.dep_ in ("amod", "det", "compound"):
            if lemma in sets.planned_adjectives:
                state.take(Modality.PLANNED)
            elif lemma in sets.alleged_adjectives:
                state.take(Modality.ALLEGED)
            elif lemma in sets.denied_adjectives:
                state.take(Modality.DENIED)
            elif lemma in sets.possible_adjectives and (word.dep_ == "amod" or lemma == "any"):
                state.take(Modality.POSSIBLE)
            elif lemma == "no":
                state.negate()
    head = noun.head
    if head == noun:
        return None
    if noun.dep_ == "conj":
        while noun.dep_ == "conj":
            noun = noun.head
        head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "obj", "oprd"):
        return _object(state, head)
    if noun.dep_ == "attr" and head.pos_ == "AUX":
        read_auxiliaries(state, head)
        if any(c.dep_ == "advcl" and is_condition(c) for c in head.children):
            state.take(Modality.POSSIBLE)  # "if they cross, that is an invasion"
        state.feared = state.modality in (Modality.POSSIBLE, Modality.PLANNED)  # "that would be an invasion"
        return None
    if noun.dep_ == "nsubj" and head.pos_ == "VERB" and phrase_of(head, state.words.impends) is not None:
        state.take(Modality.PLANNED)
    if noun.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") and phrase_of(head, state.words.occurs) is None:
        judged = child(head, "acomp")
        if judged is not None and judged.lemma_ in state.words.modality.judgements:
            state.take(Modality.POSSIBLE)  # "a meeting remains uncertain"
            return None
        read_auxiliaries(state, head)
        state.feared = state.feared or state.modality in (Modality.POSSIBLE, Modality.PLANNED)
        return None
    if noun.dep_ in ("nsubj", "attr", "appos", "csubj"):
        if noun.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") and phrase_of(head, state.words.occurs) is not None:
            judged = child(head, "acomp")
            if judged is not None and judged.lemma_ in state.words.modality.judgements:
                state.take(Modality.POSSIBLE)
            if head.lemma_ != "be":
                state.carrier = head
            read_auxiliaries(state, head)
            return read_above(state, head)
        return None
    if noun.dep_ == "pobj" and (head.dep_ in ("prep", "agent") or (head.dep_ == "conj" and head.pos_ == "ADP")):
        if state.modality is Modality.POSSIBLE:
            state.feared = True  # "amid talk of a possible attack": named, not told
        return _preposition(state, head)
    if noun.dep_ in ("compound", "poss", "nmod") and head.pos_ in ("NOUN", "PROPN"):
        intent = state.words.intent_nouns.get(head.lemma_)
        if intent is not None:
            state.take(intent.modality)
            state.feared = True
    return None


def _object(state: Climb, verb: Token) -> Token | None:
    supports = phrase_of(verb, state.words.support) is not None
    if phrase_of(verb, state.words.averts) is not None and not supports:
        state.feared = True
        state.take(Modality.POSSIBLE)
        return None
    if phrase_of(verb, state.words.cancels) is not None and not supports:
        state.cancelled = True
        state.take(Modality.DENIED)
        read_auxiliaries(state, verb)
        return read_above(state, verb)
    if supports:
        if state.intent is None:
            state.carrier = verb
        return verb
    intent = phrase_of(verb, state.words.intent_verbs)
    if intent is not None:
        state.take(intent.modality)
        state.feared = intent.modality is Modality.POSSIBLE
        state.wished = state.wished or intent.category is not None  # "requested a meeting" tells of the request
        if state.intent is None:
            state.carrier = verb
    if verb.lemma_ in state.words.modality.wishes:
        state.wished = True
    read_auxiliaries(state, verb)
    return read_above(state, verb)


def _preposition(state: Climb, prep: Token) -> Token | None:
    head = first_conjunct(prep).head if prep.head.pos_ == "ADP" else prep.head
    if prep.lower_ == "for" and head.lemma_ == "responsibility" and head.dep_ == "dobj" and head.head.pos_ == "VERB":
        return _answered_for(state, head.head)
    if prep.lower_ in AHEAD or (prep.lower_ == "of" and head.lower_ == "ahead"):
        state.take(Modality.PLANNED)
    elif (
        prep.lower_ in ("of", "about", "over", "for", "toward", "towards", "into", "to", "against")
        and head.pos_ == "NOUN"
    ):
        intent = noun_of_intent(state, head)
        if intent is not None:
            state.take(intent.modality)
            state.feared = True
            if child(head, "neg") or any(c.lower_ == "no" for c in head.children):
                state.negate()
    elif prep.lower_ in NEGATIVE_WORDS:
        state.negate()
    elif prep.lower_ in ("to", "on", "for") and head.pos_ == "VERB" and is_intent(state, head, prep):
        state.wished = True  # "agreed to a summit" tells of the agreement
    elif prep.lower_ in ("of", "against", "for", "out") and head.pos_ == "VERB":
        joined = state.words.intent_verbs.get(head.lemma_, ())
        intent = next((value for words, value in joined if words and words[0] == prep.lower_), None)
        if intent is not None:
            state.take(intent.modality)
            state.feared = state.feared or intent.modality is not Modality.PLANNED
    return None


def _answered_for(state: Climb, verb: Token) -> Token | None:
    """Read "claimed responsibility for the attack": the one who claims it did it, if it is so; or denies it."""
    state.take(Modality.DENIED if verb.lemma_ in ("deny", "reject", "disclaim") else Modality.ALLEGED)
    state.carrier = verb
    read_auxiliaries(state, verb)
    return read_above(state, verb)
