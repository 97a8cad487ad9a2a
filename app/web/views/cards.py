"""An item as a card: what stands in the list, in the source pane and on the item's own page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.db.rows import ActorRow, ItemRow
from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import (
    HEADCOUNT_UNITS,
    ActorKind,
    ActorPart,
    EventCategory,
    ItemKind,
    Movement,
    Precision,
    StatementKind,
)
from app.knowledge.country_names import country_name
from app.web.views import words
from app.web.views.badges import MOST_CANDIDATES, Badge, badges

LONGEST_QUOTE = 360
LONGEST_HEADLINE = 160
SCALES = (200_000, 500_000, 1_000_000)
SMALLEST_ON_SCALE = 1_000
C = EventCategory
DIRECTED = frozenset(  # moves that one side makes towards another; the others are made together, or at a place
    {C.ATTACK, C.DEPLOY, C.THREATEN, C.ACCUSE, C.DEMAND, C.REJECT, C.SANCTION, C.AID, C.PROPOSE, C.RECOGNIZE}
)


@dataclass(frozen=True, slots=True)
class Code:
    """A country or body as its code, with its name for those who do not know the code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A number between 0 and `top`, in percent of the strip; `low` and `high` are equal for a single number."""

    low: float
    high: float
    top: str
    meaning: str

    @property
    def width(self) -> float:
        """The length of the range's bar, in percent."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever says or claims something: name, country, and the role that the article gives."""

    name: str
    code: Code | None
    role: str | None
    slug: str


@dataclass(frozen=True, slots=True)
class NamedMove:
    """A military move that the card of a troop claim names, because the same words tell of it."""

    uid: str
    type_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An item, ready to show: `day` is its date, `when` the same where it is no single day; `figure` a troop number.

    `estimate` says what the number is, "More than"; `targets` are those towards whom a move's `codes` make it. `lead`
    are the article's words before what is said in the reporter's words, "rejected", where it would be misread without;
    `either` are those of whom one speaks, where nobody can say which; `audience` and `occasion` are to whom and where.
    `searched` is what a search looks in beside what the card shows: the words in the article, and its title.
    """

    uid: str
    kind: ItemKind
    kind_word: str
    type_word: str
    headline: str
    quote: str
    is_direct: bool
    lead: str
    figure: str
    estimate: str
    unit: str
    description: str
    person: Person | None
    either: tuple[Person, ...]
    audience: str
    occasion: str
    codes: tuple[Code, ...]
    targets: tuple[Code, ...]
    forces: Code | None
    day: str
    when: str
    place: str
    outlet: str
    searched: tuple[str, ...]
    document_id: int
    badges: tuple[Badge, ...]
    scale: Scale | None
    mentions: int
    is_demo: bool
    moves: tuple[NamedMove, ...]

    @property
    def summary(self) -> str:
        """The item in one line of text, for titles and links."""
        if self.quote:
            return ": ".join(filter(None, (self.speakers, " ".join(filter(None, (self.lead, self.quote))))))
        number = " ".join(filter(None, (self.estimate, self.figure, self.unit)))
        return f"{number}: {self.description}" if self.figure else self.headline

    @property
    def told_by(self) -> str:
        """Who tells of a move, where its headline does not say so."""
        if self.person is None or self.quote or self.unit:
            return ""
        return "" if self.person.name.split()[-1] in self.headline else self.person.name

    @property
    def speakers(self) -> str:
        """Who says it, or those of whom one does; "" where nobody is named."""
        return " or ".join(each.name for each in ([self.person] if self.person else self.either))


def card(row: ItemRow, moves: Sequence[ItemRow] = ()) -> Card:
    """The item's card; `moves` are those that the same words tell of."""
    figure, meaning = words.quantity(row.quantity)
    person = row.speaker if row.kind is ItemKind.STATEMENT else row.claimant
    is_statement, is_troops = row.kind is ItemKind.STATEMENT, row.kind is ItemKind.TROOPS
    is_direct = row.statement_kind is StatementKind.DIRECT
    text, lead = bare(tidy(row.text)) if is_statement else tidy(row.text), str(row.details.get("lead") or "")
    doers, targets = _sides(row)
    return Card(
        uid=row.uid,
        kind=row.kind,
        kind_word=words.KIND[row.kind],
        type_word=_type_word(row),
        headline=""
        if is_statement or (is_troops and figure)
        else cut(capital(text if is_troops else tidy(row.headline) or text), LONGEST_HEADLINE),
        quote=cut(text if lead or is_direct else capital(text), LONGEST_QUOTE) if is_statement else "",
        is_direct=is_direct,
        lead=lead,
        figure=figure,
        estimate="" if meaning == "Between" else meaning,
        unit=_unit(row) if is_troops else "",
        description=cut(capital(text), LONGEST_HEADLINE) if is_troops else "",
        person=_person(person, row.speaker_role if is_statement else None, row.details.get("side")),
        either=tuple(map(_candidate, row.candidates[:MOST_CANDIDATES])) if is_statement and not row.speaker else (),
        audience="" if lead else str(row.details.get("audience") or ""),
        occasion=occasion(str(row.details.get("venue") or "")),
        codes=tuple(code(value) for value in doers),
        targets=tuple(code(value) for value in targets),
        forces=code(row.force_country) if row.force_country else None,
        day=words.fuzzy(row.date),
        when=_when(row.date),
        place="" if row.place in {country_name(value) for value in (*doers, *targets)} else row.place or "",
        outlet=row.outlet or row.document_title,
        searched=(text, row.document_title),
        document_id=row.document_id,
        badges=tuple(badges(row, meaning)),
        scale=_scale(row),
        mentions=row.mentions,
        is_demo=row.is_demo,
        moves=tuple(NamedMove(move.uid, words.CATEGORIES[move.category]) for move in moves if move.category),
    )


