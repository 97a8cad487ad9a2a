"""Direct speech: quotes that stand on their own, and the words around them that tell who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.domain.vocabulary import ActorKind, Polarity
from app.extraction.clause_ends import trimmed
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.extraction.grammar import SUBJECTS, child
from app.extraction.speech import Cue, Form, Report, is_nobody

STOPS = frozenset({".", "?", "!", ",", ";", ":", "…", "...", "—", "–", "-", "--"})
ENDS = frozenset({".", "?", "!", ";"})
MARKS = frozenset({'"', "“", "”", "„", "''", "``", "‘", "’", "'", "«", "»"})
DASHES = frozenset({"—", "–", "--", "-", "―"})
REACH = 30
LONGEST_HEADING = 7  # tokens


@dataclass(frozen=True, slots=True)
class _Source:
    cue: Token
    source: Token | None
    polarity: Polarity
    form: Form
    entry: Cue | None = None


class DirectSpeech:
    """Finds the quotes of one text that are speech, and for each the cue and the source."""

    def __init__(self, parsed: Parsed, quoted: Sequence[QuotedSpan], cues: Sequence[Cue], mentions: Mentions) -> None:
        self.parsed, self.doc, self.quoted, self.mentions = parsed, parsed.doc, quoted, mentions
        self.cue_at = {cue.verb.i: cue for cue in cues}
        self.last: _Source | None = None  # who spoke last, from paragraph to paragraph
        self.open = False

    def reports(self) -> list[Report]:
        """Every quote that is speech with its source, in order."""
        by_paragraph: dict[int, list[QuotedSpan]] = {}
        for span in self.quoted:
            by_paragraph.setdefault(self.parsed.paragraph_of(span.start), []).append(span)
        found: list[Report] = []
        for number, (start, end) in enumerate(self.parsed.paragraphs):
            spans = by_paragraph.get(number, [])
            found += self._paragraph(spans, start, end)
            self.open = bool(spans) and not spans[-1].closed
            if not spans or spans[-1].end < end - 1:
                self._narrated(start, end, spans)
        return found

    def _narrated(self, start: int, end: int, spans: Sequence[QuotedSpan]) -> None:
        """Remember the last speaker that the paragraph's own words name."""
        inside = {i for span in spans for i in range(span.start, span.end)}
        last = None
        for i in range(start, end):
            cue = self.cue_at.get(i)
            if cue is None or cue.subject is None or i in inside or self._is_told(cue):
                continue
            if last is None or self._is_person(cue.subject) or not self._is_person(last.subject):
                last = cue
        if last is not None:
            self.last = _Source(last.verb, last.subject, last.entry.polarity, Form.QUOTE_NEIGHBOUR, last)
            return
        for i in range(start, end):
            token = self.doc[i]
            if i not in inside and token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
                mention = self.mentions.at(i)
                if mention is not None and mention.kind is ActorKind.PERSON:
                    self.last = _Source(token.head, token, Polarity.ASSERTS, Form.QUOTE_NEIGHBOUR)
                    return

    def _is_told(self, cue: Cue) -> bool:
        """Whether the cue stands in what another one reports: "Solberg said that critics had warned"."""
        return cue.verb.dep_ == "ccomp" and cue.verb.head.i in self.cue_at

    def _is_person(self, token: Token | None) -> bool:
        mention = self.mentions.at(token.i) if token is not None else None
        return mention is not None and mention.kind is ActorKind.PERSON

    def _paragraph(self, spans: Sequence[QuotedSpan], start: int, end: int) -> list[Report]:
        found: list[Report] = []
        sources: list[_Source | None] = []
        for number, span in enumerate(spans):
            gap_before = (spans[number - 1].end + 1 if number else start, span.start - 1 if span.opened else span.start)
            gap_after = (span.end + 1, spans[number + 1].start - 1 if number + 1 < len(spans) else end)
            source = self._own_source(span, gap_before, gap_after)
            sources.append(source or self._signature(gap_after[0] if number + 1 == len(spans) else end + 1, end))
        carried: _Source | None = None
        for number, span in enumerate(spans):
            source = sources[number]
            begins = span.start - 1 <= start or not span.opened
            if source is None and self._stands(span) and self._is_clause(span) and not self._is_heading(span):
                if carried is not None:
                    source = _Source(carried.cue, carried.source, Polarity.ASSERTS, Form.QUOTE_CARRIED, carried.entry)
                elif begins and self.open and self.last is not None:
                    source = _Source(
                        self.last.cue, self.last.source, Polarity.ASSERTS, Form.QUOTE_CARRIED, self.last.entry
                    )
                else:
                    later = next((s for s in sources[number + 1 :] if s is not None), None)
                    if later is not None and begins:
                        source = _Source(later.cue, later.source, Polarity.ASSERTS, Form.QUOTE_CARRIED, later.entry)
                    elif begins and self.last is not None:
                        source = _Source(
                            self.last.cue, self.last.source, Polarity.ASSERTS, Form.QUOTE_NEIGHBOUR, self.last.entry
                        )
                    elif not begins:
                        source = self._subject_before(spans[number - 1].end + 1 if number else start, span.start - 1)
            if source is None:
                if (
                    carried is not None
                    and (stretch := self._goes_on(span)) is not None
                    and (not found or found[-1].end <= stretch[0])
                ):
                    found.append(Report(*stretch, carried.cue, carried.source, Polarity.ASSERTS, Form.QUOTE_CARRIED))
                continue
            carried = source
            self.last = source
            whole = self._whole(span, source, spans[number - 1].end + 1 if number else start)
            if whole is not None:
                found.append(
                    Report(
                        *whole,
                        source.cue,
                        source.source,
                        source.polarity,
                        source.form,
                        entry=source.entry.entry if source.entry else None,
                    )
                )
                continue
            found.append(
                Report(
                    span.start,
                    span.end,
                    source.cue,
                    source.source,
                    source.polarity,
                    source.form,
                    span,
                    source.entry.entry if source.entry else None,
                )
            )
        return found

    def _signature(self, start: int, end: int) -> _Source | None:
        """Who signs the quote at the paragraph's end in a line below it: '- Kari Solberg'."""
        doc = self.doc
        if start > end or any(not token.is_punct for token in doc[start:end]) or end + 1 >= len(doc):
            return None
        stop = next(stop for begin, stop in self.parsed.paragraphs if begin <= end < stop)
        mention = self.mentions.at(end + 1) if doc[end].text in DASHES else None
        if mention is None or mention.kind is not ActorKind.PERSON or stop - mention.end > 1:
            return None
        return _Source(doc[end], doc[mention.head], Polarity.ASSERTS, Form.QUOTE_WITH_CUE)

    def _whole(self, span: QuotedSpan, source: _Source, start: int) -> tuple[int, int] | None:
        """The sentence that the narrator begins before the quote or ends after it; None for a quote alone."""
        if source.form is not Form.QUOTE_WITH_CUE or source.entry is None or not span.opened or not span.closed:
            return None
        doc, cue = self.doc, source.cue
        if cue.i < span.start:
            return None
        first, last = span.start - 1, span.end + 1
        begin = first
        while (
            begin > start
            and doc[begin - 1].text not in ENDS
            and doc[begin - 1].text not in MARKS
            and doc[begin - 1].text != ":"
        ):
            begin -= 1
        if doc[begin].lower_ in ("and", "but", "so", "or"):
            begin += 1
        if (
            any(t.i in self.cue_at for t in doc[begin:first])
            or not any(t.is_alpha for t in doc[begin:first])
            or (self._is_clause(span) and doc[first - 1].text != ",")
        ):
            begin = first
        stop = min([cue.i, *(c.left_edge.i for c in cue.children if c.dep_ == "nsubj" and c.left_edge.i > span.end)])
        if (
            stop <= last
            or not doc[span.end - 1].is_alpha
            or not any(t.is_alpha for t in doc[last:stop])
            or doc[last].text in (",", "—")
        ):
            stop = last
        while stop > last and doc[stop - 1].is_punct:
            stop -= 1
        return None if (begin, stop) == (first, last) else (begin, stop)

    def _is_heading(self, span: QuotedSpan) -> bool:
        """Whether a few quoted words are all of their paragraph: a heading taken from what is quoted elsewhere."""
        start, end = self.parsed.paragraphs[self.parsed.paragraph_of(span.start)]
        alone = span.start - 1 <= start and span.end >= end - 2
        asks = any(token.text in ("?", "!") for token in self.doc[span.start : span.end])
        return alone and span.opened and span.closed and not asks and span.end - span.start <= LONGEST_HEADING

    def _goes_on(self, span: QuotedSpan) -> tuple[int, int] | None:
        """The sentence around quoted words that goes on with the speech before; None where the narrator tells it."""
        start, end = self.doc[span.start].sent.start, self.doc[span.end - 1].sent.end
        before = [token for token in self.doc[start : span.start] if token.is_alpha]
        if span.end - span.start < 3 or len(before) > 3 or any(i in self.cue_at for i in range(start, end)):
            return None
        return trimmed(self.doc, start, end)

    def _subject_before(self, start: int, end: int) -> _Source | None:
        """The person who is the subject of the sentence before the quote."""
        for token in reversed(self.doc[start:end]):
            if token.dep_ in ("nsubj", "nsubjpass"):
                mention = self.mentions.at(token.i)
                if mention is not None and mention.kind is ActorKind.PERSON:
                    return _Source(token.head, token, Polarity.ASSERTS, Form.QUOTE_NEIGHBOUR)
        return None

    # whether a quote stands on its own

    def _stands(self, span: QuotedSpan) -> bool:
        """Whether the quote is no part of the sentence around it, by what stands at its two ends."""
        return self._left(span) and self._right(span)

    def _left(self, span: QuotedSpan) -> bool:
        at = span.start - 2 if span.opened else -1
        if not span.opened or at < 0 or self.parsed.paragraph_of(at) != self.parsed.paragraph_of(span.start):
            return True
        before = self.doc[at]
        if before.text[-1:] == "." and self.doc[span.start].text[:1].isupper():
            return True  # "in Naples, Fla."
        return before.text in STOPS or before.text in MARKS or before.text in (")", "]") or before.i in self.cue_at

    def _right(self, span: QuotedSpan) -> bool:
        if not span.closed:
            return True
        last = self.doc[span.end - 1]
        if last.text in STOPS or last.text[-1:] in ".?!,…" or last.text in (")", "’", "'"):
            return True
        at = span.end + 1
        return (
            at >= len(self.doc)
            or self.doc[at].text in (".", ",", "?", "!")
            or self.parsed.paragraph_of(at) != self.parsed.paragraph_of(span.start)
        )

    def _is_clause(self, span: QuotedSpan) -> bool:
        """Whether the words in the marks begin with a clause that has a subject, or are a command or exclamation."""
        for token in self.doc[span.start : min(span.end, span.start + 20)]:
            if token.dep_ in SUBJECTS | {"expl"} and span.start <= token.head.i < span.end:
                return True
        first = self.doc[span.start]
        ended = self.doc[span.end - 1].text[-1:] in ".?!,…" or not span.closed
        return (
            ended
            and first.text[:1].isupper()
            and (span.end - span.start > 3 or self.doc[span.end - 1].text in ("!", "?"))
        )

    # the cue

    def _own_source(self, span: QuotedSpan, before: tuple[int, int], after: tuple[int, int]) -> _Source | None:
        stands_left, stands_right = self._left(span), self._right(span)
        found = None
        if stands_right and self.doc[span.end - 1].text != "," and self.doc[before[1] - 1].text == ":":
            found = self._before(span, *before, stands_left)
        if found is None and stands_left and span.closed:
            found = self._after(span, *after)
        if found is None and stands_right:
            found = self._before(span, *before, stands_left)
        return found

    def _after(self, span: QuotedSpan, start: int, end: int) -> _Source | None:
        """The cue after the quote: '"...," she said', '"..." — Name'."""
        doc = self.doc
        if start >= end:
            return None
        last = doc[span.end - 1].text
        first = doc[start]
        if last[-1:] == "." and last != "..." and not (first.text[:1].islower() or first.text in DASHES):
            return None
        if first.text in DASHES and start + 1 < end:
            mention = self.mentions.at(start + 1)
            if mention is not None and mention.kind is ActorKind.PERSON and mention.end >= end - 1:
                return _Source(first, doc[mention.head], Polarity.ASSERTS, Form.QUOTE_WITH_CUE)
        stop = start
        while stop < min(end, start + REACH) and (doc[stop].text not in ENDS or stop == start):
            stop += 1
        if first.lower_ == "according" and start + 1 < end:
            to = doc[start + 1]
            source = child(to, "pobj")
            if source is not None:
                return _Source(first, source, Polarity.ASSERTS, Form.QUOTE_WITH_CUE)
        opening = self._opening(start, stop)
        for i in range(start, stop):
            token = doc[i]
            cue = self.cue_at.get(i)
            if cue is not None:
                subject = self._subject_near(cue, start, stop)
                if subject is None and i - start > 3:
                    return None
                return _Source(token, subject or cue.subject, cue.entry.polarity, Form.QUOTE_WITH_CUE, cue)
            if token.text == "," and i > start and doc[i - 1].pos_ in ("VERB", "AUX"):
                return None
            if (
                (
                    token.pos_ == "VERB"
                    and not (opening is not None and token.head.head.i == opening.i)  # "Solberg, 70 and retired, said"
                    and token.dep_ not in ("relcl", "acl", "amod", "advcl", "compound", "pcomp")
                    and i - start > 0
                )
                and token.tag_ in ("VBD", "VBZ", "VBP")
                and token.head.i not in self.cue_at
            ):
                return None
        return None

    def _subject_near(self, cue: Cue, start: int, stop: int) -> Token | None:
        """The cue's subject among the words between the quotes, also where the parse has missed it: "said Smith"."""
        subject = cue.subject
        if subject is not None and start <= subject.i < stop:
            return subject
        verb = cue.verb
        if (opening := self._opening(start, verb.i)) is not None:
            return opening
        for token in verb.children:
            near = start <= token.i < stop and token.dep_ in ("nsubj", "dobj", "attr", "npadvmod", "nsubjpass")
            if near and token.pos_ in ("PROPN", "PRON", "NOUN") and self.mentions.at(token.i) is not None:
                return token
        for i in (*range(verb.i + 1, min(stop, verb.i + 12)), *range(verb.i - 1, start - 1, -1)):
            mention = self.mentions.at(i)
            if mention is not None and not mention.place and self.doc[i].dep_ not in ("poss", "dative", "compound"):
                if i > verb.i and any(t.text == "," or t.pos_ == "ADP" for t in self.doc[verb.i + 1 : mention.start]):
                    continue
                return self.doc[mention.head]
        return None

    def _opening(self, start: int, end: int) -> Token | None:
        """The head of the actor with whom the words from `start` begin: "Solberg, 70, told the paper"."""
        mention = self.mentions.at(start) if start < end else None
        if mention is None or mention.start != start or mention.place or not mention.start <= mention.head < end:
            return None
        return self.doc[mention.head] if self.doc[mention.head].dep_ != "poss" else None

    def _before(self, span: QuotedSpan, start: int, end: int, stands_left: bool) -> _Source | None:
        """The cue before the quote: 'She said: "..."', 'he said that "..."'."""
        doc = self.doc
        if start >= end:
            return None
        begin = end - 1
        while begin > start and not (doc[begin - 1].text in ENDS and begin < end):
            begin -= 1
        last = doc[end - 1]
        colon = last.text == ":"
        ended = last.text in (".", "?", "!")
        if ended:
            return None
        for i in range(end - 1, begin - 1, -1):
            cue = self.cue_at.get(i)
            if cue is None or (cue.verb.dep_ == "relcl" and not colon and last.text != ","):
                continue
            between = [t for t in doc[i + 1 : end] if not t.is_punct]
            if not colon and any(t.dep_ in SUBJECTS and t.i > i and t.head.i != i for t in between):
                return None  # the quote belongs to a clause that the narrator has begun
            if not colon and len(between) > 12:
                return None
            if not stands_left and not self._clause_after(between, span):
                continue
            if (
                stands_left
                and last.i == i
                and not self._is_clause(span)
                and not cue.entry.takes & {"clause"}
                and doc[span.start].text[:1].islower()
            ):
                continue
            return _Source(
                cue.verb,
                self._subject_near(cue, begin, end) or cue.subject,
                cue.entry.polarity,
                Form.QUOTE_WITH_CUE,
                cue,
            )
        if doc[begin].lower_ == "according" and last.text == "," and (to := child(doc[begin], "prep")) is not None:
            source = child(to, "pobj")
            if source is not None and source.right_edge.i == last.i - 1:
                return _Source(doc[begin], source, Polarity.ASSERTS, Form.QUOTE_WITH_CUE)
        if colon or (last.text == "," and self._is_clause(span) and doc[begin].lower_ in ("as", "in", "from", "to")):
            return self._described_before(begin, end, last)
        return None

    def _clause_after(self, between: Sequence[Token], span: QuotedSpan) -> bool:
        """Whether only "that", the audience or a date stand between the cue and a quote that is a whole clause."""
        if not between or between[-1].lower_ != "that":
            return False
        return self._is_clause(span) and self.doc[span.start].pos_ not in ("VERB", "AUX", "ADP")

    def _described_before(self, start: int, end: int, mark: Token) -> _Source | None:
        """The subject, else the last person, of the words before a colon."""
        doc = self.doc
        best = None
        for token in doc[start:end]:
            mention = self.mentions.at(token.i)
            if mention is None or mention.place or token.i != mention.head or is_nobody(token):
                continue
            if (
                token.dep_ in ("nsubj", "nsubjpass")
                and token.head.dep_ == "ROOT"
                and mention.kind is not ActorKind.COUNTRY
            ):
                return _Source(mark, token, Polarity.ASSERTS, Form.QUOTE_WITH_CUE)
            if mention.kind is ActorKind.PERSON:
                best = token
        return _Source(mark, best, Polarity.ASSERTS, Form.QUOTE_CARRIED) if best is not None else None


def quote_of(start: int, end: int, quoted: Sequence[QuotedSpan], doc: Doc) -> QuotedSpan | None:
    """The quote whose words are just these tokens, apart from punctuation at their ends; None where there is none."""
    for span in quoted:
        if span.start - 1 <= start and end <= span.end + 1 and start < span.end:
            left = all(t.is_punct or t.lower_ == "that" for t in doc[span.start : start])
            right = all(t.is_punct for t in doc[end : span.end])
            if left and right:
                return span
    return None
