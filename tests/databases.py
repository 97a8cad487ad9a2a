"""Real databases for tests: SQLite files, and databases of their own on a PostgreSQL server."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL, Engine, make_url

from app.db.engine import open_engine
from app.db.migrate import migrate

LOCAL_SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
BINARIES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


class NoServerError(Exception):
    """There is no PostgreSQL server, and none could be started; the message says what was tried."""


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A server to make databases on: TEST_POSTGRES_URL, the local one, or one started for this run."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    local = make_url(LOCAL_SERVER)
    try:
        _connect(local).close()
    except psycopg.OperationalError as error:
        with _own_server(str(error).strip()) as url:
            yield url
    else:
        yield local


@contextmanager
def postgres_database(server: URL, *, template: str | None = None) -> Iterator[URL]:
    """A database of its own on the server, migrated or a copy of a migrated template, dropped at the end."""
    name = f"crisis_timeline_test_{secrets.token_hex(6)}"
    with _connect(server) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
    url = server.set(database=name)
    try:
        if template is None:
            _migrated(url)
        yield url
    finally:
        with _connect(server) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file."""
    path = folder / "template.sqlite3"
    _migrated(make_url(f"sqlite:///{path}"))
    return path


def opened(url: URL) -> Engine:
    """An engine on the database of a test."""
    return open_engine(url.render_as_string(hide_password=False))


def _migrated(url: URL) -> None:
    engine = opened(url)
    migrate(engine)
    engine.dispose()


def _connect(url: URL) -> psycopg.Connection:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=5)


@contextmanager
def _own_server(why: str) -> Iterator[URL]:
    found = [path for pattern in BINARIES for path in sorted(Path("/").glob(pattern[1:])) if (path / "initdb").exists()]
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise NoServerError(f"No PostgreSQL: TEST_POSTGRES_URL is not set, {why}, and initdb is not installed.")
    binaries = found[-1] if found else Path(str(on_path)).parent
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it does not run as root
    with tempfile.TemporaryDirectory(prefix="crisis-timeline-pg-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data = Path(folder) / "data"
        data.mkdir()
        if as_user:
            shutil.chown(folder, "postgres")
            shutil.chown(data, "postgres")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        try:
            _run([*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"])
            _run([*control, "-o", options, "-l", str(data / "log"), "start"])
        except (OSError, subprocess.CalledProcessError) as error:
            raise NoServerError(f"No PostgreSQL: {why}, and starting one failed: {error}") from error
        try:
            yield make_url(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres")
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
