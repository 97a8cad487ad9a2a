"""Answers for programs: JSON with an entity tag, so that a program that has it already is told just that."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Request
from pydantic import TypeAdapter
from sqlalchemy import Connection
from starlette.responses import Response

from app import __version__
from app.db import queries

LARGE = 100_000  # bytes
FRESH = {"Cache-Control": "private, no-cache"}  # ask again each time: the tag makes that cheap


def generation_tag(conn: Connection) -> str:
    """The tag of an answer that changes only with the items; the address tells the answers of one state apart."""
    return f'W/"{__version__}-{queries.generation(conn)}"'


def unchanged(request: Request, tag: str, headers: Mapping[str, str] = FRESH) -> Response | None:
    """304 where whoever asks has the answer with this tag already, else None; the headers are those of the answer."""
    known = request.headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")  # weak comparison, RFC 9110
    if known.strip() == "*" or bare in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    return None


def answer(request: Request, value: object, tag: str) -> Response:
    """The value as JSON under its tag."""
    return _response(request, encode(value), tag)


def answer_by_content(request: Request, value: object) -> Response:
    """The value as JSON under a tag made from it, for what changes without a new generation."""
    body = encode(value)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    return unchanged(request, tag) or _response(request, body, tag)


def encode(value: object) -> bytes:
    """One of the interface's models as JSON; fields that have their default are left out."""
    kind: Any = type(value)
    return _adapter(kind).dump_json(value, exclude_defaults=True)


def _response(request: Request, body: bytes, tag: str) -> Response:
    headers = {**FRESH, "ETag": tag, "Vary": "Accept-Encoding"}
    if len(body) >= LARGE and "gzip" in request.headers.get("accept-encoding", ""):
        # Half the time of the level that pages are packed with, for a fifth more bytes.
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
