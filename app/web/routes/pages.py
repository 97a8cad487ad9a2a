"""About, help, login, the demo's removal, and the answers for machines."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from app import __version__
from app.services import demo, sessions
from app.web import urls
from app.web.deps import Editor, Here, Visit
from app.web.errors import plain
from app.web.render import current_query, respond
from app.web.security import SESSION_COOKIE, LoginLimit
from app.web.views.accuracy import MEASURED
from app.web.views.badges import BADGES
from app.web.views.help import FILTERS, SEARCHES
from app.web.views.pages import AboutPage, ConfirmPage, HelpPage, LoginPage, Reading
from app.web.views.shell import Shell
from app.web.views.works import WORKS

router = APIRouter()
SESSION_SECONDS = 30 * 24 * 3600


@router.get("/about")
def about(here: Here) -> Response:
    """What the site reads, and how far to trust it."""
    with here.reading() as conn:
        site = here.site(conn)
    shell = here.shell(site, "about")
    return respond(AboutPage(shell=shell, items=site.items, accuracy=MEASURED, badges=BADGES, works=WORKS))


@router.get("/help")
def show_help(here: Here) -> Response:
    """How to use the timeline."""
    return respond(HelpPage(shell=_shell(here, "help"), filters=FILTERS, searches=SEARCHES, badges=BADGES))


@router.get("/reading")
def reading(request: Request, here: Here, first: bool = False) -> Response:
    """How many articles are still being read; with `first` nothing was there before, and what comes is shown."""
    with here.reading() as conn:
        site = here.site(conn)
    query = current_query(request)
    href = f"/?{query}" if query else "/"
    headers = {"HX-Refresh": "true"} if first and (site.items or not site.pending) else {}
    return respond(Reading(pending=site.pending, was_pending=True, is_first=first, href=href), headers=headers)


@router.get("/demo/remove")
def ask_remove_demo(here: Editor) -> Response:
    """Ask before the demo goes."""
    page = ConfirmPage(
        shell=_shell(here),
        title="Remove the demo articles?",
        text="All demo articles and the items that only they tell of are removed. Your own articles stay.",
        button="Remove the demo articles",
        action="/demo/remove",
        back="/",
    )
    return respond(page)


@router.post("/demo/remove")
def remove_demo(here: Editor) -> Response:
    """Remove the demo articles."""
    demo.remove_demo(here.engine)
    return RedirectResponse("/", status_code=303)


@router.get("/login")
def ask_password(request: Request, here: Here) -> Response:
    """The password form."""
    return _login(here, request.query_params.get("next", ""), "")


@router.post("/login")
def login(
    request: Request,
    here: Here,
    password: Annotated[str, Form(max_length=1000)] = "",
    next_path: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Open a session for the right password."""
    limit: LoginLimit = request.app.state.login_limit
    if limit.is_reached():
        return _login(here, next_path, "Too many wrong passwords. Wait five minutes, then try again.", status=429)
    token = sessions.open_session(here.engine, password, here.settings)
    if token is None:
        limit.note_failure()
        return _login(here, next_path, "This is not the password.", status=403)
    response = RedirectResponse(urls.safe_path(next_path), status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/logout")
def logout(request: Request, here: Here) -> Response:
    """End the session."""
    if token := request.cookies.get(SESSION_COOKIE):
        sessions.close_session(here.engine, token)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/healthz")
def healthz() -> JSONResponse:
    """Whether the process answers."""
    return plain(200, status="ok", version=__version__)


@router.get("/readyz")
def readyz(here: Here) -> JSONResponse:
    """Whether the database answers and has its tables, and how many articles wait."""
    try:
        with here.reading() as conn:
            site = here.site(conn)
    except SQLAlchemyError:
        return plain(503, status="database not ready")
    return plain(200, status="ready", pending=site.pending, failed=site.failed)


def _shell(here: Visit, section: str = "") -> Shell:
    with here.reading() as conn:
        return here.shell(here.site(conn), section)


def _login(here: Visit, next_path: str, error: str, *, status: int = 200) -> Response:
    page = LoginPage(shell=_shell(here), next=urls.safe_path(next_path), error=error)
    return respond(page, status=status)
