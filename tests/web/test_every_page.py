"""Every page answers, and the list of pages that tests go through has them all."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from every_page import PAGES
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.services.importing import create_upload
from app.services.saved_views import save_view
from app.web import routes

PARTS = {"/reading", "/suggested-actors", "/healthz", "/readyz"}  # of a page, or not for readers


def pages_of_the_site() -> Iterator[APIRoute]:
    for module in iter_modules(routes.__path__):
        for route in import_module(f"{routes.__name__}.{module.name}").router.routes:
            is_data = route.path.startswith("/api/") or route.path.endswith((".json", ".csv"))
            if "GET" in route.methods and not is_data and route.path not in PARTS:
                yield route


def test_no_page_is_forgotten() -> None:
    found = list(pages_of_the_site())
    assert len(found) >= 18
    paths = [page.partition("?")[0].format(item="a1", upload="a1", actor="a1") for page in PAGES]
    assert [route.path for route in found if not any(route.path_regex.match(path) for path in paths)] == []


def test_every_page_answers(client: TestClient, engine: Engine) -> None:
    save_view(engine, "Troops", "kind=troops")
    upload = create_upload(engine, [("nothing.txt", b"")])
    item = client.get("/items.json").json()["items"][0]["uid"]
    for page in PAGES:
        response = client.get(page.format(item=item, upload=upload, actor="liz-truss"))
        assert response.status_code == 200, page
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.text.count("<h1") == 1, page
        assert response.text.count("<main ") == 1, page
