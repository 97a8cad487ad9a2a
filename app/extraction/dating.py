"""Which date governs a finding: the day a statement was said, an event took place, a claim was as of.

A date of the sentence governs a verb when the parse ties them closely; reported content is closed to the date of its saying, and
the saying to the dates in its content. Without one, the rules for the day's news give the publication day, or none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from app.domain.edtf import FuzzyDate, interval, parse_edtf
from app.domain.items import Event, Statement, TimeExpression, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import Modality, Precision, TimeType
from app.extraction.findings import Parsed
from app.extraction.grammar import clause_verb, first_conjunct
from app.extraction.time_periods import in_words

_FAR = 6.0  # a tie weaker than this is none


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the text, or a range that two of them name: its tokens, the token that ties it to its sentence, its days."""

    start: int
    end: int
    head: Token
    first: Token
    when: FuzzyDate
    rule: str
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class _Dating:
    """A date and why, or None and why not."""

    date: str | None
    rule: str


def date_statements(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], statements: list[Statement]
) -> list[Statement]:
    """The statements with the day each was said, or null with the reason."""
    article = _Article(parsed, source, times)
    dated = [article.statement(s) for s in statements]
    dated = _by_occasion(source, statements, dated)
    return [replace(s, date=d.date, date_rule=d.rule) for s, d in zip(statements, dated, strict=True)]


def date_events(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], events: list[Event], statements: list[Statement]
) -> list[Event]:
    """The events with the date each took or takes place, or null with the reason."""
    article = _Article(parsed, source, times)
    dated = [article.event(e, statements) for e in events]
    return [replace(e, date=d.date, date_rule=d.rule) for e, d in zip(events, dated, strict=True)]


def date_claims(
    parsed: Parsed,
    source: SourceText,
    times: list[TimeExpression],
    claims: list[TroopClaim],
    statements: list[Statement],
) -> list[TroopClaim]:
    """The troop claims with their as-of day."""
    article = _Article(parsed, source, times)
    dated = [article.claim(c, statements) for c in claims]
    return [replace(c, date=d.date, date_rule=d.rule) for c, d in zip(claims, dated, strict=True)]


_JOINED = re.compile(r"(?:,? up)?\s*(?:-|–|to|through|until|and|or|and including|to and including|and the|or the)\s*(?:the |on )?")
_BOUNDS = frozenset("since until till before after by".split())
_SAYING_NOW = frozenset("say tell report announce warn add note state write quote".split())
_STANDING = frozenset("show suggest indicate assess estimate believe find think place see judge consider expect deny insist maintain".split())
_HABITS = frozenset("repeatedly often consistently always long regularly frequently routinely constantly continually previously earlier once already".split())


