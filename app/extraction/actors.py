"""Mentions of actors: the phrases that name people, bodies, countries and groups, and whom they name."""

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from app.domain.items import Actor, Event, Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind
from app.extraction.coreference import resolve
from app.extraction.findings import Mentions, Parsed, QuotedSpan
from app.extraction.grammar import body_start, child, having, misread_subject
from app.extraction.names import (
    Description,
    NameSpan,
    describe,
    known_names,
    phrase_end,
    phrase_start,
    text_of,
)
from app.extraction.person_names import person_names
from app.extraction.phrases import PRONOUNS, Phrase, PhraseKind
from app.extraction.titles import Titles
from app.knowledge import Knowledge
from app.knowledge.countries import Country
from app.knowledge.names import NameKind

BODY_ENTITIES = frozenset({"ORG", "FAC"})
PLACE_WORDS = frozenset(
    {"in", "into", "near", "at", "around", "across", "inside", "outside", "over", "through", "toward", "towards"}
    | {"within", "throughout"}
)
WAY_WORDS = frozenset({"to", "from"})
RULERS = frozenset({"pope", "king", "queen", "prince", "princess", "emperor"})  # part of a name of one word
TRAVEL = frozenset({"visit", "leave", "reach", "enter", "flee", "cross", "surround", "capture", "encircle"})


def find_actors(parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], knowledge: Knowledge) -> Mentions:
    """Every mention of an actor, with the canonical name it stands for."""
    datelines = [(start, body_start(parsed.doc, start)) for start, end in parsed.paragraphs if start < end]
    no_words = {i for start, body in datelines for i in range(start, body)}
    phrases = [p for p in _Finder(parsed.doc, source.text, knowledge).phrases() if p.head not in no_words]
    return Mentions(resolve(phrases, parsed, source, quoted, knowledge))


def named_actors(
    mentions: Mentions,
    statements: Sequence[Statement],
    events: Sequence[Event],
    claims: Sequence[TroopClaim],
    knowledge: Knowledge,
    day: date | None,
) -> tuple[Actor, ...]:
    """The actors that the items refer to by name, each once, in order of name; offices are those of the day."""
    names = (
        {s.speaker for s in statements} | {name for e in events for name in e.actors} | {c.claimed_by for c in claims}
    )
    names |= (
        {name for s in statements for name in s.speakers}
        | {s.via for s in statements}
        | {e.according_to for e in events}
    )
    found: dict[str, Actor] = {}
    for mention in mentions.all:
        if mention.name in names and mention.name not in found and mention.name is not None:
            entry = knowledge.actors.by_id.get(mention.key or "")
            role = next((m.role for m in mentions.all if m.name == mention.name and m.role), None)
            found[mention.name] = Actor(
                name=mention.name,
                kind=mention.kind,
                key=mention.key,
                country=mention.country,
                role=role,
                sector=entry.sector if entry else None,
                learnt_from=None if mention.key else mention.name,
                body=knowledge.actors.body_of(entry, day) if entry else _body_named(role or mention.name, knowledge),
            )
    for statement in statements:  # several who speak as one: "Norway and Sweden"
        name = statement.speaker
        if name is not None and name not in found:
            found[name] = Actor(
                name=name,
                kind=ActorKind.GROUP,
                country=statement.speaker_country,
                learnt_from=statement.speaker_mention,
            )
    return tuple(found[name] for name in sorted(found))


