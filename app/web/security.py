"""What keeps the site safe around the routes: headers, foreign hosts and origins, the upload limit, the password."""

import asyncio
import ipaddress
import time
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy import Engine
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.services import sessions
from app.settings import Settings

SESSION_COOKIE = "session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
DRAIN_SECONDS = 3.0
DRAIN_BYTES = 256_000_000
LOGINS, LOGIN_SECONDS = 10, 300.0

type Refusal = Callable[[Scope, int, str], Response]


class Guard:
    """Middleware around the whole application; `refuse` makes the page for what is not let through.

    Adds the security headers to every answer. Refuses hosts of other sites on loopback (DNS rebinding), changes that
    another site asks for, and bodies above the limit before any of it is read.
    """

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refusal) -> None:
        self.app = app
        self.settings = settings
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        headers = Headers(scope=scope)
        is_head = scope["method"] == "HEAD"
        if is_head:  # every page that can be read can be asked about
            scope = {**scope, "method": "GET"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message))
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        limit = self.settings.max_upload_bytes
        if self.settings.is_loopback and self.settings.edit_password is None and not is_local_host(headers.get("host")):
            response = self.refuse(scope, 421, "This site answers only to the name of this machine, such as localhost.")
            await response(scope, receive, send_with_headers)
        elif scope["method"] not in SAFE_METHODS and not is_same_origin(headers):
            response = self.refuse(scope, 403, "This change was asked for by another site, so nothing was done.")
            await response(scope, receive, send_with_headers)
        elif _declared_length(headers) > limit:
            await self._refuse_body(scope, receive, send_with_headers)
        else:
            await self._pass_counted(scope, receive, send_with_headers, limit)

    async def _pass_counted(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        """Hand the request on; a body without a declared length is counted as it comes."""
        size = 0

        async def receive_counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise HTTPException(413, self._too_large)
            return message

        await self.app(scope, receive_counted, send)

    @property
    def _too_large(self) -> str:
        return f"The upload is larger than {self.settings.max_upload_mb} MB. Upload fewer or smaller files at a time."

    async def _refuse_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 at once, then throw away what the browser still sends, or it would never read the answer."""
        response = self.refuse(scope, 413, self._too_large)
        headers = [*response.raw_headers, (b"connection", b"close")]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": response.body, "more_body": True})
        left = DRAIN_BYTES
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while left > 0:
                    message_in = await receive()
                    left -= len(message_in.get("body", b""))
                    if message_in["type"] == "http.disconnect" or not message_in.get("more_body"):
                        break
        except TimeoutError:
            pass
        await send({"type": "http.response.body", "body": b""})


def add_headers(headers: MutableHeaders) -> None:
    """Add the security headers to an answer's."""
    for name, value in HEADERS.items():
        headers[name] = value


def is_local_host(host: str | None) -> bool:
    """Whether a Host header names this machine: localhost, a name under it, or a loopback address."""
    name = (urlsplit(f"//{host or ''}").hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_same_origin(headers: Headers) -> bool:
    """Whether a change comes from a page of this site, or from no page at all (a program, a person's own request)."""
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc == headers.get("host")
    return True


def _declared_length(headers: Headers) -> int:
    value = headers.get("content-length", "0")
    return int(value) if value.isascii() and value.isdigit() else 0


def is_signed_in(request: Request, engine: Engine) -> bool:
    """Whether the request carries a session that the password opened."""
    token = request.cookies.get(SESSION_COOKIE)
    return bool(token) and len(token or "") < 200 and sessions.is_valid(engine, token or "")


class LoginLimit:
    """Refuses logins after ten failures in five minutes, over all visitors: one password protects one site."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=LOGINS)

    def is_reached(self) -> bool:
        """Whether there were too many failures lately."""
        oldest_counts = len(self._failures) == LOGINS
        return oldest_counts and self._clock() - self._failures[0] < LOGIN_SECONDS

    def note_failure(self) -> None:
        """Count a wrong password."""
        self._failures.append(self._clock())
