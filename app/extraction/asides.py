"""Speech that its cue interrupts: "If it rains, Berg said, the ferry stays, but the bridge is open"."""

from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Token

from app.extraction.clause_ends import COORDINATORS
from app.extraction.grammar import FINITE, SUBJECTS, child
from app.extraction.speech import Cue

MEANWHILE = frozenset({"as", "after", "before", "until"})  # what begins the narrator's own side clause
LONGEST_ASIDE = 14  # tokens


def aside_of(cue: Cue) -> tuple[int, int] | None:
    """The tokens of ", Berg said in an interview," between its two commas; None where the cue is no aside."""
    verb, doc = cue.verb, cue.verb.doc
    subject = child(verb, "nsubj")
    if subject is None or verb.dep_ == "relcl":
        return None
    left = min(verb.i, subject.left_edge.i)
    while left > 0 and doc[left - 1].dep_ in ("aux", "advmod") and doc[left - 1].head == verb:
        left -= 1
    if left <= verb.sent.start + 1 or doc[left - 1].text not in (",", '"', "”", "''"):
        return None
    right = max(verb.i, subject.right_edge.i) + 1
    while right < verb.sent.end and not doc[right].is_punct:
        if doc[right].tag_ in FINITE or doc[right].lower_ in ("that", "to") or right - verb.i > LONGEST_ASIDE:
            return None
        right += 1
    return (left, right) if right < verb.sent.end and doc[right].text == "," else None


def beside_aside(
    left: int, right: int, governor: Token, in_quote: Sequence[bool], cues: Container[int]
) -> Iterator[tuple[int, int]]:
    """The words of the sentence before and after an aside that are speech: clauses, and what goes on with them.

    `left` and `right` bound the aside, `governor` is the word that it hangs on, `cues` holds the tokens of all cues.
    """
    doc = governor.doc
    sentence = doc[left].sent
    start, end = sentence.start, left - 1
    if not any(i in cues or in_quote[i] for i in range(start, end)):
        words = [t for t in doc[start:end] if t.is_alpha]
        at_once = any(t.dep_ == "mark" and t.lower_ in MEANWHILE and t.head.head.i > end for t in words)
        if (
            len(words) > 2
            and not at_once
            and words[-1].dep_ != "cc"
            and any(t.tag_ in FINITE or (t.dep_ == "nsubj" and t.head.i > right) for t in words)
        ):
            yield start, end
    start, end = right + 1, sentence.end
    if start >= end or in_quote[start]:
        return
    first = doc[start]
    then = doc[start + 1] if start + 1 < end else first
    if first.lower_ in COORDINATORS:
        verb = next((t.i for t in doc[start:end] if t.tag_ in FINITE), end)
        goes_on = any(t.dep_ in SUBJECTS | {"expl"} for t in doc[start:verb]) or then.is_quote
    else:
        goes_on = (
            governor.i > right
            or (first.dep_ == "mark" and first.lower_ not in {*MEANWHILE, "while"})
            or first.lower_ in ("to", "not", "rather", "only")
        )
    if goes_on and not any(i in cues for i in range(start, end)):
        yield start, end
