"""What every page carries: the site's title, the demo banner, who may change things, how much is being read."""

from dataclasses import dataclass, field

from app.domain.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of a page. `section` is the current entry of the navigation; `filters` fill the search box.

    `period` are the months that the crisis is about, in words. `origin` is the site's own address without a last slash;
    `address` is the page's on it, in the form that is shared, "" where there is nothing to come back to, as on an
    error's page.

    `can_edit` tells that this visitor may change things, `offers_login` that a password would allow it.
    """

    site_title: str
    period: str = ""
    section: str = ""
    path: str = "/"
    origin: str = ""
    address: str = ""
    has_demo: bool = False
    can_edit: bool = False
    offers_login: bool = False
    signed_in: bool = False
    pending: int = 0
    needs_date: int = 0
    failed: int = 0
    documents: int = 0
    filters: Filters = field(default_factory=Filters)

    @property
    def data_href(self) -> str:
        """The page as data: `.json` behind its path, under the same query; for the timeline, its items.

        Without the page's number: data begin at the beginning, and their `next` leads on.
        """
        return self._behind_path(".json")

    @property
    def table_href(self) -> str:
        """The page as a table, where it has one."""
        return self._behind_path(".csv")

    def _behind_path(self, ending: str) -> str:
        path, mark, query = self.address.partition("?")
        query = "&".join(each for each in query.split("&") if each.partition("=")[0] != "page")
        return f"{'/items' if path == '/' else path}{ending}{mark if query else ''}{query}"
