"""Saved views as the menu beside the filters and their own page show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.db.rows import FacetValue, SavedView
from app.domain.filters import Facet, Filters
from app.web import urls
from app.web.views.facets import chips
from app.web.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLink:
    """A saved view and where it leads; `is_current` where the page shows just that."""

    id: int
    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """A saved view on its page, with its filters in words."""

    link: ViewLink
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaved:
    """A name that was not taken: what is wrong with it, and whose it was to be: a view's (`id`), or that of a query."""

    error: str
    name: str
    id: int | None = None
    query: str = ""
    shows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewsPage:
    """All saved views, to be used, renamed and deleted."""

    template: ClassVar[str] = "pages/saved_views.html"
    shell: Shell
    views: tuple[ViewLine, ...]
    refused: NotSaved | None


def links(views: Sequence[SavedView], current: str | None = None) -> tuple[ViewLink, ...]:
    """The views as links; `current` is the query that the page shows."""
    return tuple(
        ViewLink(
            id=view.id,
            name=view.name,
            href=f"/?{view.query}" if view.query else "/",
            is_current=view.query == current,
        )
        for view in views
    )


def in_words(filters: Filters, names: Mapping[str, str]) -> str:
    """The filters and the order as a line of text; `names` are those of actors by slug."""
    known = [FacetValue(value=slug, label=name, count=0, selected=True, excluded=False) for slug, name in names.items()]
    texts = [chip.text for chip in chips(filters, {Facet.ACTOR: known, Facet.ORGANISATION: known})]
    orders = {
        urls.Sort.NEWEST: "newest first",
        urls.Sort.REPORTED: "by report",
        urls.Sort.REPORTED_NEWEST: "newest report first",
    }
    order = urls.sort_of(filters)
    text = ", ".join([*texts, *([orders[urls.Sort(order)]] if order else [])]) or "everything"
    return text[0].upper() + text[1:]
