"""Candidates for events: a trigger read with its modality, parties, place and the statement that it stands in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.domain.items import Statement
from app.domain.vocabulary import MILITARY_CATEGORIES, ActorKind, EventCategory, Modality, Polarity
from app.extraction.climb import Reading
from app.extraction.findings import Mentions, PlaceMention
from app.extraction.grammar import ancestors, clause_verb, is_passive
from app.extraction.hearsay import statement_at
from app.extraction.modality import read_modality
from app.extraction.parties import Party
from app.extraction.roles import Roles, find_roles
from app.extraction.triggers import Trigger
from app.knowledge import Knowledge

LOCATIVE = frozenset(  # prepositions that tell where
    "in at near on to into toward towards from outside inside around along across over through within off against via".split()  # noqa: E501, SIM905
)
MOVES_ITSELF = frozenset({EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.MOBILIZE})
DONE_TO_PLACES = frozenset(
    {EventCategory.VISIT, EventCategory.ATTACK, EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.EVACUATE}
)
CLAIMED = frozenset(
    {EventCategory.ATTACK, EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.MOBILIZE, EventCategory.OTHER}
)
COOPERATIVE = frozenset({"CONSULT", "AID", "RETREAT", "COOPERATE", "SUPPORT"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"})
DEMANDING = frozenset({Polarity.DEMANDS, Polarity.ASKS})
WAR = 3  # attacks by one side in an article before its missiles are no tests


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event before it is weighed against the others of its article."""

    trigger: Trigger
    reading: Reading
    roles: Roles
    category: EventCategory
    plover: str
    modality: Modality
    place: PlaceMention | None
    statement: Statement | None
    confidence: float

    @property
    def according_to(self) -> str | None:
        """Who is reported to say so."""
        return self.statement.speaker if self.statement is not None else None

    @property
    def token(self) -> Token:
        """The word that the event is told by: the intent's verb where one governs."""
        return self.reading.carrier if self.reading.intent is not None else self.trigger.token


