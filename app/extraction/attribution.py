"""Statements: what was said, by whom, by the reporting verb."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from spacy.tokens import Token

from app.domain.items import Statement
from app.domain.source import SourceText
from app.domain.vocabulary import Polarity, StatementKind
from app.extraction.clause_ends import trimmed, without_tail
from app.extraction.direct_speech import DirectSpeech, quote_of
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.extraction.grammar import child, having
from app.extraction.occasions import Occasions
from app.extraction.reported_speech import ReportedSpeech
from app.extraction.speakers import Speakers
from app.extraction.speech import Form, Report, find_cues
from app.knowledge import Knowledge

CONFIDENCE = {  # how often the words are found whole in each construction, with a speaker who is sure
    Form.QUOTE_WITH_CUE: 0.97,
    Form.QUOTE_CARRIED: 0.97,
    Form.QUOTE_NEIGHBOUR: 0.7,
    Form.CLAUSE: 0.83,
    Form.FRONTED: 0.83,
    Form.ACCORDING: 0.7,
    Form.INFINITIVE: 0.7,
    Form.OBJECT: 0.6,
    Form.PREPOSITION: 0.7,
    Form.NOUN: 0.5,
}
NO_SPEAKER = 0.25  # of that, where nobody is named
type Found = tuple[int, int, StatementKind, Report]  # first token, end token


def find_statements(
    parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], mentions: Mentions, knowledge: Knowledge
) -> list[Statement]:
    """Every statement of the text, in order, undated."""
    doc = parsed.doc
    in_quote = [False] * len(doc)
    for span in quoted:
        in_quote[span.start : span.end] = [True] * (span.end - span.start)
    cues = find_cues(doc, in_quote, knowledge)
    direct = DirectSpeech(parsed, quoted, cues, mentions).reports()
    reported = ReportedSpeech(parsed, cues, quoted, mentions, knowledge).reports()
    return _Writer(parsed, source, quoted, mentions, knowledge).statements(direct, reported)


class _Writer:
    """Writes reports down as statements."""

    def __init__(
        self, parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], mentions: Mentions, knowledge: Knowledge
    ) -> None:
        self.parsed, self.doc, self.source, self.quoted = parsed, parsed.doc, source, quoted
        self.mentions, self.knowledge = mentions, knowledge
        self.in_quote = [False] * len(self.doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)
        self.according = having(self.doc, "LOWER", ("according",))
        self.speakers = Speakers(self.doc, mentions, self.in_quote, knowledge)
        self.occasions = Occasions(self.doc, mentions, knowledge.report_verbs)
        self.relays: dict[int, Token | None] = {}  # a cue's token to the source that relays it

    def statements(self, direct: Sequence[Report], reported: Sequence[Report]) -> list[Statement]:
        """Direct and reported speech as statements in order, each stretch told once by one cue."""
        taken = {(report.quote.start, report.quote.end) for report in direct if report.quote is not None}
        found: list[Found] = [
            (r.start, r.end, StatementKind.DIRECT if r.quote is not None else StatementKind.MIXED, r) for r in direct
        ]
        seen: set[tuple[int, int]] = set()
        for report in reported:
            start, end, kind, quote = self._span(report)
            if start >= end or (quote is not None and (quote.start, quote.end) in taken) or (start, end) in seen:
                continue
            if any(s - 1 <= start and end <= e + 1 for s, e in taken):
                continue
            if any(
                d.start < end
                and start < d.end
                and (report.form is Form.FRONTED or d.quote is None)
                and d.cue.i == report.cue.i
                for d in direct
            ):
                continue
            quotes_too = any(d.cue.i == report.cue.i for d in direct)
            if quotes_too and not any(t.pos_ in ("VERB", "AUX") for t in self.doc[start:end]):
                continue  # 'Of the plan, he said, "..."'
            if self._cites_somebody(report):
                continue
            seen.add((start, end))
            found.append((start, end, kind, report))
        found = [item for item in self._relayed(found) if not self._told_twice(item, found)]
        found.sort(key=lambda item: (item[3].cue.i if item[3].form is Form.NOUN else item[0], item[1]))
        statements = [self._statement(*item) for item in found if self._worth(*item[:2])]
        return [s for s in statements if not self._is_own_news(s) and not _is_hearsay_of_nobody(s, statements)]

    def _told_twice(self, item: Found, found: Sequence[Found]) -> bool:
        """Whether another report holds the same words: a clause that ends in a quote, a quote that begins a clause."""
        start, end, kind, report = item
        for other_start, other_end, _, other in found:
            if other is report or (other_start, other_end) == (start, end):
                continue
            one_cue = other.cue.i == report.cue.i
            if kind is StatementKind.DIRECT and other_start <= start - 2 and end <= other_end:
                if one_cue or report.form in (Form.QUOTE_CARRIED, Form.QUOTE_NEIGHBOUR):
                    return True
            elif one_cue and other.quote is not None and other.start - 1 <= start < other.end < end:
                return True
        return False

    def _relayed(self, found: list[Found]) -> list[Found]:
        """Drop the frame of "X said ..., state media reported", and remember who relayed the words."""
        for number, (start, end, kind, report) in enumerate(found):
            ends = [e for s, e, _, r in found if r.form is Form.FRONTED and s <= report.cue.i < e <= r.cue.i < end]
            if kind is not StatementKind.DIRECT and ends and min(ends) > start:  # the frame is no part of the words
                found[number] = (start, min(ends), kind, report)
        kept = []
        for start, end, kind, report in found:
            inner = None
            if report.form is Form.FRONTED and report.cue.lemma_ == "report":
                inner = next((r for s, e, _, r in found if _frames(start, end, report, s, e, r)), None)
            if inner is not None:
                self.relays[inner.cue.i] = report.source
            else:
                kept.append((start, end, kind, report))
        return kept

    def _is_own_news(self, statement: Statement) -> bool:
        """Whether the outlet cites itself, or nobody who could speak is named."""
        if statement.speaker is None:
            return (
                statement.kind is not StatementKind.DIRECT
                and statement.speaker_mention is not None
                and not statement.candidates
                and (
                    statement.speaker_mention.split()[-1].lower().rstrip("s") in self.knowledge.report_verbs.documents
                    or statement.speaker_mention.split()[-1].lower() in ("footage", "data")
                )
            )
        host = (urlsplit(self.source.url).hostname or "") if self.source.url else ""
        outlet = (self.source.outlet or "").lower()
        name = statement.speaker.lower()
        return name == outlet or ("." in host and name.replace(" ", "") in host.removeprefix("www.").split(".")[:-1])

    def _cites_somebody(self, report: Report) -> bool:
        """Whether the words are no more than whom somebody cites: "citing the ministry"."""
        citing = report.form is Form.OBJECT and report.cue.lower_ == "citing"
        thing = child(report.cue, "dobj") if citing else None
        mention = self.mentions.at(thing.i) if thing is not None else None
        return mention is not None and thing is not None and mention.head == thing.i and mention.name is not None

    def _worth(self, start: int, end: int) -> bool:
        """Whether the words say anything: not a bare pronoun."""
        return any(t.pos_ not in ("PUNCT", "SPACE", "PRON", "DET") for t in self.doc[start:end])

    def _span(self, report: Report) -> tuple[int, int, StatementKind, QuotedSpan | None]:
        """The report's tokens cut to the content, with the quotes in it whole."""
        start, end = trimmed(self.doc, report.start, report.end)
        if report.quote is None and report.form is not Form.FRONTED and end > report.cue.i:
            start, end = trimmed(self.doc, start, without_tail(self.doc, start, end, self.in_quote))
        quote = quote_of(start, end, self.quoted, self.doc)
        if quote is not None:
            return quote.start, quote.end, StatementKind.DIRECT, quote
        kind = StatementKind.INDIRECT
        for span in self.quoted:
            if span.start < end and start < span.end:
                kind = StatementKind.MIXED
                if end > span.start:
                    end = max(end, min(span.end + 1, len(self.doc)) if span.closed else span.end)
                if start >= span.start and span.opened:
                    start = span.start - 1
        while kind is StatementKind.MIXED and end > start and self.doc[end - 1].text in (".", ",", ";"):
            end -= 1
        return start, end, kind, None

    def _statement(self, start: int, end: int, kind: StatementKind, report: Report) -> Statement:
        doc = self.doc
        first, last = doc[start], doc[end - 1]
        begin, stop = first.idx, last.idx + len(last)
        speaker = self.speakers.of(report.source) or self.speakers.first_actor(report.cue)
        if speaker is not None and speaker.name is None and not speaker.candidates and report.source is not None:
            speaker = (
                self.speakers.beside(report.source) or self.speakers.first_actor(report.cue, report.source) or speaker
            )
        relay = None
        if speaker is not None and (cited := self.speakers.cited(report.cue, speaker)) is not None:
            relay, speaker = speaker.name, cited
        if speaker is not None and speaker.name is not None:
            self.speakers.last = speaker
        sureness = 0.5 + 0.5 * speaker.confidence if speaker is not None and speaker.name is not None else NO_SPEAKER
        mention_start = doc[speaker.start].idx if speaker is not None else None
        mention_end = doc[speaker.end - 1].idx + len(doc[speaker.end - 1]) if speaker is not None else None
        return Statement(
            paragraph=self.source.paragraph_at(begin),
            start=begin,
            end=stop,
            text=self.source.text[begin:stop],
            kind=kind,
            cue=report.cue.text,
            cue_start=report.cue.idx,
            polarity=_force(report, last),
            speaker=speaker.name if speaker is not None else None,
            speaker_mention=self.source.text[mention_start:mention_end] if mention_start is not None else None,
            speaker_start=mention_start,
            speaker_end=mention_end,
            speaker_role=speaker.role if speaker is not None else None,
            speaker_country=speaker.country if speaker is not None else None,
            via=self._via(report) or relay,
            venue=self.occasions.venue(report),
            audience=self.occasions.audience(report),
            candidates=speaker.candidates if speaker is not None else (),
            speakers=speaker.each if speaker is not None else (),
            confidence=round(CONFIDENCE[report.form] * sureness, 2),
        )

    # through whom

    def _via(self, report: Report) -> str | None:
        """Who relays the words: "according to CNN", "state media reported"."""
        relay = self.relays.get(report.cue.i)
        if relay is not None and (speaker := self.speakers.of(relay)) is not None:
            self.speakers.last = speaker  # "according to the report" that follows is theirs
            return speaker.name
        sentence = report.cue.sent
        for i in self.according:
            if sentence.start <= i < sentence.end and i != report.cue.i and not report.start <= i < report.end:
                token = self.doc[i]
                to = child(token, "prep")
                source = child(to, "pobj") if to is not None else None
                if source is not None:
                    speaker = self.speakers.one(source)
                    return speaker.name if speaker is not None else None
        return None


def _force(report: Report, last: Token) -> Polarity:
    """The force of the cue; a quote that ends in a question mark asks, whatever plain verb reports it."""
    asks = report.quote is not None and last.text == "?" and report.polarity is Polarity.ASSERTS
    return Polarity.ASKS if asks else report.polarity


def _frames(start: int, end: int, outer: Report, inner_start: int, inner_end: int, inner: Report) -> bool:
    """Whether the outer report does no more than relay the inner one, whose cue stands in it."""
    inside = start <= inner.cue.i < end and start <= inner_start and inner_end <= end
    return inside and inner.cue.i != outer.cue.i and (inner_end - inner_start) * 2 > end - start


def _is_hearsay_of_nobody(inner: Statement, statements: Sequence[Statement]) -> bool:
    """Whether what another statement tells of is said there by nobody with a name: "women who said that..."."""
    if inner.speaker is not None and any(word[:1].isupper() for word in inner.speaker.split()):
        return False
    return any(
        outer.start <= inner.cue_start < outer.end and outer.start <= inner.start and inner.end <= outer.end
        for outer in statements
        if outer is not inner
    )
