"""Errors for programs: problem details (RFC 9457) instead of pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Request
from pydantic import Field, TypeAdapter
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
PROGRAMS_ASK_FOR = (".json", ".csv")


@dataclass(slots=True)
class ParameterProblem:
    """What is wrong with one parameter."""

    parameter: str
    detail: str


@dataclass(slots=True)
class Problem:
    """What went wrong (RFC 9457); `type` is about:blank, so the status says what kind of problem it is."""

    title: Annotated[str, Field(description="The status in words.")]
    status: int
    detail: Annotated[str, Field(description="What is wrong with this request, and what to do about it.")]
    instance: Annotated[str, Field(description="Path of the request.")]
    errors: Annotated[list[ParameterProblem], Field(description="The parameters at fault, if the problem is in them.")]
    type: str = "about:blank"


_adapter = TypeAdapter(Problem)


def applies(request: Request) -> bool:
    """Whether a program asks: for anything below /api/, or for a page as data."""
    path = request.url.path
    return path.startswith("/api/") or path.endswith(PROGRAMS_ASK_FOR)


def problem(request: Request, status: int, detail: str, errors: Sequence[ParameterProblem] = ()) -> Response:
    """The error as problem details."""
    body = Problem(HTTPStatus(status).phrase, status, detail, request.url.path, list(errors))
    return Response(_adapter.dump_json(body), status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def parameter_problems(errors: Sequence[Any]) -> list[ParameterProblem]:
    """What FastAPI found wrong, by parameter."""
    return [ParameterProblem(str(each["loc"][1]) if len(each["loc"]) > 1 else "", each["msg"]) for each in errors]


def describe(app: FastAPI) -> None:
    """Put the problems' schemas into the application's OpenAPI description, where `documented` refers to them."""
    made = app.openapi

    def with_problems() -> dict[str, Any]:
        found = made()
        schema = _adapter.json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        found["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
        return found

    app.openapi = with_problems  # type: ignore[method-assign]


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an operation may answer with, for its OpenAPI description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }
