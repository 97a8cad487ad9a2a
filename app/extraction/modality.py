"""Whether a thing happened: read from negation, modals, conditionals, and the verbs and nouns that govern it."""

from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import Modality
from app.extraction.grammar import auxiliaries, child, children, first_conjunct, is_negated
from app.knowledge.event_verbs import EventVerbs, Intent, Phrases

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MIGHT = frozenset({"can", "could", "may", "might", "ca"})
OUGHT = frozenset({"must", "should", "ought"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "when", "once", "until"})
AHEAD = frozenset({"before", "until", "ahead"})
NEGATIVE_WORDS = frozenset({"no", "without", "nor", "neither"})
QUESTIONS = frozenset({"where", "how", "why", "when"})
MAX_STEPS = 12


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


def read_modality(trigger: Token, words: EventVerbs) -> Reading:
    """Read how the text presents the event that the trigger, a verb or a noun, tells of."""
    return _Climb(trigger, words).read()


class _Climb:
    """One walk from a trigger up to its sentence's main verb, gathering what each governing word says."""

    def __init__(self, trigger: Token, words: EventVerbs) -> None:
        self.words = words
        self.at = trigger
        self.carrier = trigger
        self.modality = Modality.HAPPENED
        self.intent: Intent | None = None
        self.conditional = self.feared = self.cancelled = self.wished = False
        self.reported: Token | None = None

    def read(self) -> Reading:
        for _ in range(MAX_STEPS):
            verbal = self.at.pos_ in ("VERB", "AUX")
            above = self._verb() if verbal else self._noun()
            if above is None:
                break
            self.at = above
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

    def _take(self, modality: Modality) -> None:
        if (
            self.modality is Modality.HAPPENED
            or modality is Modality.DENIED
            or (self.modality is Modality.PLANNED and modality is Modality.POSSIBLE)
        ):
            self.modality = modality

    def _negate(self) -> None:
        self.modality = Modality.POSSIBLE if self.modality is Modality.DENIED else Modality.DENIED

    def _noun(self) -> Token | None:
        """Read a noun's adjectives and the word that it hangs on; the next word to read, or None."""
        noun, sets = self.at, self.words.modality
        for word in noun.children:
            lemma = word.lower_
            if word.dep_ in ("amod", "det", "compound"):
                if lemma in sets.planned_adjectives:
                    self._take(Modality.PLANNED)
                elif lemma in sets.alleged_adjectives:
                    self._take(Modality.ALLEGED)
                elif lemma in sets.denied_adjectives:
                    self._take(Modality.DENIED)
                elif lemma in sets.possible_adjectives and (word.dep_ == "amod" or lemma == "any"):
                    self._take(Modality.POSSIBLE)
                elif lemma == "no":
                    self._negate()
        head = noun.head
        if head == noun:
            return None
        if noun.dep_ == "conj":
            while noun.dep_ == "conj":
                noun = noun.head
            head = noun.head
        if noun.dep_ in ("dobj", "nsubjpass", "obj", "oprd"):
            return self._object(head)
        if noun.dep_ == "attr" and head.pos_ == "AUX":
            self._verb_only(head)
            if any(c.dep_ == "advcl" and _condition(c) for c in head.children):
                self._take(Modality.POSSIBLE)  # "if they cross, that is an invasion"
            self.feared = self.modality in (Modality.POSSIBLE, Modality.PLANNED)  # "that would be an invasion"
            return None
        if noun.dep_ == "nsubj" and head.pos_ == "VERB" and phrase_of(head, self.words.impends) is not None:
            self._take(Modality.PLANNED)
        if noun.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") and phrase_of(head, self.words.occurs) is None:
            judged = child(head, "acomp")
            if judged is not None and judged.lemma_ in self.words.modality.judgements:
                self._take(Modality.POSSIBLE)  # "a meeting remains uncertain"
                return None
            self._verb_only(head)
            self.feared = self.feared or self.modality in (Modality.POSSIBLE, Modality.PLANNED)
            return None
        if noun.dep_ in ("nsubj", "attr", "appos", "csubj"):
            if noun.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX") and phrase_of(head, self.words.occurs) is not None:
                judged = child(head, "acomp")
                if judged is not None and judged.lemma_ in self.words.modality.judgements:
                    self._take(Modality.POSSIBLE)
                if head.lemma_ != "be":
                    self.carrier = head
                self._verb_only(head)
                return self._above(head)
            return None
        if noun.dep_ == "pobj" and (head.dep_ in ("prep", "agent") or (head.dep_ == "conj" and head.pos_ == "ADP")):
            if self.modality is Modality.POSSIBLE:
                self.feared = True  # "amid talk of a possible attack": named, not told
            return self._preposition(head)
        if noun.dep_ in ("compound", "poss", "nmod") and head.pos_ in ("NOUN", "PROPN"):
            intent = self.words.intent_nouns.get(head.lemma_)
            if intent is not None:
                self._take(intent.modality)
                self.feared = True
        return None

    def _object(self, verb: Token) -> Token | None:
        supports = phrase_of(verb, self.words.support) is not None
        if phrase_of(verb, self.words.averts) is not None and not supports:
            self.feared = True
            self._take(Modality.POSSIBLE)
            return None
        if phrase_of(verb, self.words.cancels) is not None and not supports:
            self.cancelled = True
            self._take(Modality.DENIED)
            self._verb_only(verb)
            return self._above(verb)
        if supports:
            if self.intent is None:
                self.carrier = verb
            return verb
        intent = phrase_of(verb, self.words.intent_verbs)
        if intent is not None:
            self._take(intent.modality)
            self.feared = intent.modality is Modality.POSSIBLE
            self.wished = self.wished or intent.category is not None  # "requested a meeting" tells of the request
            if self.intent is None:
                self.carrier = verb
        if verb.lemma_ in self.words.modality.wishes:
            self.wished = True
        self._verb_only(verb)
        return self._above(verb)

    def _preposition(self, prep: Token) -> Token | None:
        head = first_conjunct(prep).head if prep.head.pos_ == "ADP" else prep.head
        if (
            prep.lower_ == "for"
            and head.lemma_ == "responsibility"
            and head.dep_ == "dobj"
            and head.head.pos_ == "VERB"
        ):
            return self._answered_for(head.head)
        if prep.lower_ in AHEAD or (prep.lower_ == "of" and head.lower_ == "ahead"):
            self._take(Modality.PLANNED)
        elif (
            prep.lower_ in ("of", "about", "over", "for", "toward", "towards", "into", "to", "against")
            and head.pos_ == "NOUN"
        ):
            intent = self._noun_of_intent(head)
            if intent is not None:
                self._take(intent.modality)
                self.feared = True
                if child(head, "neg") or any(c.lower_ == "no" for c in head.children):
                    self._negate()
        elif prep.lower_ in NEGATIVE_WORDS:
            self._negate()
        elif prep.lower_ in ("to", "on", "for") and head.pos_ == "VERB" and self._is_intent(head, prep):
            self.wished = True  # "agreed to a summit" tells of the agreement
        elif prep.lower_ in ("of", "against", "for", "out") and head.pos_ == "VERB":
            joined = self.words.intent_verbs.get(head.lemma_, ())
            intent = next((value for words, value in joined if words and words[0] == prep.lower_), None)
            if intent is not None:
                self._take(intent.modality)
                self.feared = True
        return None

    def _answered_for(self, verb: Token) -> Token | None:
        """Read "claimed responsibility for the attack": the one who claims it did it, if it is so; or denies it."""
        self._take(Modality.DENIED if verb.lemma_ in ("deny", "reject", "disclaim") else Modality.ALLEGED)
        self.carrier = verb
        self._verb_only(verb)
        return self._above(verb)

    def _verb(self) -> Token | None:
        self._verb_only(self.at)
        if self.at.dep_ == "ccomp" and any(
            (c.lower_ in QUESTIONS and c.dep_ in ("advmod", "nsubj", "dobj"))
            or c.left_edge.lower_ in ("where", "how", "why")
            for c in self.at.children
        ):
            self.conditional = True  # "where the troops were deployed"
        if self.at.dep_ in ("csubj", "csubjpass"):
            self.wished = True  # "sending troops was not on the table"
        subject = self.at.head if self.at.dep_ in ("acl", "relcl") else child(self.at, "nsubj", "nsubjpass")
        if subject is not None and any(c.lower_ == "any" for c in subject.children):
            self.conditional = True  # "any unit that crosses the border"
        return self._above(self.at)

    def _verb_only(self, verb: Token) -> None:
        """Read the verb's own auxiliaries, adverbs and negation."""
        future = might = False
        for aux in auxiliaries(verb):
            word = aux.lower_
            if word in FUTURE:
                future = True
            elif word in ("would", "'d", "’d") and aux.tag_ == "MD":
                if any(c.dep_ == "advcl" and _condition(c) for c in verb.children):
                    might = True
                else:
                    future = True
            elif word in MIGHT or word in OUGHT:
                might = True
                self.wished = self.wished or word in OUGHT
        if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ == "going" for c in verb.children):
            future = True
        if verb.lemma_ == "be" and any(c.tag_ == "VB" and child(c, "aux") is not None for c in children(verb, "xcomp")):
            future = True  # "talks are to follow"
        for adverb in verb.children:
            if adverb.dep_ == "advmod":
                if adverb.lower_ in self.words.modality.possible_adverbs:
                    might = True
                elif adverb.lower_ in self.words.modality.alleged_adverbs:
                    self._take(Modality.ALLEGED)
        if might:
            self._take(Modality.POSSIBLE)
        elif future:
            self._take(Modality.PLANNED)
        if is_negated(verb) or any(c.dep_ == "preconj" and c.lower_ == "neither" for c in verb.children):
            self._negate()
        if _condition(verb):
            self.conditional = True
            self._take(Modality.POSSIBLE)

    def _above(self, verb: Token) -> Token | None:
        """Read what the verb's clause hangs on; the next verb or noun to read, or None."""
        while verb.dep_ == "conj" and verb.head != verb:
            first = verb.head
            own_subject = child(verb, "nsubj", "nsubjpass") is not None and verb.tag_ not in ("VB", "VBG")
            if own_subject and first.dep_ != "ccomp":
                return None
            verb = first
            self.conditional = self.conditional or _condition(first)
        head = verb.head
        if head == verb:
            return None
        infinitive = verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        if verb.dep_ == "acl" and infinitive and head.pos_ in ("NOUN", "PROPN"):
            return self._noun_intent(head)
        if (
            verb.dep_ == "acl"
            and head.lemma_ in self.words.modality.demands
            and child(verb, "nsubj", "nsubjpass") is not None
        ):
            self.wished = True
            return None
        if (
            verb.dep_ == "acl"
            and head.lemma_ in self.words.modality.claims
            and child(verb, "nsubj", "nsubjpass") is not None
        ):
            self._take(Modality.ALLEGED)
            self.wished = self.wished or (
                head.head.pos_ == "VERB" and phrase_of(head.head, self.words.cancels) is not None
            )
            return None
        if verb.dep_ == "pcomp" and head.dep_ == "prep":
            return self._pcomp(head)
        if (
            verb.dep_ == "advcl"
            and infinitive
            and (asked := phrase_of(head, self.words.intent_verbs)) is not None
            and asked.category is not None
        ):
            return self._complement(verb, head, infinitive)
        if verb.dep_ == "advcl" and infinitive:
            if (
                head.lemma_ in ("be", "come", "go", "travel", "arrive", "fly", "head", "gather", "meet")
                or self.modality is Modality.HAPPENED
            ):
                self._take(Modality.PLANNED)
            return None
        if verb.dep_ in ("xcomp", "ccomp") or (verb.dep_ == "advcl" and head.lemma_ in ("expect", "schedule")):
            return self._complement(verb, head, infinitive)
        if verb.dep_ == "relcl" and head.dep_ == "pobj" and head.head.head.pos_ == "NOUN":
            return None
        return None

    def _complement(self, verb: Token, head: Token, infinitive: bool) -> Token | None:
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
                self._take(modality)
                self.carrier = head.head
                return head.head
            if lemma in ("unlikely", "unwilling", "reluctant", "unable"):
                self._take(Modality.POSSIBLE if lemma == "unlikely" else Modality.DENIED)
            return head.head if head.dep_ == "acomp" else None
        if head.lemma_ in self.words.modality.wishes:
            self.wished = True
        intent = phrase_of(head, self.words.intent_verbs)
        if intent is not None and (infinitive or verb.dep_ == "xcomp" or intent.modality is not Modality.HAPPENED):
            if head.lemma_ in ("decline", "deny", "refuse", "rule", "fail", "reject", "dismiss", "exclude", "refute"):
                self.cancelled = self.cancelled or head.lemma_ != "deny"
            if (
                intent.category is not None
                and (infinitive or verb.tag_ == "VBG")
                and self.intent is None
                and head.lemma_ != "deny"
            ):
                self.intent, self.carrier, self.modality = intent, head, Modality.HAPPENED
            else:
                self._take(intent.modality)
                if self.intent is None and infinitive and child(head, "dobj") is None:
                    self.carrier = head
            if head.lemma_ == "deny" or not (infinitive or verb.tag_ == "VBG"):
                self.reported = self.reported or head
            return head
        if verb.dep_ == "ccomp" and not infinitive:
            self.reported = self.reported or head
            if head.lemma_ in ("see", "believe", "think", "expect", "show", "indicate") and is_negated(head):
                self._negate()
                self.modality = Modality.DENIED
            self.conditional = self.conditional or _condition(head)  # "when we see troops leave"
            return None
        return head

    def _noun_intent(self, noun: Token) -> Token | None:
        intent = self._noun_of_intent(noun)
        if intent is None:
            self._take(Modality.POSSIBLE)
            self.wished = True  # "the right to respond", "an invitation to meet"
            return None
        self._take(intent.modality)
        if noun.lemma_ in ("threat", "fear", "risk", "danger", "possibility", "prospect", "chance", "concern"):
            self.feared = True
        if any(c.lower_ in ("no", "any") for c in noun.children):
            self._negate()
        governor = noun.head
        if noun.dep_ == "dobj" and governor.pos_ == "VERB":
            if governor.lemma_ in ("deny", "cancel", "scrap", "abandon", "shelve", "drop"):
                self._take(Modality.DENIED)
            if self.intent is None:
                self.carrier = governor
            return governor
        return None

    def _is_intent(self, verb: Token, prep: Token) -> bool:
        """True of "agreed to", "called for", "insisted on": what follows is wanted, not told."""
        joined = self.words.intent_verbs.get(verb.lemma_, ())
        return any(value.category is not None and (not words or words[0] == prep.lower_) for words, value in joined)

    def _noun_of_intent(self, noun: Token) -> Intent | None:
        """The intent that the noun names, by itself or by what stands before it: "plan", "risk levels"."""
        known = self.words.intent_nouns.get(noun.lemma_)
        if known is not None:
            return known
        before = (self.words.intent_nouns.get(c.lemma_) for c in noun.children if c.dep_ == "compound")
        return next((intent for intent in before if intent is not None), None)

    def _pcomp(self, prep: Token) -> Token | None:
        head = prep.head
        if prep.lower_ in ("as", "like", "including") or (prep.lower_ == "against" and head.pos_ == "NOUN"):
            self.wished = True  # "guarantees against placing weapons"
            return None
        if head.lower_ in ("apart", "aside", "rather", "short", "instead"):
            self.wished = True
            return None
        if head.pos_ == "VERB":
            joined = self.words.intent_verbs.get(head.lemma_, ())
            intent = next((value for words, value in joined if words and words[0] == prep.lower_), None)
            if intent is not None:
                self._take(intent.modality)
                return head
            if prep.lower_ in ("without", "instead"):
                self._negate()
            elif prep.lower_ in ("from", "than", "of") and prep.head.pos_ in ("SCONJ", "ADV", "ADP"):
                self.wished = True
            elif prep.lower_ in ("against", "from") and head.lemma_ in (
                "warn",
                "stop",
                "prevent",
                "deter",
                "keep",
                "bar",
            ):
                self._take(Modality.POSSIBLE)
        elif head.pos_ == "NOUN":
            intent = self.words.intent_nouns.get(head.lemma_)
            if intent is not None:
                self._take(intent.modality)
                self.feared = True
        return None


def _condition(verb: Token) -> bool:
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
