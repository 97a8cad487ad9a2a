"""What the grammar asks the parse: which way the clause around an expression looks, and what is no time at all."""

import re

from spacy.tokens import Doc, Token

from app.extraction.grammar import clause_verb
from app.extraction.timex.readings import Direction

# Verbs and adjectives whose dates lie ahead of them
_PLANS = frozenset(
    {
        "agree", "aim", "arrange", "due", "expect", "hope", "intend", "invite", "plan", "pledge", "prepare",
        "promise", "propose", "schedule", "set", "slate", "threaten", "vow", "want",
    }
)  # fmt: skip
_PLAN_WORDS = frozenset({"plan", "plans", "deadline", "likely", "able", "ready"})
_AHEAD = frozenset({"payable", "due", "effective", "redeemable"})
_AHEAD_BEFORE = re.compile(
    r"(?:until|till|as (?:soon|early|late) as|beginning|starting|effective|no later than|due|scheduled for|set for) "
    r"(?:on |in |at |the |about |around |\d+(?::\d\d)? ?[ap]\.?m\.? (?:[a-z]{2,4} )?)?$"
)
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "going", "would", "'d", "’d"})
_MAY = frozenset({"could", "might", "may", "can", "should", "must"})
_PAST = frozenset({"had", "was", "were", "did", "has", "have", "been"})
_VERBS = frozenset({"VERB", "AUX"})
_REACH = 8  # clauses that a look upward may climb


class Surroundings:
    """The parse of one text, asked by character offsets."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def _tokens(self, start: int, end: int) -> list[Token]:
        span = self._doc.char_span(start, end, alignment_mode="expand")
        return list(span) if span is not None else []

    def direction(self, start: int, end: int) -> Direction:
        """Which way the clause looks, by the verb that governs the expression and by the words right before it."""
        tokens = self._tokens(start, end)
        if not tokens:
            return Direction.OPEN
        inside = {token.i for token in tokens}
        head = next((token for token in tokens if token.head.i not in inside), tokens[0])
        before = self._doc[max(0, tokens[0].i - 6) : tokens[0].i].text_with_ws.lower()
        ahead = bool(_AHEAD_BEFORE.search(before))
        verb, through_noun = head, False
        while verb.pos_ not in _VERBS:
            ahead = ahead or verb.lower_ in _AHEAD
            if verb.head == verb:
                return Direction.FUTURE if ahead else Direction.OPEN
            through_noun = through_noun or (verb.pos_ in ("NOUN", "PROPN") and verb.i not in inside)
            verb = verb.head
        if ahead:
            return Direction.PAST if _has_had(verb) else Direction.FUTURE
        if verb.lemma_ in ("plan", "schedule") and verb.tag_ == "VBD" and verb.i < head.i:
            return Direction.FUTURE
        looks = _looks(verb)
        if looks is Direction.FUTURE and verb.i < head.i and any(c.dep_ == "case" for t in tokens for c in t.children):
            return Direction.OPEN  # "will appeal Wednesday's ruling"
        return Direction.OPEN if through_noun and looks is Direction.PAST else looks

    def names_something(self, start: int, end: int) -> bool:
        """True where a month's name is a person's, an event's or a verb: "Theresa May", "May I", "the annual March
        for Life"."""
        for token in self._tokens(start, end):
            if token.ent_type_ == "PERSON" or token.pos_ in _VERBS:
                return True
            if token.text == "May" and token.dep_ in ("nsubj", "poss"):
                return True
            if token.text == "March" and any(c.dep_ in ("det", "poss") for c in token.children):
                return True
            if token.dep_ == "compound" and token.head.ent_type_ == "PERSON":
                return True
        return False

    def counts_things(self, start: int, end: int) -> bool:
        """True where a number counts things or is part of a name ("2000 soldiers", "Russell 2000"), or "a day" means
        each day."""
        tokens = self._tokens(start, end)
        if not tokens:
            return False
        token = tokens[-1]
        if tokens[0].lower_ in ("a", "an"):
            return token.dep_ == "npadvmod" and token.head.pos_ in ("NOUN", "NUM", "SYM")
        if tokens[0].i == 0 or token.ent_type_ == "DATE":
            return False
        before = tokens[0].nbor(-1)
        counted = token.dep_ == "nummod" and token.head.tag_ in ("NNS", "NNPS")
        if counted and before.lower_ not in ("the", "fiscal", "of", "in"):
            return True
        named = before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", "EVENT")
        return named or before.text in ("$", "#", "No.", "£", "€")


def _looks(verb: Token) -> Direction:
    """The direction of the verb's own tense; of an infinitive's, that of what governs it."""
    infinitive = False
    for _ in range(_REACH):
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & _WILL and "have" not in auxiliaries:
            return Direction.FUTURE
        if verb.lemma_ in _PLANS and verb.tag_ in ("VBN", "VBZ", "VBP", "VBG"):
            return Direction.PAST if "had" in auxiliaries else Direction.FUTURE
        if infinitive and verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP"):  # "is to meet"
            return Direction.FUTURE
        if verb.tag_ == "VBD" or auxiliaries & _PAST or (verb.tag_ == "VBN" and not auxiliaries):
            return Direction.OPEN if infinitive else Direction.PAST
        governor = verb.head
        if verb.tag_ != "VB" or governor == verb:
            return Direction.OPEN
        if governor.lemma_ in _PLANS or governor.lower_ in _PLAN_WORDS:
            return Direction.PAST if _has_had(governor) or _has_had(governor.head) else Direction.FUTURE
        if auxiliaries & _MAY:
            return Direction.FUTURE
        verb, infinitive = clause_verb(governor), True
    return Direction.OPEN


def _has_had(verb: Token) -> bool:
    return any(child.lower_ == "had" for child in verb.children)
