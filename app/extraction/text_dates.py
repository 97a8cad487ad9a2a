"""The dates of one article, asked by word: which governs it, what it is counted from, what else the article dates."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from spacy.tokens import Span, Token

from app.domain.edtf import FuzzyDate, day, interval, parse_edtf
from app.domain.items import TimeExpression
from app.domain.source import SourceText
from app.domain.vocabulary import Precision, TimeType
from app.extraction.date_ties import FAR, TiedDate, hangs_on, tie_cost
from app.extraction.findings import Parsed
from app.extraction.grammar import OBJECTS, SUBJECTS, ancestors, child, clause_verb, first_conjunct, misread_marker
from app.extraction.tense import finite_verb
from app.extraction.timex.periods import Period, Unit


class TextDates:
    """The dates of one article, asked by token."""

    def __init__(self, parsed: Parsed, source: SourceText, times: Sequence[TimeExpression]) -> None:
        self._doc, self._source, self._parsed = parsed.doc, source, parsed
        self._starts = [t.idx for t in parsed.doc]
        self._lengths = [t for t in times if t.type is TimeType.DURATION]
        self._compared: list[TiedDate] = []  # of the number before them alone
        self._ties: dict[int, list[TiedDate]] = {}  # by the first token of their sentence
        for tied in self._tied(times):
            self._ties.setdefault(tied.head.sent.start, []).append(tied)
        self._mentions: dict[str, list[tuple[Token, TiedDate]]] = {}

    def token(self, offset: int) -> Token | None:
        """The token that holds the character offset; None where there is none."""
        at = bisect_right(self._starts, offset) - 1
        return self._doc[at] if 0 <= at < len(self._doc) else None

    def governing(self, token: Token, *, closed: range | None = None, saying: bool = False) -> TiedDate | None:
        """The time most closely tied to the token in its sentence.

        None of those within `closed`, a range of character offsets. `saying` leaves out what lies ahead of the
        publication, and opens the way up to an outer report's date: "the ministry said it fired a missile, the agency
        reported Thursday".
        """
        best: tuple[float, int, TiedDate] | None = None
        for tied in self._ties.get(token.sent.start, []):
            if closed and tied.start in closed:
                continue
            if (tied.preposition in _BOUNDS and not hangs_on(token, tied)) or (saying and tied.ahead):
                continue
            cost, distance = tie_cost(token, tied, saying=saying), abs(tied.head.i - token.i)
            if cost < FAR and (best is None or (cost, distance) < best[:2]):
                best = (cost, distance, tied)
        return best[2] if best else None

    def compared(self, token: Token) -> TiedDate | None:
        """The time of a number that another is compared with: "up from 60 two weeks earlier", "up from 60 in May"."""
        return next((tied for tied in self._compared if token.i < tied.first.i <= token.i + 2), None)

    def relayed(self, token: Token) -> TiedDate | None:
        """The time of the clause after a comma that relays a saying: "they fired it, the agency reported Thursday"."""
        for verb in token.children:
            after_comma = "," in (self._doc[verb.left_edge.i].text, self._doc[verb.left_edge.i - 1].text)
            finite = verb.tag_ in ("VBD", "VBZ") and child(verb, *SUBJECTS) is not None
            if verb.i > token.i and after_comma and finite:
                return self.governing(verb, saying=True)
        return None

    def counted(self, token: Token) -> tuple[FuzzyDate | None, str] | None:
        """The date and the rule of a clause told by its distance from another: "it came a day after he sat down" for
        "sat", "two days before the vote, he spoke" for "spoke". None where the token's clause is no such one; a date of
        None where the other has none."""
        verb = clause_verb(token)
        if verb.dep_ == "conj" and child(verb, *SUBJECTS) is None and misread_marker(verb) is None:
            verb = first_conjunct(verb)  # "a day after he came and spoke"
        found = self._length_before(verb)
        if found is None:
            return None
        marker, length = found
        noun = child(marker, "pobj") if misread_marker(verb) is None else None
        back = marker.lower_ == ("before" if noun is not None else "after")
        said = f"'{length.text} {marker.text}"
        if noun is not None:
            named = self.governing(noun, closed=range(length.start, length.end)) or self._elsewhere(noun)
            said += f" the {noun.text}'"
        else:
            main = verb.head.head if verb.dep_ == "pcomp" else verb.head
            named = self.governing(main, closed=range(length.start, length.end)) if main != verb else None
            said += "'"
        if named and named.when and named.when.precision is Precision.DAY:
            return _moved(named.when.earliest, length.value, back=back), f"{said} counted from {named.rule}"
        if noun is not None or self._source.published is None:
            return None, f"{said}, whose day is not named"
        return _moved(self._source.published, length.value, back=back), f"{said} counted from the publication day"

    def is_own(self, token: Token, tied: TiedDate) -> bool:
        """True where the date stands in the token's own clause, not in its subject or above it."""
        top = (token, clause_verb(token))
        for word in (tied.head, *ancestors(tied.head)):
            if word in top:
                return True
            if word.dep_ in (*SUBJECTS, "relcl", "acl", "ccomp"):
                return False
        return False

    def counts_on(self, token: Token) -> bool:
        """True where the token's clause is told as so long after or before another: "met, a day after he sat down"."""
        verb: Token = clause_verb(token)
        for _ in range(3):
            below = [*verb.children, *(g for c in verb.children if c.dep_ in ("prep", "npadvmod") for g in c.children)]
            if any(c.dep_ in ("advcl", "pcomp") and self._length_before(c) for c in below):
                return True
            if verb.dep_ != "xcomp":
                return False
            verb = verb.head
        return False

    def before(self, token: Token, *, continued: bool) -> TiedDate | None:
        """The date of the main clause of the sentence before, in the same paragraph.

        Where `continued` is False, only if that sentence ends in a colon and the token's is the main clause after it.
        """
        if token.sent.start == 0:
            return None
        previous = self._doc[token.sent.start - 1].sent
        if self._parsed.paragraph_of(previous.start) != self._parsed.paragraph_of(token.i):
            return None
        if not continued and (
            previous[-1].text != ":" or finite_verb(token) != token.sent.root or token.pos_ not in ("VERB", "AUX")
        ):
            return None
        return self.governing(previous.root)

    def matter_before(self, token: Token) -> list[Span]:
        """The sentences whose matter a saying goes on with, nearest first: the one before, in the same paragraph or in
        the next with two of its words; of the paragraph before, those on the speaker, or all where "it" takes them up
        ("called it a stunt")."""
        if token.sent.start == 0:
            return []
        before = [self._doc[token.sent.start - 1].sent]
        paragraph = self._parsed.paragraph_of(before[0].start)
        apart = self._parsed.paragraph_of(token.i) - paragraph
        if apart != 1:
            return before if apart == 0 else []
        shared = _matter(before[0]) & _matter(token.sent)
        if len(shared) > 1 and not all(map(str.istitle, shared)):
            return before
        while (start := before[-1].start) > 0 and self._parsed.paragraph_of(start - 1) == paragraph:
            before.append(self._doc[start - 1].sent)
        if any(c.dep_ in OBJECTS and c.lower_ in ("it", "this") for c in token.children):
            return before
        speaker = child(token, *SUBJECTS)
        return [s for s in before if speaker is not None and _names_again(speaker, child(s.root, *SUBJECTS))]

    def days_near(self, published: date, days: int) -> set[date]:
        """The days that the text names up to so many days before the publication."""
        named = {
            t.when.earliest
            for sentence in self._ties.values()
            for t in sentence
            if t.when and t.when.precision is Precision.DAY
        }
        return {d for d in named if 0 <= (published - d).days <= days}

    def occasion(self, token: Token) -> TiedDate | None:
        """The date that the article gives elsewhere for the occasion of a saying: "during their meeting", "in a readout
        of the call"."""
        nouns = [n for p in token.children if p.lower_ in ("during", "at", "in") for n in p.children]
        nouns += [n for noun in nouns for p in noun.children if p.lower_ == "of" for n in p.children]
        for noun in nouns:
            if found := self.named_before(noun):
                return found
        return None

    def named_before(self, noun: Token) -> TiedDate | None:
        """The date that the article gives elsewhere for an occasion that the noun takes up: "the Geneva talks"."""
        definite = any(c.dep_ in ("poss", "det") and c.lower_ not in ("a", "an") for c in noun.children)
        return self._elsewhere(noun) if definite and noun.lemma_.lower() in _OCCASIONS else None

    def only_occasion(self, noun: Token) -> TiedDate | None:
        """The same, where the article names one date alone for such occasions."""
        found = self.named_before(noun)
        named = {tied.when.edtf for _, tied in self._dated_mentions(noun.lemma_) if tied.when}
        return found if len(named) == 1 else None

    def _elsewhere(self, noun: Token) -> TiedDate | None:
        """The date of another mention of the noun, best of one that it stands beside ("Tuesday's call"), or of its verb
        in a main clause: "they spoke on Tuesday" of a call."""
        found = [(other, tied) for other, tied in self._dated_mentions(noun.lemma_) if other != noun]
        return next((tied for other, tied in found if tied.head.head == other), found[0][1] if found else None)

    def _dated_mentions(self, lemma: str) -> list[tuple[Token, TiedDate]]:
        if lemma not in self._mentions:
            verbs = _OCCASIONS.get(lemma.lower(), frozenset())
            mentions = [token for token in self._doc if token.lemma_ == lemma]
            mentions += [sentence.root for sentence in self._doc.sents if sentence.root.lemma_ in verbs]
            self._mentions[lemma] = [(mention, tied) for mention in mentions if (tied := self.governing(mention))]
        return self._mentions[lemma]

    def _length_before(self, verb: Token) -> tuple[Token, TimeExpression] | None:
        marker = next((c for c in verb.children if c.lower_ in ("after", "before") and c.i < verb.i), None)
        if marker is None and verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "before"):
            marker = verb.head
        if marker is None and verb.dep_ in ("advcl", "conj"):
            marker = misread_marker(verb)
        if marker is None:
            return None
        length = next((t for t in self._lengths if 0 <= marker.idx - t.end <= 1), None)
        return (marker, length) if length else None

    def _tied(self, times: Sequence[TimeExpression]) -> Iterable[TiedDate]:
        done = 0
        for time, after in zip_longest(times, times[1:]):
            if time.start < done or not (time.edtf or _is_vague(time)):
                continue
            when, end, rule = parse_edtf(time.edtf) if time.edtf else None, time.end, time.rule
            if after and (joined := self._range(time, after)):
                when, end, rule = joined, after.end, f"{time.rule}; to {after.rule}"
            done = end
            span = self._doc.char_span(time.start, time.end, alignment_mode="expand")
            if span is None or not len(span):
                continue
            inside = range(span.start, span.end)
            head = next((t for t in span if t.head.i not in inside or t.head == t), span[0])
            before = [t.lower_ for t in self._doc[max(0, span.start - 2) : span.start]]
            preposition = next((w for w in before if w in _BOUNDS), before[-1] if before else "")
            tied = TiedDate(time.start, end, head, span[0], when, rule, preposition, self._is_ahead(time, when))
            if _COMPARED.search(self._source.text[max(0, time.start - 40) : time.start]):
                self._compared.append(tied)
            else:
                yield tied

    def _is_ahead(self, time: TimeExpression, when: FuzzyDate | None) -> bool:
        published = self._source.published
        if when is None:
            return time.value == "FUTURE_REF"
        return published is not None and when.earliest > published + timedelta(1)  # a report may be of the next day

    def _range(self, time: TimeExpression, after: TimeExpression) -> FuzzyDate | None:
        """Both as one range where the words between join them: "Feb. 16th or the 17th", "Sept. 7 to Dec. 5"."""
        text = self._source.text
        between = text[time.end : after.start].lower()
        if not (time.edtf and after.edtf) or len(between) > 24 or not _JOINED.fullmatch(between):
            return None
        first, last = parse_edtf(time.edtf), parse_edtf(after.edtf)
        days = (last.earliest - first.latest).days
        if first.precision is not last.precision or first.precision is Precision.RANGE or not 0 < days < 3660:
            return None
        if (
            re.search(r"\b(?:and|or)\b(?! includ)", between)
            and days > 1
            and "between" not in text[max(0, time.start - 12) : time.start].lower()
        ):
            return None  # "on Monday and Thursday" are two days
        return (
            interval(first.earliest, last.latest)
            if first.precision is Precision.DAY
            else parse_edtf(f"{first.edtf}/{last.edtf}")
        )


