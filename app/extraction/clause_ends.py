"""Where reported content ends: before the narrator's remarks, another report, or a source."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from app.extraction.grammar import child, is_inverted_condition
from app.extraction.speech import Cue

DASHES = frozenset({"--", "—", "–"})
COORDINATORS = frozenset({"and", "but", "or", "yet", "so"})
LEADING = frozenset({"that", ",", ":", "—", "–", "--", "-"})
TRAILING = frozenset({",", ".", ";", ":", "—", "–", "--", "-", "?", "!"}) | COORDINATORS
APPOSED = frozenset({"a", "an", "the", "about", "one", "another", "all"})
REASONS = frozenset({"because", "if", "unless"})  # what begins a clause of the speaker's, not the narrator's
MODALS = frozenset({"will", "would", "can", "could", "should", "may", "might"})


class ClauseEnds:
    """Finds the ends of reported clauses and phrases in one text."""

    def __init__(
        self, doc: Doc, cue_at: Mapping[int, Cue], in_quote: Sequence[bool], consequences: frozenset[str]
    ) -> None:
        self.doc, self.cue_at, self.in_quote, self.consequences = doc, cue_at, in_quote, consequences

    def of_phrase(self, start: int, end: int) -> int:
        """Where a noun phrase as content ends: before a relative clause after a comma, or a dash."""
        for token in self.doc[start + 1 : end]:
            if self.in_quote[token.i]:
                continue
            if token.text in DASHES or (
                token.text == "," and token.i + 1 < end and self.doc[token.i + 1].lower_ in ("which", "who", "whom")
            ):
                return token.i
        return end

    def extended(self, verb: Token, end: int) -> int:
        """The end of the content with what the parse has hung on the verb: ", including a ban", "and will stay"."""
        for part in verb.children:
            if part.i < end or part.i < verb.i or part.left_edge.i > end + 2:
                continue
            if (part.dep_ == "prep" and part.lower_ in ("including", "like", "such", "with", "from", "without")) or (
                part.dep_ in ("dobj", "conj", "appos", "npadvmod")
                and part.pos_ in ("NOUN", "PROPN")
                and part.ent_type_ not in ("DATE", "TIME")
            ):
                end = part.right_edge.i + 1
            elif part.dep_ == "conj" and part.i not in self.cue_at and child(part, "nsubj") is None:
                if any(c.dep_ == "aux" and c.lower_ in MODALS for c in part.children):
                    end = part.right_edge.i + 1
            elif is_inverted_condition(part):
                end = part.right_edge.i + 1  # "of consequences should it attack"
            elif part.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in REASONS for c in part.children):
                end = part.right_edge.i + 1
            elif part.dep_ in ("advcl", "xcomp") and part.tag_ == "VB" and part.left_edge.lower_ == "to":
                if part.left_edge.i <= end:
                    end = part.right_edge.i + 1  # "announced steps to curb the trade"
            elif part.dep_ == "advcl" and part.tag_ == "VBG" and part.lower_ in ("beginning", "starting", "including"):
                end = part.right_edge.i + 1
        return end

    def of_clause(self, cue: Cue | None, clause: Token, end: int) -> int:
        """Where the reported clause ends: before another report, or a source, that the parse has hung on it."""
        for i in range(clause.left_edge.i, end):
            token = self.doc[i]
            if self.in_quote[i]:
                continue
            if i > clause.i and self.doc[i - 1].text in {",", *DASHES} and self.narrator_resumes(token, clause):
                return i
            other = self.cue_at.get(i)
            if cue is None or other is None or other.verb.i == cue.verb.i or i <= clause.i:
                continue
            verb = other.verb
            alike = verb.tag_ == cue.verb.tag_ or child(verb, "nsubj") is not None
            if (
                verb.dep_ == "conj"
                and alike
                and verb.head.i in (clause.i, cue.verb.i)
                and child(verb, "ccomp", "xcomp", "dobj", "prep") is not None
            ):
                left = min(
                    [verb.i, *(c.i for c in verb.children if c.dep_ in ("nsubj", "aux", "advmod") and c.i < verb.i)]
                )
                return next(
                    (
                        j
                        for j in range(left - 1, clause.i, -1)
                        if self.doc[j].lower_ in COORDINATORS or self.doc[j].text == ","
                    ),
                    left,
                )
            if (
                verb.dep_ in ("advcl", "acl", "conj")
                and verb.tag_ == "VBG"
                and self.doc[verb.i - 1].text in (",", '"', "”")
            ):
                return verb.i
        return end

    def narrator_resumes(self, token: Token, clause: Token) -> bool:
        """Whether the words after a comma are the narrator's again: a source, a doubt, a consequence."""
        if token.lower_ == "according" or token.lower_ in ("though", "although"):
            return True
        if token.lower_ == "as" and token.head.i in self.cue_at:
            return token.head.i != clause.i
        before = self.doc[token.i - 1].text
        if token.tag_ == "VBG" and token.dep_ == "advcl":
            return before in DASHES or token.lemma_.lower() in self.consequences
        return False


