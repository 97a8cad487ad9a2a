"""What the interface takes: the timeline's filters, checked and described, and the place in a long list."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator, StringConstraints

from app.db.rows import Cursor
from app.domain.filters import Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part, Polarity, Precision
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


def _of(members: type[StrEnum]) -> Any:
    """One of a closed set, or the same with the sign that leaves it out."""
    return Annotated[str, StringConstraints(pattern=f"^{urls.OUT}?({'|'.join(members)})$")]


def filters(
    request: Request,
    kind: Annotated[list[_of(ItemKind)], EMPTY_IS_NONE, Query(description="Kinds of items.")] = [],  # type: ignore[valid-type]  # noqa: B006
    category: Annotated[
        list[_of(EventCategory)],  # type: ignore[valid-type]
        EMPTY_IS_NONE,
        Query(description="Sorts of diplomatic and military moves."),
    ] = [],  # noqa: B006
    country: Annotated[list[str], Query(description="Countries by code: `UA`.")] = [],  # noqa: B006
    organisation: Annotated[list[str], Query(description="International bodies by slug: `nato`.")] = [],  # noqa: B006
    actor: Annotated[list[str], Query(description="Actors by slug, see `/api/v1/actors`.")] = [],  # noqa: B006
    place: Annotated[list[str], Query(description="Places by name.")] = [],  # noqa: B006
    outlet: Annotated[list[str], Query(description="Outlets by name, of any article that tells of it.")] = [],  # noqa: B006
    modality: Annotated[
        list[_of(Modality)],  # type: ignore[valid-type]
        EMPTY_IS_NONE,
        Query(description="Whether it happened, by the text; `denied` finds statements that deny, too."),
    ] = [],  # noqa: B006
    polarity: Annotated[
        list[_of(Polarity)],  # type: ignore[valid-type]
        EMPTY_IS_NONE,
        Query(description="The force of a statement."),
    ] = [],  # noqa: B006
    precision: Annotated[
        list[_of(Precision)],  # type: ignore[valid-type]
        EMPTY_IS_NONE,
        Query(description="How finely the date is known; `none` finds items without a date."),
    ] = [],  # noqa: B006
    counterpart: Annotated[
        list[str], Query(alias="with", description="Slugs or codes of all who must take part too, or be told of.")
    ] = [],  # noqa: B006
    part: Annotated[
        Part | None, EMPTY_IS_NONE, Query(description="The part that the actors and countries have.")
    ] = None,
    q: Annotated[
        str, Query(description='Words and "quoted phrases" that an item must hold; `AND`, `OR`, `NOT`, parentheses.')
    ] = "",
    first: Annotated[date | None, IS_A_DAY, Query(alias="from", description="First day, included.")] = None,
    last: Annotated[date | None, IS_A_DAY, Query(alias="to", description="Last day, included.")] = None,
    sort: Annotated[
        urls.Sort | None,
        EMPTY_IS_NONE,
        Query(description="By event date with the `newest` first, or by first report; not given: oldest event first."),
    ] = None,
) -> Filters:
    """The timeline's choice: values of one parameter are "or", parameters among each other "and".

    A value with "-" before it is left out: `country=-RU`.
    """
    # Declared to be checked and described; read as pages do.
    del kind, category, country, organisation, actor, place, outlet, modality, polarity, precision, counterpart, part
    del q, first, last, sort
    return urls.read_filters(request.query_params)


type Choice = Annotated[Filters, Depends(filters)]
type Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Most entries on a page.")]
type After = Annotated[str, Query(description="Where the page begins, as `next` gives it.")]


def cursor(after: After = "") -> Cursor | None:
    """The place in a list of items or articles. Raises BadRequest for nonsense."""
    return Cursor.decode(after) if after else None


type Place = Annotated[Cursor | None, Depends(cursor)]
