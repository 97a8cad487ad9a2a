"""The command line: `crisis-timeline serve`, `ingest`, `extract`, `worker`, `migrate`, `reprocess`, `remove-demo`."""

import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from app import __version__
from app.db.engine import open_engine
from app.db.migrate import migrate as migrate_database
from app.domain.source import SourceText
from app.exports.jsonl import result_line
from app.knowledge.files import KnowledgeError
from app.readers import read_each
from app.services import demo, processing
from app.settings import get_settings

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


LINE_WRITERS = {ResultFormat.JSONL: result_line}


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
    quiet: Annotated[bool, typer.Option("--quiet", help="Log warnings and errors only.")] = False,
) -> None:
    """Run one more worker process: it reads waiting articles until it is stopped."""
    from app.worker import run_worker

    if quiet:
        log_warnings_only()
    run_worker(get_settings(), once=once)


@cli.command()
def migrate() -> None:
    """Create the database or bring it to this version's schema; safe to run again."""
    migrated_store()
    typer.echo("The database is up to date.")


@cli.command()
def reprocess() -> None:
    """Have every article read again, as after an update; items that stay the same keep their links."""
    typer.echo(f"{processing.reprocess_all(migrated_store())} articles wait to be read again; a worker does it.")


@cli.command("remove-demo")
def remove_demo() -> None:
    """Remove the demo articles and everything read from them; your own articles stay."""
    typer.echo(f"Removed {demo.remove_demo(migrated_store())} demo articles.")


def log_warnings_only() -> None:
    """Leave the terminal to progress and results."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def migrated_store() -> Engine:
    """The configured database, brought up to date."""
    engine = open_engine(get_settings().store_url)
    migrate_database(engine)
    return engine


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

    log_warnings_only()
    raise typer.Exit(ingest_files(paths, published.date() if published else None))


@cli.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Article files, or .jsonl files with one article a line.")],
    result_format: Annotated[ResultFormat, typer.Option("--format", help="How to print.")] = ResultFormat.JSONL,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to extract with.")] = 1,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")
    ] = None,
) -> None:
    """Print what is found in articles, one JSON object an article, without database or server.

    The lines keep the order of the input and do not depend on --jobs. Files that cannot be read are named on standard
    error, and the exit code is then 1.
    """
    from app.extraction.batch import extract_all

    failed = 0

    def sources() -> Iterator[SourceText]:
        nonlocal failed
        for path in files:
            for found in articles_of(path):
                if isinstance(found, SourceText):
                    yield found
                else:
                    failed += 1
                    errors.print(f"[red]{escape(str(path))}[/red]: {escape(str(found))}", soft_wrap=True)

    settings = get_settings()
    stream = output.open("w", encoding="utf-8") if output else sys.stdout
    try:
        found = extract_all(sources(), jobs=jobs, model=settings.spacy_model, knowledge_folder=settings.knowledge_dir)
        for extraction in found:
            stream.write(LINE_WRITERS[result_format](extraction))
    finally:
        if output:
            stream.close()
    raise typer.Exit(1 if failed else 0)


def articles_of(path: Path) -> Iterator[SourceText | Exception]:
    """The articles of a file, and an error in the place of each that cannot be read."""
    try:
        yield from read_each(path.read_bytes(), filename=path.name)
    except OSError as error:
        yield error


def main() -> None:
    """Run the command line; a setting that makes no sense ends it with exit code 2 and the setting's name."""
    try:
        cli()
    except KnowledgeError as error:
        errors.print(f"[red]Setting KNOWLEDGE_DIR[/red]: {escape(str(error))}", soft_wrap=True)
        errors.print("Correct the file, or unset KNOWLEDGE_DIR to go on with the packaged files alone.")
        sys.exit(2)
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            errors.print(f"[red]Setting {name}[/red]: {problem['msg']}")
        sys.exit(2)


if __name__ == "__main__":
    main()
