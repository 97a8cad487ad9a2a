"""A worker process for tests: the real one, but for an extraction that is slow, noted down, and needs no model.

Run as `python worker_process.py NOTES SECONDS [once]`: each article's start and end is a line in the file NOTES.
"""

import os
import sys
import time
from pathlib import Path

from store_samples import Article

from app.domain.items import Extraction
from app.domain.source import SourceText
from app.services.processing import Extract
from app.settings import Settings
from app.worker import run_worker


def main(notes: Path, seconds: float, *, once: bool) -> None:
    """Work as the real worker does."""

    def note(word: str, source: SourceText) -> None:
        with notes.open("a") as file:
            file.write(f"{word} {os.getpid()} {source.title}\n")

    def extract(source: SourceText) -> Extraction:
        note("begin", source)
        time.sleep(seconds)
        found = Article(source.text).event("met at", "met", actors=("Anna Berg", "Ivo Cerny")).extraction(source)
        note("end", source)
        return found

    def load(_settings: Settings) -> Extract:
        return extract

    run_worker(Settings(), once=once, load=load)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), once="once" in sys.argv[3:])
