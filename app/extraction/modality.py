"""Whether a thing happened: read from negation, modals, conditionals, and the verbs and nouns that govern it."""

from spacy.tokens import Token

from app.extraction.climb import Climb, Reading
from app.extraction.noun_modality import read_noun
from app.extraction.verb_modality import read_verb
from app.knowledge.event_verbs import EventVerbs

MAX_STEPS = 12


def read_modality(trigger: Token, words: EventVerbs) -> Reading:
    """Read how the text presents the event that the trigger, a verb or a noun, tells of.

    The words are read upward, each telling the next to read, to the sentence's main verb.
    """
    climb = Climb(words, trigger)
    at: Token | None = trigger
    for _ in range(MAX_STEPS):
        if at is None:
            break
        at = read_verb(climb, at) if at.pos_ in ("VERB", "AUX") else read_noun(climb, at)
    return climb.reading()
