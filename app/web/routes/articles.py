"""Articles: the list, the reader, and what an editor can do with one."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.db import queries
from app.db.rows import Cursor
from app.domain.errors import BadRequest, NotFound
from app.services import articles, importing, processing
from app.web import urls
from app.web.deps import Editor, Here
from app.web.render import respond
from app.web.views.articles import UNREAD, article_page, articles_page
from app.web.views.pages import ConfirmPage

router = APIRouter()
PAGE = 50
LARGEST_ID = 2**31 - 1


@router.get("/articles")
def index(request: Request, here: Here) -> Response:
    """All articles with their state; `q` searches titles and outlets, `state=unread` keeps what needs somebody."""
    only_unread = request.query_params.get("state") == UNREAD
    text = urls.read_filters(request.query_params).text
    after = Cursor.decode(request.query_params["after"]) if request.query_params.get("after") else None
    with here.reading() as conn:
        page = queries.documents(conn, limit=PAGE, after=after, text=text, only_unread=only_unread)
        shell = here.shell(here.site(conn), "articles")
    return respond(articles_page(page, shell=shell, text=text, only_unread=only_unread, is_start=after is None))


@router.get("/articles/{document_id}")
def show(here: Here, document_id: int, view: str = "") -> Response:
    """The article's text with its items marked in place, or with `view=coverage` which sentences gave any."""
    with here.reading() as conn:
        document = queries.document(conn, document_id) if 0 < document_id <= LARGEST_ID else None
        if document is None:
            raise NotFound("This article does not exist, or was removed.")
        items = queries.document_items(conn, document_id)
        beside = queries.documents_beside(conn, document)
        shell = here.shell(here.site(conn), "articles")
    return respond(article_page(document, items, beside, shell=shell, shows_coverage=view == "coverage"))


@router.post("/articles/{document_id}/date")
def give_date(
    here: Editor,
    document_id: int,
    published: Annotated[str, Form()] = "",
    undated: Annotated[str, Form()] = "",
    next_path: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Set the day on which the article was published, or note that it is not known; it is read then."""
    _require(here, document_id)
    try:
        day = None if undated else date.fromisoformat(published)
    except ValueError:
        raise BadRequest("Give a date such as 2022-02-15, or choose “No date known”.") from None
    importing.set_date(here.engine, document_id, day)
    return RedirectResponse(urls.safe_path(next_path or f"/articles/{document_id}"), status_code=303)


@router.post("/articles/{document_id}/retry")
def retry(here: Editor, document_id: int) -> Response:
    """Read an article that failed once more."""
    _require(here, document_id)
    processing.retry_document(here.engine, document_id)
    return RedirectResponse(f"/articles/{document_id}", status_code=303)


@router.get("/articles/{document_id}/delete")
def ask_delete(here: Editor, document_id: int) -> Response:
    """Ask before the article goes."""
    title = _require(here, document_id)
    with here.reading() as conn:
        shell = here.shell(here.site(conn), "articles")
    page = ConfirmPage(
        shell=shell,
        title="Delete this article?",
        text=f"“{title}” and the items that only it tells of are removed. The file can be uploaded again.",
        button="Delete the article",
        action=f"/articles/{document_id}/delete",
        back=f"/articles/{document_id}",
    )
    return respond(page)


@router.post("/articles/{document_id}/delete")
def delete(here: Editor, document_id: int) -> Response:
    """Remove the article with the items that only it tells of."""
    _require(here, document_id)
    articles.delete_document(here.engine, document_id)
    return RedirectResponse("/articles", status_code=303)


def _require(here: Here, document_id: int) -> str:
    with here.reading() as conn:
        document = queries.document(conn, document_id) if 0 < document_id <= LARGEST_ID else None
    if document is None:
        raise NotFound("This article does not exist, or was removed.")
    return document.title
