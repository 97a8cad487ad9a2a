"""What extraction found in an article as timeline items: mentions of one happening joined, texts made ready."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.edtf import FuzzyDate, parse_edtf
from app.domain.items import Event, Extraction, Statement, TroopClaim
from app.domain.search import folded
from app.domain.vocabulary import (
    ActorPart,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Polarity,
    Precision,
    StatementKind,
)

LONGEST_HEADLINE = 90
LONGEST_NAME = 200  # characters; PostgreSQL's unique indexes take no long values
LARGEST_NUMBER = 2**63 - 1
LONGEST_LEAD = 60
_SAYING = frozenset({"say", "says", "said", "saying"})  # they tell nothing that the speaker's name does not
_NEGATED = re.compile(r"(?:\b\w+(?:n['’]t| not| never)|\bnever)\s+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """One place in the article; `anchor` is the offset of the word that makes the item."""

    paragraph: int
    start: int
    end: int
    text: str
    anchor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """One item of an article with all its mentions there, ready to be stored.

    `actors` are (name, part) and `countries` (code, role), in the order in which they should be shown.
    """

    kind: ItemKind
    mentions: tuple[FoundMention, ...]
    headline: str
    confidence: float
    actors: tuple[tuple[str, ActorPart], ...]
    countries: tuple[tuple[str, str], ...]
    details: Mapping[str, Any]
    date: FuzzyDate | None
    date_rule: str
    category: EventCategory | None = None
    modality: Modality | None = None
    polarity: Polarity | None = None
    statement_kind: StatementKind | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    quantity: str | None = None
    low: int | None = None
    high: int | None = None
    unit: str | None = None
    movement: Movement | None = None
    force_country: str | None = None

    def values(self, *, title: str) -> dict[str, Any]:
        """The columns of `items` that extraction decides; `title` is the article's, which search finds items by too."""
        names = {name for name, _ in self.actors}
        return {
            "kind": self.kind,
            "category": self.category,
            "headline": self.headline,
            "modality": self.modality,
            "polarity": self.polarity,
            "statement_kind": self.statement_kind,
            "date": self.date.edtf if self.date else None,
            "date_earliest": self.date.earliest if self.date else None,
            "date_latest": self.date.latest if self.date else None,
            "date_precision": self.date.precision if self.date else Precision.NONE,
            "date_rule": self.date_rule,
            "place": self.place,
            "lat": self.lat,
            "lon": self.lon,
            "quantity": self.quantity,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "movement": self.movement,
            "force_country": self.force_country,
            "confidence": self.confidence,
            "details": dict(self.details),
            "search_text": folded(
                self.headline, *(mention.text for mention in self.mentions), *sorted(names), self.place, title
            ),
        }


def found_items(extraction: Extraction) -> list[FoundItem]:
    """The article's items in the order of its text."""
    bodies = {actor.name: actor.body for actor in extraction.actors}
    sides = {actor.name: actor.body or actor.country for actor in extraction.actors}
    text = extraction.source.text
    found = [_statement(statement, lead_in(text, statement), sides) for statement in extraction.statements]
    found += [_event(mentions, bodies) for mentions in _happenings(extraction.events)]
    found += [_troop_claim(claim, sides) for claim in extraction.troop_claims]
    return sorted(found, key=lambda item: (item.mentions[0].start, -item.mentions[0].end, item.mentions[0].anchor))


def lead_in(text: str, found: Statement) -> str:
    """The article's words from the reporting verb up to what is said, where this alone would be misread: "rejected".

    A quote needs none, nor does what is said as a sentence of its own ("said that ..."), unless the verb makes it a
    denial, demand, warning, threat, question or promise. Where other words stand between, "…" takes their place.
    """
    start, end = found.cue_start, found.cue_start + len(found.cue)
    between = text[end : found.start]
    if found.kind is StatementKind.DIRECT or found.start < end or "\n" in between:
        return ""
    negated = _NEGATED.search(text, max(0, start - LONGEST_LEAD), start)
    is_clause = found.polarity is Polarity.ASSERTS and between.endswith(" that ")
    if not negated and (is_clause or found.cue.lower() in _SAYING):
        return ""
    verb = " ".join(text[negated.start() if negated else start : end].split())
    whole = " ".join(f"{verb}{between}".split())
    return whole if len(whole) <= LONGEST_LEAD else f"{verb} …"


def _happenings(events: tuple[Event, ...]) -> list[list[Event]]:
    """The events, with later mentions of one happening behind its first."""
    by_first: dict[int, list[Event]] = {}
    for index, event in enumerate(events):
        first, seen = index, {index}
        while (same := events[first].same_as) is not None and 0 <= same < len(events) and same not in seen:
            first = same
            seen.add(same)
        by_first.setdefault(first, []).append(event)
    return [sorted(mentions, key=lambda event: event.same_as is not None) for mentions in by_first.values()]


