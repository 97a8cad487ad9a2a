"""Speed, each figure beside its peer or limit of the same run: `make bench`; `--long` adds the long memory run.

The texts are the demo articles, read again and again; spaCy's own `nlp.pipe` over the same paragraphs is the peer.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import batched, chain, islice
from pathlib import Path

import spacy

from app.domain.source import SourceText
from app.extraction.batch import extract_all
from app.extraction.language import load_language, model_path, parse
from app.extraction.pipeline import extract, read
from app.knowledge import load_knowledge
from bench.articles import demo_articles


def endless(sources: list[SourceText]) -> Iterator[SourceText]:
    """The articles again and again, each time under another id."""
    turn = 0
    while True:
        for source in sources:
            yield replace(source, id=f"{turn}/{source.source_file}")
        turn += 1


def joined(sources: list[SourceText], count: int) -> Iterator[SourceText]:
    """The articles as longer ones, each of `count` neighbours under the first one's title and date."""
    for together in batched(sources, count):
        yield replace(together[0], paragraphs=tuple(chain.from_iterable(source.paragraphs for source in together)))


def seconds(
    *works: Callable[[], object], rounds: int = 5, clock: Callable[[], float] = time.process_time
) -> list[float]:
    """How long each work takes by the clock: the best of some rounds, in which they take turns."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            began = clock()
            work()
            best[number] = min(best[number], clock() - began)
    return best


def exhaust(things: Iterable[object]) -> None:
    """Take everything that an iterable gives."""
    for _ in things:
        pass


def memory_mb() -> float:
    """This process's resident memory now, in megabytes (Linux), else its highest so far."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(name: str, value: str, beside: str = "") -> None:
    """Print one figure."""
    print(f"{name:44} {value:>16}  {beside}")


def bench_extraction(sources: list[SourceText]) -> None:
    """Extraction as a whole, and without the parse, beside spaCy alone: the model as spaCy loads it, one stream."""
    peer, nlp, knowledge = spacy.load(model_path()), load_language(), load_knowledge()
    paragraphs = [paragraph for source in sources for paragraph in source.paragraphs]
    words = sum(len(source.text.split()) for source in sources)
    parsed = [(source, parse(source, nlp)) for source in sources]
    alone, whole, longer, ours = seconds(
        lambda: exhaust(peer.pipe(paragraphs)),
        lambda: exhaust(extract(source, nlp=nlp, knowledge=knowledge) for source in sources),
        lambda: exhaust(extract(source, nlp=nlp, knowledge=knowledge) for source in joined(sources, 3)),
        lambda: exhaust(read(source, parse_, knowledge=knowledge) for source, parse_ in parsed),
    )
    row("spaCy's nlp.pipe alone", f"{len(sources) / alone:.1f} articles/s", f"{words / alone:,.0f} words/s of CPU")
    row("extraction as a whole", f"{len(sources) / whole:.1f} articles/s", f"{whole / alone:.2f} x spaCy (limit 1.30)")
    row("the same text, three articles in one", f"{words / longer:,.0f} words/s", f"{longer / alone:.2f} x spaCy")
    row("our own steps", f"{len(sources) / ours:.1f} articles/s", f"{ours / alone:.2f} x spaCy")


def bench_jobs(sources: list[SourceText], count: int) -> None:
    """Two processes beside one, over the same articles, start of the processes included."""
    one, two = seconds(
        lambda: exhaust(extract_all(islice(endless(sources), count), jobs=1)),
        lambda: exhaust(extract_all(islice(endless(sources), count), jobs=2)),
        rounds=2,
        clock=time.perf_counter,
    )
    row(f"{count} articles, --jobs 1", f"{count / one:.1f} articles/s")
    row(f"{count} articles, --jobs 2", f"{count / two:.1f} articles/s", f"{one / two:.2f} x one process (reach 1.80)")


def bench_memory(sources: list[SourceText], count: int) -> None:
    """Resident memory as articles go by: after warming up it should stay level."""
    step = count // 10
    levels = []
    for number, _ in enumerate(extract_all(islice(endless(sources), count)), 1):
        if number % step == 0:
            levels.append(memory_mb())
    row(
        f"memory over {count} articles",
        f"{levels[-1]:.0f} MB",
        f"after a tenth {levels[0]:.0f}, highest {max(levels):.0f}",
    )


def main() -> None:
    """Run the measurements, the short ones first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--long", action="store_true", help="measure memory over 10,000 articles instead of 500")
    arguments = parser.parse_args()
    sources = demo_articles()
    bench_extraction(sources)
    bench_jobs(sources, 600)
    bench_memory(sources, 10_000 if arguments.long else 500)


if __name__ == "__main__":
    main()
