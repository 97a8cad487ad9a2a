"""The occasion of speech: to whom it was said, and where or through what."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mentions
from app.extraction.grammar import child, children
from app.extraction.names import text_of
from app.extraction.speech import Form, Report
from app.knowledge.report_verbs import ReportVerbs

PLACES = frozenset({"in", "at", "on", "during", "via", "through"})
LISTENERS = frozenset({"to", "with", "before"})  # an interview with, a speech to, testimony before
JUDGED = frozenset({Form.OBJECT, Form.INFINITIVE})  # whose objects are spoken of, not spoken to


class Occasions:
    """Reads the audience and the venue of the reports of one text."""

    def __init__(self, doc: Doc, mentions: Mentions, words: ReportVerbs) -> None:
        self.doc, self.mentions, self.words = doc, mentions, words

    def audience(self, report: Report) -> str | None:
        """To whom it was said: "told Sky News", "warned Kyiv that", "in an interview with it"; None if untold."""
        if report.entry is None or report.form is Form.QUOTE_NEIGHBOUR:
            return None
        heard = self._object(report) or self._listener(report.cue, ("to",), report)
        if heard is None and (place := self._place(report.cue)) is not None:
            heard = self._listener(place, LISTENERS, report)
        return self._named(heard) if heard is not None else None

    def venue(self, report: Report) -> str | None:
        """Where or through what it was said: "video address", "Twitter", "Sky News"; None if untold."""
        place = self._place(report.cue)
        if place is not None:
            bare = (t for t in self.doc[place.left_edge.i : place.i + 1] if t.dep_ != "det" or t.head != place)
            return self._named(place) if self._is_medium(place) else text_of(bare)
        return report.entry.venue if report.entry is not None else None

    def _object(self, report: Report) -> Token | None:
        """The object of "told reporters" and "warned Kyiv that..." """
        entry, heard = report.entry, None
        for thing in children(report.cue, "dobj", "dative"):
            if thing.pos_ in ("NOUN", "PROPN", "PRON") and not report.start <= thing.i < report.end:
                heard = thing
                break
        if heard is None or entry is None or entry.told:
            return heard
        mention = self.mentions.at(heard.i)
        spoken_to = mention is not None and mention.head == heard.i and not mention.place
        return heard if spoken_to and "clause" in entry.takes and report.form not in JUDGED else None

    def _listener(self, word: Token, prepositions: frozenset[str] | tuple[str, ...], report: Report) -> Token | None:
        for prep in children(word, "prep", "dative"):
            if prep.lower_ in prepositions and not report.start <= prep.i < report.end:
                return child(prep, "pobj")
        return None

    def _place(self, cue: Token) -> Token | None:
        for word in self._carriers(cue):
            for prep in children(word, "prep"):
                noun = child(prep, "pobj") if prep.lower_ in PLACES else None
                if noun is not None and (noun.lemma_.lower() in self.words.occasions or self._is_medium(noun)):
                    return noun
        return None

    def _carriers(self, cue: Token) -> Iterator[Token]:
        """The words on which the occasion may hang: the cue, those told, "speaking at..."."""
        yield cue
        for part in cue.children:
            if part.dep_ in ("dobj", "dative") or (part.dep_ == "advcl" and part.tag_ == "VBG"):
                yield part

    def _is_medium(self, noun: Token) -> bool:
        """Whether the noun is a body on which one speaks: "on Sky News"."""
        mention = self.mentions.at(noun.i)
        return (
            noun.head.lower_ == "on"
            and mention is not None
            and mention.head == noun.i
            and mention.kind is ActorKind.ORGANISATION
        )

    def _named(self, token: Token) -> str | None:
        mention = self.mentions.at(token.i)
        if mention is not None and mention.head == token.i and (mention.name is not None or mention.pronoun):
            return mention.name
        if token.pos_ == "PRON":
            return None
        parts = children(token, "compound", "amod", "poss", "nmod")
        return text_of(self.doc[min([token.i, *(part.left_edge.i for part in parts)]) : token.i + 1])
