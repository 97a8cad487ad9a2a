"""Verbs with the words that belong to them: particles, prepositions, objects."""

from spacy.tokens import Token

from app.extraction.grammar import child
from app.knowledge.event_verbs import Phrases


def match_words(verb: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The tokens by which the words follow the verb as particles, prepositions or object, or None where one is missing.

    "pull" with ("out", "of") in "pulled its troops out of the town"; "put" with ("on", "alert").
    """
    at, found = verb, []
    for word in words:
        token = next(
            (c for c in at.children if c.i > verb.i and word in (c.lower_, c.lemma_) and c.dep_ != "punct"), None
        )
        if token is None and at != verb:
            token = next((c for c in verb.children if c.i > at.i and word in (c.lower_, c.lemma_)), None)
        if token is None and verb.lemma_ == "be":
            attribute = child(verb, "acomp", "attr")
            token = attribute if attribute is not None and word in (attribute.lower_, attribute.lemma_) else None
        if token is None:
            return None
        found.append(token)
        at = token if token.pos_ in ("ADP", "SCONJ", "ADV") or token.dep_ in ("prep", "dobj") else at
    return found


def matches(verb: Token, words: tuple[str, ...]) -> bool:
    """True where the words follow the verb as its particles, prepositions or object."""
    return match_words(verb, words) is not None


def phrase_of[T](verb: Token, phrases: Phrases[T]) -> T | None:
    """What the longest phrase that the verb heads stands for, or None."""
    lemma = verb.lemma_.lower()
    return next((value for words, value in phrases.get(lemma, ()) if matches(verb, words)), None)
