"""What the interface takes: the timeline's filters, checked and described, and the place in a long list."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from app.db.rows import Cursor
from app.domain.filters import Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part
from app.web import urls

LARGEST_PAGE = 200


def _given(value: Any) -> Any:
    """A form's empty fields count as not given."""
    if isinstance(value, list):
        return [each for each in value if each != ""]
    return None if value == "" else value


def _whole_day(value: Any) -> Any:
    """Only a day in full is one: `2022` must not be read as seconds since 1970."""
    if isinstance(value, str) and value and len(value) != len("2022-02-10"):
        raise ValueError("Give a day such as 2022-02-10.")
    return _given(value)


EMPTY_IS_NONE = BeforeValidator(_given)
IS_A_DAY = BeforeValidator(_whole_day)


def filters(
    request: Request,
    kind: Annotated[list[ItemKind], EMPTY_IS_NONE, Query(description="Kinds of items.")] = [],  # noqa: B006
    country: Annotated[list[str], Query(description="Countries and bodies by code: `UA`, `EU`.")] = [],  # noqa: B006
    actor: Annotated[list[str], Query(description="Actors by slug, see `/api/v1/actors`.")] = [],  # noqa: B006
    counterpart: Annotated[
        list[str], Query(alias="with", description="Slugs or codes of all who must take part too, or be told of.")
    ] = [],  # noqa: B006
    part: Annotated[
        Part | None, EMPTY_IS_NONE, Query(description="The part that the actors and countries have.")
    ] = None,
    category: Annotated[
        list[EventCategory], EMPTY_IS_NONE, Query(description="Sorts of diplomatic and military moves.")
    ] = [],  # noqa: B006
    q: Annotated[str, Query(description='Words and "quoted phrases", all of which an item must hold.')] = "",
    first: Annotated[date | None, IS_A_DAY, Query(alias="from", description="First day, included.")] = None,
    last: Annotated[date | None, IS_A_DAY, Query(alias="to", description="Last day, included.")] = None,
    modality: Annotated[
        list[Modality], EMPTY_IS_NONE, Query(description="`denied` finds statements that deny, too.")
    ] = [],  # noqa: B006
    sort: Annotated[Literal["newest"] | None, EMPTY_IS_NONE, Query(description="Not given: the oldest first.")] = None,
) -> Filters:
    """The timeline's choice: values of one parameter are "or", parameters among each other "and"."""
    # Declared to be checked and described; read as pages do.
    del kind, country, actor, counterpart, part, category, q, first, last, modality, sort
    return urls.read_filters(request.query_params)


type Choice = Annotated[Filters, Depends(filters)]
type Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Most entries on a page.")]
type After = Annotated[str, Query(description="Where the page begins, as `next` gives it.")]


def cursor(after: After = "") -> Cursor | None:
    """The place in a list of items or articles. Raises BadRequest for nonsense."""
    return Cursor.decode(after) if after else None


type Place = Annotated[Cursor | None, Depends(cursor)]
