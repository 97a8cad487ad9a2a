"""What a walk from a trigger up to its sentence's main verb gathers: the reading, and intents of verbs and nouns."""

from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import Modality
from app.knowledge.event_verbs import EventVerbs, Intent


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text presents an event.

    `carrier` is the word whose subject does it: the event's own verb, a noun's support verb, or the intent's verb.
    `intent` is set where the governing word makes it another event ("agreed to meet"). `conditional` tells that it
    stands under "if" or "whether", `feared` that it is only the content of a noun such as "threat" or "fear",
    `cancelled` that a verb calls it off, `wished` that it is only wanted or ought to be; `reported` is the verb of
    speech that it hangs on.
    """

    modality: Modality
    carrier: Token
    intent: Intent | None = None
    conditional: bool = False
    feared: bool = False
    cancelled: bool = False
    wished: bool = False
    reported: Token | None = None


@dataclass(slots=True)
class Climb:
    """What the words so far have said; the fields are those of the Reading that it becomes."""

    words: EventVerbs
    carrier: Token
    modality: Modality = Modality.HAPPENED
    intent: Intent | None = None
    conditional: bool = False
    feared: bool = False
    cancelled: bool = False
    wished: bool = False
    reported: Token | None = None

    def take(self, modality: Modality) -> None:
        """Take a modality unless a stronger one was read below: denied over planned or possible over happened."""
        if (
            self.modality is Modality.HAPPENED
            or modality is Modality.DENIED
            or (self.modality is Modality.PLANNED and modality is Modality.POSSIBLE)
        ):
            self.modality = modality

    def negate(self) -> None:
        """Turn what was read into its denial; what is denied twice is possible."""
        self.modality = Modality.POSSIBLE if self.modality is Modality.DENIED else Modality.DENIED

    def reading(self) -> Reading:
        """How the text presents the event, by all that was gathered."""
        return Reading(
            self.modality,
            self.carrier,
            self.intent,
            self.conditional,
            self.feared,
            self.cancelled,
            self.wished,
            self.reported,
        )


def noun_intent(state: Climb, noun: Token) -> Token | None:
    """Read a noun with an infinitive ("plan to"); the verb that governs the noun, or None."""
    intent = noun_of_intent(state, noun)
    if intent is None:
        state.take(Modality.POSSIBLE)
        state.wished = True  # "the right to respond", "an invitation to meet"
        return None
    state.take(intent.modality)
    if noun.lemma_ in ("threat", "fear", "risk", "danger", "possibility", "prospect", "chance", "concern"):
        state.feared = True
    if any(c.lower_ in ("no", "any") for c in noun.children):
        state.negate()
    governor = noun.head
    if noun.dep_ == "dobj" and governor.pos_ == "VERB":
        if governor.lemma_ in ("deny", "cancel", "scrap", "abandon", "shelve", "drop"):
            state.take(Modality.DENIED)
        if state.intent is None:
            state.carrier = governor
        return governor
    return None


def is_intent(state: Climb, verb: Token, prep: Token) -> bool:
    """True of "agreed to", "called for", "insisted on": what follows is wanted, not told."""
    joined = state.words.intent_verbs.get(verb.lemma_, ())
    return any(value.category is not None and (not words or words[0] == prep.lower_) for words, value in joined)


def noun_of_intent(state: Climb, noun: Token) -> Intent | None:
    """The intent that the noun names, by itself or by what stands before it: "plan", "risk levels"."""
    known = state.words.intent_nouns.get(noun.lemma_)
    if known is not None:
        return known
    before = (state.words.intent_nouns.get(c.lemma_) for c in noun.children if c.dep_ == "compound")
    return next((intent for intent in before if intent is not None), None)
