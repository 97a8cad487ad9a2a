"""Saved views: everybody uses them from the filters, editors keep them."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams
from starlette.responses import Response

from app.db import queries
from app.db.cache import ByGeneration
from app.db.directory import Directory
from app.db.rows import SavedView
from app.domain.errors import BadRequest, NotFound
from app.services import saved_views as service
from app.web import urls
from app.web.deps import Editor, Here
from app.web.render import respond
from app.web.views.pages import ConfirmPage
from app.web.views.saved_views import NotSaved, SavedViewsPage, ViewLine, in_words, links

router = APIRouter()


@router.get("/views")
def index(here: Here) -> Response:
    """All saved views; editors rename and delete them here."""
    return _list(here)


@router.post("/views")
def save(
    here: Editor,
    name: Annotated[str, Form(max_length=1000)] = "",
    query: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Keep the filters of a query under a name, and show them."""
    filters = urls.read_filters(QueryParams(parse_qsl(query)))
    canonical = urls.href("", filters).removeprefix("?")
    try:
        service.save_view(here.engine, name, canonical)
    except BadRequest as error:
        return _list(here, NotSaved(error=str(error), name=name, query=canonical))
    return RedirectResponse(urls.href("/", filters), status_code=303)


@router.post("/views/{view_id}/name")
def rename(here: Editor, view_id: int, name: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Give the view another name."""
    view = _require(here, view_id)
    try:
        service.rename_view(here.engine, view.id, name)
    except BadRequest as error:
        return _list(here, NotSaved(error=str(error), name=name, id=view.id))
    return RedirectResponse("/views", status_code=303)


@router.get("/views/{view_id}/delete")
def ask_delete(here: Editor, view_id: int) -> Response:
    """Ask before the view goes."""
    view = _require(here, view_id)
    with here.reading() as conn:
        shell = here.shell(here.site(conn), "timeline")
    page = ConfirmPage(
        shell=shell,
        title="Delete this view?",
        text=f"“{view.name}” goes from everybody’s menu. Its items stay, and so do links to it.",
        button="Delete the view",
        action=f"/views/{view.id}/delete",
        back="/views",
    )
    return respond(page)


@router.post("/views/{view_id}/delete")
def delete(here: Editor, view_id: int) -> Response:
    """Forget the view."""
    service.delete_view(here.engine, _require(here, view_id).id)
    return RedirectResponse("/views", status_code=303)


def _list(here: Here, refused: NotSaved | None = None) -> Response:
    known: ByGeneration[Directory] = here.request.app.state.directory
    with here.reading() as conn:
        found = queries.saved_views(conn)
        directory = known.get(conn)
        shell = here.shell(here.site(conn), "timeline", address="/views")

    def shows(query: str) -> str:
        filters = urls.read_filters(QueryParams(parse_qsl(query)))
        named = {
            *filters.actors,
            *filters.organisations,
            *filters.counterparts,
            *(value for _, value in filters.excluded),
        }
        return in_words(filters, {slug: entry.name for slug in named if (entry := directory.actor(slug))})

    lines = tuple(ViewLine(link=link, shows=shows(view.query)) for link, view in zip(links(found), found, strict=True))
    if refused and refused.id is None:
        refused = replace(refused, shows=shows(refused.query))
    return respond(SavedViewsPage(shell=shell, views=lines, refused=refused), status=400 if refused else 200)


def _require(here: Here, view_id: int) -> SavedView:
    with here.reading() as conn:
        found = next((view for view in queries.saved_views(conn) if view.id == view_id), None)
    if found is None:
        raise NotFound("This view does not exist, or was deleted.")
    return found
