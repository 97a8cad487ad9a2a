"""What the ledger's chart says of each claimed number: the claim ready to be placed, and its mark with its words."""

from dataclasses import dataclass
from enum import StrEnum

from app.db.parts import is_code
from app.db.rows import ItemRow
from app.domain.edtf import FuzzyDate
from app.domain.vocabulary import HEADCOUNT_UNITS, Modality, Movement, Precision
from app.knowledge.country_names import country_name
from app.web.views import words
from app.web.views.axis import Axis
from app.web.views.cards import cut
from app.web.views.claims import figure
from app.web.views.labels import Label

LONGEST_NAME = 18
WITH_ARTICLE = frozenset(
    {"States", "Kingdom", "Republic", "Emirates", "Union", "Nations", "Netherlands", "Philippines"}
)
FLOWS = frozenset({Movement.MOVE, Movement.ARRIVE, Movement.WITHDRAW})


class Lane(StrEnum):
    """Where a number stands."""

    PLACE = "In place"
    MOVE = "On the move"
    OTHER = "Other counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A number somebody claims: `x` and `span` (of its days) in percent, `y` and `top` in pixels, equal for one number.

    `open` is "up" (at least), "down" (at most), "about", or "beyond" the scale; `told` is the claim as a sentence has
    it. `wide_label` shows only where the chart is wide.
    """

    uid: str
    x: float
    span: float
    y: float
    top: float
    open: str
    shape: str
    look: str
    side: str
    day: str
    figure: str
    who: str
    note: str
    name: str
    counted: str
    told: str
    label: Label | None
    wide_label: Label | None
    low: float = 0.0
    high: float = 0.0

    @property
    def height(self) -> float:
        """How far the range reaches, in pixels."""
        return round(self.y - self.top, 1)


@dataclass(frozen=True, slots=True)
class Number:
    """A claim with a number and a date, ready to be placed; `count` claims of one side and day say the same."""

    row: ItemRow
    date: FuzzyDate
    lane: Lane
    low: int
    high: int
    text: str
    count: int = 1

    @property
    def force(self) -> str:
        """Whose forces: a country's code, or ""."""
        return self.row.force_country or ""


def bounds(row: ItemRow) -> tuple[int, int] | None:
    """The lowest and highest number that a claim gives, equal for a single one; None without a number."""
    quantity = row.quantity or ""
    digits = quantity.lstrip("<>=~")
    if digits != quantity and digits.isdigit():  # ">92000": the bound as the text has it
        return int(digits), int(digits)
    low = row.low if row.low is not None else row.high
    high = row.high if row.high is not None else row.low
    return None if low is None or high is None or quantity.endswith("%") else (low, high)


def is_flow(row: ItemRow) -> bool:
    """Whether the number is of forces that come, go or are added, not of all that are there."""
    return row.movement in FLOWS or bool(row.details.get("added"))


def motion(row: ItemRow) -> str:
    """What the forces of a claim do, in a word or two; "" where nothing tells."""
    return "Added" if row.details.get("added") else words.MOVEMENTS[row.movement] if row.movement else ""


def claimant(row: ItemRow) -> str:
    """Whose side claims: the code of a country or body, else a name; "" for the article itself."""
    if row.claimant is None:
        return ""
    return str(row.details.get("side") or row.claimant.country or row.claimant.name)


def in_sentence(name: str) -> str:
    """A country's name as it stands in a sentence: "the United States"."""
    return f"the {name}" if name.rpartition(" ")[2] in WITH_ARTICLE else name


def number_of(row: ItemRow) -> Number | None:
    """The claim with its number, to be placed; None without a number or a date."""
    found = bounds(row)
    if found is None or row.date is None:
        return None
    lane = Lane.MOVE if is_flow(row) else Lane.PLACE
    if row.unit is not None and row.unit not in HEADCOUNT_UNITS:
        lane = Lane.OTHER
    return Number(row, row.date, lane, *found, figure(row.quantity or "", *found))


def x_of(number: Number, axis: Axis) -> float:
    """Where the number stands on the axis, in percent: in the middle of its first day."""
    return round(axis.at(number.date.earliest) + axis.width(1) / 2, 2)


def reach(number: Number) -> str:
    """Where the number is open: "up" (at least), "down" (at most), "about", or ""."""
    return {"<": "down", ">": "up", "~": "about"}.get((number.row.quantity or "")[:1], "")


def label_of(number: Number, *, with_motion: bool = False, with_unit: bool = False) -> tuple[str, str]:
    """The number, and whose word it is with what else must be said."""
    who = claimant(number.row)
    if who and not is_code(who):
        who = cut(who, LONGEST_NAME)
    unit = cut(number.row.unit or "", LONGEST_NAME + 8) if with_unit else ""
    doing = motion(number.row).lower() if with_motion else ""
    return f"{number.text} {unit}".strip(), ", ".join(filter(None, (who, doing)))


def mark_of(
    number: Number,
    axis: Axis,
    y: float,
    above: float,
    label: Label | None,
    wide_label: Label | None,
    *,
    top: int = 0,
    with_unit: bool = False,
) -> Mark:
    """The mark from height `y` up to `above`, in pixels; `top` is where the plot's scale ends, 0 without one."""
    row = number.row
    figure_in_full, meaning = words.quantity(row.quantity)
    counted = (
        f"{f'{meaning.lower()} ' if meaning not in ('', 'Between') else ''}{figure_in_full} {row.unit or 'troops'}"
    )
    days = (number.date.latest - number.date.earliest).days
    side = claimant(row)
    who = country_name(side) if is_code(side) else side
    person = row.claimant.name if row.claimant else ""
    speaker = person if person in ("", who) else f"{person}, {who}"
    doing = motion(row) if number.lane is Lane.MOVE else ""
    notes = [doing, _modality(row)]
    again = f"told {number.count} times" if number.count > 1 else ""
    said = f"claimed by {speaker or who}" if side else "the article’s own words"
    lows = [min(100.0, round(100 * value / top, 2)) if top else 0.0 for value in (number.low, number.high)]
    return Mark(
        uid=row.uid,
        x=x_of(number, axis),
        span=axis.width(days) if number.date.precision is not Precision.DAY and days else 0.0,
        y=y,
        top=above,
        open=("beyond" if number.high > top else reach(number)) if top else "",
        shape="claim" if side else "own",
        look=_look(row),
        side=side,
        day=words.short_fuzzy(number.date),
        figure=f"{number.text} {row.unit}" if with_unit else number.text,
        who=side if is_code(side) else cut(side, 2 * LONGEST_NAME),
        note=", ".join(filter(None, notes)),
        name=f"{words.fuzzy(number.date)}: "
        + ", ".join([counted, said, *(note.lower() for note in (*notes, again) if note)]),
        counted=", ".join([counted, *(note.lower() for note in (*notes, again) if note)]),
        told=f"{counted.removesuffix(' troops')} ({in_sentence(who) or 'an article'}, {words.fuzzy(number.date)})",
        label=label,
        wide_label=wide_label,
        low=lows[0],
        high=lows[1],
    )


def _modality(row: ItemRow) -> str:
    return "" if row.modality in {None, Modality.HAPPENED, Modality.ALLEGED} else words.MODALITIES[row.modality]


def _look(row: ItemRow) -> str:
    match row.modality:
        case Modality.DENIED:
            return "denied"
        case Modality.PLANNED | Modality.POSSIBLE:
            return "planned"
    return ""
