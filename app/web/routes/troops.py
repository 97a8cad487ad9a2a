"""The troop ledger."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.db import queries
from app.db.claims import ledger_claims
from app.web.deps import Here
from app.web.render import respond
from app.web.views.ledger import address, ledger_page, read_choice, read_order

router = APIRouter()
MOST = 300


@router.get("/troops")
def show(request: Request, here: Here) -> Response:
    """The troop claims chosen, as a chart and as a table; `order` is "newest", "number" or "claimant"."""
    choice = read_choice(request.query_params)
    order = read_order(request.query_params)
    with here.reading() as conn:
        choice = replace(choice, filters=queries.named_actors(conn, choice.filters))
        found = ledger_claims(conn, choice, limit=MOST)
        shell = here.shell(here.site(conn), "troops", choice.filters, address=address(choice, order))
    return respond(ledger_page(found, choice, order=order, shell=shell))
