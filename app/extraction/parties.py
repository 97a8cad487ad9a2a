"""Parties: the actors and countries that a noun phrase names as a side of an event."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mention, Mentions
from app.extraction.grammar import child, children, clause_verb, conjuncts, possessor_of, prepositions_of
from app.extraction.names import is_prefixed
from app.extraction.triggers import counted
from app.knowledge import Knowledge

FORCES = frozenset(
    {
        "force",
        "troop",
        "army",
        "military",
        "soldier",
        "unit",
        "navy",
        "fleet",
        "government",
        "air force",
        "official",
        "authority",
    }
)
ALONE = frozenset({"two", "both"})
PEOPLE = frozenset({"presidents", "leaders", "ministers", "men", "women", "diplomats", "counterparts"})
STATES = frozenset({"sides", "countries", "nations", "governments", "states", "neighbors", "neighbours", "delegations"})
OFFICES = frozenset({"presidents", "ministers"})
FARTHEST = 80  # tokens back to the two whom "the two" takes up
DESCENT = frozenset({"population", "community", "minority", "enclave"})  # of a people, not of its state


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event, named by the word at `at`; `place` tells that a country is named as where, not as who."""

    name: str
    country: str | None
    kind: ActorKind
    at: int
    place: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """Reads parties from noun phrases: from the actors' mentions, and from countries' adjectives."""

    mentions: Mentions
    knowledge: Knowledge

    def of(self, noun: Token) -> list[Party]:
        """The parties that a noun phrase names, with its coordinates, else those within it: "Iran's Guards' chief"."""
        found: list[Party] = []
        if noun.lower_ in ("it", "them") and (speaker := _teller(noun)) is not None:
            return [replace(party, at=noun.i) for party in self.of(speaker)]
        if pair := self._pair(noun):
            return pair
        for each in conjuncts(noun):
            for token in counted(each, self.knowledge.event_verbs.words.collections):
                nations = [] if self._is_known(token) else self.nations(token)
                if len(nations) > 1:
                    found += nations
                    break
                together = self.mentions.at(token.i)
                if together is not None and together.members:  # "they", of two who were named
                    found += [as_party(member) for member in together.members]
                    break
                party = self.named(token)
                if party is not None:
                    found.append(party)
                    break
            else:
                found += self._inside(each)
        return found

    def _pair(self, noun: Token) -> list[Party]:
        """The two whom "the two", "both leaders", "the two sides" take up: the two that were told of last."""
        beside = {c.lower_ for c in noun.children}
        if not (noun.lower_ in ALONE or (noun.lower_ in PEOPLE | STATES and beside & ALONE)):
            return []
        if beside & {"of", "other", "more"} or any(self.adjective(c) for c in noun.children):
            return []
        doc, start = noun.doc, noun.i
        while start > max(0, noun.i - FARTHEST):
            start = doc[start - 1].sent.start
            found = self._told_of(noun, start, noun.i)
            if len(found) > 1:
                return found if len(found) == 2 else []
        return []

    def _told_of(self, noun: Token, start: int, end: int) -> list[Party]:
        """The countries, or the people of the noun's office, that act between two tokens."""
        found: dict[str, Party] = {}
        for mention in self.mentions.within(start, end):
            if mention.name is None or mention.place:
                continue
            country = self.knowledge.countries.by_code.get(mention.country or "")
            office = (mention.role or "").lower().split()[-1:]
            if noun.lower_ in STATES:
                if country is not None:
                    found.setdefault(country.code, Party(country.name, country.code, ActorKind.COUNTRY, mention.head))
            elif mention.kind is ActorKind.PERSON and (noun.lower_ not in OFFICES or office == [noun.lemma_]):
                found.setdefault(mention.name, as_party(mention))
        return list(found.values())

    def nations(self, noun: Token) -> list[Party]:
        """The countries whose adjectives stand before the noun: "Greek and Turkish", "U.S.-Soviet"."""
        found: dict[str, Party] = {}
        for part in children(noun, "amod", "compound", "nmod"):
            if part.i < noun.i:
                for token in part.subtree:
                    for party in self._joined(token):
                        found.setdefault(party.name, party)
        return list(found.values())

    def _joined(self, token: Token) -> list[Party]:
        party = self.adjective(token)
        if party is not None:
            return [party]
        parts = [self._country(part, token) for part in token.text.split("-")]  # "U.S.-Soviet" in one token
        return [part for part in parts if part is not None] if len(parts) > 1 and all(parts) else []

    def adjective(self, token: Token) -> Party | None:
        """The country whose adjective or name the word is: "Russian", "US"; not of "Russian-made", "pro-Russian"."""
        if not token.text[:1].isupper():
            return None
        doc, at = token.doc, token.i
        if (at and doc[at - 1].lower_ == "ethnic") or token.head.lemma_ in DESCENT or is_prefixed(token):
            return None
        if at + 2 < len(doc) and doc[at + 1].text == "-" and doc[at + 2].tag_ in ("VBN", "JJ", "VBD"):
            other = doc[at + 2]
            if self._country(other.text, other) is None:
                return None
        return self._country(token.text, token)

    def _country(self, word: str, token: Token) -> Party | None:
        countries = self.knowledge.countries
        country = countries.by_adjective.get(word) or countries.by_name.get(word)
        return Party(country.name, country.code, ActorKind.COUNTRY, token.i) if country is not None else None

    def _is_known(self, token: Token) -> bool:
        mention = self.mentions.at(token.i)
        return mention is not None and mention.key is not None

    def named(self, token: Token) -> Party | None:
        """The party whose name or description the token heads."""
        mention = self.mentions.at(token.i)
        if mention is None or mention.name is None or mention.head != token.i:
            return None
        owner = possessor_of(token)
        if token.lemma_ in FORCES and mention.key is None:  # "its forces", "Russian troops": the country acts
            owned = self.named(owner) if owner is not None else None
            if owned is not None and owned.country:
                return owned
            country = self.knowledge.countries.by_code.get(mention.country or "")
            if country is not None and mention.kind is not ActorKind.PERSON:
                return Party(country.name, country.code, ActorKind.COUNTRY, token.i)
        named = (
            mention.country
            or mention.key
            or token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
            or mention.name[:1].isupper()
        )
        if not named or (
            token.i == token.sent.start and not token.ent_type_ and mention.country is None and mention.key is None
        ):
            return None
        party = as_party(mention)
        if any(c.lower_ == "ethnic" for c in token.children):
            return replace(party, name=f"ethnic {party.name}", country=None)
        return party

    def _inside(self, noun: Token) -> list[Party]:
        """The first party in the noun's own phrase: whose it is, what country's, of or in what."""
        owner = possessor_of(noun)
        if owner is not None and (party := self.named(owner)) is not None:
            return [party]
        for part in noun.children:
            if (
                part.dep_ in ("amod", "compound", "nmod")
                and part.i < noun.i
                and (party := self.adjective(part)) is not None
            ):
                return [party]
        for word in ("from", "of"):  # "advisers from Germany, France and Ukraine"
            named = [
                p
                for prep, inner in prepositions_of(noun)
                if prep.lower_ == word and prep.head == noun and (p := self.named(inner)) is not None
            ]
            if len(named) > 1:
                return named
        left, right = noun.left_edge.i, noun.right_edge.i
        for part in noun.children:
            if part.dep_ in ("relcl", "acl", "appos", "conj") and part.i > noun.i:
                right = min(right, part.left_edge.i - 1)
        inner = [m for m in self.mentions.within(left, right + 1) if m.name and m.country]
        if inner:
            return [as_party(inner[0])]
        for token in noun.doc[left : right + 1]:
            party = self.adjective(token)
            if party is not None:
                return [party]
        return []


def as_party(mention: Mention) -> Party:
    """The mention as a party; it must have a name."""
    return Party(mention.name or "", mention.country, mention.kind, mention.head, mention.place)


def _teller(pronoun: Token) -> Token | None:
    """Who tells of a thing done to himself: "Israel" of "Israel said rockets were fired at it"; None elsewhere."""
    verb = clause_verb(pronoun)
    if pronoun.dep_ not in ("dobj", "pobj") or verb.dep_ != "ccomp":
        return None
    speaker = child(verb.head, "nsubj")
    return speaker if speaker is not None and speaker.pos_ != "PRON" else None
