"""Names of people in the text: known ones, the model's, and those that a title or a given name gives away."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from app.domain.vocabulary import ActorKind
from app.extraction.grammar import FINITE, having
from app.extraction.names import NameSpan, surname, text_of
from app.knowledge.actors import Actors
from app.knowledge.names import NameKind

NO_TITLES = frozenset({"king", "former", "st."})  # honorifics that stand before other words as well
NO_GIVEN_NAMES = frozenset({"april", "may", "june", "august", "virginia", "georgia", "carolina", "dakota"})
BREAKS = frozenset({"'s", "’s", ",", ";", ":", "/", "(", ")", "—", "–", '"', "“", "”", "--"})
POSSESSIVES = frozenset({"'s", "’s", "s"})


def person_names(doc: Doc, spans: Sequence[NameSpan], actors: Actors) -> list[tuple[int, int]]:
    """The token ranges of people's names, without titles, in order; where they would overlap, known names win."""
    return _PersonNames(doc, spans, actors).found()


class _PersonNames:
    def __init__(self, doc: Doc, spans: Sequence[NameSpan], actors: Actors) -> None:
        self.doc, self.spans, self.actors = doc, spans, actors
        self.span_at: Mapping[int, NameSpan] = {i: span for span in spans for i in range(span.start, span.end)}
        self.taken = [False] * len(doc)
        self.names: list[tuple[int, int]] = []

    def found(self) -> list[tuple[int, int]]:
        known = [(s, s.known.actor) for s in self.spans if s.known.actor is not None]
        for span, actor in known:
            if actor.kind is ActorKind.PERSON:
                self._take(span.start, span.end)
        for span, actor in known:
            if actor.kind is not ActorKind.PERSON:
                self.taken[span.start : span.end] = [True] * (span.end - span.start)
        for ent in self.doc.ents:
            if ent.label_ == "PERSON":
                self._take(*self._trimmed(ent.start, ent.end))
        for start, end in self._announced():
            self._take(start, end)
        for start, end in self._surnames():
            self._take(start, end)
        return sorted(self.names)

    def _take(self, start: int, end: int) -> None:
        if start < end and not any(self.taken[start:end]):
            self.names.append((start, end))
            self.taken[start:end] = [True] * (end - start)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The model's name without titles, countries' adjectives and possessives; empty where it is a known place."""
        doc = self.doc
        while start < end and self._is_no_name(doc[start]):
            start += 1
        while end > start and (
            doc[end - 1].tag_ == "POS"
            or doc[end - 1].is_punct
            or doc[end - 1].text in POSSESSIVES
            or (end - start > 1 and doc[end - 1].tag_ in FINITE)  # "Holm Calls", in a line of capitals
        ):
            end -= 1
        for i in range(start, end):
            if doc[i].text in BREAKS:
                return start, i
        if end - start == 1 and start in self.span_at and self.span_at[start].known.kind is not NameKind.ACTOR:
            return start, start  # Kyiv, Jordan, Chad: known places unless part of a longer name
        return start, end

    def _is_no_name(self, token: Token) -> bool:
        span = self.span_at.get(token.i)
        return (
            token.lower_ in self.actors.honorifics
            or token.lower_ in self.actors.people_nouns
            or token.lower_ == "the"
            or not token.text[:1].isupper()
            or (span is not None and span.known.kind is NameKind.ADJECTIVE)
        )

    def _announced(self) -> Iterator[tuple[int, int]]:
        """Names that the model has missed, after a title ("spokesman Ihor Vasylenko") or by the given name."""
        doc = self.doc
        for i in having(doc, "POS", ("PROPN",)):
            if i == 0 or self.taken[i]:
                continue
            name, token = doc[i], doc[i - 1]
            if not name.text[:1].isupper() or name.i in self.span_at:
                continue
            if self._is_title(token, name):
                yield name.i, self._run_end(name.i)
            elif self._is_given_name(token, name):
                yield token.i, self._run_end(token.i, name.i)

    def _is_title(self, token: Token, name: Token) -> bool:
        if token.lower_ in self.actors.honorifics:
            return token.lower_ not in NO_TITLES
        return (
            token.lower_ in self.actors.people_nouns
            and name.ent_type_ in ("", "PERSON")
            and token.tag_ in ("NN", "NNP")
            and name.dep_ != "compound"
            and token.dep_ in ("compound", "nmod", "amod")
            and token.lower_ != "speaker"
        )

    def _is_given_name(self, token: Token, name: Token) -> bool:
        return (
            token.text in self.actors.genders
            and token.lower_ not in NO_GIVEN_NAMES
            and token.pos_ == "PROPN"
            and not self.taken[token.i]
            and name.dep_ != "compound"
            and token.head.i == name.i
            and name.ent_type_ in ("", "ORG", "GPE")
        )

    def _run_end(self, start: int, last: int | None = None) -> int:
        """The end of the run of proper nouns that begins at start."""
        doc, end = self.doc, (start if last is None else last) + 1
        while end < len(doc) and doc[end].pos_ == "PROPN" and not self.taken[end] and end not in self.span_at:
            if doc[end].head.i < start or doc[end].dep_ == "appos":
                break
            end += 1
        return end

    def _surnames(self) -> Iterator[tuple[int, int]]:
        """Mentions by surname of people named in full, whatever the model takes them for, and of known people."""
        doc = self.doc
        surnames = {surname(text_of(doc[start:end])) for start, end in self.names if end - start > 1}
        for token in (doc[i] for i in having(doc, "ORTH", {*surnames, *self.actors.by_surname})):
            if token.text not in surnames and (
                token.ent_type_ not in ("", "ORG") or token.dep_ not in ("nsubj", "pobj", "dobj", "conj")
            ):
                continue  # a known surname that the model takes for no name: only where a person can stand
            misread = (
                token.text in surnames and token.tag_ == "NN" and token.dep_ == "nsubj" and not list(token.children)
            )
            if not (token.pos_ == "PROPN" or misread) or self.taken[token.i] or token.i in self.span_at:
                continue  # "Trump told" may be read as a common noun
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            in_name = after is not None and (
                (token.ent_type_ == "ORG" and after.ent_type_ == "ORG")
                or (after.pos_ == "PROPN" and token.dep_ == "compound")
            )
            in_name = in_name or (token.ent_type_ == "ORG" and token.ent_iob_ == "I")
            if not in_name:  # "the Smith Foundation"
                yield token.i, token.i + 1
