"""The site itself for programs: uploads and what becomes of them, help, about."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import __version__
from app.db import queries
from app.domain.errors import NotFound
from app.web.api import site_models as models
from app.web.api.answers import answer_by_content
from app.web.api.problems import documented
from app.web.deps import Here
from app.web.routes.api import ROOT
from app.web.views.accuracy import MEASURED
from app.web.views.badges import BADGES
from app.web.views.help import FILTERS, KEYS, SEARCHES
from app.web.views.uploads import FORMATS, MOST_FILES
from app.web.views.works import WORKS

router = APIRouter(prefix=ROOT, tags=["site"], responses=documented(422))


@router.get("/upload", response_model=models.UploadForm)
def upload_form(request: Request, here: Here) -> Response:
    """Which files can be uploaded."""
    return answer_by_content(request, models.UploadForm(list(FORMATS), here.settings.max_upload_mb, MOST_FILES))


@router.get("/uploads/{uid}", response_model=models.Upload, responses=documented(404))
def upload(request: Request, here: Here, uid: str) -> Response:
    """What became of each file of an upload so far."""
    with here.reading() as conn:
        row = queries.upload(conn, uid)
    if row is None:
        raise NotFound("This upload does not exist.")
    return answer_by_content(request, models.upload(row))


@router.get("/help", response_model=models.Help)
def show_help(request: Request) -> Response:
    """What filters, searches and badges mean, and the keys of the timeline."""
    badges = [models.BadgeMeaning(each.text, each.meaning) for each in BADGES]
    return answer_by_content(request, models.Help(list(FILTERS), list(SEARCHES), badges, list(KEYS)))


@router.get("/about", response_model=models.About)
def about(request: Request, here: Here) -> Response:
    """What this site holds, how accurate its reading is as measured, and what it rests on."""
    with here.reading() as conn:
        site = here.site(conn)
    found = models.About(
        title=site.title,
        program="Crisis Timeline",
        version=__version__,
        licence="MIT",
        items=site.items,
        articles=site.documents,
        first_day=site.first_day,
        last_day=site.last_day,
        accuracy=list(MEASURED),
        works=list(WORKS),
    )
    return answer_by_content(request, found)
