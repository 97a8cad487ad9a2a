"""The web tests' site: a temporary database with made-up articles, and a browser-like client."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from web_samples import add_articles

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.settings import Settings
from app.web.app import build_app

type Site = Callable[..., TestClient]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases to copy: one without articles, one with three."""
    folder = tmp_path_factory.mktemp("databases")
    made = {}
    for name, count in (("empty", 0), ("three", 3)):
        made[name] = folder / f"{name}.sqlite3"
        engine = open_engine(f"sqlite:///{made[name]}")
        migrate(engine)
        if count:
            add_articles(engine, count)
        engine.dispose()
    return made


@pytest.fixture
def make_engine(databases: dict[str, Path], tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Gives an engine on a fresh copy of one of the databases."""
    opened = []

    def make(name: str) -> Engine:
        path = tmp_path / f"{name}-{len(opened)}.sqlite3"
        shutil.copy(databases[name], path)
        opened.append(open_engine(f"sqlite:///{path}"))
        return opened[-1]

    yield make
    for engine in opened:
        engine.dispose()


@pytest.fixture
def engine(make_engine: Callable[[str], Engine]) -> Engine:
    """A database with three articles."""
    return make_engine("three")


@pytest.fixture
def empty(make_engine: Callable[[str], Engine]) -> Engine:
    """A database without articles."""
    return make_engine("empty")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Gives a client of the site on an engine; settings by name. It visits as a browser on this machine would."""
    clients = []

    def open_site(engine: Engine, *, base_url: str = "http://127.0.0.1:8000", **chosen: object) -> TestClient:
        settings = Settings(
            **{"host": "127.0.0.1", "data_dir": tmp_path, "edit_password": None, "site_title": None, **chosen}  # type: ignore[arg-type]
        )
        client = TestClient(build_app(settings, engine), base_url=base_url, follow_redirects=False)
        client.__enter__()
        clients.append(client)
        return client

    yield open_site
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(site: Site, engine: Engine) -> TestClient:
    """The site with three articles, open to changes."""
    return site(engine)
