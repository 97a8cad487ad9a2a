"""Saved views as the menu beside the filters and their own page show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.db.rows import SavedView
from app.web.views.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLink:
    """A saved view and where it leads; `is_current` where the page shows just that."""

    id: int
    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewsPage:
    """All saved views, to be used, renamed and deleted."""

    template: ClassVar[str] = "pages/saved_views.html"
    shell: Shell
    views: tuple[ViewLink, ...]


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
