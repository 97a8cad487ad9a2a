"""The troop ledger."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import queries
from app.db.forces import claims_by_force
from app.domain.vocabulary import ItemKind
from app.web import urls
from app.web.deps import Here
from app.web.render import respond
from app.web.views.ledger import ORDERS, ledger_page

router = APIRouter()
MOST = 500


@router.get("/troops")
def show(request: Request, here: Here) -> Response:
    """All troop claims under the filters, as a chart and as a table; `order` is "newest" or "number"."""
    order = request.query_params.get("order", "")
    with here.reading() as conn:
        filters = queries.named_actors(conn, urls.read_filters(request.query_params))
        claims = replace(filters, kinds=(ItemKind.TROOPS,), newest_first=False, by_report=False)
        page = queries.timeline_items(conn, claims, limit=MOST)
        total = queries.count_items(conn, claims).items
        forces = claims_by_force(conn)
        address = urls.href("/troops", filters, order=order if order in ORDERS else None)
        shell = here.shell(here.site(conn), "troops", filters, address=address)
    return respond(
        ledger_page(
            page.items,
            total,
            forces,
            replace(filters, newest_first=False, by_report=False),
            order=order if order in ORDERS else "",
            shell=shell,
        )
    )
