"""What every page carries: the site's title, the demo banner, who may change things, how much is being read."""

from dataclasses import dataclass, field

from app.domain.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of a page. `section` is the current entry of the navigation; `filters` fill the search box.

    `can_edit` tells that this visitor may change things, `offers_login` that a password would allow it.
    """

    site_title: str
    section: str = ""
    path: str = "/"
    has_demo: bool = False
    can_edit: bool = False
    offers_login: bool = False
    signed_in: bool = False
    pending: int = 0
    needs_date: int = 0
    documents: int = 0
    filters: Filters = field(default_factory=Filters)
