"""The badges of a card: each is a field of its item that changes how to read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.db.rows import ActorRow, ItemRow
from app.domain.vocabulary import ActorKind, ActorPart, ItemKind, Modality, Polarity, Precision
from app.web.views import words

MOST_CANDIDATES = 3  # who fit the words of one statement
SPEAKER_UNSURE = "The words fit more than one, and the article does not say which."
LIKELIEST_SPEAKER = "The words fit more than one speaker; the likeliest is shown."


@dataclass(frozen=True, slots=True)
class Badge:
    """A field of the item that changes how to read it; `style` is "", "dashed" or "warn"."""

    text: str
    icon: str
    style: str = ""
    meaning: str = ""


BADGES = (
    Badge("Planned", "planned", "dashed", words.MODALITY_MEANINGS[Modality.PLANNED]),
    Badge("Possible", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.POSSIBLE]),
    Badge("Alleged", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.ALLEGED]),
    Badge("Denied", "denial", "warn", words.MODALITY_MEANINGS[Modality.DENIED]),
    Badge("Denial", "denial", "warn", "The speaker denies something."),
    Badge("Demand", "polarity", "", "A demand, threat, warning or promise; where need be with its reporting word."),
    Badge("More than", "estimate", "dashed", "The number is no exact count: at least, about, more than."),
    Badge("Anonymous", "anonymous", "dashed", "The article names a group, not a person."),
    Badge("Speaker not named", "anonymous", "dashed", "The article does not say who speaks, or not clearly enough."),
    Badge("Speaker unsure", "unsure", "dashed", SPEAKER_UNSURE),
    Badge("Or Sergey Lavrov", "unsure", "dashed", LIKELIEST_SPEAKER),
    Badge("Via state television", "relayed", "", "Somebody else passed the words on, such as an agency."),
    Badge("Month only", "calendar", "", "The article gives no day, only a month (or a year)."),
    Badge("Unsure reading", "unsure", "dashed", "The reading of this sentence may be wrong: check it."),
)


def badges(row: ItemRow, meaning: str) -> Sequence[Badge]:
    """The item's badges; `meaning` says what its number is, "More than"."""
    found = []
    if row.polarity is not None and row.polarity is not Polarity.ASSERTS:
        found.append(_force(row.polarity, "" if row.details.get("lead") else str(row.details.get("cue") or "")))
    match row.modality:
        case Modality.DENIED:
            found.append(Badge("Denied", "denial", "warn", words.MODALITY_MEANINGS[Modality.DENIED]))
        case Modality.PLANNED:
            found.append(Badge("Planned", "planned", "dashed", words.MODALITY_MEANINGS[Modality.PLANNED]))
        case Modality.POSSIBLE:
            found.append(Badge("Possible", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.POSSIBLE]))
        case Modality.ALLEGED:
            found.append(Badge("Alleged", "unsure", "dashed", words.MODALITY_MEANINGS[Modality.ALLEGED]))
    if meaning and meaning != "Between":
        found.append(Badge(meaning, "estimate", "dashed"))
    if row.kind is ItemKind.STATEMENT and row.speaker is None and row.candidates:
        found.append(Badge("Speaker unsure", "unsure", "dashed", SPEAKER_UNSURE))
    elif row.kind is ItemKind.STATEMENT and row.speaker is None:
        found.append(Badge("Speaker not named", "anonymous", "dashed"))
    elif others := others_who_fit(row)[: MOST_CANDIDATES - 1]:
        names = " or ".join(actor.name for actor in others)
        found.append(Badge(f"Or {names}", "unsure", "dashed", LIKELIEST_SPEAKER))
    if any(actor is not None and actor.kind is ActorKind.GROUP for actor in (row.speaker, row.claimant)) and not any(
        actor.part is ActorPart.SPEAKER and actor.kind is not ActorKind.GROUP for actor in row.actors
    ):  # several who speak as one are a group too, but each is named
        found.append(Badge("Anonymous", "anonymous", "dashed", "The article names a group, not a person."))
    if via := row.details.get("via"):
        found.append(Badge(f"Via {via}", "relayed"))
    if row.date is not None and row.date.precision in {Precision.MONTH, Precision.YEAR}:
        found.append(Badge("Month only" if row.date.precision is Precision.MONTH else "Year only", "calendar"))
    # That nobody is named says enough, and is why the reading is unsure.
    names_nobody = row.kind is ItemKind.STATEMENT and row.speaker is None
    if words.confidence(row.confidence) == "low" and not names_nobody:
        found.append(Badge("Unsure reading", "unsure", "dashed", "The reading of this sentence may be wrong."))
    return found


def _force(polarity: Polarity, cue: str) -> Badge:
    """What kind of statement it is, with the reporting word that says so where no other place shows it."""
    name = f"{words.POLARITIES[polarity]} “{cue}”" if cue else words.POLARITIES[polarity]
    match polarity:
        case Polarity.DENIES:
            return Badge(name, "denial", "warn")
        case Polarity.ASKS:
            return Badge(name, "unsure")
    return Badge(name, "polarity")


def others_who_fit(row: ItemRow) -> tuple[ActorRow, ...]:
    """The candidates beside the speaker who is shown."""
    return tuple(actor for actor in row.candidates if row.speaker is None or actor.id != row.speaker.id)
