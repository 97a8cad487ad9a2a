"""`crisis-timeline ingest`: article files into the database, and read, with progress and a summary."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy import Engine

from app.db import queries
from app.db.engine import open_engine, reading
from app.db.migrate import migrate
from app.domain.vocabulary import DocumentStatus, Outcome
from app.knowledge.chosen import choose_folder
from app.services.importing import Imported, import_articles
from app.settings import get_settings
from app.worker import run_worker

console = Console(highlight=False)


def ingest_files(paths: Iterable[Path], published: date | None) -> int:
    """Import and read files, and folders with all files in them; the exit code is 1 if any article was not taken in.

    `published` dates the articles that give no date. What other workers take from the queue meanwhile is waited for.
    """
    settings = get_settings()
    choose_folder(settings.knowledge_dir)
    engine = open_engine(settings.store_url)
    migrate(engine)
    files = list(article_files(paths))
    outcomes: list[tuple[Path, Imported]] = []
    with progress_bar() as progress:
        for path in progress.track(files, description="Taking in"):
            outcomes += [(path, imported) for imported in take_in(engine, path, published)]
        new = [imported.document_id for _, imported in outcomes if imported.outcome is Outcome.FOUND]
        if new:
            task = progress.add_task("Reading", total=len(new))
            run_worker(settings, once=True, on_article=lambda: progress.advance(task))
    return report(engine, outcomes)


def article_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and all files below the folders named in order of name, without hidden ones."""
    for path in paths:
        if path.is_dir():
            inside = (found for found in path.rglob("*") if found.is_file())
            yield from sorted(
                found for found in inside if not any(part.startswith(".") for part in found.relative_to(path).parts)
            )
        else:
            yield path


def take_in(engine: Engine, path: Path, published: date | None) -> tuple[Imported, ...]:
    """Import the articles of one file; a file that cannot be opened is an outcome too."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return (Imported(document_id=None, outcome=Outcome.FAILED, message=f"{error.strerror}."),)
    return import_articles(engine, data, filename=path.name, published=published)


def report(engine: Engine, outcomes: list[tuple[Path, Imported]]) -> int:
    """Print what became of each article and a summary; 1 if any was not taken in or could not be read, else 0."""
    table = Table(box=None, pad_edge=False)
    table.add_column("file", overflow="fold")
    table.add_column("outcome", overflow="fold")
    tally: Counter[str] = Counter()
    items = 0
    with reading(engine) as conn:
        for path, imported in outcomes:
            row = queries.document(conn, imported.document_id) if imported.document_id else None
            match imported.outcome:
                case Outcome.FOUND if row and row.status is DocumentStatus.DONE:
                    state, words = "read", f"{row.items} items found. {imported.message}"
                    items += row.items
                case Outcome.FOUND if row and row.status is DocumentStatus.FAILED:
                    state, words = "failed", f"could not be read: {row.error}"
                case Outcome.FOUND:
                    state, words = "waiting", f"waits for a worker. {imported.message}"
                case Outcome.ALREADY_KNOWN:
                    state, words = "already known", f"already known. {imported.message}"
                case Outcome.NEEDS_DATE:
                    state, words = "without a date", f"needs a date (--date, or on the site). {imported.message}"
                case Outcome.FAILED:
                    state, words = "failed", f"could not be read: {imported.message}"
            tally[state] += 1
            table.add_row(escape(path.name), COLOURS.get(state, "{}").format(escape(words.strip())))
    console.print(table)
    counts = ", ".join(f"{count} {state}" for state, count in tally.items()) or "no files"
    console.print(f"[bold]{len(outcomes)} articles:[/bold] {counts}; {items} items found.")
    return 1 if tally["failed"] else 0


COLOURS = {"failed": "[red]{}[/red]", "without a date": "[yellow]{}[/yellow]", "already known": "[dim]{}[/dim]"}


def progress_bar() -> Progress:
    """A progress bar that goes away when it is done, and is not drawn where the output is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)
