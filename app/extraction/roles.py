"""Who did it to whom: the parties of an event, read from the grammar of its trigger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from app.extraction.climb import Reading
from app.extraction.findings import Mentions
from app.extraction.grammar import (
    agent_of,
    child,
    children,
    clause_verb,
    is_passive,
    objects_of,
    possessor_of,
    prepositions_of,
    subject_of,
)
from app.extraction.parties import Parties, Party
from app.extraction.triggers import Trigger
from app.knowledge import Knowledge

TARGET_PREPOSITIONS = (
    "against",
    "on",
    "with",
    "to",
    "at",
    "into",
    "toward",
    "towards",
    "from",
    "over",
    "in",
    "for",
    "of",
    "near",
    "along",
)
OCCASIONS = frozenset({"talk", "meet", "visit", "negotiate"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The doers and those it is done to, in order of weight; where `mutual`, both sides did it.

    `domestic` tells that one country stands on both sides: "Polish protesters stormed the Polish parliament".
    """

    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    mutual: bool = False
    domestic: bool = False


def find_roles(trigger: Trigger, reading: Reading, mentions: Mentions, knowledge: Knowledge) -> Roles:
    """The parties of the event; a reciprocal one has its coordinated doers on both sides."""
    find = _Roles(trigger, reading, Parties(mentions, knowledge))
    sources, named = _distinct(find.sources()), _distinct(find.targets())
    targets = [t for t in named if all(t.name != s.name for s in sources)]
    if trigger.frame.reciprocal and not targets and len(sources) > 1:
        return Roles(tuple(sources), tuple(sources[1:]), mutual=True)
    if not sources and trigger.frame.reciprocal and len(targets) > 1:
        return Roles((targets[0],), tuple(targets[1:]), mutual=True)
    doc = trigger.token.doc
    domestic = not targets and any(
        t.country and t.name == s.name and t.at != s.at and doc[t.at].pos_ != "PRON" for t in named for s in sources
    )
    return Roles(tuple(sources), tuple(targets), trigger.frame.reciprocal, domestic)


def _distinct(parties: Iterable[Party]) -> list[Party]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.name, party)
    return list(found.values())


class _Roles:
    def __init__(self, trigger: Trigger, reading: Reading, parties: Parties) -> None:
        self.trigger, self.token, self.frame = trigger, trigger.token, trigger.frame
        self.carrier = reading.carrier
        self.parties = parties

    def _all(self, nouns: Iterable[Token | None]) -> Iterator[Party]:
        for noun in nouns:
            if noun is not None:
                yield from self.parties.of(noun)

    def sources(self) -> Iterator[Party]:
        """The doers: subject or agent of the verb; of a noun whose it is, by whom, and its country's adjective."""
        if self.carrier.pos_ in ("VERB", "AUX"):
            if is_passive(self.carrier):
                yield from self._all([agent_of(self.carrier), self._scheduled()])
            else:
                subject = subject_of(self.carrier)
                if subject != self.token:
                    yield from self._all([subject])
        if not self.trigger.is_noun:
            return
        noun = self.token
        yield from self._all([possessor_of(noun)])
        for prep, inner in prepositions_of(noun):
            word = prep.lower_
            if (
                word in ("by", "between", "among")
                or (word == "of" and self.frame.of_is == "source")
                or (word == "from" and self.frame.communicative and prep.head == noun)
            ):
                yield from self._all([inner])
        nations = self.parties.nations(noun)
        if len(nations) > 1 and not any(self._names_target(noun.doc[nation.at]) for nation in nations):
            yield from nations
        for part in children(noun, "amod", "compound", "nmod"):
            party = self.parties.adjective(part) or (
                self.parties.named(part) if part.ent_type_ in ("ORG", "NORP", "PERSON") else None
            )
            if party is not None and not self._names_target(part):
                yield party
        yield from self._occasion()

    def _scheduled(self) -> Token | None:
        """Who does what a passive only plans, expects or asks of him: "he is scheduled to attend"; None elsewhere."""
        doing = clause_verb(self.token)
        is_below = doing != self.carrier and doing.dep_ == "xcomp" and self.carrier.is_ancestor(doing)
        return subject_of(doing) if is_below and not is_passive(doing) else None

    def _occasion(self) -> Iterator[Party]:
        """Who takes part in what is told only as an occasion: "he said in a video address", "told a news briefing"."""
        noun = self.token
        if self.frame.category not in OCCASIONS or self.carrier != noun:
            return
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if (
            noun.dep_ in ("pobj", "dobj")
            and verb.pos_ == "VERB"
            and noun.head.lower_ in ("in", "during", "at", "on", "by", "to", "after", "for", verb.lower_)
        ):
            if not is_passive(verb):
                yield from self._all([subject_of(verb)])
            if self.frame.reciprocal and noun.dep_ == "pobj":
                yield from self._all(objects_of(verb))

    def _names_target(self, part: Token) -> bool:
        """ "the Ukraine invasion": a country's name before the noun is where it goes, unless both sides do it."""
        return (
            self.frame.of_is == "target"
            and not self.frame.reciprocal
            and part.text in self.parties.knowledge.countries.by_name
            and part.text not in self.parties.knowledge.countries.by_adjective
        )

    def targets(self) -> Iterator[Party]:
        """Those it is done to: object or passive's subject, else by preposition, the frame's first, or in a clause."""
        frame, token = self.frame, self.token
        objects = [] if self.trigger.is_noun else objects_of(token)
        found = [*self._all(objects), *self._all(children(token, "dative"))]
        holders = [token, *objects]
        if self.carrier != token:
            holders.append(self.carrier)
        pairs = [pair for holder in holders for pair in prepositions_of(holder) if pair[1] not in objects]
        asked = list(frame.to)
        if self.trigger.is_noun and frame.of_is == "target":
            asked.insert(0, "of")
        for word in asked:
            if found and not frame.reciprocal:
                break
            if self.trigger.is_noun and word == "of" and frame.of_is == "source":
                continue
            found += self._all(noun for prep, noun in pairs if prep.lower_ == word)
        if self.trigger.is_noun:
            found += [
                p
                for part in children(token, "compound")
                if self._names_target(part) and (p := self.parties.adjective(part)) is not None
            ]
        if not found and not frame.reciprocal:
            for clause in children(token, "ccomp", "xcomp"):
                found += self._all([child(clause, "nsubj", "nsubjpass"), *objects_of(clause)])
                found += self._all(noun for _, noun in prepositions_of(clause))
            for word in TARGET_PREPOSITIONS:
                if not found and word not in asked:
                    found += [p for p in self._all(noun for prep, noun in pairs if prep.lower_ == word) if p.country]
        yield from found
