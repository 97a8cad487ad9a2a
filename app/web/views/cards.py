"""An item as a card: what stands in the list, in the source pane and on the item's own page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.db.rows import ActorRow, ItemRow
from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import (
    HEADCOUNT_UNITS,
    ActorKind,
    ItemKind,
    Modality,
    Polarity,
    Precision,
    StatementKind,
)
from app.knowledge.country_names import country_name
from app.web.views import words

LONGEST_QUOTE = 360
LONGEST_HEADLINE = 160
MOST_CANDIDATES = 3  # who fit the words of one statement
SPEAKER_UNSURE = "The words fit more than one, and the article does not say which."
LIKELIEST_SPEAKER = "The words fit more than one speaker; the likeliest is shown."
SCALES = (200_000, 500_000, 1_000_000)
SMALLEST_ON_SCALE = 1_000


@dataclass(frozen=True, slots=True)
class Badge:
    """A field of the item that changes how to read it; `style` is "", "dashed" or "warn"."""

    text: str
    icon: str
    style: str = ""
    meaning: str = ""


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

    `denies_by` is a denial's reporting word; `either` are those of whom one speaks, where nobody can say which;
    `audience` and `occasion` are to whom and in what a statement was made. `searched` is what a search looks in beside
    what the card shows: the words in the article, and its title.
    """

    uid: str
    kind: ItemKind
    kind_word: str
    type_word: str
    headline: str
    quote: str
    is_direct: bool
    denies_by: str
    figure: str
    unit: str
    description: str
    person: Person | None
    either: tuple[Person, ...]
    audience: str
    occasion: str
    codes: tuple[Code, ...]
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
        speakers = [self.person] if self.person else self.either
        said_by = f"{' or '.join(each.name for each in speakers)}: " if speakers and self.quote else ""
        figure = f"{self.figure} {self.unit}: " if self.figure else ""
        return said_by + figure + (self.quote or self.headline or self.description)


BADGES = (
    Badge("Planned", "planned", "dashed", words.MODALITY_MEANINGS[Modality.PLANNED]),
    Badge("Possible", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.POSSIBLE]),
    Badge("Alleged", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.ALLEGED]),
    Badge("Denied", "denial", "warn", words.MODALITY_MEANINGS[Modality.DENIED]),
    Badge("Denial “denied”", "denial", "warn", "The speaker denies something; the reporting word is in quote marks."),
    Badge("Demand “urged”", "polarity", "", "A demand, threat, warning or promise, with its reporting word."),
    Badge("More than", "estimate", "dashed", "The number is no exact count: at least, about, more than."),
    Badge("Anonymous", "anonymous", "dashed", "The article names a group, not a person."),
    Badge("Speaker not named", "anonymous", "dashed", "The article does not say who speaks, or not clearly enough."),
    Badge("Speaker unsure", "unsure", "dashed", SPEAKER_UNSURE),
    Badge("Or Sergey Lavrov", "unsure", "dashed", LIKELIEST_SPEAKER),
    Badge("Via state television", "relayed", "", "Somebody else passed the words on, such as an agency."),
    Badge("Month only", "calendar", "", "The article gives no day, only a month (or a year)."),
    Badge("Unsure reading", "unsure", "dashed", "The reading of this sentence may be wrong: check it."),
)


