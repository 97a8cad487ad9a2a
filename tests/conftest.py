"""Fixtures that many tests share: the language model, the demo articles read once a run, and real databases."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import NoServerError, opened, postgres_database, postgres_server, sqlite_template
from spacy.language import Language
from sqlalchemy import URL, Engine, make_url

from app.domain.items import Extraction
from app.extraction.batch import extract_all
from app.extraction.language import load_language
from bench.articles import demo_articles


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The bundled language model."""
    return load_language()


@pytest.fixture(scope="session")
def seed_extractions() -> list[Extraction]:
    """What is found in each demo article, by file name."""
    return list(extract_all(demo_articles()))


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that the migrations made, to be copied."""
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL server; without one its tests are skipped, but fail where the environment says CI."""
    try:
        with postgres_server() as server:
            yield server
    except NoServerError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def empty_postgres(postgres: URL) -> Iterator[URL]:
    """A PostgreSQL database that the migrations made, to be copied."""
    with postgres_database(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """An empty database of the test's own: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "timeline.sqlite3")
        yield make_url(f"sqlite:///{copy}")
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("empty_postgres")
    with postgres_database(server, template=template.database) as url:
        yield url


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    """An engine on an empty database of the test's own: once on SQLite, once on PostgreSQL."""
    engine = opened(database_url)
    yield engine
    engine.dispose()