def _body_named(words: str, knowledge: Knowledge) -> str | None:
    """The international body with whose name the words begin: "NATO spokeswoman", "U.N. officials"."""
    parts = words.split()
    starts = (" ".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    named = next((actor for start in starts if (actor := knowledge.actors.by_name.get(start))), None)
    return named.body if named else None


class _Finder:
    """Finds the phrases of one text that may name an actor."""

    def __init__(self, doc: Doc, text: str, knowledge: Knowledge) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.actors = knowledge.actors
        self.spans = known_names(doc, text, knowledge)
        self.span_at = {i: span for span in self.spans for i in range(span.start, span.end)}
        self.titles = Titles(doc, self.span_at, self.actors)
        self.claimed: set[int] = set()  # tokens of names and of titles before them
        self.organisations: dict[str, str] = {}  # the first word of a longer name to the name
        self.same: dict[int, int] = {}  # a description's head to the name in apposition
        self.found: list[Phrase] = []

    def phrases(self) -> list[Phrase]:
        """All phrases, in order of their heads."""
        for start, end in person_names(self.doc, self.spans, self.actors):
            self._person(start, end)
        for span in self.spans:
            if span.known.kind is NameKind.ACTOR and span.start not in self.claimed:
                self._body(span.start, span.end, span)
        for ent in self.doc.ents:
            first = self.span_at.get(ent.start)
            capital = first is not None and first.known.kind is NameKind.CAPITAL
            if ent.label_ in BODY_ENTITIES and not capital and self.claimed.isdisjoint(range(ent.start, ent.end)):
                self._organisation(ent.start, ent.end)
        for i in having(self.doc, "POS", ("PRON", "DET", "NOUN", "PROPN")):
            if i in self.claimed:
                continue
            token = self.doc[i]
            if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET"):
                self._pronoun(token)
            elif token.pos_ in ("NOUN", "PROPN"):
                self._described(token)
        for span in self.spans:
            if span.known.kind is not NameKind.ACTOR and self.claimed.isdisjoint(range(span.start, span.end)):
                self._country(span)
        self._other_speakers()
        return sorted(self.found, key=lambda phrase: (phrase.start, -phrase.end))

    # names of people

    def _person(self, start: int, end: int) -> None:
        doc = self.doc
        head = next((t for t in doc[start:end] if not start <= t.head.i < end), doc[end - 1])
        before = self.titles.start(start, head, self.claimed)
        title, country, gender = self.titles.read(before, start)
        other = self.titles.apposition(head, end)
        if other is not None and other.tag_ not in ("NNS", "NNPS"):
            self.same[other.i] = head.i
            described = self._describe(other)
            title = title or described.title
            country = country or described.country
        of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i >= end), None)
        place = child(of, "pobj") if of is not None else None
        if place is not None and country is None and place.i in self.span_at:
            country = self.span_at[place.i].known.code
        span = self.span_at.get(start)
        known = span.known.actor if span is not None and span.known.actor is not None else None
        name = text_of(doc[start:end])
        if known is not None:
            gender = known.gender
        if gender is None and " " in name:
            gender = self.actors.genders.get(name.split()[0].split("-")[0])
        if known is None and " " not in name and doc[start - 1].lower_ in RULERS and start > before:
            name = f"{doc[start - 1].text} {name}"
        self._claim(before, end)
        self.found.append(
            Phrase(
                before,
                end,
                head.i,
                PhraseKind.PERSON,
                name,
                title=title or None,
                country=country,
                gender=gender,
                known=known,
            )
        )

    def _describe(self, head: Token) -> Description:
        return describe(self.doc, phrase_start(head), phrase_end(head), head, self._near(head))

    def _near(self, token: Token) -> list[NameSpan]:
        near = {
            self.span_at[i] for i in range(max(0, token.i - 12), min(len(self.doc), token.i + 12)) if i in self.span_at
        }
        return sorted(near, key=lambda span: span.start)

    # bodies

    def _body(self, start: int, end: int, span: NameSpan) -> None:
        head = next((t for t in self.doc[start:end] if not start <= t.head.i < end), self.doc[end - 1])
        before = min(start, phrase_start(head)) if head.dep_ not in ("compound", "nmod", "amod", "poss") else start
        actor = span.known.actor
        if actor is None:
            return
        self._claim(start, end)
        self.found.append(
            Phrase(
                before,
                end,
                head.i,
                PhraseKind.BODY,
                actor.name,
                country=actor.country,
                known=actor,
                place=actor.seat and self._is_place(head),
            )
        )

    def _organisation(self, start: int, end: int) -> None:
        doc = self.doc
        while start < end and (doc[start].pos_ == "DET" or doc[start].is_punct):
            start += 1
        while end > start and (
            doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].text in ("'s", "’s")
        ):
            end -= 1
        if start >= end or not any(t.text[:1].isupper() or t.text[:1].isdigit() for t in doc[start:end]):
            return
        head = next((t for t in doc[start:end] if not start <= t.head.i < end), doc[end - 1])
        if head.dep_ in ("compound", "nmod", "amod") and self.titles.is_person_noun(head.head):
            before = start
        else:
            before = min(start, phrase_start(head)) if head.i >= start else start
        described = describe(doc, before, end, head, self._near(head))
        noun = head.lower_ if head.lower_ in self.actors.body_nouns else head.lemma_.lower()
        name = described.name if noun in self.actors.body_nouns else text_of(doc[start:end])
        last = end
        while last > start and doc[last - 1].pos_ == "NOUN" and doc[last - 1].is_lower:
            last -= 1
        if start < last < end:  # "Xinhua news agency"
            name = text_of(doc[start:last])
        country = described.country
        if country is None and self.actors.body_nouns.get(noun) in ("GOV", "MIL") and (seat := self._seat(head)):
            country, name = seat.code, f"{seat.label} {name}"
        if " " in name:
            self.organisations.setdefault(name.split()[0], name)
        self._claim(start, end)
        self.found.append(
            Phrase(before, end, head.i, PhraseKind.BODY, name, country=country, words=described.words, noun=noun)
        )

    def _seat(self, head: Token) -> Country | None:
        """The country in whose capital a body sits: "the Defense Ministry in Oslo", "in Oslo, the Defense Ministry"."""
        first = head.sent[0]
        here = [c for c in (*head.children, first) if c.dep_ == "prep" and c.lower_ == "in"]
        place = next((child(c, "pobj") for c in here), None)
        span = self.span_at.get(place.i) if place is not None else None
        return span.known.country if span is not None and span.known.kind is NameKind.CAPITAL else None

    # descriptions

    def _described(self, head: Token) -> None:
        noun = head.lower_ if head.lower_ in self.actors.people_nouns else head.lemma_.lower()
        person = noun in self.actors.people_nouns
        if not person and noun not in self.actors.body_nouns and head.lower_ not in ("forces", "authorities"):
            return
        if (
            head.dep_ in ("compound", "amod", "nmod", "npadvmod")
            and head.head.i > head.i
            and head.head.pos_ in ("NOUN", "PROPN", "ADJ")
        ):
            misread = misread_subject(head.head)
            if misread is None or misread.i != head.i:
                return
        start, end = phrase_start(head), phrase_end(head)
        described = describe(self.doc, start, end, head, self._near(head))
        plural = head.tag_ in ("NNS", "NNPS") and not (not person and noun in ("force", "authority"))
        possessor = child(head, "poss")
        self.found.append(
            Phrase(
                start,
                end,
                head.i,
                PhraseKind.DESCRIPTION,
                described.name,
                title=described.title,
                country=described.country,
                words=described.words,
                plural=plural,
                definite=described.definite or possessor is not None,
                noun=noun,
                person=person,
                gender=self.actors.people_nouns.get(noun) or None,
                same_as=self._named_by(head, person),
                possessor=possessor.i if possessor is not None else None,
            )
        )

    def _named_by(self, head: Token, person: bool) -> int | None:
        """The head of the name beside the description: "the broadcaster NPO", "Ukraine's envoy, Ivan Petrenko"."""
        if head.i in self.same:
            return self.same[head.i]
        named = next(
            (c for c in head.children if c.dep_ == "appos" and c.i in self.claimed and c.pos_ == "PROPN"), None
        )
        if named is None and person and head.dep_ == "pobj" and head.head.head.lower_ == "according":
            named = self._name_between_commas(phrase_end(head))
        if named is not None and (not person or named.left_edge.i <= phrase_end(head) + 1):
            return named.i
        before = next(
            (
                c
                for c in head.children
                if c.dep_ in ("compound", "nmod") and c.i in self.claimed and c.ent_type_ == "ORG"
            ),
            None,
        )
        business = self.actors.body_nouns.get(head.lemma_.lower()) in ("MED", "BUS") or head.lemma_ in (
            "agency",
            "group",
        )
        if not person and before is not None and business:
            return before.i
        return None

    def _name_between_commas(self, start: int) -> Token | None:
        """The head of the full name that alone stands between a comma at `start` and the next one."""
        name = next((p for p in self.found if p.kind is PhraseKind.PERSON and p.start == start + 1), None)
        if name is None or " " not in name.name or name.end >= len(self.doc):
            return None
        return self.doc[name.head] if self.doc[start].text == self.doc[name.end].text == "," else None

    # countries and pronouns

    def _country(self, span: NameSpan) -> None:
        country = span.known.country
        if country is None:
            return
        head = next(
            (t for t in self.doc[span.start : span.end] if not span.start <= t.head.i < span.end),
            self.doc[span.end - 1],
        )
        longer = self.organisations.get(self.doc[span.start].text)
        if (
            longer is not None
            and span.end == span.start + 1
            and span.known.kind is NameKind.ADJECTIVE
            and head.dep_ in ("nsubj", "conj", "pobj", "dobj")
        ):
            self._claim(span.start, span.end)
            self.found.append(Phrase(span.start, span.end, head.i, PhraseKind.BODY, longer, country=country.code))
            return
        if span.known.kind is NameKind.ADJECTIVE and (
            head.dep_ in ("amod", "compound", "nmod", "npadvmod", "conj", "acomp") or head.pos_ == "ADJ"
        ):
            return
        before = span.start
        if before > 0 and self.doc[before - 1].lower_ == "the":
            before -= 1
        place = self._is_place(head) or (
            span.known.kind is NameKind.CAPITAL and head.dep_ in ("compound", "nmod", "appos", "npadvmod")
        )
        people = span.known.kind is NameKind.PEOPLE
        self._claim(span.start, span.end)
        self.found.append(
            Phrase(
                before,
                span.end,
                head.i,
                PhraseKind.COUNTRY,
                span.known.name
                if (place and span.known.kind is NameKind.CAPITAL) or (people and before == span.start)
                else country.name,
                country=country.code,
                place=place,
                plural=people,
            )
        )

    def _is_place(self, head: Token) -> bool:
        """Whether a country, capital or seat of power is a place here, by its grammar."""
        token = head
        while token.dep_ in ("conj", "appos") and token.head.i != token.i:
            token = token.head
        if token.dep_ == "dobj":
            return token.head.lemma_.lower() in TRAVEL
        if token.dep_ != "pobj":
            return False
        word = token.head
        if word.lower_ in PLACE_WORDS:
            return True
        if word.lower_ in WAY_WORDS:
            return word.head.pos_ in ("VERB", "AUX", "ADP", "ADV") and word.head.lemma_ not in (
                "say",
                "demand",
                "ask",
                "offer",
                "sell",
                "give",
                "belong",
                "speak",
                "warn",
            )
        return False

    def _pronoun(self, token: Token) -> None:
        if token.lower_ == "it" and (token.dep_ == "expl" or not token.dep_.startswith(("nsubj", "poss"))):
            return
        self.found.append(
            Phrase(
                token.i,
                token.i + 1,
                token.i,
                PhraseKind.PRONOUN,
                token.lower_,
                plural=token.lower_ in ("they", "them", "their"),
            )
        )

    def _other_speakers(self) -> None:
        """Subjects of reporting verbs and sources after "according to" that no list knows: "the report", "images"."""
        heads = {phrase.head for phrase in self.found}
        covered = {
            i
            for phrase in self.found
            if phrase.kind is not PhraseKind.DESCRIPTION
            for i in range(phrase.start, phrase.end)
        }
        verbs = self.knowledge.report_verbs.verbs
        subjects = having(self.doc, "DEP", ("nsubj", "pobj", "compound", "amod", "nmod"))
        for token in (self.doc[i] for i in subjects):
            subject = token.dep_ == "nsubj" and token.head.lemma_.lower() in verbs
            subject = subject or (
                token.dep_ in ("compound", "amod", "nmod")
                and (m := misread_subject(token.head)) is not None
                and m.i == token.i
            )
            source = (
                token.dep_ == "pobj"
                and token.head.lower_ == "to"
                and token.i >= 2
                and token.head.head.lower_ == "according"
            )
            if not (subject or source) or token.pos_ not in ("NOUN", "PROPN") or token.i in heads or token.i in covered:
                continue
            start, end = phrase_start(token), phrase_end(token)
            described = describe(self.doc, start, end, token, self._near(token))
            self.found.append(
                Phrase(
                    start,
                    end,
                    token.i,
                    PhraseKind.OTHER,
                    described.name,
                    title=described.title,
                    country=described.country,
                    words=described.words,
                    plural=token.tag_ in ("NNS", "NNPS"),
                    definite=described.definite,
                    noun=token.lemma_.lower(),
                    same_as=self._named_by(token, person=True),
                )
            )

    def _claim(self, start: int, end: int) -> None:
        self.claimed.update(range(start, end))