class _Article:
    """One article's dates tied to its parse."""

    def __init__(self, parsed: Parsed, source: SourceText, times: Sequence[TimeExpression]) -> None:
        self._doc, self._source, self._parsed = parsed.doc, source, parsed
        self._starts = [t.idx for t in parsed.doc]
        self._dates = list(self._dated(times))
        self._lengths = [t for t in times if t.type is TimeType.DURATION and t.value.startswith("P")]

    def token(self, offset: int) -> Token | None:
        """The token that holds the offset."""
        at = bisect_right(self._starts, offset) - 1
        return self._doc[at] if 0 <= at < len(self._doc) else None

    def _dated(self, times: Sequence[TimeExpression]) -> Iterable[Dated]:
        """The times that name a date, with two that name a range joined to one."""
        known = [t for t in times if t.edtf]
        skip = False
        for time, after in zip(known, [*known[1:], None], strict=True):
            if skip:
                skip = False
                continue
            when = parse_edtf(time.edtf or "")
            end, rule = time.end, time.rule
            joined = self._range(time, after) if after else None
            if joined and after:
                when, end, skip = joined, after.end, True
                rule = f"{time.rule}; to {after.rule}"
            span = self._doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None or not len(span):
                continue
            inside = range(span.start, span.end)
            head = next((t for t in span if t.head.i not in inside or t.head == t), span[0])
            before = self._doc[span.start - 1].lower_ if span.start else ""
            if before in ("the", "last", "on", "in") and span.start > 1 and self._doc[span.start - 2].lower_ in _BOUNDS:
                before = self._doc[span.start - 2].lower_
            yield Dated(time.start, end, head, span[0], when, rule, before)

    def _range(self, time: TimeExpression, after: TimeExpression) -> FuzzyDate | None:
        between = self._source.text[time.end : after.start]
        if after.start - time.end > 24 or not _JOINED.fullmatch(between.lower()) or "T" in time.value + after.value:
            return None
        first, last = parse_edtf(time.edtf or ""), parse_edtf(after.edtf or "")
        if first.precision is not last.precision or first.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
            return None
        if last.earliest <= first.latest or (last.earliest - first.latest).days > 3660:
            return None
        word = between.strip().lower()
        if word in ("and", "or", "and the", "or the"):
            before = self._source.text[max(0, time.start - 12) : time.start].lower()
            if "between" not in before and (last.earliest - first.latest).days != 1:
                return None
        return interval(first.earliest, last.latest) if first.precision is Precision.DAY else parse_edtf(f"{first.edtf}/{last.edtf}")

    # What governs a token

    def governing(self, token: Token, *, closed: range | None = None, saying: bool = False) -> Dated | None:
        """The date most closely tied to the token in its sentence; none within `closed`, the content of a statement."""
        sentence = token.sent
        best: tuple[float, int, Dated] | None = None
        for dated in self._dates:
            head = dated.head
            if not sentence.start <= head.i < sentence.end or (closed and dated.start in closed):
                continue
            if dated.preposition in _BOUNDS and not _when_clause(dated, token):
                continue
            cost = _tie(token, dated, saying=saying)
            if cost < _FAR and (best is None or (cost, abs(head.i - token.i)) < best[:2]):
                best = (cost, abs(head.i - token.i), dated)
        return best[2] if best else None

    def offset(self, token: Token) -> _Dating | None:
        """The date of a clause that another is counted from: "a day after he sat down" gives the day before the main clause's."""
        verb = clause_verb(token)
        marker = next((c for c in verb.children if c.dep_ in ("mark", "advmod", "prep") and c.lower_ in ("after", "before") and c.i < verb.i), None)
        if marker is None and verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "before"):
            marker = verb.head
        if marker is None or marker.i == 0:
            return None
        length = next((t for t in self._lengths if 0 <= marker.idx - t.end <= 1), None)
        if length is None:
            return None
        match = re.fullmatch(r"P(T?)(\d+)([DWH])", length.value)
        if not match:
            return None
        main = verb.head if marker != verb.head else marker.head
        outer = self.governing(main, closed=range(length.start, length.start + 1)) if main != verb else None
        if outer and outer.when.precision is Precision.DAY:
            origin, by = outer.when.earliest, f"the day of the main clause ({outer.rule})"
        elif self._source.published:
            origin, by = self._source.published, "the day of publication"
        else:
            return None
        days = int(match[2]) * {"D": 1, "W": 7, "H": 0}[match[3]]
        moved = origin + timedelta(-days if marker.lower_ == "after" else days)
        return _Dating(moved.isoformat(), f"'{length.text} {marker.text}' counted from {by}")

    # Statements

    def statement(self, statement: Statement) -> _Dating:
        cue = self.token(statement.cue_start)
        if cue is None:
            return self._published("no reporting verb; the publication day of the day's news")
        content = range(statement.start, statement.end)
        counted = self.offset(cue)
        if counted:
            return counted
        found = self.governing(cue, closed=content, saying=True)
        if found:
            if found.when.precision is Precision.DAY:
                return _Dating(found.when.edtf, f"said on the day named: {found.rule}")
            return _Dating(None, f"said {self._source.text[found.start : found.end]!r}: no single day")
        return self._undated_saying(cue, statement)

    def _undated_saying(self, cue: Token, statement: Statement) -> _Dating:
        verb = _finite(cue)
        habit = _habit(cue) or (_habit(verb) if verb != cue else None)
        if habit:
            return _Dating(None, f"told as {habit}, on no named day")
        tense = _tense(verb)
        if tense == "perfect":
            return _Dating(None, f"'{_verb_words(verb)}' names no day")
        if cue.lemma_.lower() in _STANDING:
            return _Dating(None, f"'{cue.text}' gives a standing position, on no named day")
        if tense in ("past", "none") or cue.lemma_.lower() in _SAYING_NOW or cue.lower_ in ("according", "per"):
            return self._published(f"undated '{cue.text}' of the day's news: the publication day")
        return _Dating(None, f"'{_verb_words(verb)}' names no day")

    def _published(self, rule: str) -> _Dating:
        published = self._source.published
        if published is None:
            return _Dating(None, "neither the text nor the file gives a date")
        return _Dating(published.isoformat(), f"{rule}, {in_words(published)}")

    # Events

    def event(self, event: Event, statements: Sequence[Statement]) -> _Dating:
        token = self.token(event.trigger_start)
        if token is None:
            return _Dating(None, "no date in the text")
        counted = self.offset(token)
        if counted:
            return counted
        found = self.governing(token)
        if found:
            return _Dating(found.when.edtf, f"the date of its clause: {found.rule}")
        verb = _finite(token)
        if event.modality not in (Modality.HAPPENED, Modality.ALLEGED):
            return _Dating(None, f"{event.modality.value}, for no named day")
        tense = _tense(verb)
        if tense == "past":
            saying = _saying_above(verb)
            if saying is not None and self.governing(saying, saying=True):
                return _Dating(None, "told on a named day, but of no named day")
            earlier = self._paragraph_date(token)
            if earlier:
                return _Dating(earlier.when.edtf, f"the date that its paragraph tells of: {earlier.rule}")
            return self._published("told in the past tense as the day's news: the publication day")
        return _Dating(None, f"'{_verb_words(verb)}' names no day")

    def _paragraph_date(self, token: Token) -> Dated | None:
        """The past date of the main clause of the sentence before in the paragraph."""
        if token.sent.start == 0:
            return None
        before = self._doc[token.sent.start - 1].sent
        if self._parsed.paragraph_of(before.start) != self._parsed.paragraph_of(token.i):
            return None
        found = self.governing(before.root)
        published = self._source.published
        if found and published and found.when.latest < published:
            return found
        return None

    # Troop claims

    def claim(self, claim: TroopClaim, statements: Sequence[Statement]) -> _Dating:
        token = self.token(claim.anchor_start)
        published = self._source.published
        found = self.governing(token) if token is not None else None
        if found:
            last = found.when.latest
            if found.when.precision in (Precision.MONTH, Precision.YEAR):
                return _Dating(found.when.edtf, f"as of {found.rule}")
            if published and last > published and found.when.earliest <= published:
                last = published
            return _Dating(last.isoformat(), f"as of {found.rule}")
        for statement in statements:
            if statement.start <= claim.anchor_start < statement.end and statement.date:
                return _Dating(statement.date, f"the day of the claim; {statement.date_rule}")
        return self._published("no day named: as of the publication day")


