"""Titles before names and descriptions after them: "British Foreign Secretary Ann Smith", "Ann Smith, a mayor"."""

from collections.abc import Container, Mapping

from spacy.tokens import Doc, Token

from app.extraction.names import NameSpan, text_of
from app.knowledge.actors import Actors

KEPT = frozenset({"former", "king", "queen", "pope", "prince"})  # honorifics that are part of the role
PREPOSITIONS = frozenset({"of", "for", "to"})
NO_NOUN = frozenset({"VERB", "AUX", "PRON", "SCONJ", "ADV"})


class Titles:
    """Reads the titles of the people in one text; `span_at` holds the known names by token."""

    def __init__(self, doc: Doc, span_at: Mapping[int, NameSpan], actors: Actors) -> None:
        self.doc, self.span_at, self.actors = doc, span_at, actors

    def read(self, start: int, end: int) -> tuple[str, str | None, str | None]:
        """The role ("" for none), the country, and the gender that the title from start to end tells."""
        words, country, gender = [], None, None
        for token in self.doc[start:end]:
            span = self.span_at.get(token.i)
            if span is not None:
                relation = self._relation(span, start)
                country = country or (span.known.code if relation != "to" else None)
                if span.known.country is not None and relation is None:
                    continue
            gender = gender or self.actors.honorifics.get(token.lower_) or self.actors.people_nouns.get(token.lower_)
            if token.tag_ != "POS" and (token.lower_ not in self.actors.honorifics or token.lower_ in KEPT):
                words.append(token)
        known = any(w.lower_ in self.actors.people_nouns or w.lemma_.lower() in self.actors.people_nouns for w in words)
        return text_of(words) if known else "", country, gender or None

    def _relation(self, span: NameSpan, start: int) -> str | None:
        """The preposition that ties the name to the title that begins at `start`: "Ambassador to the Netherlands"."""
        before = [token.lower_ for token in self.doc[max(start, span.start - 2) : span.start]]
        if before and before[-1] == "the":
            before.pop()
        return before[-1] if before and before[-1] in PREPOSITIONS else None

    def start(self, start: int, head: Token, claimed: Container[int]) -> int:
        """Where the title before the name that begins at `start` begins; tokens `claimed` belong to others."""
        doc = self.doc
        before = start
        titled = start > 0 and self._is_title(doc[start - 1])
        while before > 0:
            token = doc[before - 1]
            if token.sent.start != doc[start].sent.start or before - 1 in claimed:
                break
            ok = token.pos_ in ("PROPN", "NOUN", "ADJ") or token.tag_ == "POS" or token.lower_ in self.actors.honorifics
            ok = ok or (token.text in ("-", "–") and before < start and not token.whitespace_)
            if titled and before < start and token.lower_ in PREPOSITIONS:
                break  # "an aide to President Smith"
            if token.lower_ == "the" and before < start and before >= 2 and doc[before - 2].lower_ in PREPOSITIONS:
                ok = doc[before].text[:1].isupper()  # "Ambassador to the United Kingdom Ann Smith"
            if token.lower_ in {*PREPOSITIONS, "and", "&"} and before < start and before >= 2:
                ok = doc[before - 2].pos_ in ("PROPN", "NOUN", "ADJ") and (
                    (doc[before - 2].text[:1].isupper() and doc[before].text[:1].isupper())
                    or doc[before - 2].lower_ in self.actors.people_nouns
                )
            if not ok or (
                token.pos_ == "NOUN"
                and token.dep_ in ("pobj", "dobj", "nsubj", "conj", "appos", "attr")
                and token.head.i < before - 1
                and not _inside(token, head)
            ):
                break
            if token.pos_ == "ADJ" and not _inside(token, head) and token.i not in self.span_at:
                break
            before -= 1
        while before < start and (
            doc[before].tag_ == "POS" or doc[before].lower_ in {*PREPOSITIONS, "the", "and", "-", "–"}
        ):
            before += 1
        if not any(self._is_title(doc[i]) or i in self.span_at for i in range(before, start)):
            return start
        return before

    def _is_title(self, token: Token) -> bool:
        return token.lower_ in self.actors.people_nouns or token.lower_ in self.actors.honorifics

    def apposition(self, head: Token, end: int) -> Token | None:
        """The noun in apposition that says what the person is: "Ivan Petrenko, Ukraine's former defence minister,"."""
        other = next((c for c in head.children if c.dep_ == "appos" and self.is_person_noun(c)), None)
        if other is None and head.dep_ == "appos" and self.is_person_noun(head.head):
            other = head.head
        if other is None and end + 1 < len(self.doc) and self.doc[end].text == ",":
            for token in self.doc[end + 1 : end + 9]:
                if (token.is_punct and token.text not in ("-", "’", "'")) or token.pos_ in NO_NOUN:
                    break
                if self.is_person_noun(token) and token.dep_ not in ("compound", "nmod", "poss"):
                    other = token
                    break
        return other

    def is_person_noun(self, token: Token) -> bool:
        """Whether the token is a noun for a person: "minister", "spokeswoman", "analysts"."""
        return token.pos_ in ("NOUN", "PROPN") and (
            token.lower_ in self.actors.people_nouns or token.lemma_.lower() in self.actors.people_nouns
        )


def _inside(token: Token, head: Token) -> bool:
    return head.left_edge.i <= token.i <= head.right_edge.i and token.i != head.i
