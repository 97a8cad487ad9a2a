"""Uploads: the form, and what became of each file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.db import queries
from app.domain.errors import NotFound
from app.services import importing
from app.web.deps import Editor, Here, Visit
from app.web.render import is_swap, respond
from app.web.views import words
from app.web.views.uploads import FORMATS, MOST_FILES, UploadForm, UploadPage, outcomes

router = APIRouter()


@router.get("/upload")
def ask(here: Editor) -> Response:
    """The upload form."""
    return _form(here, "")


async def handed_in(request: Request, _here: Editor) -> list[tuple[str, bytes]]:
    """The names and bytes of the uploaded files; nothing is read before the visitor is known to be an editor."""
    async with request.form(max_files=MOST_FILES, max_fields=10) as form:
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
        return [(each.filename, await each.read()) for each in files if each.filename]


@router.post("/upload")
def upload(here: Editor, files: Annotated[list[tuple[str, bytes]], Depends(handed_in)]) -> Response:
    """Take in the files and go to the page that tells what becomes of them."""
    if not files:
        return _form(here, "Choose at least one file.")
    uid = importing.create_upload(here.engine, files)
    return RedirectResponse(f"/uploads/{uid}", status_code=303)


@router.get("/uploads/{uid}")
def show(request: Request, here: Here, uid: str) -> Response:
    """What became of each file so far."""
    with here.reading() as conn:
        row = queries.upload(conn, uid)
        if row is None:
            raise NotFound("This upload does not exist.")
        found = outcomes(row, can_edit=here.can_edit)
        if is_swap(request):
            return respond(found)
        shell = here.shell(here.site(conn), "upload")
    return respond(UploadPage(shell=shell, outcomes=found, when=words.day(row.created_at.date())))


def _form(here: Visit, error: str) -> Response:
    with here.reading() as conn:
        shell = here.shell(here.site(conn), "upload")
    settings = here.settings
    form = UploadForm(
        shell=shell,
        error=error,
        formats=FORMATS,
        max_megabytes=settings.max_upload_mb,
        max_bytes=settings.max_upload_bytes,
    )
    return respond(form, status=422 if error else 200)
