"""How closely a date of the text is tied to a word of its sentence.

The tie is a cost along the path between the two in the tree. Clause borders cost most: reported content is closed to
the date of its saying, and the saying to the dates in its content.
"""

from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import Precision
from app.extraction.tense import Tense, tense_of

FAR = 6.0  # a tie weaker than this is none


@dataclass(frozen=True, slots=True)
class TiedDate:
    """A time of the text that may govern a verb: its days, or None where it names none ("in recent days").

    `start` and `end` are character offsets, `head` the token that ties it to its sentence, `first` its first token; a
    range of two expressions is one. `ahead` tells that it lies after the publication.
    """

    start: int
    end: int
    head: Token
    first: Token
    when: FuzzyDate | None
    rule: str
    preposition: str
    ahead: bool


# The cost of a tie: labels crossed from the word up to where the paths meet, and from there down to the date

_UP = {
    "ccomp": 9.0,
    "relcl": 2.0,
    "advcl": 1.0,
    "acl": 0.5,
    "conj": 1.0,
    "parataxis": 1.5,
    "xcomp": 0.2,
    "appos": 1.0,
    "csubj": 2.0,
}
_DOWN = {
    "ccomp": 9.0, "relcl": 5.5, "advcl": 2.0, "acl": 2.0, "conj": 2.5, "parataxis": 4.0, "xcomp": 1.0, "pcomp": 2.0,
    "appos": 3.0, "csubj": 5.0, "dobj": 0.6, "nsubj": 0.6, "nsubjpass": 0.6, "pobj": 0.6, "attr": 0.6,
}  # fmt: skip
_SAME_TIME = frozenset(["while", "when", "as"])
_OTHER_TIME = {  # words whose phrase or clause has a time of its own
    "after": 2.5, "before": 5.0, "following": 5.0, "despite": 5.0, "amid": 5.0, "since": 5.0, "until": 5.0,
    "though": 7.0, "although": 7.0,
}  # fmt: skip
_NOUN_MODIFIERS = frozenset({"poss", "compound", "amod", "nummod", "nmod"})


def tie_cost(token: Token, tied: TiedDate, *, saying: bool) -> float:
    """How far the date is from the word, 0 at best; `saying` opens the way up out of reported content."""
    up = {token.i: 0.0}
    at, cost = token, 0.0
    while at.head != at:
        if at.dep_ == "ccomp":
            cost += 1.0 if _opens_sentence(tied, at.head) else 3.0 if saying else _UP["ccomp"]
        else:
            cost += _UP.get(at.dep_, 0.3)
            if at.dep_ == "relcl" and tense_of(at) is Tense.PLUPERFECT:  # "gave the arms that it had asked for"
                cost += 4.0
            if at.dep_ == "conj" and tied.start > at.idx:  # a date after "and" belongs to what follows it
                cost += 1.5
        at = at.head
        up.setdefault(at.i, cost)
    at, cost = tied.head, 0.0
    if at.dep_ in _NOUN_MODIFIERS and at.head != token:  # "Wednesday's ruling" dates the ruling
        cost += 7.0 if at.head.i not in up else 4.0
    while at.i not in up:
        if at.head == at:
            return 2 * FAR
        cost += _step_down(at, tied)
        at = at.head
    return cost + up[at.i]


def _step_down(at: Token, tied: TiedDate) -> float:
    if at == tied.head:
        return 0.2
    if at.dep_ == "advcl":
        markers = {c.lower_ for c in at.children if c.dep_ in ("mark", "advmod")}
        if "as" in markers and at.lemma_ == "do":  # "as the others had done on Monday" compares
            return FAR
        if markers & _SAME_TIME:
            return 0.5
        return FAR if markers & _OTHER_TIME.keys() else _DOWN["advcl"]
    if at.dep_ == "prep" and at.i != tied.first.i - 1:  # not the date's own preposition
        return _OTHER_TIME.get(at.lower_, 0.2)
    return _DOWN.get(at.dep_, 0.2)


def _opens_sentence(tied: TiedDate, verb: Token) -> bool:
    """True where a week or more stands before the subject: "Last week, the airline said it stopped its flights"."""
    if tied.when is None or tied.when.precision is Precision.DAY:
        return False  # on a day, only the saying
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and tied.start < subject.left_edge.idx


def hangs_on(token: Token, tied: TiedDate) -> bool:
    """True of "since July, when X happened" for X: the date is that of the clause that hangs on it."""
    at = token
    while at.head != at:
        if at.dep_ in ("relcl", "advcl") and at.head.i in (tied.head.i, tied.first.i):
            return True
        at = at.head
    return False
