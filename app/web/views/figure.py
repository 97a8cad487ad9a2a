"""The figure above the list: the overview, and what the lanes below it need to know to draw themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.db.rows import DayCount
from app.domain.filters import Filters
from app.web import urls
from app.web.views.overview import Overview, overview


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The overview, and the window that the lanes show: from the day `first` to the day `last`.

    `query` is the choice without its dates, as the interface for programs takes it; "" or with its "?". `none` is what
    the lanes say where they are empty.
    """

    overview: Overview
    first: date
    last: date
    query: str
    none: str


def figure(
    counts: Sequence[DayCount], filters: Filters, everything: Sequence[DayCount], *, has_items: bool
) -> Figure | None:
    """The figure of `counts`, see `overview`; None without dated items. `has_items`: the list has any."""
    drawn = overview(counts, filters, everything)
    if drawn is None:
        return None
    first, last = filters.first or drawn.start, filters.last or drawn.end
    if last < first:  # one end is chosen, and all its days lie far from the crisis
        days = [each.day for each in counts]
        if filters.first:
            last = max([first, *days])
        else:
            first = min([last, *days])
    undated = replace(filters.unordered(), first=None, last=None)
    none = "No items in these days." if counts or has_items else "No item matches."
    return Figure(overview=drawn, first=first, last=last, query=urls.href("", undated), none=none)
