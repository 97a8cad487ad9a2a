"""Indirect and mixed speech: what a reporting verb or noun, or "according to", says that somebody said."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from app.domain.vocabulary import Polarity
from app.extraction.clause_ends import COORDINATORS, ClauseEnds
from app.extraction.findings import Mentions, QuotedSpan
from app.extraction.grammar import FINITE, child, children, having, subject_of
from app.extraction.speech import Cue, Form, Report, is_nobody
from app.knowledge import Knowledge

MAKERS = frozenset(
    {
        "make",
        "convey",
        "express",
        "voice",
        "raise",
        "issue",
        "give",
        "repeat",
        "reiterate",
        "send",
        "deliver",
        "offer",
        "post",
        "have",
        "see",
        "present",
        "release",
    }
)
VOICES = frozenset({"convey", "express", "voice", "raise", "repeat", "reiterate"})
NOMINAL = frozenset({"PRON", "PROPN", "DET", "NOUN", "ADJ", "NUM"})
COMMAS = frozenset({",", "—", "–", "--", "(", ")", "-"})


class ReportedSpeech:
    """Finds what the narrator's own words report of one text."""

    def __init__(
        self, doc: Doc, cues: Sequence[Cue], quoted: Sequence[QuotedSpan], mentions: Mentions, knowledge: Knowledge
    ) -> None:
        self.doc, self.cues, self.quoted, self.mentions = doc, cues, quoted, mentions
        self.words = knowledge.report_verbs
        self.cue_at = {cue.verb.i: cue for cue in cues}
        self.in_quote = [False] * len(doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)
        self.ends = ClauseEnds(doc, self.cue_at, self.in_quote, self.words.consequences)

    def reports(self) -> list[Report]:
        """Every reported clause or phrase, in order of its cue."""
        found: list[Report] = []
        for cue in self.cues:
            if cue.entry.weak and not self._can_speak(cue.subject):
                continue
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

    # verbs

    def _of_verb(self, cue: Cue) -> Iterator[Report]:
        verb, takes = cue.verb, cue.entry.takes
        if "clause" in takes or not takes:
            spans = [span for span in self._clauses(cue) if takes or span[2] is Form.FRONTED]
            if spans:
                for start, end, form in spans:
                    yield self._report(cue, start, end, form)
                return
        if not self._can_speak(cue.subject):
            return
        gerund = next((c for c in verb.children if c.i > verb.i and c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
        if gerund is not None and "object" in takes:
            yield self._report(
                cue, gerund.left_edge.i, self.ends.of_clause(cue, gerund, gerund.right_edge.i + 1), Form.INFINITIVE
            )
            return
        if takes & {"infinitive", "infinitive-to"} and (span := self._infinitive(cue)):
            yield self._report(cue, *span, Form.INFINITIVE)
            return
        if "clause" in takes and (span := self._unparsed(cue)):
            yield self._report(cue, *span, Form.CLAUSE)
            return
        if takes & {"whom-of", "object-as", "object-complement"} and (span := self._complement(cue)):
            yield self._report(cue, *span, Form.OBJECT)
            return
        for prep in children(verb, "prep", "agent"):
            if prep.lower_ in takes and prep.i > verb.i and child(prep, "pobj", "pcomp"):
                start, end = self._prepositional(verb, prep)
                yield self._report(
                    cue, start, self.ends.of_phrase(start, self.ends.extended(verb, end)), Form.PREPOSITION
                )
                return
        if "object" in takes and not cue.entry.told:
            thing = child(verb, "dobj")
            if child(verb, "dative") is not None:
                return  # "denied them entry"
            if (
                thing is not None
                and thing.i > verb.i
                and thing.pos_ in ("NOUN", "PROPN", "NUM")
                and thing.lower_
                not in ("it", "this", "that", "so", "what", "which", "himself", "herself", "themselves", "itself")
            ):
                if thing.lemma_.lower() in self.words.nouns and any(c.dep_ == "acl" for c in thing.children):
                    return
                start, end = thing.left_edge.i, self.ends.extended(verb, thing.right_edge.i + 1)
                end = self.ends.of_phrase(start, end)
                if end - start > 2:
                    yield self._report(cue, start, end, Form.OBJECT)

    def _report(self, cue: Cue, start: int, end: int, form: Form) -> Report:
        return Report(start, end, cue.verb, cue.subject, cue.entry.polarity, form, entry=cue.entry)

    def _clauses(self, cue: Cue) -> Iterator[tuple[int, int, Form]]:
        verb = cue.verb
        right = [c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "xcomp") and self._finite(c)]
        if not right and not self._infinitive(cue) and (hung := self._hung(verb)) is not None:
            right = [hung]
        if right:
            clause = next(
                (c for c in right if any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)), right[0]
            )
            that = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
            start = that.i + 1 if that is not None and that.i > verb.i else clause.left_edge.i
            if start <= verb.i:  # "the troops that the ministry said were leaving"
                start = verb.i + 1
            yield (
                start,
                self.ends.of_clause(cue, clause, self.ends.extended(verb, right[-1].right_edge.i + 1)),
                Form.CLAUSE,
            )
            return
        subject = child(verb, "nsubj")
        left = [c for c in verb.children if c.i < verb.i and c.dep_ == "ccomp"]
        edge = min([verb.i, *([subject.left_edge.i] if subject is not None else [])])
        if left:
            start, end = left[0].left_edge.i, left[-1].right_edge.i + 1
            if end > edge:
                after = (
                    verb.right_edge.i + 1
                    if subject is None or subject.i < verb.i
                    else max(verb.i, subject.right_edge.i) + 1
                )
                end = edge
                if left[-1].right_edge.i >= after:
                    yield start, end, Form.FRONTED
                    yield after, left[-1].right_edge.i + 1, Form.FRONTED
                    return
            yield start, end, Form.FRONTED
            return
        if (
            subject is not None
            and verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "relcl", "conj", "acl")
            and self._is_parenthesis(verb)
        ):
            yield from self._around(verb)

    def _hung(self, verb: Token) -> Token | None:
        """A clause with "that" which the parse has hung on a word between the verb and the clause."""
        for token in self.doc[verb.i + 1 : verb.right_edge.i + 1]:
            if token.i in self.cue_at and token.i != verb.i:
                return None
            if token.dep_ == "mark" and token.lower_ in ("that", "whether") and token.head.i > token.i:
                clause = token.head
                if child(clause, "nsubj", "nsubjpass", "expl", "csubj") is None:
                    return None
                if clause.dep_ in ("acl", "relcl"):
                    noun = clause.head
                    mention = self.mentions.at(noun.i)
                    told = noun.lemma_.lower() in self.words.occasions or (
                        mention is not None and noun.lemma_.lower() not in self.words.nouns
                    )
                    return clause if told else None
                return clause if clause.dep_ in ("pcomp", "advcl", "ccomp", "dep") else None
        return None

    def _unparsed(self, cue: Cue) -> tuple[int, int] | None:
        """The words after "said that", or after "said", up to the sentence's end, where the parse shows no clause."""
        verb, doc = cue.verb, self.doc
        subject = child(verb, "nsubj")
        if subject is None or subject.i > verb.i or verb.i + 4 >= len(doc):
            return None
        end = verb.sent.end
        that = next(
            (
                i
                for i in range(verb.i + 1, min(end, verb.i + 8))
                if doc[i].lower_ == "that" and doc[i].dep_ in ("mark", "det", "nsubj")
            ),
            None,
        )
        if that is not None and not any(doc[i].text in (",", '"', "“") for i in range(verb.i, that)):
            start = that + 1
        elif verb.lemma_.lower() in ("say", "add", "argue", "claim", "insist") and doc[verb.i + 1].pos_ in NOMINAL:
            start = verb.i + 1
        else:
            return None
        verbs = [t for t in doc[start + 1 : end] if t.tag_ in ("VBD", "VBP", "VBZ", "MD") and not self.in_quote[t.i]]
        if not verbs or any(doc[i].text in (",", ";", ":") for i in range(start, verbs[0].i)):
            return None
        for i in range(verbs[0].i + 1, end):
            if i in self.cue_at and child(doc[i], "nsubj") is None and doc[i - 1].lower_ in COORDINATORS:
                end = i - 1
                break
            if doc[i].text == "," and i + 1 < end and self.ends.narrator_resumes(doc[i + 1], verbs[0]):
                end = i
                break
        return start, end

    def _finite(self, clause: Token) -> bool:
        if clause.dep_ == "ccomp" and clause.pos_ in NOMINAL | {"VERB", "AUX", "ADV", "ADP"}:
            if clause.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
                return False
            return clause.tag_ != "VBG" or child(clause, "nsubj", "aux") is not None
        return clause.dep_ == "xcomp" and child(clause, "nsubj") is not None and clause.tag_ in ("VBD", "VBZ", "VBP")

    def _is_parenthesis(self, verb: Token) -> bool:
        left, right = verb.left_edge.i, verb.right_edge.i
        as_ = any(c.lower_ == "as" and c.i < verb.i and c.dep_ in ("mark", "advmod", "prep") for c in verb.children)
        if child(verb, "mark") is not None and verb.dep_ != "ccomp" and not as_:
            return False
        if as_:
            return child(verb, "xcomp", "dobj") is None
        doc = self.doc
        if left == verb.sent.start and right < verb.sent.end - 1:
            return False
        before = doc[left - 1] if left > 0 else None
        after = doc[right + 1] if right + 1 < len(doc) else None
        opened = doc[left].text in COMMAS or (before is not None and (before.text in COMMAS or before.is_quote))
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
        clause = next(
            (c for c in verb.children if c.i > verb.i and c.dep_ in ("xcomp", "ccomp", "advcl") and c.tag_ == "VB"),
            None,
        )
        told = next((c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubj") and c.i > verb.i), None)
        if clause is None or not any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
            if (
                told is not None
                and told.right_edge.i + 1 < len(self.doc)
                and self.doc[told.right_edge.i + 1].lower_ == "to"
            ):
                return told.left_edge.i, verb.right_edge.i + 1
            return None
        start = clause.left_edge.i
        on = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and verb.i < c.i < clause.i), None)
        if told is not None and told.i < clause.i:
            start = told.left_edge.i
        elif on is not None and "on" in cue.entry.takes:
            start = on.i + 1
        return start, self.ends.of_clause(cue, clause, clause.right_edge.i + 1)

    def _complement(self, cue: Cue) -> tuple[int, int] | None:
        """The object with what is said of it: "Moscow of lying", "the law much better", "the plan as a threat"."""
        verb = cue.verb
        thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj", "dative") and c.i > verb.i), None)
        takes = cue.entry.takes
        if "whom-of" in takes:
            of = next(
                (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "on") and c.i > verb.i),
                None,
            )
            if thing is None:
                return None
            if of is None:
                of = next((c for c in thing.children if c.dep_ == "prep" and c.lower_ in ("of", "for")), None)
            return (thing.left_edge.i, of.right_edge.i + 1) if of is not None else None
        if "object-as" in takes:
            as_ = next(
                (c for c in verb.children if c.dep_ in ("prep", "advcl") and c.lower_ == "as" and c.i > verb.i), None
            )
            if thing is None:
                return None
            as_ = as_ or next((c for c in thing.subtree if c.lower_ == "as" and c.dep_ == "prep"), None)
            return (thing.left_edge.i, as_.right_edge.i + 1) if as_ is not None else None
        other = next(
            (c for c in verb.children if c.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp") and c.i > verb.i), None
        )
        if other is None:
            return None
        start = min(thing.left_edge.i if thing is not None else other.left_edge.i, other.left_edge.i)
        return start, other.right_edge.i + 1

    def _prepositional(self, verb: Token, prep: Token) -> tuple[int, int]:
        end = prep.right_edge.i + 1
        if prep.lower_ in ("on", "for"):
            clause = next(
                (c for c in verb.children if c.i > prep.i and c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None
            )
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
            if not any(t.tag_ in FINITE for t in self.doc[start:left]):
                start = right  # "But the next day, according to X, the clause"
            else:
                low = max(start, clause.left_edge.i)
                start, end = (low, left) if low < left else (start, left)
        verb = token.head
        while verb.i != verb.head.i and verb.i not in self.cue_at:
            verb = verb.head
        cue = self.cue_at.get(verb.i)
        speaks = cue is not None and cue.subject is not None and (not cue.entry.weak or self._can_speak(cue.subject))
        if speaks and child(verb, "ccomp", "xcomp", "dobj", "prep") is not None and start <= verb.i < end:
            return  # "Biden told Putin that ..., according to an official": the official relays
        if all(self.in_quote[i] or self.doc[i].is_punct for i in range(start, end)):
            return
        yield Report(start, end, token, source, Polarity.ASSERTS, Form.ACCORDING)

    def _of_noun(self, noun: Token) -> Iterator[Report]:
        clause = next(
            (
                c
                for c in noun.children
                if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and child(c, "mark") is not None
            ),
            None,
        )
        if clause is None or child(clause, "mark").lower_ != "that":  # type: ignore[union-attr]
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
