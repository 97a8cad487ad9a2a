"""Puts the web application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from sqlalchemy import Engine
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import __version__
from app.db import queries
from app.db.cache import ByGeneration
from app.db.directory import read_directory
from app.db.engine import open_engine
from app.db.places import read_positions
from app.knowledge.chosen import choose_folder
from app.settings import Settings
from app.web.api import problems
from app.web.api.lanes import read_drawing
from app.web.errors import add_error_pages, refuse
from app.web.render import STATIC
from app.web.routes import (
    actors,
    api,
    api_site,
    articles,
    downloads,
    items,
    pages,
    places,
    saved_views,
    timeline,
    troops,
    uploads,
)
from app.web.security import Guard, LoginLimit

FOREVER = "public, max-age=31536000, immutable"


class VersionedFiles(StaticFiles):
    """Static files that browsers keep for good where the address carries the version, else ask for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        version, _, rest = path.partition("/")
        is_module = version.startswith("v-")
        response = await super().get_response(rest if is_module else path, scope)
        is_versioned = is_module or b"v=" in scope["query_string"] or path.startswith("vendor/")
        response.headers["Cache-Control"] = FOREVER if is_versioned and response.status_code < 400 else "no-cache"
        return response


def build_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """The application on the settings' database, or on an engine that the caller keeps."""
    choose_folder(settings.knowledge_dir)
    own = engine or open_engine(settings.store_url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        if engine is None:
            own.dispose()

    app = FastAPI(
        title="Crisis Timeline",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{api.ROOT}/openapi.json",
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.engine = own
    app.state.login_limit = LoginLimit()
    app.state.site = ByGeneration(partial(queries.site, title=settings.site_title))
    app.state.directory = ByGeneration(read_directory)
    app.state.positions = ByGeneration(read_positions)
    app.state.drawing = ByGeneration(read_drawing)
    app.mount("/static", VersionedFiles(directory=STATIC), name="static")
    app.include_router(api.router)
    app.include_router(api_site.router)
    for routes in (downloads, timeline, saved_views, places, troops, items, articles, actors, uploads, pages):
        app.include_router(routes.router, include_in_schema=False)
    problems.describe(app)
    add_error_pages(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)

    def refuse_in_app(scope: Scope, status: int, message: str) -> Response:
        return refuse({**scope, "app": app}, status, message)

    app.add_middleware(Guard, settings=settings, refuse=refuse_in_app)
    return app
