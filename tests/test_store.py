"""The store itself: schema, connections and search, on SQLite and PostgreSQL."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from databases import opened, postgres_database
from sqlalchemy import URL, Engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from store_samples import Article

from app.db import queries
from app.db.engine import open_engine, reading, writing
from app.db.migrate import MIGRATIONS, migrate, schema_revision
from app.db.models import mentions, metadata, sessions
from app.domain.filters import Filters


def differences(engine: Engine) -> list[object]:
    """What the database and the tables in the code differ in, but for the search index, which only migrations know."""

    def wanted(_object: object, name: str | None, *_rest: object) -> bool:
        return not (name or "").startswith(("items_search", "ix_items_search"))

    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"include_object": wanted, "compare_type": True})
        return compare_metadata(context, metadata)


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression")
def test_the_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    assert differences(engine) == []
    assert schema_revision(engine) == "0003"


def test_migrations_go_back_and_forth(engine: Engine) -> None:
    with writing(engine) as conn:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = conn
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate(engine)
    assert schema_revision(engine) == "0003"
    migrate(engine)


def test_processes_that_migrate_at_once_wait_for_each_other(
    request: pytest.FixtureRequest, tmp_path: Path, engine: Engine
) -> None:
    def race(url: URL) -> None:
        engines = [opened(url) for _ in range(3)]
        failures: list[Exception] = []

        def run(each: Engine) -> None:
            try:
                migrate(each)
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(each,)) for each in engines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        revisions = {schema_revision(each) for each in engines}
        for each in engines:
            each.dispose()
        assert failures == []
        assert revisions == {"0003"}

    if engine.dialect.name == "sqlite":
        race(URL.create("sqlite", database=str(tmp_path / "new" / "race.sqlite3")))
    else:
        with postgres_database(request.getfixturevalue("postgres"), template="template1") as url:
            race(url)


def test_sqlite_has_its_pragmas_and_makes_its_folder(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'deep' / 'timeline.sqlite3'}")
    with reading(engine) as conn:
        pragmas = {name: conn.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    engine.dispose()
    assert pragmas == PRAGMAS


PRAGMAS = {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 15_000, "synchronous": 1}


def test_foreign_keys_hold(engine: Engine) -> None:
    row = {"item_id": 7, "document_id": 7, "paragraph": 0, "start": 0, "end": 1, "text": "x", "anchor": 0}
    with pytest.raises(IntegrityError), writing(engine) as conn:
        conn.execute(insert(mentions).values(row))


def test_moments_keep_their_zone_and_need_one(engine: Engine) -> None:
    moment = datetime(2022, 2, 15, 10, 30, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    row = {"token_hash": "x", "created_at": moment, "expires_at": moment}
    with writing(engine) as conn:
        conn.execute(insert(sessions).values(row))
        stored = conn.execute(select(sessions.c.created_at)).scalar_one()
    assert stored == moment
    assert stored.tzinfo is UTC
    naive = {**row, "token_hash": "y", "created_at": datetime(2022, 2, 15)}  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), writing(engine) as conn:
        conn.execute(insert(sessions).values(naive))


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    now = datetime.now(UTC)
    row = {"token_hash": "x", "created_at": now, "expires_at": now}

    def insert_twice() -> None:
        with writing(engine) as conn:
            for _ in range(2):
                conn.execute(insert(sessions).values(row))

    with pytest.raises(IntegrityError):
        insert_twice()
    with reading(engine) as conn:
        assert conn.execute(select(sessions)).all() == []


def test_writers_wait_for_each_other(engine: Engine) -> None:
    """Reading first and writing later in one transaction is what fails on SQLite without the lock taken at once."""
    Article("The envoys met.").store(engine)

    def count_up() -> None:
        for _ in range(20):
            with writing(engine) as conn:
                value = conn.execute(text("SELECT value FROM site WHERE key = 'generation' FOR UPDATE" if pg else READ))
                conn.execute(
                    text("UPDATE site SET value = :v WHERE key = 'generation'"), {"v": str(int(value.scalar_one()) + 1)}
                )

    pg = engine.dialect.name == "postgresql"
    with reading(engine) as conn:
        before = queries.generation(conn)
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as conn:
        assert queries.generation(conn) == before + 80


READ = "SELECT value FROM site WHERE key = 'generation'"


SEARCHED = "Berg said that the generals would not move their 130,000 troops over the Čáslav bridges."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("troops", True),
        ("troop general", True),  # English stems
        ("moving", True),
        ("TROOPS Caslav", True),
        ("Čáslav", True),
        ("generals' bridge's", True),
        ('"130,000 troops"', True),
        ("130000", False),
        ('"would not move"', True),
        ('"would move"', False),
        ("not", True),  # no stop words: a denial turns on them
        ("the", True),
        ("Anna", True),  # the speaker's name
        ("envoys", True),  # the article's title
        ("troops submarines", False),
        ('"', False),
        ("?!", False),
        ("' OR 1=1 --", False),
        ('troops" OR "submarines', False),
        ("{troops}", True),
        ("troops)", True),
        ("%", False),
        ("\x00", False),
        ("submarines OR bridges", True),
        ("troops AND bridges", True),
        ("troops AND submarines", False),
        ("troops NOT submarines", True),
        ("NOT submarines", True),
        ("NOT bridge", False),
        ('NOT "130,000 troops" OR submarines', False),
        ("generals (submarines OR bridges)", True),
        ("(submarines AND bridges) OR NOT (ships OR tanks)", True),
        ("troops OR", True),
        ("OR NOT AND (((", False),
        (")bridges( AND", True),
    ],
)
def test_search_finds_the_same_on_both_databases_and_never_fails(engine: Engine, query: str, found: bool) -> None:
    Article(SEARCHED).statement(
        "the generals would not move their 130,000 troops over the Čáslav bridges", "Anna Berg"
    ).store(engine)
    with reading(engine) as conn:
        assert bool(queries.timeline_items(conn, Filters(text=query)).items) is found
        assert queries.count_items(conn, Filters(text=query)).items == int(found)
        queries.facet_counts(conn, Filters(text=query))