def without_tail(doc: Doc, start: int, end: int, in_quote: Sequence[bool]) -> int:
    """Where the content ends when the narrator's remark after the last commas is left out.

    A remark is a relative clause, a noun in apposition with one, a doubt ("though"), or a sentence after a semicolon.
    """
    for i in range(start + 3, end - 1):
        token = doc[i + 1]
        if in_quote[i]:
            continue
        if doc[i].text in DASHES or doc[i].text == "-":
            if token.lower_ in APPOSED and _is_apposed(token, i, end):
                return i
            continue
        if doc[i].text not in (",", ";"):
            continue
        if doc[i].text == ";":
            if any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[i + 1 : end]):
                return i
            continue
        follower = doc[i + 2] if i + 2 < end else None
        if token.lower_ in ("which", "who", "whose", "whom"):
            verb = token
            while verb.dep_ != "relcl" and verb.head.i != verb.i and verb.head.i > i:
                verb = verb.head
            if verb.dep_ == "relcl" and verb.right_edge.i >= end - 2:
                return i
        elif token.lower_ in ("though", "although", "while") or (
            token.lower_ == "even" and follower is not None and follower.lower_ in ("though", "as", "if")
        ):
            if token.lower_ != "while" or any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[i + 2 : i + 6]):
                return i
        elif (
            token.lower_ == "as"
            and follower is not None
            and follower.lower_ in ("has", "have", "did", "does", "do", "was", "were")
        ) or (token.lower_ in APPOSED and _is_apposed(token, i, end)):
            return i
    return end


def _is_apposed(token: Token, comma: int, end: int) -> bool:
    """Whether the words from the token to the end are a noun in apposition: ", a practice that others followed"."""
    noun = token.head if token.dep_ == "det" else token
    while noun.dep_ in ("compound", "poss", "nummod", "quantmod") and noun.head.i > noun.i:
        noun = noun.head
    if child(noun, "conj", "appos") is not None:
        return False  # the last members of a list
    if child(noun, "relcl", "acl") is None and noun.head.ent_type_ != "PERSON":
        return False  # "Odessa, a port on the Black Sea": the speaker may well have said so
    apposed = noun.dep_ == "appos" or (noun.dep_ == "npadvmod" and noun.doc[comma].text != ",")
    return apposed and noun.head.i < comma and comma < noun.left_edge.i and noun.right_edge.i >= end - 2


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The tokens without "that", coordinators, punctuation and blanks at their ends; quote marks stay."""
    while start < end and (doc[start].text in LEADING or doc[start].lower_ in COORDINATORS or doc[start].is_space):
        start += 1
    if start < end and doc[start].lower_ == "that" and doc[start].dep_ == "mark":
        start += 1
    while end > start and (doc[end - 1].text in TRAILING or doc[end - 1].is_space):
        end -= 1
    return start, end