_JOINED = re.compile(
    r"(?:,? up)?\s*(?:-|–|to|through|until|and|or|and including|to and including|and the|or the)\s*(?:the |on )?"
)
_COMPARED = re.compile(
    r"\bthan $|\b(?:from|than) (?:(?:about|around|some|nearly|just|only|over) )?\$?[\d.,]+"
    r"(?: (?:percent|million|billion|troops))? (?:on |in |at |as of )?$"
)
_BOUNDS = frozenset(["since", "until", "till", "before", "after", "by"])
_OCCASIONS = {  # and the verbs that tell of one
    "meeting": frozenset(["meet"]),
    "call": frozenset(["speak", "talk"]),
    "conversation": frozenset(["speak", "talk"]),
    "talk": frozenset(["meet", "talk"]),
    "visit": frozenset(["visit"]),
    **dict.fromkeys(
        ["conference", "briefing", "summit", "interview", "speech", "address", "hearing", "session"], frozenset[str]()
    ),
}


def _is_vague(time: TimeExpression) -> bool:
    """True of what tells a time but no day: "recently", "soon", "in recent days", "every week"."""
    return (
        time.value in ("PAST_REF", "FUTURE_REF")
        or time.type is TimeType.SET
        or (time.type is TimeType.DURATION and "X" in time.value)
    )


