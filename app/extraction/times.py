"""Time expressions of a text with their TIMEX3 values and EDTF dates."""

import re
from dataclasses import replace
from itertools import zip_longest
from string import ascii_lowercase, ascii_uppercase

from spacy.tokens import Doc, Token

from app.domain.items import TimeExpression
from app.domain.source import SourceText
from app.domain.vocabulary import TimeType
from app.extraction.findings import Parsed
from app.extraction.time_grammar import PRODUCTIONS, Context, Direction, Reading
from app.extraction.time_periods import in_words
from app.extraction.time_words import begins_expression

_LOWER = str.maketrans(ascii_uppercase + "\n’", ascii_lowercase + " '")  # keeps every offset
# Any production without its names: one match tells most places from those that are worth reading.
_ANY = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", p.pattern.pattern.replace("(?P=sep)", "[-/.]")) for p in PRODUCTIONS))
_WORD = re.compile(r"(?<![\w$€£.])'?\w+")


def find_times(parsed: Parsed, source: SourceText) -> list[TimeExpression]:
    """Every time expression of the text, in order; no two overlap.

    Pure: relative expressions are counted from `source.published` alone and have no EDTF date where it is None.
    """
    text = source.text
    lowered = text.translate(_LOWER)
    surroundings = _Surroundings(parsed.doc)
    context = Context(
        source.published,
        surroundings.direction,
        surroundings.names_person,
        surroundings.counts_things,
        text,
    )
    found: list[TimeExpression] = []
    at = 0
    for word in _WORD.finditer(lowered):
        start = word.start()
        if start < at or not begins_expression(word[0]) or not _ANY.match(lowered, start):
            continue
        best = _longest(lowered, start, context)
        if best is None:
            continue
        end, reading = best
        if reading.period:
            context.read.append((start, reading.period))
        at = end
        found.append(_expression(source, start, end, reading))
    return _place_clocks(found, source)


def _place_clocks(found: list[TimeExpression], source: SourceText) -> list[TimeExpression]:
    """Clock times take the day named beside them in their sentence; one that the day adjoins becomes one expression with it."""
    placed: list[TimeExpression] = []
    for time, after in zip_longest(found, found[1:]):
        before = placed[-1] if placed else None
        if before and before.end >= time.end:
            continue
        if time.type is TimeType.TIME and _CLOCK.search(time.value):
            clock = time.value[time.value.index("T") :]
            if after and _is_day(after) and (gap := source.text[time.end : after.start]) is not None and len(gap) <= 15 and _BESIDE.fullmatch(gap):
                end = after.end if len(gap) <= 4 else time.end
                rule = f"{time.text} of {after.rule}"
                time = replace(time, end=end, text=source.text[time.start : end], value=after.value[:10] + clock, edtf=after.edtf, rule=rule)
            elif before and _is_day(before) and _BESIDE.fullmatch(source.text[before.end : time.start]):
                time = replace(time, value=before.value[:10] + clock, edtf=before.edtf, rule=f"{time.text} of {before.rule}")
        placed.append(time)
    return placed


_CLOCK = re.compile(r"T\d\d")
_BESIDE = re.compile(r",? ?(?:\([^)]*\) ?)?(?:,? ?(?:on|at|at about|at around|about|around|shortly before|shortly after|before|after) )?")


def _is_day(time: TimeExpression) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d", time.value)) and not _CLOCK.search(time.value)


def _longest(lowered: str, start: int, context: Context) -> tuple[int, Reading] | None:
    matches = [(m, p) for p in PRODUCTIONS if (m := p.pattern.match(lowered, start))]
    matches.sort(key=lambda pair: -pair[0].end())
    for match, production in matches:
        if "\n" in context.text[match.start() : match.end()]:
            continue
        try:
            reading = production.read(match, context)
        except (ValueError, OverflowError):  # beyond the calendar's ends
            continue
        if reading:
            return match.end(), reading
    return None


def _expression(source: SourceText, start: int, end: int, reading: Reading) -> TimeExpression:
    words = source.text[start:end]
    edtf = reading.edtf
    if reading.relative and source.published:
        rule = f"'{words}' in an article of {in_words(source.published)}: {reading.how}"
    else:
        rule = f"'{words}': {reading.how}"
    return TimeExpression(
        paragraph=source.paragraph_at(start),
        start=start,
        end=end,
        text=words,
        type=reading.type,
        value=reading.value,
        edtf=edtf,
        rule=rule,
    )


