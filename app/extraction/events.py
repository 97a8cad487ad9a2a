"""Events: who did what to whom, where, and whether it happened."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain.items import Event, Statement
from app.domain.source import SourceText
from app.domain.vocabulary import MILITARY_CATEGORIES, ActorKind, EventCategory, Modality
from app.extraction.candidates import Candidate, in_war, read_candidate, usual_sides, with_usual_sides
from app.extraction.findings import Mentions, Parsed, PlaceMention
from app.extraction.grammar import body_start, clause_bounds, clause_verb
from app.extraction.headlines import Parts, headline
from app.extraction.salience import is_salient, one_per_phrase, without_repeats
from app.extraction.sides import TAKES_PLACE_COUNTRY, sides
from app.extraction.triggers import find_triggers
from app.knowledge import Knowledge

LEAST_CONFIDENCE = 0.2
MANY_A_DAY = MILITARY_CATEGORIES | {
    EventCategory.OTHER,
    EventCategory.PROPOSE,
    EventCategory.ACCUSE,
    EventCategory.DEMAND,
}  # a country can do several of these in a day: only mentions that name it alike are one
STEM = 5  # letters of a trigger that its forms share: "massed", "massing"


def find_events(
    parsed: Parsed,
    source: SourceText,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> list[Event]:
    """Every event mention of the text, in order, undated.

    A candidate needs a party or a place; content of fears and conditions and mere anaphora ("the talks") are left out.
    """
    told = [
        read_candidate(trigger, mentions, places, statements, knowledge)
        for trigger in find_triggers(parsed.doc, mentions, knowledge.event_verbs)
    ]
    words = knowledge.event_verbs.words
    usual = usual_sides(told, knowledge)
    attacks = Counter(
        p.country
        for c in told
        if c.category is EventCategory.ATTACK and c.modality is not Modality.POSSIBLE
        for p in c.roles.sources
    )
    by_word: dict[int, Candidate] = {}
    for read in told:
        candidate = in_war(with_usual_sides(read, usual), attacks)
        other = by_word.get(candidate.token.i)
        if is_salient(candidate, words) and (
            other is None or (candidate.reading.intent is not None and other.reading.intent is None)
        ):
            by_word[candidate.token.i] = candidate  # of "agreed to release" the one that knows what was agreed
    found = sorted(by_word.values(), key=lambda c: c.token.i)
    found = without_repeats(one_per_phrase(found, words), parsed)
    return [
        _event(c, parsed, source, sides(c, mentions, places, knowledge))
        for c in found
        if c.confidence >= LEAST_CONFIDENCE
    ]


def link_mentions(events: list[Event]) -> list[Event]:
    """The dated events, with `same_as` set on those that tell of a happening told before.

    The same happening: one category, parties and dates that do not disagree, and the same word where a date is missing
    or a day can have several; a planned or possible mention is never the same as one that happened.
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
    if a.date is not None and b.date is not None and a.date != b.date:
        return False
    if a.place and b.place and a.place != b.place:
        return False
    is_named_alike = a.trigger[:STEM].casefold() == b.trigger[:STEM].casefold()
    if not is_named_alike and (a.category in MANY_A_DAY or a.date is None or b.date is None):
        return False
    return set(a.countries) <= set(b.countries) or set(b.countries) <= set(a.countries)


def _event(c: Candidate, parsed: Parsed, source: SourceText, countries_on: tuple[str | None, str | None]) -> Event:
    doc = parsed.doc
    trigger_first, trigger_last = _trigger_bounds(c)
    clauses = [clause_bounds(clause_verb(word)) for word in (c.token, c.reading.carrier)]
    first = min(trigger_first, *(left for left, _ in clauses))
    last = max(trigger_last, c.trigger.token.i, *(right for _, right in clauses))
    first = max(first, body_start(doc, parsed.paragraphs[parsed.paragraph_of(c.token.i)][0]))
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    parties = [*c.roles.sources, *c.roles.targets]
    countries = list(dict.fromkeys(p.country for p in parties if p.country))
    if c.place is not None and c.place.country and (c.category in TAKES_PLACE_COUNTRY or not countries):
        countries += [c.place.country] if c.place.country not in countries else []
    source_country, target_country = countries_on
    countries += [code for code in dict.fromkeys(countries_on) if code is not None and code not in countries]
    named = [p for p in parties if not (p.place and p.kind is ActorKind.COUNTRY)]
    trigger_start = doc[trigger_first].idx
    parts = Parts(
        trigger=c.trigger,
        reading=c.reading,
        roles=c.roles,
        category=c.category,
        modality=c.modality,
        place=c.place.name if c.place else None,
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
        actors=tuple(dict.fromkeys(p.name for p in named)),
        targets=() if c.roles.mutual else tuple(dict.fromkeys(p.name for p in named if p in c.roles.targets)),
        countries=tuple(countries),
        place=c.place.name if c.place else None,
        lat=c.place.lat if c.place else None,
        lon=c.place.lon if c.place else None,
        modality=c.modality,
        according_to=c.according_to,
        headline=headline(parts),
        confidence=c.confidence,
    )


def _trigger_bounds(c: Candidate) -> tuple[int, int]:
    """The shortest words that tell of it: the word, the particles next to it, and what plans it just before."""
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