def _by_occasion(source: SourceText, statements: Sequence[Statement], dated: Sequence[_Dating]) -> list[_Dating]:
    """Statements of one speaker that no date governs take the one day on which the article heard that speaker."""
    published = source.published.isoformat() if source.published else None
    days: dict[str, set[str]] = {}
    for statement, dating in zip(statements, dated, strict=True):
        if statement.speaker and dating.date and not dating.rule.startswith("undated"):
            days.setdefault(statement.speaker, set()).add(dating.date)
    found = []
    previous: tuple[Statement, _Dating] | None = None
    for statement, dating in zip(statements, dated, strict=True):
        if dating.rule.startswith("undated"):
            if (
                previous
                and previous[0].speaker == statement.speaker
                and statement.paragraph - previous[0].paragraph <= 1
                and (statement.speaker_mention or "").lower() in ("he", "she", "it", "they")
            ):
                dating = _Dating(previous[1].date, f"as the speaker's words before: {previous[1].rule}")
            elif statement.speaker and len(days.get(statement.speaker, ())) == 1:
                (day,) = days[statement.speaker]
                if day != published and source.published and abs((date.fromisoformat(day) - source.published).days) <= 7:
                    dating = _Dating(day, f"{statement.speaker} spoke on {in_words(date.fromisoformat(day))} in this article")
        found.append(dating)
        previous = (statement, dating)
    return found