class _Surroundings:
    """What the parse says around an expression."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def _tokens(self, start: int, end: int) -> list[Token]:
        span = self._doc.char_span(start, end, alignment_mode="expand")
        return list(span) if span is not None else []

    def direction(self, start: int, end: int) -> Direction:
        tokens = self._tokens(start, end)
        if not tokens:
            return Direction.OPEN
        return _direction(tokens)

    def names_person(self, start: int, end: int) -> bool:
        for token in self._tokens(start, end):
            if token.ent_type_ == "PERSON" or token.pos_ in ("AUX", "VERB") or token.dep_ in ("nsubj", "poss") and token.text == "May":
                return True
            if token.dep_ == "compound" and token.head.ent_type_ == "PERSON":
                return True
            if token.text == "March" and any(c.dep_ in ("det", "poss") for c in token.children):
                return True  # the annual March for Life
        return False

    def counts_things(self, start: int, end: int) -> bool:
        return _counts_things(self._tokens(start, end))


def _counts_things(tokens: list[Token]) -> bool:
    """True where a number counts things or belongs to a name ("2000 soldiers", "Russell 2000"), or "a day" means each day."""
    if not tokens:
        return False
    token, before = tokens[-1], tokens[0].nbor(-1) if tokens[0].i else None
    if tokens[0].lower_ in ("a", "an"):
        return token.dep_ == "npadvmod" and token.head.pos_ in ("NOUN", "NUM", "SYM")
    if before is None or token.ent_type_ == "DATE":
        return False
    if token.dep_ == "nummod" and token.head.tag_ in ("NNS", "NNPS") and before.lower_ not in ("the", "fiscal", "of", "in"):
        return True
    return before.text in ("$", "#", "No.", "£", "€") or (before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", "EVENT"))


_PLANS = frozenset(
    "expect schedule plan set slate intend hope propose prepare aim threaten vow pledge promise want agree due plan arrange invite".split()
)
_AHEAD = frozenset("payable due effective redeemable".split())
_WILL = frozenset("will shall 'll ’ll wo going would 'd ’d".split())
_MAY = frozenset("could might may can should must".split())
_PAST_AUXILIARIES = frozenset("had was were did has have been".split())
_AHEAD_BEFORE = re.compile(
    r"(?:until|till|as (?:soon|early|late) as|beginning|starting|effective|no later than|due|scheduled for|set for) "
    r"(?:on |in |at |the |about |around |\d+(?::\d\d)? ?[ap]\.?m\.? (?:[a-z]{2,4} )?)?$"
)


def _direction(tokens: list[Token]) -> Direction:
    """Which way the clause looks, by the verb that governs the expression and the words right before it."""
    inside = {t.i for t in tokens}
    verb = next((t for t in tokens if t.head.i not in inside), tokens[0])
    head = verb.i
    before = tokens[0].doc[max(0, tokens[0].i - 6) : tokens[0].i].text_with_ws.lower()
    through_noun = False
    ahead = bool(_AHEAD_BEFORE.search(before))
    while verb.pos_ not in ("VERB", "AUX"):
        ahead = ahead or verb.lower_ in _AHEAD
        if verb.head == verb:
            return Direction.FUTURE if ahead else Direction.OPEN
        through_noun = through_noun or (verb.pos_ in ("NOUN", "PROPN") and verb.i not in inside)
        verb = verb.head
    looks = _verb_looks(verb)
    if ahead:
        had = any(c.lower_ == "had" for c in verb.children)
        return Direction.PAST if had else Direction.FUTURE
    if verb.lemma_ in ("plan", "schedule") and verb.tag_ == "VBD" and verb.i < head:
        return Direction.FUTURE
    if any(c.dep_ == "case" for t in tokens for c in t.children) and looks is Direction.FUTURE:  # Wednesday's ruling
        return Direction.FUTURE if verb.i > head else Direction.OPEN
    return Direction.OPEN if through_noun and looks is Direction.PAST else looks


def _verb_looks(verb: Token) -> Direction:
    infinitive = False
    for _ in range(6):
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & _WILL and "have" not in auxiliaries:
            return Direction.FUTURE
        if verb.lemma_ in _PLANS and verb.tag_ in ("VBN", "VBZ", "VBP", "VBG"):
            return Direction.PAST if "had" in auxiliaries else Direction.FUTURE
        if infinitive and verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP"):
            return Direction.FUTURE
        if verb.tag_ == "VBD" or auxiliaries & _PAST_AUXILIARIES or (verb.tag_ == "VBN" and not auxiliaries):
            return Direction.OPEN if infinitive else Direction.PAST
        governor = verb.head
        if verb.tag_ != "VB" or governor == verb:
            return Direction.OPEN
        if governor.lemma_ in _PLANS or governor.lower_ in ("plans", "plan", "deadline", "likely", "able", "ready"):
            had = any(c.lower_ == "had" for t in (governor, governor.head) for c in t.children)
            return Direction.PAST if had else Direction.FUTURE
        if auxiliaries & _MAY:
            return Direction.FUTURE
        while governor.pos_ not in ("VERB", "AUX") and governor.head != governor:
            governor = governor.head
        verb, infinitive = governor, True
    return Direction.OPEN
