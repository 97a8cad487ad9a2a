"""The command line: `crisis-timeline serve`, `ingest`, `extract`, `worker`, `migrate`, `reprocess`, `remove-demo`."""

import sys
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app import __version__
from app.domain.errors import AppError
from app.domain.source import SourceText

# spaCy takes seconds to import: the commands that need it import it, and the store, when they run.

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turn news articles into a timeline of an international crisis.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
errors = Console(stderr=True, highlight=False)


class ResultFormat(StrEnum):
    """Formats that `extract` prints."""

    JSONL = "jsonl"


def print_version(wanted: bool) -> None:
    """Print the version and stop, where asked for it."""
    if wanted:
        typer.echo(f"crisis-timeline {__version__}")
        raise typer.Exit


@cli.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turn news articles into a timeline of an international crisis: dated events, troop claims and statements."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(envvar="HOST", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(envvar="PORT", help="Port to listen on.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Worker processes to start beside the web process.")] = 1,
) -> None:
    """Migrate the database, load the demo articles into an empty one, and serve the site with its worker.

    SEED=0 starts empty. All settings are in the README's table. Ctrl-C stops everything.
    """
    from app.serve import serve as run

    raise typer.Exit(run(host=host, port=port, workers=workers))


@cli.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Stop when nothing is waiting.")] = False,
) -> None:
    """Run one more worker process: it reads waiting articles until it is stopped."""
    from app.settings import get_settings
    from app.worker import run_worker

    run_worker(get_settings(), once=once)


@cli.command()
def migrate() -> None:
    """Create the database or bring it to this version's schema; safe to run again."""
    from app.db.engine import open_engine
    from app.db.migrate import migrate as run
    from app.settings import get_settings

    run(open_engine(get_settings().store_url))
    typer.echo("The database is up to date.")


@cli.command()
def reprocess() -> None:
    """Have every article read again, as after an update; items that stay the same keep their links."""
    from app.db.engine import open_engine
    from app.db.migrate import migrate as run
    from app.services.processing import reprocess_all
    from app.settings import get_settings

    engine = open_engine(get_settings().store_url)
    run(engine)
    typer.echo(f"{reprocess_all(engine)} articles wait to be read again; a worker does it.")


@cli.command("remove-demo")
def remove_demo() -> None:
    """Remove the demo articles and everything read from them; your own articles stay."""
    from app.db.engine import open_engine
    from app.db.migrate import migrate as run
    from app.services.demo import remove_demo as remove
    from app.settings import get_settings

    engine = open_engine(get_settings().store_url)
    run(engine)
    typer.echo(f"Removed {remove(engine)} demo articles.")


@cli.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Article files, or folders of them.", exists=True)],
    published: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Publication date of articles that do not give one."),
    ] = None,
) -> None:
    """Put articles into the database and read them: files, and folders with everything in them.

    Prints what each gave and a summary. Exit code 1 if any article could not be taken in.
    """
    from app.ingest import ingest_files

    raise typer.Exit(ingest_files(paths, published.date() if published else None))


@cli.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Article files, or .jsonl files with one article a line.")],
    result_format: Annotated[ResultFormat, typer.Option("--format", help="How to print.")] = ResultFormat.JSONL,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to extract with.")] = 1,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
) -> None:
    """Print what is found in articles, one JSON object an article, without database or server.

    The lines keep the order of the input and do not depend on --jobs. Files that cannot be read are named on standard
    error, and the exit code is then 1.
    """
    from app.exports.jsonl import result_line
    from app.extraction.batch import extract_all
    from app.readers import read_documents
    from app.settings import get_settings

    failed = 0

    def sources() -> Iterator[SourceText]:
        nonlocal failed
        for path in files:
            try:
                yield from read_documents(path.read_bytes(), filename=path.name)
            except (AppError, OSError) as error:
                failed += 1
                errors.print(f"[red]{path}[/red]: {error}", soft_wrap=True)

    assert result_format is ResultFormat.JSONL
    settings = get_settings()
    stream = output.open("w", encoding="utf-8") if output else sys.stdout
    try:
        for extraction in extract_all(sources(), jobs=jobs, model=settings.spacy_model):
            stream.write(result_line(extraction))
    finally:
        if output:
            stream.close()
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