def _moved(origin: date, length: str, *, back: bool) -> FuzzyDate | None:
    """The date a TIMEX3 length away from a day, as precise as the length; hours stay on the day."""
    match = re.fullmatch(r"P(T)?(\d+|X)([DWMYHS])", length)
    if not match:
        return None
    if match[1]:
        return day(origin)
    if match[2] == "X":
        return None
    count = int(match[2])
    unit = {"D": Unit.DAY, "W": Unit.DAY if count == 1 else Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}[match[3]]
    if match[3] == "W" and count == 1:
        count = 7
    try:
        edtf = Period.holding(unit, origin).shift(-count if back else count).edtf
        return parse_edtf(edtf) if edtf else None
    except (ValueError, OverflowError):
        return None


def _matter(sentence: Span) -> set[str]:
    """The words that tell what a sentence is about: its names, capitalised, and the lemmas of its common nouns and of
    what they are like."""
    return {
        t.lemma_.title() if t.pos_ == "PROPN" else t.lemma_.lower()
        for t in sentence
        if t.pos_ in ("PROPN", "NOUN", "ADJ") and t.is_alpha and not (t.pos_ == "ADJ" and t.is_title)
    }


def _names_again(noun: Token, earlier: Token | None) -> bool:
    """True of a name, or a noun with no more than an article, for what was named before: "the officials"."""
    if earlier is None or noun.lemma_ != earlier.lemma_:
        return False
    return noun.pos_ == "PROPN" or (noun.pos_ == "NOUN" and [c.lower_ for c in noun.children] == ["the"])
