"""What a page shows, as data: its address with `.json`; the timeline's items as `/items.json` and `/items.csv`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy import Engine
from starlette.responses import Response, StreamingResponse

from app.db import queries
from app.db.claims import every_claim
from app.db.engine import reading
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import Precision
from app.exports.csv import Cell, csv_lines
from app.web import urls
from app.web.api import models
from app.web.api.answers import FRESH, encode, generation_tag, unchanged
from app.web.deps import Here
from app.web.routes import api, api_site
from app.web.views.ledger import ordered, read_choice, read_order

router = APIRouter()
BATCH = 500
NAME = "crisis-timeline-items"
COLUMNS = (
    "uid", "url", "kind", "category", "headline", "text", "date", "date_earliest", "date_latest", "date_precision",
    "date_rule", "reported_on", "modality", "polarity", "statement_kind", "speaker", "speaker_role", "claimant",
    "actors", "countries", "place", "lat", "lon", "quantity", "low", "high", "unit", "movement", "force_country",
    "confidence", "article", "article_title", "outlet", "published", "start", "end", "mentions", "is_demo",
)  # fmt: skip

AS_IN_API: dict[str, Callable[..., Response]] = {
    "/items/{uid}": api.item,
    "/articles": api.articles,
    "/articles/{article_id}": api.article,
    "/actors": api.actors,
    "/actors/{slug}": api.actor,
    "/countries": api.countries,
    "/countries/{code}": api.country,
    "/views": api.saved_views,
    "/upload": api_site.upload_form,
    "/uploads/{uid}": api_site.upload,
    "/help": api_site.show_help,
    "/about": api_site.about,
}
for page, endpoint in AS_IN_API.items():
    router.add_api_route(f"{page}.json", endpoint)


@router.get("/items.json")
def items_json(request: Request, here: Here) -> Response:
    """All items that the page shows under the same query, as `{"items": [...]}`."""
    return _download(request, here, "json", _json(every_item(here.engine, _filters(request, here))))


@router.get("/troops.json")
def troops_json(request: Request, here: Here) -> Response:
    """The claims of the troop ledger, in the same form."""
    return _download(request, here, "json", _json(_claims(request, here)))


@router.get("/troops.csv")
def troops_csv(request: Request, here: Here) -> Response:
    """The claims of the troop ledger, one a line."""
    return _download(request, here, "csv", _csv(request, _claims(request, here)))


def _claims(request: Request, here: Here) -> Iterator[ItemRow]:
    """All claims of the choice, a batch in memory at a time; in another order than that of dates, all together."""
    choice, order = read_choice(request.query_params), read_order(request.query_params)
    with reading(here.engine) as conn:
        claims = every_claim(conn, replace(choice, filters=queries.named_actors(conn, choice.filters)))
        yield from ordered(list(claims), order) if order else claims


@router.get("/items.csv")
def items_csv(request: Request, here: Here) -> Response:
    """All items that the page shows under the same query, one a line."""
    return _download(request, here, "csv", _csv(request, every_item(here.engine, _filters(request, here))))


def _filters(request: Request, here: Here) -> Filters:
    with here.reading() as conn:
        return queries.named_actors(conn, urls.read_filters(request.query_params))


def every_item(engine: Engine, filters: Filters) -> Iterator[ItemRow]:
    """All items under the filters in the page's order, a batch in memory at a time, read in one transaction."""
    with reading(engine) as conn:
        after = None
        while True:
            page = queries.timeline_items(conn, filters, limit=BATCH, after=after)
            yield from page.items
            if (after := page.next) is None:
                return


def csv_row(row: ItemRow, base: str) -> list[Cell]:
    """The item as the cells of `COLUMNS`; several names or codes in a cell have "; " between them."""
    day = row.date
    return [
        row.uid, f"{base}/items/{row.uid}", row.kind, row.category, row.headline, row.text,
        day.edtf if day else None, _iso(day.earliest if day else None), _iso(day.latest if day else None),
        day.precision if day else Precision.NONE, row.date_rule, _iso(row.reported_on),
        row.modality, row.polarity, row.statement_kind,
        row.speaker.name if row.speaker else None, row.speaker_role, row.claimant.name if row.claimant else None,
        "; ".join(actor.name for actor in row.actors), "; ".join(row.countries), row.place, row.lat, row.lon,
        row.quantity, row.low, row.high, row.unit, row.movement, row.force_country, row.confidence,
        row.document_id, row.document_title, row.outlet, _iso(row.published), row.start, row.end, row.mentions,
        row.is_demo,
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _csv(request: Request, rows: Iterable[ItemRow]) -> Iterator[str]:
    base = str(request.base_url).rstrip("/")
    return csv_lines(COLUMNS, (csv_row(row, base) for row in rows))


def _json(rows: Iterable[ItemRow]) -> Iterator[bytes]:
    before = b'{"items":[\n'
    for row in rows:
        yield before + encode(models.item(row))
        before = b",\n"
    yield b"\n]}\n" if before == b",\n" else before + b"]}\n"


def _download(request: Request, here: Here, form: str, parts: Iterator[str] | Iterator[bytes]) -> Response:
    with here.reading() as conn:
        tag = generation_tag(conn)
    if same := unchanged(request, tag):
        return same
    shown = "attachment" if form == "csv" else "inline"
    return StreamingResponse(
        _in_blocks(parts),
        media_type="text/csv" if form == "csv" else "application/json",
        headers={**FRESH, "ETag": tag, "Content-Disposition": f'{shown}; filename="{NAME}.{form}"'},
    )


def _in_blocks(parts: Iterator[str] | Iterator[bytes]) -> Iterator[bytes]:
    """The parts in blocks of some size: each block costs a turn of the server's loop."""
    block: list[bytes] = []
    for part in parts:
        block.append(part.encode() if isinstance(part, str) else part)
        if len(block) == BATCH:
            yield b"".join(block)
            block.clear()
    yield b"".join(block)
