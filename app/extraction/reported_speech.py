"""Indirect and mixed speech: the clause or phrase that a reporting verb or noun, or "according to", says somebody said."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from app.domain.vocabulary import Polarity
from app.extraction.findings import Mentions, QuotedSpan
from app.extraction.grammar import child, children, subject_of
from app.extraction.speech import NOBODY, Cue, Form, Report
from app.knowledge import Knowledge

LEADING = frozenset({"that", ",", ":", "—", "–", "--", "-"})
COORDINATORS = frozenset({"and", "but", "or", "yet", "so"})
TRAILING = frozenset({",", ".", ";", ":", "—", "–", "--", "-", "?", "!"}) | COORDINATORS
MAKERS = frozenset({"make", "issue", "give", "repeat", "reiterate", "send", "deliver", "offer", "post", "have", "see", "present", "release"})
COMMAS = frozenset({",", "—", "–", "--", "(", ")", "-"})


class ReportedSpeech:
    """Finds what the narrator's own words report of one text."""

    def __init__(self, doc: Doc, cues: Sequence[Cue], quoted: Sequence[QuotedSpan], mentions: Mentions, knowledge: Knowledge) -> None:
        self.doc, self.cues, self.quoted, self.mentions = doc, cues, quoted, mentions
        self.words = knowledge.report_verbs
        self.cue_at = {cue.verb.i: cue for cue in cues}
        self.in_quote = [False] * len(doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)

    def reports(self) -> list[Report]:
        """Every reported clause or phrase, in order of its cue."""
        found: list[Report] = []
        for cue in self.cues:
            if cue.entry.weak and not self._can_speak(cue.subject):
                continue
            found += self._of_verb(cue)
        for token in self.doc:
            if self.in_quote[token.i]:
                continue
            if token.lower_ == "according":
                found += self._according(token)
            elif token.pos_ == "NOUN" and token.lemma_.lower() in self.words.nouns:
                found += self._of_noun(token)
            elif token.lemma_ == "make" and token.pos_ == "VERB":
                found += self._made_clear(token)
        return sorted(found, key=lambda report: (report.start, report.end))

    def _can_speak(self, subject: Token | None) -> bool:
        if subject is None:
            return False
        mention = self.mentions.at(subject.i)
        if mention is not None and mention.head == subject.i:
            return mention.confidence > 0.55 or subject.lemma_.lower() in self.words.documents
        return subject.lemma_.lower() in self.words.documents

    # verbs

    def _of_verb(self, cue: Cue) -> Iterator[Report]:
        verb, takes = cue.verb, cue.entry.takes
        if "clause" in takes:
            spans = list(self._clauses(cue))
            if spans:
                for start, end, form in spans:
                    yield self._report(cue, start, end, form)
                return
        if takes & {"infinitive", "infinitive-to"} and (span := self._infinitive(cue)):
            yield self._report(cue, *span, Form.INFINITIVE)
            return
        if takes & {"whom-of", "object-as", "object-complement"} and (span := self._complement(cue)):
            yield self._report(cue, *span, Form.OBJECT)
            return
        for prep in children(verb, "prep", "agent"):
            if prep.lower_ in takes and prep.i > verb.i and (inner := child(prep, "pobj", "pcomp")):
                yield self._report(cue, *self._prepositional(verb, prep, inner), Form.PREPOSITION)
                return
        if "object" in takes and not cue.entry.told:
            thing = child(verb, "dobj")
            if thing is not None and thing.i > verb.i and thing.lower_ not in ("it", "this", "that", "so", "what", "which", "himself", "herself", "themselves", "itself"):
                if thing.lemma_.lower() in self.words.nouns and any(c.dep_ == "acl" for c in thing.children):
                    return
                yield self._report(cue, thing.left_edge.i, thing.right_edge.i + 1, Form.OBJECT)

    def _report(self, cue: Cue, start: int, end: int, form: Form) -> Report:
        return Report(start, end, cue.verb, cue.subject, cue.entry.polarity, form, entry=cue.entry)

    def _clauses(self, cue: Cue) -> Iterator[tuple[int, int, Form]]:
        verb = cue.verb
        right = [c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "xcomp") and self._finite(c)]
        if right:
            clause = right[0]
            yield clause.left_edge.i, self._clause_end(cue, clause, right[-1].right_edge.i + 1), Form.CLAUSE
            return
        subject = child(verb, "nsubj")
        left = [c for c in verb.children if c.i < verb.i and c.dep_ == "ccomp"]
        edge = min([verb.i, *([subject.left_edge.i] if subject is not None else [])])
        if left:
            start, end = left[0].left_edge.i, left[-1].right_edge.i + 1
            if end > edge:
                after = verb.right_edge.i + 1 if subject is None or subject.i < verb.i else max(verb.i, subject.right_edge.i) + 1
                end = edge
                if left[-1].right_edge.i >= after:
                    yield start, end, Form.FRONTED
                    yield after, left[-1].right_edge.i + 1, Form.FRONTED
                    return
            yield start, end, Form.FRONTED
            return
        if subject is not None and verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "relcl", "conj", "acl") and self._is_parenthesis(verb):
            yield from self._around(verb)

    def _finite(self, clause: Token) -> bool:
        if clause.dep_ == "ccomp" and clause.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON", "ADP", "NUM"):
            if clause.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
                return False
            return clause.tag_ != "VBG" or child(clause, "nsubj", "aux") is not None
        return clause.dep_ == "xcomp" and child(clause, "nsubj") is not None and clause.tag_ in ("VBD", "VBZ", "VBP")

    def _clause_end(self, cue: Cue, clause: Token, end: int) -> int:
        """Where the reported clause ends: before another report, or a source, that the parse has hung on it."""
        for i in range(clause.left_edge.i, end):
            token = self.doc[i]
            if self.in_quote[i]:
                continue
            if token.lower_ == "according" and i > clause.left_edge.i and self.doc[i - 1].text == ",":
                return i
            other = self.cue_at.get(i)
            if other is None or other.verb.i == cue.verb.i or i <= clause.i:
                continue
            verb = other.verb
            if verb.dep_ == "conj" and verb.head.i in (clause.i, cue.verb.i) and child(verb, "ccomp", "xcomp", "dobj", "prep") is not None:
                left = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("nsubj", "aux", "advmod") and c.i < verb.i)])
                return next((j for j in range(left - 1, clause.i, -1) if self.doc[j].lower_ in COORDINATORS or self.doc[j].text == ","), left)
            if verb.dep_ in ("advcl", "acl", "conj") and verb.tag_ == "VBG" and self.doc[verb.i - 1].text in (",", '"', "”"):
                return verb.i
        return end

    def _is_parenthesis(self, verb: Token) -> bool:
        left, right = verb.left_edge.i, verb.right_edge.i
        if child(verb, "mark") is not None and verb.dep_ != "ccomp":
            return False
        doc = self.doc
        if left == verb.sent.start and right < verb.sent.end - 1:
            return False
        before = doc[left - 1] if left > 0 else None
        after = doc[right + 1] if right + 1 < len(doc) else None
        opened = before is not None and (before.text in COMMAS or before.is_quote)
        closed = after is None or after.is_punct or after.is_sent_start is True or doc[right].is_punct
        return opened and closed

    def _around(self, verb: Token) -> Iterator[tuple[int, int, Form]]:
        top = verb.head
        start, end = top.left_edge.i, top.right_edge.i + 1
        left, right = verb.left_edge.i, verb.right_edge.i + 1
        start = min(start, left)
        while start < left and (self.doc[start].is_punct or self.doc[start].lower_ in COORDINATORS):
            start += 1
        words_left = sum(not t.is_punct for t in self.doc[start:left])
        words_right = sum(not t.is_punct for t in self.doc[right:end])
        if not words_left and not words_right:
            return
        if words_right == 0:
            yield start, left, Form.FRONTED
        elif words_left < 3:
            yield start, end, Form.FRONTED
        else:
            yield start, left, Form.FRONTED
            if words_right > 2:
                yield right, end, Form.FRONTED

    def _infinitive(self, cue: Cue) -> tuple[int, int] | None:
        verb = cue.verb
        clause = next((c for c in verb.children if c.i > verb.i and c.dep_ in ("xcomp", "ccomp", "advcl") and c.tag_ == "VB"), None)
        if clause is None or not any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
            on = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and c.i > verb.i), None)
            return None if on is None or clause is None else (on.i + 1, clause.right_edge.i + 1)
        start = clause.left_edge.i
        told = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < clause.i), None)
        if told is not None:
            start = told.left_edge.i
        return start, self._clause_end(cue, clause, clause.right_edge.i + 1)

    def _complement(self, cue: Cue) -> tuple[int, int] | None:
        """The object with what is said of it: "Moscow of lying", "the law much better", "the plan as a threat"."""
        verb = cue.verb
        thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj", "dative") and c.i > verb.i), None)
        takes = cue.entry.takes
        if "whom-of" in takes:
            of = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "on") and c.i > verb.i), None)
            if thing is None:
                return None
            if of is None:
                of = next((c for c in thing.children if c.dep_ == "prep" and c.lower_ in ("of", "for")), None)
            return (thing.left_edge.i, of.right_edge.i + 1) if of is not None else None
        if "object-as" in takes:
            as_ = next((c for c in verb.children if c.dep_ in ("prep", "advcl") and c.lower_ == "as" and c.i > verb.i), None)
            if thing is None:
                return None
            as_ = as_ or next((c for c in thing.subtree if c.lower_ == "as" and c.dep_ == "prep"), None)
            return (thing.left_edge.i, as_.right_edge.i + 1) if as_ is not None else None
        other = next((c for c in verb.children if c.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp") and c.i > verb.i), None)
        if other is None:
            return None
        start = min(thing.left_edge.i if thing is not None else other.left_edge.i, other.left_edge.i)
        return start, other.right_edge.i + 1

    def _prepositional(self, verb: Token, prep: Token, inner: Token) -> tuple[int, int]:
        end = prep.right_edge.i + 1
        if prep.lower_ in ("on", "for"):
            clause = next((c for c in verb.children if c.i > prep.i and c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
            if clause is not None:
                end = clause.right_edge.i + 1
        return prep.i + 1, end

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
        else:
            clause = token.head
            while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
                clause = clause.head
            if left - start < right - left and right < end:
                start = right if left - start < 3 else start
            low, high = clause.left_edge.i, clause.right_edge.i + 1
            start, end = max(start, low), min(end, high) if right >= high else left
            if end <= start:
                start, end = sentence.start, left
        verb = next((c for c in (token.head, *token.head.children) if c.i in self.cue_at), None)
        if verb is not None and self.cue_at[verb.i].subject is not None:
            return  # "Biden told Putin that ..., according to an official": the official relays
        if all(self.in_quote[i] or self.doc[i].is_punct for i in range(start, end)):
            return
        yield Report(start, end, token, source, Polarity.ASSERTS, Form.ACCORDING)

    def _of_noun(self, noun: Token) -> Iterator[Report]:
        clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and child(c, "mark") is not None), None)
        if clause is None or child(clause, "mark").lower_ not in ("that",):  # type: ignore[union-attr]
            return
        source = child(noun, "poss") or next(
            (c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and (m := self.mentions.at(c.i)) is not None and m.head == c.i), None
        )
        if source is None:
            by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
            source = child(by, "pobj") if by is not None else None
        if source is None and noun.dep_ == "dobj" and noun.head.lemma_ in MAKERS:
            source = subject_of(noun.head)
        if source is None or source.lower_ in NOBODY:
            return
        yield Report(clause.left_edge.i, clause.right_edge.i + 1, noun, source, self.words.nouns[noun.lemma_.lower()], Form.NOUN)

    def _made_clear(self, verb: Token) -> Iterator[Report]:
        clear = next((t for t in self.doc[verb.i + 1 : verb.i + 4] if t.lower_ in ("clear", "plain")), None)
        if clear is None:
            return
        clause = next((c for t in (verb, clear) for c in t.children if c.dep_ in ("ccomp", "advcl") and c.i > clear.i), None)
        source = subject_of(verb)
        if clause is None or source is None or source.lower_ in NOBODY:
            return
        yield Report(clause.left_edge.i, clause.right_edge.i + 1, verb, source, Polarity.ASSERTS, Form.CLAUSE)


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The tokens without "that", coordinators, punctuation and blanks at their ends; quote marks stay."""
    while start < end and (doc[start].text in LEADING or doc[start].lower_ in COORDINATORS or doc[start].is_space):
        start += 1
    if start < end and doc[start].lower_ == "that" and doc[start].dep_ == "mark":
        start += 1
    while end > start and (doc[end - 1].text in TRAILING or doc[end - 1].is_space):
        end -= 1
    return start, end
