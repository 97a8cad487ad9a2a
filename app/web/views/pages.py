"""The smaller pages: about, help, login, confirmation, errors."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.views.accuracy import Measured
from app.web.views.badges import Badge
from app.web.views.help import Example, FilterMeaning
from app.web.views.shell import Shell
from app.web.views.works import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    """What the site reads, how, its limits and licences."""

    template: ClassVar[str] = "pages/about.html"
    shell: Shell
    items: int
    accuracy: tuple[Measured, ...]
    badges: tuple[Badge, ...]
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """How to use the timeline; the keys, which are in every page's dialog too, come with the templates."""

    template: ClassVar[str] = "pages/help.html"
    shell: Shell
    filters: tuple[FilterMeaning, ...]
    searches: tuple[Example, ...]
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The password form; `error` says why the last try failed."""

    template: ClassVar[str] = "pages/login.html"
    shell: Shell
    next: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage:
    """Asks before something is taken away."""

    template: ClassVar[str] = "pages/confirm.html"
    shell: Shell
    title: str
    text: str
    button: str
    action: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong and what to do."""

    template: ClassVar[str] = "pages/error.html"
    shell: Shell
    status: int
    title: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorNotice:
    """What went wrong, above the page that stays as it is."""

    template: ClassVar[str] = "pages/_error.html"
    title: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How many articles are still being read; asks again until none is. `href` shows what is found so far."""

    template: ClassVar[str] = "pages/_reading.html"
    pending: int
    was_pending: bool
    is_first: bool
    href: str