def _statement(found: Statement, lead: str, sides: Mapping[str, str | None]) -> FoundItem:
    actors = [(name, ActorPart.SPEAKER) for name in (found.speaker, *found.speakers)]
    actors += [(found.via, ActorPart.VIA)]
    actors += [(name, ActorPart.CANDIDATE) for name in found.candidates]
    side = sides.get(found.speaker or "") or found.speaker_country
    is_direct = found.kind is StatementKind.DIRECT  # a quote keeps its letters
    said = f"{lead} {found.text}" if lead else found.text if is_direct else _capital(found.text)
    return FoundItem(
        kind=ItemKind.STATEMENT,
        mentions=(_mention(found, found.cue_start),),
        headline=_headline(f"{found.speaker}: {said}" if found.speaker else said),
        confidence=found.confidence,
        actors=_named(actors),
        countries=_coded([(side, "speaker"), *((sides.get(name), "speaker") for name in found.speakers)]),
        details={
            "cue": found.cue,
            "cue_start": found.cue_start,
            "lead": lead or None,
            "speaker_mention": found.speaker_mention,
            "speaker_start": found.speaker_start,
            "speaker_end": found.speaker_end,
            "speaker_role": found.speaker_role,
            "speaker_country": found.speaker_country,
            "side": side,
            "via": found.via,
            "venue": found.venue,
            "audience": found.audience,
            "candidates": list(found.candidates),
        },
        date=_date(found.date),
        date_rule=found.date_rule,
        polarity=found.polarity,
        statement_kind=found.kind,
    )


def _event(found: list[Event], bodies: Mapping[str, str | None]) -> FoundItem:
    first = found[0]
    dated = next((event for event in found if event.date), first)  # a later mention may be the one that tells the day
    placed = next((event for event in found if event.place), first)
    told = next((event.according_to for event in found if event.according_to), None)
    actors: list[tuple[str | None, ActorPart]] = [
        (name, ActorPart.TARGET if name in event.targets else ActorPart.PARTY)
        for event in found
        for name in event.actors
    ]
    acting = next((bodies[name] for name in first.actors if name not in first.targets and bodies.get(name)), None)
    acted_on = next((bodies[name] for name in first.targets if bodies.get(name)), None)
    target = first.target or acted_on
    countries = [(first.source or (acting if target else None), "source"), (target, "target")]
    countries += [(code, "party") for event in found for code in event.countries]
    countries += [(bodies.get(name), "party") for event in found for name in event.actors]
    return FoundItem(
        kind=first.category.kind,
        mentions=tuple(_mention(event, event.trigger_start) for event in found),
        headline=_headline(first.headline or first.text),
        confidence=first.confidence,
        actors=_named([*actors, (told, ActorPart.CLAIMANT)]),
        countries=_coded(countries),
        details={
            "trigger": first.trigger,
            "trigger_start": first.trigger_start,
            "plover": first.plover,
            "source": first.source,
            "target": first.target,
            "according_to": told,
        },
        date=_date(dated.date),
        date_rule=dated.date_rule,
        category=first.category,
        modality=first.modality,
        place=placed.place,
        lat=placed.lat,
        lon=placed.lon,
    )


def _troop_claim(found: TroopClaim, sides: Mapping[str, str | None]) -> FoundItem:
    side = sides.get(found.claimed_by or "")
    return FoundItem(
        kind=ItemKind.TROOPS,
        mentions=(_mention(found, found.anchor_start),),
        headline=_headline(found.text),
        confidence=found.confidence,
        actors=_named([(found.claimed_by, ActorPart.CLAIMANT)]),
        countries=_coded([(found.force_country, "force"), (side, "claimant")]),
        details={
            "claimed_by": found.claimed_by,
            "anchor_start": found.anchor_start,
            "side": side,
            "added": found.added,
        },
        date=_date(found.date),
        date_rule=found.date_rule,
        modality=found.modality,
        place=found.place,
        lat=found.lat,
        lon=found.lon,
        quantity=found.quantity,
        low=_storable(found.low),
        high=_storable(found.high),
        unit=found.unit,
        movement=found.movement,
        force_country=found.force_country,
    )


def _mention(found: Statement | Event | TroopClaim, anchor: int) -> FoundMention:
    return FoundMention(paragraph=found.paragraph, start=found.start, end=found.end, text=found.text, anchor=anchor)


def _named(parts: list[tuple[str | None, ActorPart]]) -> tuple[tuple[str, ActorPart], ...]:
    return tuple(dict.fromkeys((name[:LONGEST_NAME], part) for name, part in parts if name))


def _coded(countries: list[tuple[str | None, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((code, role) for code, role in countries if code))


def _date(value: str | None) -> FuzzyDate | None:
    return parse_edtf(value) if value else None


def _storable(number: int | None) -> int | None:
    return number if number is not None and abs(number) <= LARGEST_NUMBER else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _headline(text: str) -> str:
    text = _capital(text)
    if len(text) <= LONGEST_HEADLINE:
        return text
    return (text[: LONGEST_HEADLINE - 1].rpartition(" ")[0] or text[: LONGEST_HEADLINE - 1]).rstrip(" ,;:-–—") + "…"
