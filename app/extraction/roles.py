"""Who did it to whom: the parties of an event, read from the grammar of its trigger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mention, Mentions
from app.extraction.grammar import (
    agent_of,
    child,
    children,
    conjuncts,
    is_passive,
    objects_of,
    possessor_of,
    prepositions_of,
    subject_of,
)
from app.extraction.modality import Reading
from app.extraction.triggers import Trigger, counted

TARGET_PREPOSITIONS = ("against", "on", "with", "to", "at", "into", "toward", "towards", "from", "over", "in", "for", "of", "near", "along")
JOINT = frozenset({"with", "between", "among", "and", "alongside"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event. `own` tells that the noun phrase names it, not only a part of it ("the Russian envoy's car")."""

    name: str
    country: str | None
    kind: ActorKind
    at: int
    place: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """The doers and those it is done to, in order of weight; where `mutual`, both sides did it."""

    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    mutual: bool = False


def find_roles(trigger: Trigger, reading: Reading, mentions: Mentions) -> Roles:
    """The parties of the event; a reciprocal one has its coordinated doers on both sides."""
    find = _Roles(trigger, reading, mentions)
    sources = _distinct(find.sources())
    targets = [t for t in _distinct(find.targets()) if all(t.name != s.name for s in sources)]
    if trigger.frame.reciprocal and not targets and len(sources) > 1:
        return Roles(tuple(sources), tuple(sources[1:]), mutual=True)
    if not sources and trigger.frame.reciprocal and len(targets) > 1:
        return Roles((targets[0],), tuple(targets[1:]), mutual=True)
    return Roles(tuple(sources), tuple(targets), trigger.frame.reciprocal)


def parties_of(noun: Token, mentions: Mentions) -> list[Party]:
    """The parties that a noun phrase names, with its coordinates; else those within it: "the leader of Iran's Guards"."""
    found: list[Party] = []
    for each in conjuncts(noun):
        for token in counted(each):
            party = _party(token, mentions)
            if party is not None:
                found.append(party)
                break
        else:
            inner = _inside(each, mentions)
            if inner is not None:
                found.append(inner)
    return found


def _party(token: Token, mentions: Mentions) -> Party | None:
    mention = mentions.at(token.i)
    if mention is None or mention.name is None:
        return None
    if mention.head != token.i and not (mention.start <= token.i < mention.end and token.dep_ in ("compound", "flat", "appos")):
        return None
    return as_party(mention)


def as_party(mention: Mention) -> Party:
    """The mention as a party; it must have a name."""
    return Party(mention.name or "", mention.country, mention.kind, mention.head, mention.place)


def _inside(noun: Token, mentions: Mentions) -> Party | None:
    """The first party in the noun's own phrase: whose it is, what country's, of or in what."""
    left, right = noun.left_edge.i, noun.right_edge.i
    for part in noun.children:
        if part.dep_ in ("relcl", "acl", "appos", "conj") and part.i > noun.i:
            right = min(right, part.left_edge.i - 1)
    inner = [m for m in mentions.within(left, right + 1) if m.name]
    inner.sort(key=lambda m: (m.country is None, m.start))
    return as_party(inner[0]) if inner else None


def _distinct(parties: Iterable[Party]) -> list[Party]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.name, party)
    return list(found.values())


class _Roles:
    def __init__(self, trigger: Trigger, reading: Reading, mentions: Mentions) -> None:
        self.trigger, self.token, self.frame = trigger, trigger.token, trigger.frame
        self.carrier = reading.carrier
        self.mentions = mentions

    def _all(self, nouns: Iterable[Token | None]) -> Iterator[Party]:
        for noun in nouns:
            if noun is not None:
                yield from parties_of(noun, self.mentions)

    def sources(self) -> Iterator[Party]:
        """The doers: subject or agent of the verb; of a noun whose it is, by whom, and its country's adjective."""
        if self.carrier.pos_ in ("VERB", "AUX"):
            if is_passive(self.carrier):
                yield from self._all([agent_of(self.carrier)])
            else:
                yield from self._all([subject_of(self.carrier)])
        if not self.trigger.is_noun:
            return
        noun = self.token
        yield from self._all([possessor_of(noun)])
        for prep, inner in prepositions_of(noun):
            word = prep.lower_
            if word in ("by", "between", "among") or (word == "of" and self.frame.of_is == "source") or (word == "from" and self.frame.communicative):
                yield from self._all([inner])
        yield from self._adjectives(noun)

    def _adjectives(self, noun: Token) -> Iterator[Party]:
        """ "a Russian invasion", "US-Russia talks"; "the Ukraine invasion" names the target instead."""
        for part in children(noun, "amod", "compound", "nmod"):
            mention = self.mentions.at(part.i)
            if mention is None or mention.name is None or mention.head == noun.i:
                continue
            if mention.kind is ActorKind.COUNTRY and part.tag_ == "NNP" and self.frame.of_is == "target" and not self.frame.reciprocal and part.ent_type_ == "GPE":
                continue
            yield as_party(mention)

    def targets(self) -> Iterator[Party]:
        """Those it is done to: object, or passive's subject; else by preposition, the frame's first; else in a complement."""
        frame, token = self.frame, self.token
        objects = [] if self.trigger.is_noun else objects_of(token)
        yield from self._all(objects)
        yield from self._all(children(token, "dative"))
        holders = [token, *objects]
        if self.carrier != token:
            holders.append(self.carrier)
        pairs = [pair for holder in holders for pair in prepositions_of(holder)]
        order = {word: n for n, word in enumerate((*frame.to, *(w for w in TARGET_PREPOSITIONS if w not in frame.to)))}
        if self.trigger.is_noun and frame.of_is == "target":
            order["of"] = -1
        for prep, noun in sorted(pairs, key=lambda pair: (order.get(pair[0].lower_, 99), pair[1].i)):
            if prep.lower_ in order and not (self.trigger.is_noun and prep.lower_ == "of" and frame.of_is == "source"):
                yield from self._all([noun])
        if self.trigger.is_noun:
            for part in children(token, "compound"):
                mention = self.mentions.at(part.i)
                if mention is not None and mention.name and mention.kind is ActorKind.COUNTRY:
                    yield as_party(mention)
        for clause in children(token, "ccomp", "xcomp"):
            yield from self._all([child(clause, "nsubj", "nsubjpass")])
            yield from self._all(objects_of(clause))
            yield from self._all(noun for _, noun in prepositions_of(clause))
