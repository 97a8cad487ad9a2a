"""Reported clauses: "said that it would leave", "it would leave, she said", "the troops that he said were leaving"."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from app.extraction.asides import aside_of, beside_aside
from app.extraction.clause_ends import COORDINATORS, ClauseEnds
from app.extraction.complements import Complements, Stretch
from app.extraction.findings import Mentions
from app.extraction.grammar import child, is_inverted_condition
from app.extraction.speech import Cue, Form
from app.knowledge.report_verbs import ReportVerbs

NOMINAL = frozenset({"PRON", "PROPN", "DET", "NOUN", "ADJ", "NUM"})
WH_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
COMMAS = frozenset({",", "—", "–", "--", "(", ")", "-"})


class ReportedClauses:
    """Finds the clauses of one text that reporting verbs say somebody said."""

    def __init__(
        self,
        doc: Doc,
        cue_at: Mapping[int, Cue],
        in_quote: Sequence[bool],
        ends: ClauseEnds,
        complements: Complements,
        mentions: Mentions,
        words: ReportVerbs,
    ) -> None:
        self.doc, self.cue_at, self.in_quote = doc, cue_at, in_quote
        self.ends, self.complements, self.mentions, self.words = ends, complements, mentions, words

    def of(self, cue: Cue) -> list[Stretch]:
        """The clauses after the verb, before it, or around it, in that order of preference."""
        takes = cue.entry.takes
        found = [found for found in self._clauses(cue) if takes or found[2] is Form.FRONTED]
        aside = None if self._has_content_of_its_own(cue) else aside_of(cue)
        if aside is not None:
            found += [
                (start, end, Form.FRONTED)
                for start, end in beside_aside(*aside, cue.verb.head, self.in_quote, self.cue_at)
                if not any(s < end and start < e for s, e, _ in found)
            ]
        return found

    def _clauses(self, cue: Cue) -> Iterator[Stretch]:
        verb = cue.verb
        right = [
            c
            for c in verb.children
            if c.i > verb.i and c.dep_ in ("ccomp", "xcomp") and self._finite(c) and not is_inverted_condition(c)
        ]
        if not right and not self.complements.infinitive(cue) and (hung := self._hung(verb)) is not None:
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
        if self._has_content_of_its_own(cue):
            return
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

    def _has_content_of_its_own(self, cue: Cue) -> bool:
        """Whether something after the verb is what was said, and no words before it: "Ann, who vowed to go"."""
        verb = cue.verb
        if verb.dep_ == "relcl" and any(t.tag_ in WH_TAGS for t in self.doc[verb.left_edge.i : verb.i]):
            return True
        for part in verb.children:
            if part.i < verb.i:
                continue
            if part.dep_ == "dobj" and not cue.entry.told and part.ent_type_ not in ("DATE", "TIME"):
                return True
            if part.dep_ == "xcomp" and (part.tag_ == "VBG" or (part.tag_ == "VB" and "infinitive" in cue.entry.takes)):
                return True
            if part.dep_ == "prep" and (part.lower_ in ("about", "of") or part.lower_ in cue.entry.takes):
                noun = child(part, "pobj", "pcomp")
                if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
                    return True
        return False

    def _hung(self, verb: Token) -> Token | None:
        """A clause with "that" which the parse has hung on a word between the verb and the clause."""
        for token in self.doc[verb.i + 1 : verb.right_edge.i + 1]:
            if token.i in self.cue_at and token.i != verb.i:
                return None
            if self._begins_clause(token, verb):
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
                if clause.head.pos_ == "VERB" and clause.head != verb and clause.dep_ == "ccomp":
                    return None  # "announced a poll to learn whether..."
                return clause if clause.dep_ in ("pcomp", "advcl", "ccomp", "dep") else None
        return None

    def _begins_clause(self, token: Token, verb: Token) -> bool:
        if token.lower_ not in ("that", "whether") or token.head.i < token.i:
            return False
        if token.dep_ == "mark":
            return True
        noun = token.head.head  # "warned him in a letter that the port would close", read as what the letter closes
        unsaid = all(c.dep_ != "ccomp" for c in verb.children)
        return token.dep_ == "dobj" and token.head.dep_ == "relcl" and noun.lemma_ in self.words.occasions and unsaid

    def unparsed(self, cue: Cue) -> Stretch | None:
        """The words after "said that", or after "said", up to the sentence's end, where the parse shows no clause."""
        verb, doc = cue.verb, self.doc
        subject = child(verb, "nsubj")
        if "clause" not in cue.entry.takes or subject is None or subject.i > verb.i or verb.i + 4 >= len(doc):
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
        return start, end, Form.CLAUSE

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

    def _around(self, verb: Token) -> Iterator[Stretch]:
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
            yield right, end, Form.FRONTED
        else:
            yield start, left, Form.FRONTED
            if words_right > 2:
                yield right, end, Form.FRONTED