def _type_word(row: ItemRow) -> str:
    if row.category:
        return words.CATEGORIES[row.category]
    return words.MOVEMENTS[row.movement] if row.movement not in {None, Movement.PRESENT} else ""


def _unit(row: ItemRow) -> str:
    unit = row.unit or "troops"
    return f"more {unit}" if row.details.get("added") else unit


def _sides(row: ItemRow) -> tuple[Sequence[str], Sequence[str]]:
    """The countries that make a move, and those towards whom, where the article tells that."""
    if row.kind in {ItemKind.STATEMENT, ItemKind.TROOPS}:
        return (), ()
    source, aims = row.details.get("source"), {each.country for each in row.actors if each.part is ActorPart.TARGET}
    makers = {source, *(each.country for each in row.actors if each.part is ActorPart.PARTY)} - aims
    if row.category not in DIRECTED or not (
        aims - {None} or (source and row.details.get("target") not in {None, source})
    ):
        return row.countries, ()
    doers = [value for value in row.countries if value in makers]
    return doers, [value for value in row.countries if value not in doers]


def code(value: str) -> Code:
    """A country or body from its code."""
    return Code(value, country_name(value))


def tidy(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """The text without quote marks around the whole of it, which the page sets itself, and without a last comma."""
    if len(text) > 2 and text[0] in '"“„«' and text[-1] in '"”“»' and not set(text[1:-1]) & set('"“”„«»'):
        text = text[1:-1].strip()
    return re.sub(r",\s*([\"”»]?)$", r"\1", text)


def cut(text: str, longest: int) -> str:
    """The text, shortened at a whole word with "…" where it is too long."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def occasion(venue: str) -> str:
    """In what something was said, without the words that stand before a noun: "video address"."""
    return re.sub(r"^(?:an?|the|his|her|its|their|one)\s+", "", tidy(venue), flags=re.IGNORECASE)


def _candidate(actor: ActorRow) -> Person:
    return Person(name=actor.name, code=code(actor.country) if actor.country else None, role=None, slug=actor.slug)


def _person(actor: ActorRow | None, role: str | None, side: str | None) -> Person | None:
    """Who speaks or claims; `side` is the country or body for whom, on the day of the article."""
    if actor is None:
        return None
    side = side or actor.country
    shown = role or actor.role
    if shown and shown.casefold() in actor.name.casefold():
        shown = None
    is_country = actor.kind is ActorKind.COUNTRY
    return Person(
        name=actor.name,
        code=code(side) if side and side != actor.name else None,
        role=None if is_country else shown,
        slug=actor.slug,
    )


def _when(date: FuzzyDate | None) -> str:
    return "" if date is None or date.precision is Precision.DAY else words.fuzzy(date)


def _scale(row: ItemRow) -> Scale | None:
    low = row.low if row.low is not None else row.high
    high = row.high if row.high is not None else row.low
    if low is None or high is None or row.unit not in HEADCOUNT_UNITS or (row.quantity or "").endswith("%"):
        return None
    top = next((top for top in SCALES if high <= top), None)
    if top is None or high < SMALLEST_ON_SCALE:
        return None
    meaning = words.number(high) if low == high else f"{words.number(low)} to {words.number(high)}"
    at = [round(100 * value / top, 2) for value in (low, high)]
    return Scale(at[0], at[1], words.number(top), f"{meaning} on a scale from 0 to {words.number(top)}")