def read_candidate(
    trigger: Trigger,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> Candidate:
    reading = read_modality(trigger.token, knowledge.event_verbs)
    roles = find_roles(trigger, reading, mentions, knowledge)
    if not roles.sources and roles.targets and trigger.frame.category in MOVES_ITSELF and is_passive(reading.carrier):
        roles = Roles(roles.targets, ())  # "troops were sent": whose forces they are, they act for
    intent = reading.intent
    category, plover = trigger.frame.category, trigger.frame.plover
    if intent is not None:
        category, plover = intent.category or category, intent.plover or plover
    place = _place_of(trigger, reading, places)
    statement = statement_at(trigger.token, statements)
    modality = reading.modality
    if statement is not None and statement.polarity in DEMANDING and modality is Modality.HAPPENED:
        statement = None  # what is so beside a demand, the article says itself
    if (
        modality is Modality.PLANNED
        and category is EventCategory.ATTACK
        and _is_others_word(reading, roles, statement, knowledge)
    ):
        modality = Modality.POSSIBLE  # what one side says that the other means to do
    if (
        modality is Modality.HAPPENED
        and statement is not None
        and _is_one_sided(category, roles, statement, knowledge.event_verbs.words.official)
    ):
        modality = Modality.ALLEGED
    return Candidate(
        trigger=trigger,
        reading=reading,
        roles=roles,
        category=category,
        plover=_plover(plover, modality, intent is not None),
        modality=modality,
        place=place,
        statement=statement,
        confidence=_confidence(trigger, reading, roles, place),
    )


def _is_one_sided(category: EventCategory, roles: Roles, statement: Statement, official: frozenset[str]) -> bool:
    """True of an act of force that one side tells of another, and of any attack that only a party tells of."""
    country, by_doer = statement.speaker_country, _by_doer(roles, statement)
    if category is EventCategory.OTHER:
        return country is not None and bool(roles.sources) and not by_doer
    if country is None and not official & {
        word.lower().rstrip("s") for word in (statement.speaker or "official").split()
    }:
        return False  # a witness, a film, a firm: no party to it
    return category is EventCategory.ATTACK or (category in CLAIMED and not by_doer)


def _is_others_word(reading: Reading, roles: Roles, statement: Statement | None, knowledge: Knowledge) -> bool:
    """True of what is reported by somebody other than the doer, or only claimed."""
    verb = reading.reported
    if verb is not None and verb.lemma_ in knowledge.event_verbs.modality.claims:
        return True
    return verb is not None if statement is None else not _by_doer(roles, statement)


def _by_doer(roles: Roles, statement: Statement) -> bool:
    """True where the speaker is the doer, or speaks for its country."""
    country = statement.speaker_country
    return any(p.name == statement.speaker or (p.country is not None and p.country == country) for p in roles.sources)


def usual_sides(
    told: Sequence[Candidate], knowledge: Knowledge
) -> dict[EventCategory, tuple[tuple[Party, ...], tuple[Party, ...]]]:
    """For acts of force, who does them to whom in this article most often."""
    counts: dict[EventCategory, Counter[tuple[Party, Party | None]]] = {}
    for c in told:
        if c.category in MILITARY_CATEGORIES and c.roles.sources and c.roles.sources[0].country:
            target = next((t for t in c.roles.targets if t.country), None)
            key = (_state(c.roles.sources[0], knowledge), _state(target, knowledge) if target is not None else None)
            counts.setdefault(c.category, Counter())[key] += 1
            if c.category in MOVES_ITSELF:
                for other in MOVES_ITSELF - {c.category}:
                    counts.setdefault(other, Counter())[key[0], None] += 1
    usual: dict[EventCategory, tuple[tuple[Party, ...], tuple[Party, ...]]] = {}
    for category, seen in counts.items():
        (source, target), _ = max(seen.items(), key=lambda item: (item[0][1] is not None, item[1]))
        usual[category] = ((source,), (target,) if target is not None else ())
    return usual


def with_usual_sides(
    c: Candidate, usual: Mapping[EventCategory, tuple[tuple[Party, ...], tuple[Party, ...]]]
) -> Candidate:
    """A noun that names neither side ("an invasion could come") takes the sides that the article gives such acts."""
    if c.category not in usual or c.roles.sources or (c.roles.targets and c.place is None):
        return c
    if not c.trigger.is_noun and c.category is not EventCategory.EXERCISE and not c.trigger.frame.moves:
        return c
    sources, targets = usual[c.category]
    if c.roles.targets and c.roles.targets[0].country == sources[0].country:
        return c
    return replace(c, roles=Roles(sources, c.roles.targets or targets, c.roles.mutual))


def in_war(c: Candidate, attacks: Counter[str | None]) -> Candidate:
    """A missile fired by a side that attacks all through the article is fired in earnest."""
    if (
        c.category is not EventCategory.EXERCISE
        or c.trigger.is_noun
        or c.trigger.frame.mode != "weapons"
        or not c.roles.sources
    ):
        return c
    if attacks[c.roles.sources[0].country] < WAR:
        return c
    modality = Modality.ALLEGED if c.modality is Modality.HAPPENED and c.statement is not None else c.modality
    return replace(c, category=EventCategory.ATTACK, plover="ASSAULT", modality=modality)


def _state(party: Party, knowledge: Knowledge) -> Party:
    """The state that the party acts for."""
    country = knowledge.countries.by_code.get(party.country or "")
    return Party(country.name, country.code, ActorKind.COUNTRY, -1) if country is not None else replace(party, at=-1)


def _plover(plover: str, modality: Modality, has_intent: bool) -> str:
    """PLOVER codes what is promised as agreement, what is refused as rejection, and hostile acts to come as threats."""
    if has_intent:
        return plover
    if modality is Modality.PLANNED:
        if plover in COOPERATIVE - {"CONSULT"}:
            return "AGREE"
        if plover in HOSTILE - {"MOBILIZE"}:
            return "THREATEN"
    if modality is Modality.DENIED and plover in COOPERATIVE | {"AGREE"}:
        return "REJECT"
    if modality is Modality.POSSIBLE and plover in HOSTILE - {"MOBILIZE"}:
        return "THREATEN"
    return plover


def _place_of(trigger: Trigger, reading: Reading, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that hangs on the event by a preposition of place, or that it is done to ("visited Kyiv")."""
    token = trigger.token
    near: list[tuple[int, PlaceMention]] = []
    sentence = token.sent  # asked once: every look-up walks the text
    for place in places:
        if not sentence.start <= place.head < sentence.end:
            continue
        head = token.doc[place.head]
        relation = (place.relation or "").split(" ")[-1]
        direct = head.dep_ in ("dobj", "nsubjpass") and head.head == token and trigger.frame.category in DONE_TO_PLACES
        if not direct and relation not in LOCATIVE and not (relation == "of" and _under(head, token)):
            continue
        of_doer = 2 if _in_subject(head, token) else 0  # "the commander in Iraq met": where he is, if nothing else
        if direct or _under(head, token):
            near.append((of_doer, place))
        elif reading.carrier != token and _under(head, reading.carrier):
            near.append((of_doer + 1, place))
    if not near and trigger.is_noun and token.dep_ == "pobj" and trigger.frame.category in MILITARY_CATEGORIES:
        verb = clause_verb(token)  # "killed by shelling in Donetsk"
        near = [
            (4, p) for p in places if (p.relation or "").split(" ")[-1] in LOCATIVE and _under(token.doc[p.head], verb)
        ]
    near.sort(key=lambda pair: (pair[0], abs(pair[1].head - token.i)))
    return near[0][1] if near else None


def _in_subject(token: Token, event: Token) -> bool:
    """True of a word in the subject of the event's clause, where the event is not told by the subject itself."""
    for word in (token, *ancestors(token)):
        if word == event or word.pos_ in ("VERB", "AUX"):
            return False
        if word.dep_ in ("nsubj", "csubj"):
            return not event.is_ancestor(token) or event.pos_ in ("VERB", "AUX")
    return False


def _under(token: Token, top: Token) -> bool:
    """True where the token hangs on the top by its own clause, not through another verb."""
    for head in ancestors(token):
        if head == top:
            return True
        if (
            head.pos_ == "VERB"
            and head.dep_ in ("relcl", "ccomp", "advcl", "conj")
            and top.pos_ not in ("NOUN", "PROPN")
        ):
            return False
    return False


def _confidence(trigger: Trigger, reading: Reading, roles: Roles, place: PlaceMention | None) -> float:
    value = trigger.frame.weight + 0.03 * min(trigger.strength, 4)
    if not roles.sources:
        value -= 0.12
    if roles.sources and roles.targets:
        value += 0.08
    if place is not None:
        value += 0.04
    top = reading.carrier
    depth = sum(1 for head in ancestors(top) if head.pos_ in ("VERB", "AUX"))
    value -= 0.05 * min(depth, 4)
    if trigger.is_noun and trigger.token.dep_ in ("pobj", "compound") and reading.carrier == trigger.token:
        value -= 0.1
    elif top.dep_ == "ROOT":
        value += 0.1
    if reading.modality in (Modality.POSSIBLE, Modality.DENIED):
        value -= 0.05
    return round(max(0.05, min(0.95, value)), 2)
