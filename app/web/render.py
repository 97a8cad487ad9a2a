"""Templates: one environment, and views in, HTML out."""

import hashlib
from functools import cache
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import QueryParams

from app import __version__
from app.settings import ROOT
from app.web.views import words
from app.web.views.help import KEYS

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


class View(Protocol):
    """A frozen dataclass that names its template; the template sees it as `view` and nothing else of the request."""

    template: ClassVar[str]


@cache
def static_url(path: str) -> str:
    """The address of a file in static/, which changes with its content so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


@cache
def module_url(path: str) -> str:
    """The address of a module in static/, whose version stands before the path: what it imports gets the same one."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(STATIC.glob("js/**/*.js"))))
    return f"/static/v-{digest.hexdigest()[:12]}/{path}"


def make_environment(templates: Path = TEMPLATES) -> Environment:
    """The templates' environment: everything is escaped, and a name that does not exist is an error."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(static_url=static_url, module_url=module_url, words=words)
    environment.globals.update(version=__version__, keys=KEYS)
    return environment


environment = make_environment()


def html(view: View) -> str:
    """The view's template, filled in."""
    return environment.get_template(view.template).render(view=view)


FIXED = {"Vary": "HX-Request, HX-Target", "Cache-Control": "private, no-cache"}


def respond(view: View, *, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    """An answer with the view; caches must ask again, and keep swaps and pages apart."""
    return HTMLResponse(html(view), status_code=status, headers=FIXED | (headers or {}))


@cache
def _build() -> str:
    """Changes with the templates and static files, which a server reads once."""
    digest = hashlib.sha256()
    for path in sorted(each for folder in (TEMPLATES, STATIC) for each in folder.rglob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def page_tag(*parts: object) -> str:
    """The entity tag of a page that is made from these values alone."""
    return f'W/"{hashlib.sha256(repr((_build(), *parts)).encode()).hexdigest()[:20]}"'


def is_swap(request: Request) -> bool:
    """Whether htmx asks for a part of the page; a page restored from the history must be whole."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def current_query(request: Request) -> QueryParams:
    """The query of the page in which the reader acts, as its address says it; empty where htmx does not tell."""
    return QueryParams(urlsplit(request.headers.get("HX-Current-URL", "")).query)


def swap_target(request: Request) -> str:
    """The id of the element that htmx will replace, or ""."""
    return request.headers.get("HX-Target", "").partition("#")[2]
