"""What the lanes' answer consists of: three lanes, each with bars or with the marks of days, and with intervals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from app.domain.vocabulary import ItemKind, Precision


class Level(StrEnum):
    """What is drawn: bars of weeks or days, marks of items, or marks with words."""

    WEEKS = "weeks"
    DAYS = "days"
    MARKS = "marks"
    LABELS = "labels"


type LaneName = Literal["diplomatic", "troops", "statements"]
type Uid = Annotated[str, Field(description="The item's permanent id: `/api/v1/items/{uid}`, `/items/{uid}`.")]
type Label = Annotated[str, Field(description="The mark's name in words, for text beside it and for screen readers.")]
type Href = Annotated[str, Field(description="The item's page, with the way back to the timeline under this choice.")]
type ListHref = Annotated[str, Field(description="The list of these items on the timeline, under the same choice.")]
type Figure = Annotated[
    str, Field(description="A headcount in little room, with its claimant, `169–190k US`, or else whose, `250k of UA`.")
]
type Count = Annotated[int, Field(description="How many items.", ge=0)]


@dataclass(slots=True)
class Claimed:
    """The number that a troop claim stands by; `low` and `high` are equal for a single one."""

    low: Annotated[int, Field(description="Lowest number of troops that the claim allows.")]
    high: Annotated[int, Field(description="Highest number of troops that the claim allows.")]
    figure: Figure


@dataclass(slots=True)
class Mark:
    """One item on its day; `claimed` is given for totals of 20,000 heads and more, which stand by value.

    Fields that have their default are left out of the answer.
    """

    uid: Uid
    kind: ItemKind
    label: Label
    href: Href
    mentions: Annotated[int, Field(description="In how many places articles tell of it: how much it matters.")] = 1
    figure: Annotated[str, Field(description="A troop claim's number: `130,000 Russian troops`, `500 more`.")] = ""
    claimant: Annotated[str, Field(description="The country of whoever claims it.")] = ""
    claimed: Claimed | None = None


@dataclass(slots=True)
class RailMark:
    """The day's military moves, or its troop claims without a large headcount: one mark with a count.

    Only at the level of marks; where there is room for words, each has a mark of its own.
    """

    kind: ItemKind
    count: Count
    label: Label
    href: Annotated[str, Field(description="The item where it is alone, else the day's list of that kind.")]
    uid: Annotated[str, Field(description="The first of the items.")]


@dataclass(slots=True)
class LaneDay:
    """A day of a lane that has items."""

    day: date
    count: Count
    rest: Annotated[int, Field(description="How many more there are than marks and rail show: the N of “+N”.", ge=0)]
    marks: list[Mark]
    rail: list[RailMark]
    href: ListHref


@dataclass(slots=True)
class LaneBar:
    """A week or a day of a lane that has items; weeks begin on Monday, and the window may cut those at its ends."""

    first: date
    last: Annotated[date, Field(description="The week's Sunday, or the day itself.")]
    count: Count
    kinds: Annotated[dict[ItemKind, int], Field(description="How many items of each kind.")]
    low: Annotated[int | None, Field(description="Lowest headcount claimed, of those of 20,000 and more.")]
    high: Annotated[int | None, Field(description="Highest headcount claimed, of those of 20,000 and more.")]
    figure: Annotated[Figure, Field(description="The highest of them; empty without one.")]
    label: Label
    href: ListHref


@dataclass(slots=True)
class Pill:
    """Items of one kind that are known to the same stretch of days only: an interval, a month, a year."""

    kind: ItemKind
    edtf: Annotated[str, Field(description="The date in EDTF: `2022-02`, `2022-02-16/2022-02-17`.")]
    when: Annotated[str, Field(description="The date in words: `February 2022`, `16–17 February 2022`.")]
    precision: Annotated[Precision, Field(description="`range` is drawn solid; `month` and `year` are dashed.")]
    first: Annotated[date, Field(description="First day to draw, inside the window.")]
    last: Annotated[date, Field(description="Last day to draw, inside the window; included.")]
    begins_before: Annotated[bool, Field(description="Whether the window cuts its beginning.")]
    ends_after: Annotated[bool, Field(description="Whether the window cuts its end.")]
    count: Count
    label: Label
    href: Annotated[str, Field(description="The item where it is alone, else the list of items in these days.")]
    uid: Annotated[str, Field(description="The first of the items.")]


@dataclass(slots=True)
class Lane:
    """One of the three lanes: `bars` are filled at the levels of weeks and days, `days` at the two others."""

    name: LaneName
    count: Annotated[int, Field(description="How many items lie in the window, without its margin.", ge=0)]
    bars: list[LaneBar]
    days: list[LaneDay]
    pills: Annotated[list[Pill], Field(description="In order of days; those of many items where there are too many.")]
    pills_rest: Annotated[int, Field(description="How many items have an interval that no pill shows.", ge=0)]


@dataclass(slots=True)
class Lanes:
    """What the lanes draw in the window; items without a date stand nowhere."""

    first: date
    last: date
    level: Level
    scale: Annotated[int, Field(description="Where the scale of claimed numbers ends, under any choice.")]
    lanes: list[Lane]