# The parse

_UP = {"ccomp": 9.0, "relcl": 2.0, "advcl": 1.0, "acl": 0.5, "conj": 1.0, "parataxis": 1.5, "xcomp": 0.2, "pcomp": 0.3, "appos": 1.0, "csubj": 2.0}
_DOWN = {"ccomp": 9.0, "relcl": 4.0, "advcl": 2.0, "acl": 2.0, "conj": 2.5, "parataxis": 4.0, "xcomp": 1.0, "pcomp": 2.0, "appos": 3.0, "csubj": 5.0}
_NOUN_MODIFIERS = frozenset({"poss", "compound", "amod", "nummod", "nmod"})


def _tie(token: Token, dated: Dated, *, saying: bool) -> float:
    """How loosely the date hangs on the token: the cost of the path between them in the tree, clause borders counting most."""
    up = {token.i: 0.0}
    at, cost = token, 0.0
    while at.head != at:
        label = at.dep_
        if label == "ccomp":
            step = 3.0 if saying else _UP["ccomp"]
            if _opens_sentence(dated, at.head):
                step = 1.0
        else:
            step = _UP.get(label, 0.3)
            if label == "conj" and dated.start > at.idx:
                step += 1.5
        cost += step
        at = at.head
        up[at.i] = cost
    at, cost = dated.head, 0.0
    if at.dep_ in _NOUN_MODIFIERS and at.head.i not in up:
        cost += 3.0
    while at.i not in up:
        if at.head == at:
            return 99.0
        label = at.dep_
        step = _DOWN.get(label, 0.2)
        if label == "advcl" and any(c.lower_ in ("while", "when", "as") for c in at.children):
            step = 0.5
        if at != dated.head and at.dep_ in ("dobj", "nsubj", "pobj", "nsubjpass", "attr"):
            step = 0.6
        if label in _NOUN_MODIFIERS and at == dated.head and at.head != token:
            step = 4.0
        cost += step
        at = at.head
    return cost + up[at.i]


def _opens_sentence(dated: Dated, verb: Token) -> bool:
    """True where the date stands before the subject of the clause: "Last week, the airline said that ..."."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and dated.start < subject.left_edge.idx


def _when_clause(dated: Dated, token: Token) -> bool:
    """True of "since July, when X happened" for X: the date is that of the clause that hangs on it."""
    at = token
    while at.head != at:
        if at.dep_ in ("relcl", "advcl") and at.head.i in (dated.head.i, dated.first.i):
            return True
        at = at.head
    return False


def _finite(token: Token) -> Token:
    """The finite verb of the clause in which the token stands: through participles, infinitives and nouns, upward."""
    verb = clause_verb(token)
    for _ in range(8):
        if verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children if c.dep_ in ("aux", "auxpass")):
            return verb
        if verb.head == verb:
            return verb
        verb = clause_verb(verb.head)
    return verb


def _tense(verb: Token) -> str:
    """past, perfect, present, modal or none, of the verb with its auxiliaries."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    tags = {c.tag_ for c in auxiliaries}
    words = {c.lower_ for c in auxiliaries}
    if "MD" in tags:
        return "modal"
    if words & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if "VBD" in tags or verb.tag_ == "VBD":
        return "past"
    if tags & {"VBZ", "VBP"} or verb.tag_ in ("VBZ", "VBP"):
        return "present"
    if verb.dep_ == "conj":
        return _tense(first_conjunct(verb))
    return "past" if verb.tag_ == "VBN" else "none"


def _habit(verb: Token) -> str | None:
    """The word that makes a habit of the saying: "repeatedly", "continued to"."""
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in _HABITS:
            return child.text
    governor = verb.head
    if verb.dep_ == "xcomp" and governor.lemma_ in ("continue", "keep", "tend"):
        return f"{governor.text} to {verb.text}"
    return None


def _verb_words(verb: Token) -> str:
    return " ".join(t.text for t in [*(c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), verb])


def _saying_above(verb: Token) -> Token | None:
    while verb.head != verb:
        if verb.dep_ == "ccomp":
            return verb.head
        verb = verb.head
    return None
