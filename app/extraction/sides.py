"""The countries on both sides of an event, also where only a place or the rest of its clause tells them."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from app.domain.vocabulary import EventCategory
from app.extraction.candidates import MOVES_ITSELF, Candidate
from app.extraction.findings import Mentions, PlaceMention
from app.extraction.forces import owner_by_name
from app.extraction.grammar import agent_of, children, is_passive, objects_of, prepositions_of, subject_of
from app.extraction.parties import Party
from app.extraction.triggers import counted
from app.knowledge import Knowledge
from app.knowledge.event_verbs import EventWords

TAKES_PLACE_COUNTRY = frozenset(
    {
        EventCategory.ATTACK,
        EventCategory.DEPLOY,
        EventCategory.EVACUATE,
        EventCategory.VISIT,
        EventCategory.WITHDRAW,
        EventCategory.AID,
        EventCategory.EXERCISE,
        EventCategory.OTHER,
    }
)
OWN_MOVES = MOVES_ITSELF | {EventCategory.EXERCISE, EventCategory.VISIT}  # nobody does these to his own side
TOPICAL = frozenset({EventCategory.TALK, EventCategory.MEET, EventCategory.NEGOTIATE, EventCategory.VISIT})
ASIDE = frozenset({"advcl", "parataxis", "relcl", "conj"})


def sides(
    c: Candidate, mentions: Mentions, places: Sequence[PlaceMention], knowledge: Knowledge
) -> tuple[str | None, str | None]:
    """The country that did it and the one it was done to, ISO codes; None where the sentence tells none.

    Parties count first, then where a blow came from ("rockets from Lebanon"). People within one state ("protesters")
    without a country of their own are of the place, else of the other side. The other side may also be a country that
    the event's own clause names farther down: "rejected the plan that Washington had drawn up".
    """
    words, forces = knowledge.event_verbs.words, knowledge.forces
    source = next((p.country for p in c.roles.sources if p.country), None)
    targets = [p.country for p in c.roles.targets if p.country and not (p.place and p.country == source)]
    if source is None and c.category is EventCategory.ATTACK:
        source = next((country for country in _origins(c, places) if country not in targets), None)
    if source is None:
        nouns = (*_doers(c), *_patients(c)) if c.category in OWN_MOVES else _doers(c)
        source = next((owner for noun in nouns if (owner := owner_by_name(noun, forces))), None)
    if not targets:
        targets = [owner for noun in _patients(c) if (owner := owner_by_name(noun, forces)) and owner != source]
    place = c.place.country if c.place is not None and c.category in TAKES_PLACE_COUNTRY else None
    if place is not None and (c.place is None or c.place.relation != "from" or place != source):
        targets.append(place)
    if source is None and any(_is_somebody(noun, knowledge) for noun in _doers(c)):
        source = place or next((p for noun in _doers(c) for p in _seats(noun, places)), None)
    if source is None and any(_is_inland(noun, words) and not _has_name(noun) for noun in _doers(c)):
        source = next(iter(targets), None)
    if (
        c.category in TOPICAL
        and c.place is not None
        and c.place.country
        and any(_is_host(p, mentions) for p in c.roles.targets)
    ):
        targets.append(c.place.country)
    target = next((code for code in targets if code != source), targets[0] if targets else None)
    if target is None and source is not None and c.category not in OWN_MOVES:
        if c.roles.domestic or any(_is_inland(noun, words) for noun in _patients(c)):
            return source, source
        if c.category not in TOPICAL:
            target = next((code for code in _below(c, mentions) if code != source), None)
    return source, target


def _is_inland(noun: Token, words: EventWords) -> bool:
    return any(
        (each.pos_ == "PROPN" and any(c.lower_ == "ethnic" for c in each.children))
        or (each.pos_ in ("NOUN", "PROPN") and each.lemma_.lower() in words.inland)
        for each in counted(noun, words.collections)
    )


def _is_host(party: Party, mentions: Mentions) -> bool:
    """True of an office holder whose country is not told: "met President Haddad in Beirut"."""
    mention = mentions.at(party.at)
    return party.country is None and mention is not None and mention.role is not None and mention.key is None


def _has_name(noun: Token) -> bool:
    """True of those whom a name tells apart from the state's own people: "Islamic State fighters"."""
    return any(c.ent_type_ in ("ORG", "NORP") for c in children(noun, "amod", "compound", "nmod"))


def _is_somebody(noun: Token, knowledge: Knowledge) -> bool:
    """True of people and bodies by their noun: "gunmen", "the parliament"."""
    known = knowledge.actors
    return any(
        each.lemma_.lower() in known.people_nouns
        or each.lemma_.lower() in known.body_nouns
        or _is_inland(each, knowledge.event_verbs.words)
        for each in counted(noun, knowledge.event_verbs.words.collections)
    )


def _seats(noun: Token, places: Sequence[PlaceMention]) -> Iterator[str]:
    """The countries of the places in the noun's own phrase: "the parliament in Kyiv"."""
    for place in places:
        if place.country and noun.left_edge.i <= place.start and place.end <= noun.right_edge.i + 1:
            yield place.country


def _origins(c: Candidate, places: Sequence[PlaceMention]) -> Iterator[str]:
    nouns = {noun.i for prep, noun in prepositions_of(c.trigger.token) if prep.lower_ == "from"}
    for place in places:
        if place.head in nouns and place.country:
            yield place.country


def _doers(c: Candidate) -> Iterator[Token]:
    verb = c.reading.carrier
    if verb.pos_ in ("VERB", "AUX"):
        doer = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if doer is not None:
            yield doer


def _patients(c: Candidate) -> Iterator[Token]:
    token = c.trigger.token
    if not c.trigger.is_noun:
        yield from objects_of(token)
    for prep, noun in prepositions_of(token):
        if prep.lower_ in c.trigger.frame.to or prep.lower_ in c.trigger.words:
            yield noun


def _below(c: Candidate, mentions: Mentions) -> Iterator[str]:
    """The countries of the actors that the event's clause names behind it, without its side clauses."""
    token = c.token
    for part in token.children:
        if part.i < token.i or part.dep_ in ASIDE:
            continue
        for mention in mentions.within(part.left_edge.i, part.right_edge.i + 1):
            if mention.country and not mention.place:
                yield mention.country
