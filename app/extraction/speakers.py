"""Who says it: the speaker that a phrase names, those who speak as one, and the makers of documents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from app.extraction.findings import Mention, Mentions
from app.extraction.grammar import child, children, conjuncts, subject_of
from app.extraction.names import joined_names
from app.knowledge import Knowledge

WEAK = 0.55
NO_SUBJECT = frozenset({"pobj", "poss", "compound", "dobj", "dative", "amod", "nmod"})
EXAMPLES = frozenset({"including", "like", "as"})
MAKER_WORDS = frozenset({"by", "from", "of"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: canonical name (None where nobody can be named), the phrase's tokens, role, country.

    `each` are the names of several who speak as one, or who are named among those who speak.
    """

    name: str | None
    start: int
    end: int
    role: str | None = None
    country: str | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 0.5
    each: tuple[str, ...] = ()


class Speakers:
    """Reads the sources of one text's reports; `last` is who spoke last, whom "the report" speaks for."""

    def __init__(self, doc: Doc, mentions: Mentions, in_quote: Sequence[bool], knowledge: Knowledge) -> None:
        self.doc, self.mentions, self.in_quote, self.knowledge = doc, mentions, in_quote, knowledge
        self.last: Speaker | None = None

    def of(self, token: Token | None) -> Speaker | None:
        if token is None:
            return None
        if token.dep_ in ("nsubj", "pobj") and (together := self._together(self._coordinated(token))) is not None:
            return together
        speaker = self.one(token)
        if token.tag_ not in ("NNS", "NNPS") or speaker is None:
            return speaker
        named = child(token, "appos")
        if named is not None and (together := self._together(conjuncts(named))) is not None:
            return together  # "two captains, Kari Solberg and Lars Holm"
        return replace(speaker, each=tuple(self._among(token)))

    def _together(self, parts: Sequence[Token]) -> Speaker | None:
        """Those who speak as one; None where that is only one, or not all have a name."""
        speakers = [s for s in (self.one(part) for part in parts) if s is not None]
        names = tuple(s.name for s in speakers if s.name is not None)
        if len(parts) < 2 or len(names) < len(parts):
            return None
        countries = {s.country for s in speakers}
        return Speaker(
            joined_names(names), speakers[0].start, speakers[-1].end,
            None, countries.pop() if len(countries) == 1 else None, (), min(s.confidence for s in speakers), names,
        )  # fmt: skip

    def _among(self, group: Token) -> Iterator[str]:
        """Who is named as one of the group: "captains, including Kari Solberg"."""
        for prep in group.children:
            if prep.dep_ == "prep" and prep.lower_ in EXAMPLES and (noun := child(prep, "pobj")) is not None:
                for part in conjuncts(noun):
                    mention = self.mentions.at(part.i)
                    if mention is not None and mention.head == part.i and mention.name is not None:
                        yield mention.name

    def beside(self, subject: Token) -> Speaker | None:
        """The person named in apposition: "One of his advisers, Ivan Petrenko, said"."""
        named = (self.mentions.at(c.i) for c in subject.children if c.dep_ == "appos")
        return next((_said_by(m) for m in named if m is not None and m.name is not None), None)

    def cited(self, cue: Token, relay: Speaker) -> Speaker | None:
        """Whose words they are where media report them: "state television reported, citing the ministry"."""
        actors = self.knowledge.actors
        known = actors.by_name.get(relay.name or "")
        sector = known.sector if known is not None else actors.body_nouns.get((relay.name or "").split(" ")[-1])
        if sector != "MED" and cue.lemma_ != "report":
            return None
        for verb in cue.children:
            thing = child(verb, "dobj") if verb.tag_ == "VBG" and verb.lemma_ in ("cite", "quote") else None
            source = self.of(thing) if thing is not None and verb.i > cue.i else None
            if source is not None and source.name is not None:
                return source
        return None

    def first_actor(self, cue: Token, subject: Token | None = None) -> Speaker | None:
        """The first actor of the cue's sentence who may be its subject, where the parse shows none that could speak."""
        if subject is not None and (subject.pos_ in ("PRON", "DET", "NUM") or self.mentions.at(subject.i) is not None):
            return None
        for mention in self.mentions.within(cue.sent.start, cue.i):
            head = self.doc[mention.head]
            able = not (mention.place or mention.pronoun or self.in_quote[mention.head]) and mention.name is not None
            if able and head.dep_ not in NO_SUBJECT and mention.confidence > WEAK:
                said = _said_by(mention)
                return replace(said, confidence=said.confidence * 0.7)
        return None

    def _coordinated(self, token: Token) -> list[Token]:
        """The token and what is coordinated with it; not the further descriptions of a person in apposition."""
        parts = [token]
        described = child(token, "appos") is not None
        for part in token.children:
            if part.dep_ != "conj" or (part.tag_ == "NN" and token.pos_ == "PROPN"):
                continue
            if described and any(c.lower_ in ("a", "an") for c in part.children):
                continue  # "Kari Solberg, chief of the port, and a pilot herself"
            parts += self._coordinated(part)
        return parts

    def one(self, token: Token) -> Speaker | None:
        mention = self._mention(token)
        if token.lemma_.lower() in self.knowledge.report_verbs.documents and (mention is None or not mention.pronoun):
            return self._maker(token, mention)
        if mention is None:
            return Speaker(None, token.i, token.i + 1, confidence=0.3)
        return _said_by(mention)

    def _mention(self, token: Token) -> Mention | None:
        mention = self.mentions.at(token.i)
        if mention is None or mention.head == token.i or mention.pronoun:
            return mention
        head = self.doc[mention.head]
        return mention if head.head.i == token.i or token.head.i == head.i else None  # "chief executive Ann Smith"

    def _maker(self, token: Token, mention: Mention | None) -> Speaker:
        """Who made the document: "an investigation by the Safety Board", "Maxar's images", "images taken by Maxar"."""
        start, end = (mention.start, mention.end) if mention is not None else (token.left_edge.i, token.i + 1)
        for noun in self._makers(token):
            maker = self.mentions.at(noun.i)
            if maker is not None and maker.name is not None and not maker.place and maker.head == noun.i:
                said = _said_by(maker)
                return Speaker(said.name, start, end, said.role, said.country, said.candidates, said.confidence * 0.9)
        if token.dep_ == "dobj" or (
            token.dep_ == "pobj" and token.head.head.lower_ != "according"
        ):  # "issued a statement saying", "in a letter warning"
            verb = token.head if token.dep_ == "dobj" else token.head.head
            subject = subject_of(verb) if verb.pos_ == "VERB" else None
            author = self.mentions.at(subject.i) if subject is not None else None
            if author is not None and author.name is not None and not author.place:
                return _said_by(author)
        definite = self.doc[start].lower_ in ("the", "these", "those")
        if definite and self.last is not None:
            return Speaker(self.last.name, start, end, self.last.role, self.last.country, (), 0.6)
        return _said_by(mention) if mention is not None else Speaker(None, start, end)

    def _makers(self, token: Token) -> Iterable[Token]:
        yield from children(token, "poss", "compound", "amod", "nmod")
        for prep in token.children:
            if (
                prep.dep_ in ("prep", "agent")
                and prep.lower_ in MAKER_WORDS
                and (noun := child(prep, "pobj")) is not None
            ):
                yield noun
                yield from children(noun, "appos")
            elif prep.dep_ == "acl":
                for by in prep.children:
                    if (
                        by.dep_ in ("agent", "prep")
                        and by.lower_ in MAKER_WORDS
                        and (noun := child(by, "pobj")) is not None
                    ):
                        yield noun


def _said_by(mention: Mention) -> Speaker:
    return Speaker(
        mention.name, mention.start, mention.end, mention.role, mention.country, mention.candidates, mention.confidence,
        tuple(member.name for member in mention.members if member.name is not None),
    )  # fmt: skip
