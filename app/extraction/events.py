"""Events: who did what to whom, where, and whether it happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.domain.items import Event, Statement
from app.domain.source import SourceText
from app.domain.vocabulary import MILITARY_CATEGORIES, ActorKind, EventCategory, Modality, StatementKind
from app.extraction.findings import Mentions, Parsed, PlaceMention
from app.extraction.grammar import (
    ancestors,
    auxiliaries,
    body_start,
    clause_bounds,
    clause_verb,
    is_passive,
    objects_of,
    prepositions_of,
    subject_of,
)
from app.extraction.headlines import Parts, headline
from app.extraction.modality import Reading, read_modality
from app.extraction.roles import Party, Roles, find_roles
from app.extraction.triggers import Trigger, find_triggers
from app.knowledge import Knowledge

LOCATIVE = frozenset(
    "in at near on to into toward towards from outside inside around along across over through within off against via".split()
)
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
MOVES_ITSELF = frozenset({EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.MOBILIZE})
DONE_TO_PLACES = frozenset(
    {EventCategory.VISIT, EventCategory.ATTACK, EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.EVACUATE}
)
TALKS = frozenset({EventCategory.MEET, EventCategory.TALK, EventCategory.NEGOTIATE})
CLAIMED = frozenset(
    {EventCategory.ATTACK, EventCategory.DEPLOY, EventCategory.WITHDRAW, EventCategory.MOBILIZE, EventCategory.OTHER}
)
COOPERATIVE = frozenset({"CONSULT", "AID", "RETREAT", "COOPERATE", "SUPPORT"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"})
DEADLY = frozenset({"kill", "wound", "injure", "die", "hurt", "destroy", "damage"})
ANAPHORIC = frozenset(
    {"the", "that", "this", "these", "those", "their", "such", "his", "her", "its", "any", "no", "both"}
)
LEAST_CONFIDENCE = 0.2
OFFICIAL = frozenset("official source government ministry military army police spokesman spokeswoman intelligence general commander adviser minister president separatist rebel".split())
WAR = 3  # attacks by one side in an article before its missiles are no tests
UNNAMED_WEIGHT = 0.4  # a frame that means less by itself needs a named party


@dataclass(frozen=True, slots=True)
class _Candidate:
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


def find_events(
    parsed: Parsed,
    source: SourceText,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> list[Event]:
    """Every event mention of the text, in order, undated.

    A candidate needs a party or a place; content of fears and conditions, and mere anaphora ("the talks"), are left out.
    """
    told = [
        _candidate(trigger, mentions, places, statements, knowledge)
        for trigger in find_triggers(parsed.doc, mentions, knowledge.event_verbs)
    ]
    usual = _usual_parties(told, knowledge)
    attacks = Counter(p.country for c in told if c.category is EventCategory.ATTACK and c.modality is not Modality.POSSIBLE for p in c.roles.sources)
    by_word: dict[int, _Candidate] = {}
    for candidate in told:
        candidate = _in_war(_with_usual_parties(candidate, usual), attacks)
        other = by_word.get(candidate.token.i)
        if _worth_telling(candidate) and (
            other is None or (candidate.reading.intent is not None and other.reading.intent is None)
        ):
            by_word[candidate.token.i] = candidate  # of "agreed to release" the one that knows what was agreed
    found = sorted(by_word.values(), key=lambda c: c.token.i)
    found = _without_repeats(_one_per_phrase(found), parsed)
    return [_event(c, parsed, source) for c in found if c.confidence >= LEAST_CONFIDENCE]


def link_mentions(events: list[Event]) -> list[Event]:
    """The dated events, with `same_as` set on those that tell of a happening told before.

    The same happening: one category, parties that do not disagree, and dates that do not; a planned or possible mention is
    never the same as one that happened.
    """
    linked: list[Event] = []
    for event in events:
        first = next((n for n, other in enumerate(linked) if other.same_as is None and _same(other, event)), None)
        linked.append(replace(event, same_as=first))
    return linked


def _same(a: Event, b: Event) -> bool:
    if a.category is not b.category or a.modality is not b.modality:
        return False
    if not (set(a.countries) & set(b.countries) or set(a.actors) & set(b.actors)):
        return False
    if a.date != b.date and (a.date is not None and b.date is not None):
        return False
    if a.place and b.place and a.place != b.place:
        return False
    if a.date is None and b.date is None and a.category in MILITARY_CATEGORIES and a.trigger != b.trigger:
        return False
    if (
        a.category in (EventCategory.OTHER, EventCategory.PROPOSE, EventCategory.ACCUSE, EventCategory.DEMAND)
        and a.trigger != b.trigger
    ):
        return False
    return set(a.countries) <= set(b.countries) or set(b.countries) <= set(a.countries)


def _candidate(
    trigger: Trigger,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> _Candidate:
    reading = read_modality(trigger.token, knowledge.event_verbs)
    roles = find_roles(trigger, reading, mentions, knowledge)
    if not roles.sources and roles.targets and trigger.frame.category in MOVES_ITSELF and is_passive(reading.carrier):
        roles = Roles(roles.targets, ())  # "troops were sent": whose forces they are, they act for
    intent = reading.intent
    category, plover = trigger.frame.category, trigger.frame.plover
    if intent is not None:
        category, plover = intent.category or category, intent.plover or plover
    place = _place_of(trigger, reading, places)
    statement = _statement_at(trigger.token, statements)
    modality = reading.modality
    if modality is Modality.PLANNED and category is EventCategory.ATTACK and statement is not None and not _by_doer(roles, statement):
        modality = Modality.POSSIBLE  # what one side says that the other means to do
    if modality is Modality.HAPPENED and statement is not None and _is_one_sided(category, roles, statement):
        modality = Modality.ALLEGED
    return _Candidate(
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


def _is_one_sided(category: EventCategory, roles: Roles, statement: Statement) -> bool:
    """True of an act of force that one side tells of another, and of any attack that only a party tells of."""
    country, by_doer = statement.speaker_country, _by_doer(roles, statement)
    if category is EventCategory.OTHER:
        return country is not None and bool(roles.sources) and not by_doer
    if country is None and not OFFICIAL & {word.lower().rstrip("s") for word in (statement.speaker or "official").split()}:
        return False  # a witness, a film, a firm: no party to it
    return category is EventCategory.ATTACK or (category in CLAIMED and not by_doer)


def _by_doer(roles: Roles, statement: Statement) -> bool:
    """True where the speaker is the doer, or speaks for its country."""
    country = statement.speaker_country
    return any(p.name == statement.speaker or (p.country is not None and p.country == country) for p in roles.sources)


def _usual_parties(
    told: Sequence[_Candidate], knowledge: Knowledge
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


def _in_war(c: _Candidate, attacks: Counter[str | None]) -> _Candidate:
    """A missile fired by a side that attacks all through the article is fired in earnest."""
    if c.category is not EventCategory.EXERCISE or c.trigger.is_noun or c.trigger.frame.mode != "weapons" or not c.roles.sources:
        return c
    if attacks[c.roles.sources[0].country] < WAR:
        return c
    modality = Modality.ALLEGED if c.modality is Modality.HAPPENED and c.statement is not None else c.modality
    return replace(c, category=EventCategory.ATTACK, plover="ASSAULT", modality=modality)


def _state(party: Party, knowledge: Knowledge) -> Party:
    """The state that the party acts for."""
    country = knowledge.countries.by_code.get(party.country or "")
    return Party(country.name, country.code, ActorKind.COUNTRY, -1) if country is not None else replace(party, at=-1)


def _with_usual_parties(
    c: _Candidate, usual: Mapping[EventCategory, tuple[tuple[Party, ...], tuple[Party, ...]]]
) -> _Candidate:
    """A noun that names neither side ("an invasion could come") takes the sides that the article gives such acts."""
    if c.category not in usual or c.roles.sources or (c.roles.targets and c.place is None):
        return c
    if not c.trigger.is_noun and c.category is not EventCategory.EXERCISE and not c.trigger.frame.moves:
        return c
    sources, targets = usual[c.category]
    if c.roles.targets and c.roles.targets[0].country == sources[0].country:
        return c
    return replace(c, roles=Roles(sources, c.roles.targets or targets, c.roles.mutual))


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


def _worth_telling(c: _Candidate) -> bool:
    """An act with a party or place of its own; not a wish, a fear, a condition, a standing position or an echo."""
    reading, frame = c.reading, c.trigger.frame
    if reading.conditional or reading.wished or (reading.feared and reading.modality is Modality.POSSIBLE):
        return False
    if not c.roles.sources and not c.roles.targets and c.place is None and not _has_unnamed_doer(c):
        return False
    if c.category is EventCategory.VISIT and c.place is not None and _is_at_home(c):
        return False
    if (frame.communicative or frame.plover == "SUPPORT") and not _is_act_of_words(c):
        return False
    if (
        c.modality is Modality.DENIED
        and c.category in MILITARY_CATEGORIES
        and not reading.cancelled
        and not _is_dated(c.trigger.token)
    ):
        return False
    return not (c.trigger.is_noun and _is_echo(c))


def _is_at_home(c: _Candidate) -> bool:
    """True of a leader in a city of his own country: no visit."""
    country = next((p.country for p in c.roles.sources if p.country), None)
    return (
        country is not None
        and c.place is not None
        and c.place.country == country
        and all(t.country == country for t in c.roles.targets if t.country)
    )


def _has_unnamed_doer(c: _Candidate) -> bool:
    """True of the act that a sentence is about, done by or to somebody without a name: "gunmen stormed a school"."""
    verb = c.reading.carrier
    if (
        verb.pos_ != "VERB"
        or verb.dep_ not in ("ROOT", "conj")
        or c.trigger.frame.weight < UNNAMED_WEIGHT
        or c.modality is not Modality.HAPPENED
    ):
        return False
    nouns = [subject_of(verb), *objects_of(verb)]
    return any(noun is not None and noun.pos_ in ("NOUN", "PROPN", "NUM") for noun in nouns)


def _is_act_of_words(c: _Candidate) -> bool:
    """A demand, accusation or praise that is told as an act: by somebody, once, outside of direct speech."""
    word = c.reading.carrier
    if c.reading.modality is not Modality.HAPPENED or not c.roles.sources:
        return False
    if c.category is EventCategory.THREATEN and not c.roles.targets:
        return False
    if c.statement is not None and c.statement.kind is StatementKind.DIRECT:
        return False
    if word.pos_ not in ("VERB", "AUX"):
        return True
    if word.tag_ == "VBG" and any(a.lower_ == "been" for a in auxiliaries(word)):
        return False
    return word.tag_ in ("VBD", "VBZ", "VBP") or word.dep_ not in ("advcl", "acl", "pcomp", "xcomp")


def _is_echo(c: _Candidate) -> bool:
    """True of a noun that repeats what another sentence tells: "the talks", "amid the buildup"."""
    noun = c.trigger.token
    if _is_anaphoric(noun, c.reading, c.category):
        return True
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("by", "in", "after", "during", "from")
        and noun.head.head.lemma_ in DEADLY
    ):
        return False  # "killed by shelling": the deaths tell of the act
    told_by = noun.dep_ in ("nsubj", "nsubjpass", "dobj", "ROOT", "attr") or c.reading.carrier != noun
    if told_by or c.category not in MILITARY_CATEGORIES:
        return False
    if c.roles.sources and any(t.dep_ == "poss" for t in noun.children) and any(prep.lower_ == "of" for prep, _ in prepositions_of(noun)):
        return False  # "North Korea's launch of a missile" names all of it
    return c.place is None and not _has_date(noun)


def _has_date(noun: Token) -> bool:
    return any(t.ent_type_ in ("DATE", "TIME") for t in noun.subtree)


def _is_dated(token: Token) -> bool:
    """True where the event's clause names a date."""
    verb = clause_verb(token)
    first, last = clause_bounds(verb)
    return any(t.ent_type_ in ("DATE", "TIME") for t in token.doc[first : last + 1])