def card(row: ItemRow, moves: Sequence[ItemRow] = ()) -> Card:
    """The item's card; `moves` are those that the same words tell of."""
    figure, meaning = words.quantity(row.quantity)
    person = row.speaker if row.kind is ItemKind.STATEMENT else row.claimant
    is_statement, is_troops = row.kind is ItemKind.STATEMENT, row.kind is ItemKind.TROOPS
    text = tidy(row.text)
    codes = tuple(code(value) for value in row.countries)
    return Card(
        uid=row.uid,
        kind=row.kind,
        kind_word=words.KIND[row.kind],
        type_word=words.CATEGORIES[row.category] if row.category else "",
        headline="" if is_statement or (is_troops and figure) else cut(tidy(row.headline) or text, LONGEST_HEADLINE),
        quote=cut(bare(text), LONGEST_QUOTE) if is_statement else "",
        is_direct=row.statement_kind is StatementKind.DIRECT,
        denies_by=f"“{row.details.get('cue') or 'denied'}”" if row.polarity is Polarity.DENIES else "",
        figure=figure,
        unit=(row.unit or "troops") if is_troops else "",
        description=cut(text, LONGEST_HEADLINE) if is_troops else "",
        person=_person(person, row.speaker_role if is_statement else None, row.details.get("side")),
        either=tuple(map(_candidate, row.candidates[:MOST_CANDIDATES])) if is_statement and not row.speaker else (),
        audience=str(row.details.get("audience") or ""),
        occasion=occasion(str(row.details.get("venue") or "")),
        codes=() if is_statement or is_troops else codes,
        forces=code(row.force_country) if row.force_country else None,
        day=words.fuzzy(row.date),
        when=_when(row.date),
        place=row.place or "",
        outlet=row.outlet or row.document_title,
        searched=(text, row.document_title),
        document_id=row.document_id,
        badges=tuple(_badges(row, meaning)),
        scale=_scale(row),
        mentions=row.mentions,
        is_demo=row.is_demo,
        moves=tuple(NamedMove(move.uid, words.CATEGORIES[move.category]) for move in moves if move.category),
    )


def code(value: str) -> Code:
    """A country or body from its code."""
    return Code(value, country_name(value))


def tidy(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


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


def others_who_fit(row: ItemRow) -> tuple[ActorRow, ...]:
    """The candidates beside the speaker who is shown."""
    return tuple(actor for actor in row.candidates if row.speaker is None or actor.id != row.speaker.id)


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


def _badges(row: ItemRow, meaning: str) -> Sequence[Badge]:
    badges = []
    if row.polarity is not None and row.polarity is not Polarity.ASSERTS:
        badges.append(_force(row.polarity, str(row.details.get("cue") or "")))
    match row.modality:
        case Modality.DENIED:
            badges.append(Badge("Denied", "denial", "warn", words.MODALITY_MEANINGS[Modality.DENIED]))
        case Modality.PLANNED:
            badges.append(Badge("Planned", "planned", "dashed", words.MODALITY_MEANINGS[Modality.PLANNED]))
        case Modality.POSSIBLE:
            badges.append(Badge("Possible", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.POSSIBLE]))
        case Modality.ALLEGED:
            badges.append(Badge("Alleged", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.ALLEGED]))
    if meaning and meaning != "Between":
        badges.append(Badge(meaning, "estimate", "dashed"))
    if row.kind is ItemKind.STATEMENT and row.speaker is None and row.candidates:
        badges.append(Badge("Speaker unsure", "unsure", "dashed", SPEAKER_UNSURE))
    elif row.kind is ItemKind.STATEMENT and row.speaker is None:
        badges.append(Badge("Speaker not named", "anonymous", "dashed"))
    elif others := others_who_fit(row)[: MOST_CANDIDATES - 1]:
        names = " or ".join(actor.name for actor in others)
        badges.append(Badge(f"Or {names}", "unsure", "dashed", LIKELIEST_SPEAKER))
    if any(actor is not None and actor.kind is ActorKind.GROUP for actor in (row.speaker, row.claimant)):
        badges.append(Badge("Anonymous", "anonymous", "dashed", "The article names a group, not a person."))
    if via := row.details.get("via"):
        badges.append(Badge(f"Via {via}", "relayed"))
    if row.date is not None and row.date.precision in {Precision.MONTH, Precision.YEAR}:
        badges.append(Badge("Month only" if row.date.precision is Precision.MONTH else "Year only", "calendar"))
    # That nobody is named says enough, and is why the reading is unsure.
    names_nobody = row.kind is ItemKind.STATEMENT and row.speaker is None
    if words.confidence(row.confidence) == "low" and not names_nobody:
        badges.append(Badge("Unsure reading", "unsure", "dashed", "The reading of this sentence may be wrong."))
    return badges


def _force(polarity: Polarity, cue: str) -> Badge:
    """What kind of statement it is, with the reporting word that says so."""
    name = f"{words.POLARITIES[polarity]} “{cue}”" if cue else words.POLARITIES[polarity]
    match polarity:
        case Polarity.DENIES:
            return Badge(name, "denial", "warn")
        case Polarity.ASKS:
            return Badge(name, "unsure")
    return Badge(name, "polarity")


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
