"""Errors as pages in the site's look that say what to do; for htmx as a notice that leaves the page alone."""

from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from app.domain.errors import AppError
from app.web.api import problems
from app.web.deps import LoginNeeded, visit
from app.web.render import is_swap, respond
from app.web.security import add_headers
from app.web.urls import safe_path
from app.web.views.pages import ErrorNotice, ErrorPage
from app.web.views.shell import Shell

ADVICE = {
    400: ("This request makes no sense", "Check the address, or start again from the timeline."),
    403: ("Not allowed", "Nothing was changed. If you run this site, see its configuration."),
    404: ("There is nothing here", "The page may have been removed with its article, or the address is mistyped."),
    405: ("This page can’t do that", "Go back and use the buttons of the page."),
    413: ("The upload is too large", "Nothing was stored. Upload fewer or smaller files at a time."),
    421: ("Wrong address", "Open the site by the address that it printed when it started."),
    422: ("Something is missing", "Go back and check what you entered."),
    429: ("Too many tries", "Wait five minutes, then try again."),
    500: (
        "Something broke on our side",
        "Nothing was lost. Try again. If it happens again, tell whoever runs this site: its log says why.",
    ),
    503: ("Not ready", "The site is starting or its database can’t be reached. Try again in a moment."),
}


def error_response(request: Request, status: int, message: str = "", *, is_bare: bool = False) -> Response:
    """The error as a page, as a notice where htmx asked, or as problem details where a program did.

    A bare page asks the database nothing.
    """
    title, advice = ADVICE.get(status, (HTTPStatus(status).phrase, "Go back and try again."))
    if problems.applies(request):
        return problems.problem(request, status, message or title)
    if is_swap(request):
        headers = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
        return respond(ErrorNotice(title=title, message=message or advice), status=status, headers=headers)
    shell = _bare_shell(request) if is_bare else _shell(request)
    page = ErrorPage(shell=shell, status=status, title=title, message=message, advice=advice)
    return respond(page, status=status)


def _shell(request: Request) -> Shell:
    """The frame of every page, without an address to come back to; a bare one where the database does not answer."""
    here = visit(request)
    try:
        with here.reading() as conn:
            return replace(here.shell(here.site(conn)), address="", path="/")
    except SQLAlchemyError:
        return _bare_shell(request)


def _bare_shell(request: Request) -> Shell:
    return Shell(site_title=request.app.state.settings.site_title or "Crisis Timeline")


def refuse(scope: Scope, status: int, message: str) -> Response:
    """The page for a request that the guard does not let through: a bare one, for it comes from the event loop."""
    return error_response(Request(scope), status, message, is_bare=True)


def login_redirect(request: Request) -> Response:
    """The way to the password and back to the page; htmx follows it as a whole page."""
    back = request.url.path if request.method == "GET" else urlsplit(request.headers.get("referer", "")).path
    target = f"/login?{urlencode({'next': safe_path(back)})}"
    if is_swap(request):
        return Response(status_code=204, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)


def add_error_pages(app: FastAPI) -> None:
    """Answer every failure with a page; only this module turns an exception into one."""

    @app.exception_handler(AppError)
    def app_error(request: Request, error: AppError) -> Response:
        if isinstance(error, LoginNeeded):
            return login_redirect(request)
        return error_response(request, error.status, str(error))

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        message = "" if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
        return error_response(request, error.status_code, message)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        in_path = any(part.get("loc", ("",))[0] == "path" for part in error.errors())
        if problems.applies(request) and not in_path:
            return problems.problem(
                request, 422, "Parameters make no sense.", problems.parameter_problems(error.errors())
            )
        return error_response(request, 404 if in_path else 422)

    @app.exception_handler(DataError)
    def unstorable(request: Request, _error: DataError) -> Response:
        """A value that the database cannot hold, as text with a NUL or a huge number: no row has it."""
        return error_response(request, 404 if request.method == "GET" else 422)

    @app.exception_handler(Exception)
    def broken(request: Request, _error: Exception) -> Response:  # the server logs the exception itself
        response = error_response(request, 500, is_bare=True)  # what broke may break the frame, too
        add_headers(MutableHeaders(raw=response.raw_headers))  # this answer is made outside the guard
        return response


def plain(code: int, **values: object) -> JSONResponse:
    """A short answer for machines."""
    return JSONResponse(values, status_code=code, headers={"Cache-Control": "no-store"})