def _is_anaphoric(noun: Token, reading: Reading, category: EventCategory) -> bool:
    """True of a bare "the talks", "their meeting", "the invasion": it repeats what another sentence tells."""
    determiner = next((c.lower_ for c in noun.children if c.dep_ in ("det", "poss")), None)
    if determiner is None and reading.carrier != noun:
        return False
    if determiner in ("a", "an", "another"):
        return False
    own = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "npadvmod", "acl", "relcl")]
    if determiner in ("their", "its", "his", "her") and not own and category in TALKS:
        return True
    if determiner not in ANAPHORIC and (determiner is not None or own):
        return False
    return not own and not any(True for _ in prepositions_of(noun))


def _place_of(trigger: Trigger, reading: Reading, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that hangs on the event by a preposition of place, or that it is done to ("visited Kyiv")."""
    token = trigger.token
    near: list[tuple[int, PlaceMention]] = []
    for place in places:
        head = token.doc[place.head]
        if head.sent.start != token.sent.start:
            continue
        relation = (place.relation or "").split(" ")[-1]
        direct = head.dep_ in ("dobj", "nsubjpass") and head.head == token and trigger.frame.category in DONE_TO_PLACES
        if not direct and relation not in LOCATIVE and not (relation == "of" and _under(head, token)):
            continue
        if direct or _under(head, token):
            near.append((0, place))
        elif reading.carrier != token and _under(head, reading.carrier):
            near.append((1, place))
    if not near and trigger.is_noun and token.dep_ == "pobj" and trigger.frame.category in MILITARY_CATEGORIES:
        verb = clause_verb(token)  # "killed by shelling in Donetsk"
        near = [
            (2, p) for p in places if (p.relation or "").split(" ")[-1] in LOCATIVE and _under(token.doc[p.head], verb)
        ]
    near.sort(key=lambda pair: (pair[0], abs(pair[1].head - token.i)))
    return near[0][1] if near else None


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


def _statement_at(token: Token, statements: Sequence[Statement]) -> Statement | None:
    inside = [s for s in statements if s.start <= token.idx < s.end]
    return min(inside, key=lambda s: s.end - s.start) if inside else None


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


def _one_per_phrase(found: list[_Candidate]) -> list[_Candidate]:
    """Where a verb and its noun tell of one event ("launched an attack", "held talks"), one of them."""
    carried = {c.reading.carrier.i: c for c in found if c.trigger.is_noun and c.reading.carrier.i != c.trigger.token.i}
    deaths = {c.trigger.token.head.head.i for c in found if c.trigger.is_noun and c.category is EventCategory.ATTACK}
    kept = []
    for c in found:
        if c.category is EventCategory.OTHER and c.token.lemma_ in DEADLY and c.token.i in deaths:
            continue
        if not c.trigger.is_noun and c.token.i in carried and carried[c.token.i] is not c:
            other = carried[c.token.i]
            if other.trigger.token.head.i == c.token.i and other.category is not c.category and c.trigger.strength < 3:
                continue
        if c.trigger.is_noun:
            head = c.trigger.token.head
            verb = next((v for v in found if not v.trigger.is_noun and v.token.i in (head.i, head.head.i)), None)
            if verb is not None and verb.category is EventCategory.OTHER and verb.token.i in deaths:
                kept.append(c if c.roles.sources or c.roles.targets else replace(c, roles=verb.roles, place=c.place or verb.place))
                continue
            if verb is not None and verb.trigger.frame.communicative and c.trigger.token.dep_ == "pobj" and c.category in TALKS:
                continue  # "warned him in a call" tells of the warning
            if (
                verb is not None
                and verb is not c
                and c.trigger.token.dep_ in ("dobj", "pobj", "nsubjpass")
                and verb.trigger.strength >= 3
            ):
                continue
        kept.append(c)
    return kept


def _without_repeats(found: list[_Candidate], parsed: Parsed) -> list[_Candidate]:
    """One mention a paragraph of what adds neither place, party nor modality to the one before."""
    kept: list[_Candidate] = []
    for c in found:
        if c.trigger.frame.lasting and not _is_dated(c.token) and any(o.category is c.category and _same_sources(o, c) for o in kept):
            continue
        paragraph = parsed.paragraph_of(c.token.i)
        names = {p.name for p in (*c.roles.sources, *c.roles.targets)}
        repeated = False
        for other in kept:
            if (
                parsed.paragraph_of(other.token.i) != paragraph
                or other.category is not c.category
                or other.modality is not c.modality
            ):
                continue
            theirs = {p.name for p in (*other.roles.sources, *other.roles.targets)}
            if names <= theirs and not _adds_place(c.place, other.place):
                repeated = True
        if not repeated:
            kept.append(c)
    return kept


def _same_sources(a: _Candidate, b: _Candidate) -> bool:
    return {p.country for p in a.roles.sources} == {p.country for p in b.roles.sources}


def _adds_place(place: PlaceMention | None, other: PlaceMention | None) -> bool:
    """True where a place is finer than, or another than, what was told: not "on Ukraine's borders" after "near Ukraine"."""
    if place is None or (other is not None and place.name == other.name):
        return False
    return other is None or place.lat is not None or place.country != other.country


def _event(c: _Candidate, parsed: Parsed, source: SourceText) -> Event:
    doc = parsed.doc
    first, last = clause_bounds(clause_verb(c.token))
    if not first <= c.trigger.token.i <= last:
        first, last = min(first, c.trigger.token.i), max(last, c.trigger.token.i)
    first = max(first, body_start(doc, parsed.paragraphs[parsed.paragraph_of(c.token.i)][0]))
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    parties = _ordered(c.roles)
    countries = list(dict.fromkeys(p.country for p in parties if p.country))
    if c.place is not None and c.place.country and (c.category in TAKES_PLACE_COUNTRY or not countries):
        countries += [c.place.country] if c.place.country not in countries else []
    source_country = next((p.country for p in c.roles.sources if p.country), None)
    others = [p.country for p in c.roles.targets if p.country]
    if c.place is not None and c.place.country and c.category in TAKES_PLACE_COUNTRY:
        others.append(c.place.country)
    target_country = next((code for code in others if code != source_country), others[0] if others else None)
    trigger_first, trigger_last = _trigger_bounds(c)
    trigger_start = doc[trigger_first].idx
    parts = Parts(
        trigger=c.trigger,
        reading=c.reading,
        roles=c.roles,
        category=c.category,
        modality=c.modality,
        place=c.place.name if c.place else None,
        relation=c.place.relation if c.place else None,
        according_to=c.according_to,
    )
    return Event(
        paragraph=parsed.paragraph_of(c.token.i),
        start=start,
        end=end,
        text=source.text[start:end],
        trigger=source.text[trigger_start : doc[trigger_last].idx + len(doc[trigger_last])],
        trigger_start=trigger_start,
        category=c.category,
        plover=c.plover,
        source=source_country,
        target=target_country,
        actors=tuple(dict.fromkeys(p.name for p in parties if not (p.place and p.kind is ActorKind.COUNTRY))),
        countries=tuple(countries),
        place=c.place.name if c.place else None,
        lat=c.place.lat if c.place else None,
        lon=c.place.lon if c.place else None,
        modality=c.modality,
        according_to=c.according_to,
        headline=headline(parts),
        confidence=c.confidence,
    )


def _ordered(roles: Roles) -> list[Party]:
    return [*roles.sources, *roles.targets]


def _trigger_bounds(c: _Candidate) -> tuple[int, int]:
    """The shortest words that tell of it: the word with the particles next to it; what plans it, where that stands just before."""
    token = c.token
    first = last = token.i
    if c.reading.intent is None:
        doc = token.doc
        for word in c.trigger.words:
            if last + 1 < len(doc) and doc[last + 1].lower_ == word and not c.trigger.is_noun:
                last += 1
        carrier = c.reading.carrier
        if carrier.i < first and first - carrier.i <= 3 and carrier.pos_ == "VERB":
            first = carrier.i
    return first, last
