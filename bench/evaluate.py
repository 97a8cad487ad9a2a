"""Score the extraction on gold data: `python -m bench.evaluate EVAL_DIR [--out FOLDER]`.

EVAL_DIR holds the gold sets and their scorers (crisis/, quotes/, time/, events/). Each set is extracted with
`crisis-timeline extract` and scored by its own scorer; the figures come out as one table.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

JOBS = "2"


def run(*arguments: object, out: Path | None = None) -> str:
    """Run a Python script or the CLI, and give its output, which is also written to `out`."""
    finished = subprocess.run([sys.executable, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True)
    if out:
        out.write_text(finished.stdout, encoding="utf-8")
    return finished.stdout


def extract(*files: Path, out: Path) -> Path:
    """Extract the files to `out`, a result an article."""
    print(f"reading {files[0].parent.name}/{files[0].name}{' ...' if len(files) > 1 else ''}", file=sys.stderr)
    run("-m", "app.cli", "extract", *files, "--format", "jsonl", "--jobs", JOBS, out=out)
    return out


def last_json(text: str) -> dict[str, Any]:
    """The JSON object on the last line of a scorer's output."""
    figures: dict[str, Any] = json.loads(text.strip().splitlines()[-1])
    return figures


def rows(eval_dir: Path, out: Path) -> Iterator[tuple[str, str, float | None]]:
    """Every figure as (set, name, value), set by set."""
    results = extract(*sorted((eval_dir / "crisis/articles").glob("*.txt")), out=out / "crisis.jsonl")
    figures = last_json(run(eval_dir / "score_extraction.py", eval_dir / "crisis/gold", results))
    for part, names in figures.items():
        for name, value in names.items():
            if name not in {"precision", "recall"}:
                yield f"crisis {part}", name, value

    offsets = eval_dir / "to_gold_offsets.py"
    for corpus, options in (("polnear", ["--kinds", "direct"]), ("polnear", []), ("gum", [])):
        gold = eval_dir / f"quotes/{corpus}.dev.jsonl"
        results = out / f"{corpus}.jsonl"
        predictions = out / f"{corpus}.predictions.jsonl"
        if not predictions.exists():
            run(offsets, "quotes", gold, extract(gold, out=results), out=predictions)
        scored = last_json(run(eval_dir / "quotes/score_quotes.py", gold, predictions, "--speech", *options, "--json"))
        label = f"{corpus} direct" if options else corpus
        yield label, "statements F1, relaxed", scored["relaxed"]["f1"]
        yield label, "identity F1", scored["identity"]["f1"]

    gold = eval_dir / "time/news.dev.jsonl"
    predictions = out / "time.predictions.jsonl"
    run(offsets, "times", gold, extract(gold, out=out / "time.jsonl"), out=predictions)
    scored = last_json(run(eval_dir / "time/score_time.py", gold, predictions, "--json"))
    yield "news dates", "day F1", scored["day_exact"][2]
    yield "news dates", "day recall", scored["day_exact"][1]
    yield "news dates", "value F1", scored["value_f1"]

    gold = eval_dir / "events/dev.jsonl"
    codes = eval_dir / "events/to_event_codes.py"
    sentences = out / "sentences.jsonl"
    run(codes, "sentences", gold, out=sentences)
    predictions = out / "codes.jsonl"
    run(codes, "codes", extract(sentences, out=out / "events.jsonl"), out=predictions)
    for corpus in ("plv", "plover-gsr,petrarch2-gsr"):
        scored = last_json(run(eval_dir / "events/score_events.py", gold, predictions, "--corpus", corpus, "--json"))
        for name in ("category_top1", "both_country", "coverage"):
            yield corpus, name, scored[name]


def main() -> None:
    """Print the table, a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--out", type=Path, help="keep the results here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out: Path = arguments.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        previous = ""
        for corpus, name, value in rows(arguments.eval_dir, out):
            shown = "" if corpus == previous else corpus
            print(f"{shown:26} {name:24} {'-' if value is None else format(value, '.3f'):>6}")
            previous = corpus


if __name__ == "__main__":
    main()
