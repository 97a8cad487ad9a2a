"""`crisis-timeline serve`: the web process with worker processes beside it, started and stopped together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console
from sqlalchemy import Engine

from app.db import queries
from app.db.cache import ByGeneration
from app.db.engine import open_engine, reading
from app.db.migrate import migrate
from app.knowledge.chosen import choose_folder
from app.main import create_app
from app.services import demo
from app.settings import ROOT, Settings, get_settings

SECONDS_TO_STOP = 20
SECONDS_BETWEEN_LOOKS = 1.0

console = Console(highlight=False)


def serve(*, host: str | None = None, port: int | None = None, workers: int = 1) -> int:
    """Migrate, load the demo into an empty database, and serve until interrupted; returns the exit code.

    `host` and `port` take precedence over the environment.
    """
    chosen = {name: value for name, value in {"host": host, "port": port}.items() if value is not None}
    settings = get_settings().model_copy(update=chosen)
    choose_folder(settings.knowledge_dir)  # before anything is written: a file that cannot be used stops it here
    engine = open_engine(settings.store_url)
    migrate(engine)
    if settings.seed:
        loaded = demo.load_demo(engine, ROOT / "seeds")
        if loaded:
            console.print(f"Loaded {loaded} demo articles; the worker reads them now.")
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            timeout_graceful_shutdown=5,
            server_header=False,
        )
    )
    stopping = threading.Event()
    with worker_processes(workers, stopping):
        threading.Thread(target=tell_progress, args=(engine, server, settings, stopping), daemon=True).start()
        # uvicorn answers its last requests on SIGINT and SIGTERM, then raises the signal again: it ends here.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.run()
        except KeyboardInterrupt:
            console.print("Stopping ...")
        finally:
            stopping.set()
    console.print("Stopped.")
    return 0 if server.started else 1


@contextmanager
def worker_processes(count: int, stopping: threading.Event) -> Iterator[None]:
    """Keep that many workers running: start them, start again those that end, and stop them at the end."""
    running = [start_worker() for _ in range(count)]

    def keep() -> None:
        while not stopping.wait(SECONDS_BETWEEN_LOOKS):
            for place, process in enumerate(running):
                if process.poll() is not None and not stopping.wait(5 * SECONDS_BETWEEN_LOOKS):
                    console.print(f"[yellow]A worker ended with code {process.returncode}; starting another.[/yellow]")
                    running[place] = start_worker()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:  # its article goes to the next worker when the lease runs out
                process.kill()


def start_worker() -> subprocess.Popen[bytes]:
    """Start a worker in a process group of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen([sys.executable, "-m", "app.cli", "worker", "--quiet"], cwd=ROOT, start_new_session=True)


def tell_progress(engine: Engine, server: uvicorn.Server, settings: Settings, stopping: threading.Event) -> None:
    """Print where the site is once it answers, then how many articles are still being read, until none is."""
    while not server.started:
        if stopping.wait(0.05):
            return
    console.print(f"[bold]http://{settings.host}:{settings.port}[/bold]  (Ctrl-C stops)")
    before = 0
    began = time.monotonic()
    kept = ByGeneration(queries.site)
    while True:
        with reading(engine) as connection:
            site = kept.get(connection)
        if site.pending and site.pending != before:
            console.print(f"{site.pending} articles still to read ...")
        if before and not site.pending:
            console.print(
                f"All read: {site.items} items from {site.documents} articles, {time.monotonic() - began:.0f} s."
            )
        before = site.pending
        if stopping.wait(2 * SECONDS_BETWEEN_LOOKS if before else 10 * SECONDS_BETWEEN_LOOKS):
            return
