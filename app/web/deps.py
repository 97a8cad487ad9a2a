"""What every route gets: the visit, with the database, the settings and what this visitor may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine

from app.db.cache import ByGeneration
from app.db.engine import reading
from app.db.rows import SiteSummary
from app.domain.errors import NotAllowed
from app.domain.filters import Filters
from app.settings import Settings
from app.web import urls
from app.web.security import is_signed_in
from app.web.views import words
from app.web.views.shell import Shell


class LoginNeeded(NotAllowed):
    """The visitor may do this after giving the password."""


@dataclass(frozen=True)
class Visit:
    """One request of one visitor."""

    request: Request
    engine: Engine
    settings: Settings

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short transaction that reads; it ends before the answer goes out."""
        with reading(self.engine) as conn:
            yield conn

    @cached_property
    def is_signed_in(self) -> bool:
        """Whether the visitor has given the password."""
        return self.settings.edit_password is not None and is_signed_in(self.request, self.engine)

    @property
    def can_edit(self) -> bool:
        """Whether the visitor may change things: after the password; without one, where only this machine can visit."""
        if self.settings.edit_password is not None:
            return self.is_signed_in
        return self.settings.is_loopback

    def require_edit(self) -> None:
        """Let only those pass who may change things.

        Raises LoginNeeded where the password would help, NotAllowed where nothing would.
        """
        if self.can_edit:
            return
        if self.settings.edit_password is not None:
            raise LoginNeeded("Uploads and changes need the editors’ password.")
        raise NotAllowed("This site is read-only: it can be visited from other machines and has no editors’ password.")

    def site(self, conn: Connection) -> SiteSummary:
        """The site at a glance."""
        kept: ByGeneration[SiteSummary] = self.request.app.state.site
        return kept.get(conn)

    def shell(
        self, site: SiteSummary, section: str = "", filters: Filters | None = None, *, address: str | None = None
    ) -> Shell:
        """The frame of a page in that section; `address` is the page's own, if that is not the one asked for."""
        return Shell(
            site_title=site.title,
            period=words.months(*site.months) if site.months else "",
            section=section,
            path=self.request.url.path,
            origin=str(self.request.base_url).rstrip("/"),
            address=address or urls.with_query(quote(self.request.url.path), self.request.query_params.multi_items()),
            has_demo=site.has_demo,
            can_edit=self.can_edit,
            offers_login=self.settings.edit_password is not None and not self.is_signed_in,
            signed_in=self.is_signed_in,
            pending=site.pending,
            needs_date=site.needs_date,
            failed=site.failed,
            documents=site.documents,
            filters=filters or Filters(),
        )


def visit(request: Request) -> Visit:
    """The visit of a request."""
    return Visit(request, request.app.state.engine, request.app.state.settings)


Here = Annotated[Visit, Depends(visit)]


def editor(here: Here) -> Visit:
    """The visit of somebody who may change things. Raises as `Visit.require_edit`."""
    here.require_edit()
    return here


Editor = Annotated[Visit, Depends(editor)]
