"""Indirect and mixed speech: what a reporting verb or noun, or "according to", says that somebody said."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind, Polarity
from app.extraction.asides import beside_aside
from app.extraction.clause_ends import ClauseEnds
from app.extraction.complements import Complements, Stretch, is_infinitive
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.extraction.grammar import FINITE, child, conjuncts, having, subject_of
from app.extraction.reported_clauses import ReportedClauses
from app.extraction.speech import Cue, Form, Report, is_nobody
from app.knowledge import Knowledge

MAKERS = frozenset({
    "make", "convey", "express", "voice", "raise", "issue", "give", "repeat", "reiterate", "send", "deliver", "offer",
    "post", "have", "see", "present", "release",
})  # fmt: skip
VOICES = frozenset({"convey", "express", "voice", "raise", "repeat", "reiterate"})
LONGEST_LABEL = 12  # tokens


class ReportedSpeech:
    """Finds what the narrator's own words report of one text."""

    def __init__(
        self,
        parsed: Parsed,
        cues: Sequence[Cue],
        quoted: Sequence[QuotedSpan],
        mentions: Mentions,
        knowledge: Knowledge,
    ) -> None:
        self.parsed, self.doc, self.cues, self.quoted, self.mentions = parsed, parsed.doc, cues, quoted, mentions
        doc = self.doc
        self.words = knowledge.report_verbs
        self.cue_at = {cue.verb.i: cue for cue in cues}
        self.in_quote = [False] * len(doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)
        self.ends = ClauseEnds(doc, self.cue_at, self.in_quote, self.words.consequences)
        self.complements = Complements(doc, self.ends, self.words)
        self.clauses = ReportedClauses(
            doc, self.cue_at, self.in_quote, self.ends, self.complements, mentions, self.words
        )

    def reports(self) -> list[Report]:
        """Every reported clause or phrase, in order of its cue."""
        found: list[Report] = []
        for cue in self.cues:
            if self._reports(cue):
                found += self._of_verb(cue)
        for i in having(self.doc, "LEMMA", ("accord", "according", "make", *self.words.nouns)):
            if self.in_quote[i]:
                continue
            token = self.doc[i]
            if token.lower_ == "according":
                found += self._according(token)
            elif token.pos_ == "NOUN" and token.lemma_.lower() in self.words.nouns:
                found += self._of_noun(token)
            elif token.lemma_ == "make" and token.pos_ == "VERB":
                found += self._made_clear(token)
        for start, end in self.parsed.paragraphs:
            found += self._labelled(start, end)
        return sorted(found, key=lambda report: (report.start, report.end))

    def _can_speak(self, subject: Token | None) -> bool:
        if subject is None:
            return False
        if subject.lower_ in ("some", "many", "others", "most", "both", "several", "one", "another"):
            return True
        mention = self.mentions.at(subject.i)
        if mention is not None and mention.head == subject.i:
            return mention.confidence > 0.55 or subject.lemma_.lower() in self.words.documents
        return subject.lemma_.lower() in self.words.documents

    def _reports(self, cue: Cue) -> bool:
        """Whether the verb reports with the subject it has: not "the move suggests", nor "he showed that"."""
        if cue.entry.shown:
            documents = self.words.documents
            return cue.subject is not None and any(t.lemma_.lower() in documents for t in conjuncts(cue.subject))
        return not cue.entry.weak or self._can_speak(cue.subject)

    # verbs

    def _of_verb(self, cue: Cue) -> Iterator[Report]:
        found: Sequence[Stretch] = []
        if "clause" in cue.entry.takes or not cue.entry.takes:
            found = self.clauses.of(cue)
        if not found and self._names_a_speaker(cue):
            one = self.complements.action(cue) or self.clauses.unparsed(cue) or self.complements.phrase(cue)
            found = [one] if one is not None else []
        for start, end, form in found:
            complement = self.doc[start - 1].lower_ if form is Form.PREPOSITION else form.value
            yield Report(start, end, cue.verb, cue.subject, cue.entry.force(complement), form, entry=cue.entry)

    def _names_a_speaker(self, cue: Cue) -> bool:
        """Whether the verb has a subject that is no act: not "trading prisoners encourages"."""
        subject = cue.subject
        if subject is None or subject.lower_ in ("this", "that"):
            return False
        return subject.dep_ not in ("csubj", "csubjpass") or subject.left_edge != subject

    # sources and nouns

    def _according(self, token: Token) -> Iterator[Report]:
        to = next((c for c in token.children if c.lower_ == "to" and c.dep_ == "prep"), None)
        if to is None and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            to = self.doc[token.i + 1]
        source = child(to, "pobj") if to is not None else None
        if source is None:
            return
        left, right = token.left_edge.i, max(token.right_edge.i, source.right_edge.i) + 1
        sentence = token.sent
        start, end = sentence.start, sentence.end
        if left <= start + 1:  # according to X, the clause
            start = right
        elif right >= end - 2:
            end = left
            colon = next((i for i in range(left - 4, start, -1) if self.doc[i].text == ":"), None)
            if colon is not None and any(t.tag_ in FINITE for t in self.doc[colon:left]):
                start = colon + 1
        else:
            clause = token.head
            while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
                clause = clause.head
            if not any(t.tag_ in FINITE for t in self.doc[start:left]):
                start = right  # "But the next day, according to X, the clause"
            else:
                low = max(start, clause.left_edge.i)
                start, end = (low, left) if low < left else (start, left)
        verb = token.head
        while verb.i != verb.head.i and verb.i not in self.cue_at:
            verb = verb.head
        cue = self.cue_at.get(verb.i)
        speaks = cue is not None and cue.subject is not None and self._reports(cue)
        if speaks and child(verb, "ccomp", "xcomp", "dobj", "prep") is not None and start <= verb.i < end:
            return  # "Biden told Putin that ..., according to an official": the official relays
        if all(self.in_quote[i] or self.doc[i].is_punct for i in range(start, end)):
            return
        yield Report(start, end, token, source, Polarity.ASSERTS, Form.ACCORDING)
        if left > sentence.start + 1 and self.doc[left - 1].text == "," and self.doc[right].text == ",":
            for more_start, more_end in beside_aside(left, right, token.head, self.in_quote, self.cue_at):
                if not (start < more_end and more_start < end):
                    yield Report(more_start, more_end, token, source, Polarity.ASSERTS, Form.ACCORDING)

    def _of_noun(self, noun: Token) -> Iterator[Report]:
        clause = next(
            (
                c
                for c in noun.children
                if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and child(c, "mark") is not None
            ),
            None,
        )
        if clause is not None and child(clause, "mark").lower_ != "that":  # type: ignore[union-attr]
            return
        if clause is None and self.words.nouns[noun.lemma_.lower()] is not Polarity.ASSERTS:
            clause = next((c for c in noun.children if c.dep_ == "acl" and c.i > noun.i and is_infinitive(c)), None)
        if clause is None:
            return
        source = child(noun, "poss") or next(
            (
                c
                for c in noun.children
                if c.dep_ in ("amod", "compound", "nmod") and (m := self.mentions.at(c.i)) is not None and m.head == c.i
            ),
            None,
        )
        if source is None:
            by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
            source = child(by, "pobj") if by is not None else None
        if noun.dep_ == "dobj" and noun.head.lemma_ in MAKERS and (source is None or noun.head.lemma_ in VOICES):
            source = subject_of(noun.head)
        if source is None or is_nobody(source):
            return
        end = self.ends.of_clause(None, clause, clause.right_edge.i + 1)
        yield Report(clause.left_edge.i, end, noun, source, self.words.nouns[noun.lemma_.lower()], Form.NOUN)

    def _labelled(self, start: int, end: int) -> Iterator[Report]:
        """A paragraph that begins with its speaker's name and a colon, as in transcripts: "Solberg: It is closed"."""
        colon = next((i for i in range(start, min(end, start + LONGEST_LABEL)) if self.doc[i].text == ":"), None)
        if colon is None or colon == start or any(t.tag_ in FINITE for t in self.doc[start:colon]):
            return
        mention = self.mentions.at(start)
        if mention is None or mention.start != start or mention.kind is not ActorKind.PERSON or mention.pronoun:
            return
        if mention.end < colon and self.doc[mention.end].text not in ("(", ","):
            return
        if any(t.tag_ in FINITE for t in self.doc[colon + 1 : end]) and not self.in_quote[min(colon + 2, end - 1)]:
            yield Report(colon + 1, end, self.doc[colon], self.doc[mention.head], Polarity.ASSERTS, Form.CLAUSE)

    def _made_clear(self, verb: Token) -> Iterator[Report]:
        clear = next((t for t in self.doc[verb.i + 1 : verb.i + 4] if t.lower_ in ("clear", "plain")), None)
        if clear is None:
            return
        clause = next(
            (c for t in (verb, clear) for c in t.children if c.dep_ in ("ccomp", "advcl") and c.i > clear.i), None
        )
        source = subject_of(verb)
        if clause is None or source is None or is_nobody(source):
            return
        yield Report(clause.left_edge.i, clause.right_edge.i + 1, verb, source, Polarity.ASSERTS, Form.CLAUSE)
