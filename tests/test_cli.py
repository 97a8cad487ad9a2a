"""The command line as a user runs it: real processes, real files, a real database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.exports.jsonl import result_line

SEEDS = Path(__file__).parents[1] / "seeds"


def run(*arguments: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `crisis-timeline` with its data in a folder of the test's."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=SEEDS.parent,
        env={**os.environ, "DATA_DIR": str(folder / "data"), "NO_COLOR": "1", "COLUMNS": "200", **environment},
        timeout=180,
        check=False,
    )


def test_version_and_help(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout.strip() == f"crisis-timeline {__version__}"
    help_text = run("--help", folder=tmp_path).stdout
    for command in ("serve", "ingest", "extract", "worker", "migrate", "reprocess", "remove-demo"):
        assert command in help_text


def test_extract_prints_a_line_an_article_in_order_and_names_what_it_cannot_read(tmp_path, seed_extractions) -> None:
    files = [SEEDS / str(extraction.source.source_file) for extraction in seed_extractions[:3]]
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    done = run("extract", files[2], bad, files[0], "--format", "jsonl", folder=tmp_path)
    assert done.returncode == 1
    assert "bad.txt" in done.stderr
    assert done.stdout == result_line(seed_extractions[2]) + result_line(seed_extractions[0])
    assert not (tmp_path / "data").exists(), "extract must not touch a database"


def test_extract_reads_json_lines_and_repeats_their_ids(tmp_path: Path) -> None:
    articles = [
        {"id": "a/1", "text": "The minister said on Monday that talks had failed.", "published": "2022-02-15"},
        {
            "id": "a/2",
            "text": "First paragraph.\n\nSecond one.",
            "title": "Two",
            "date": "2022-02-16",
            "url": "https://x.example/1",
        },
    ]
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    done = run("extract", source, "--jobs", 2, "--output", output, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    results = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [r["article"]["id"] for r in results] == ["a/1", "a/2"]
    assert [r["article"]["published"] for r in results] == ["2022-02-15", "2022-02-16"]
    assert results[1]["article"]["paragraphs"] == ["First paragraph.", "Second one."]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder of articles, good and bad, taken in once; with what the command printed."""
    folder = tmp_path_factory.mktemp("ingested")
    articles = folder / "articles" / "deeper"
    articles.mkdir(parents=True)
    for path in sorted(SEEDS.glob("*.txt"))[:2]:
        (articles / path.name).write_bytes(path.read_bytes())
    (articles / "again.txt").write_bytes(min(SEEDS.glob("*.txt")).read_bytes())
    (articles / "empty.txt").write_bytes(b"")
    (articles / "undated.txt").write_text("A title\n\nA text without any date in it.", encoding="utf-8")
    return folder, run("ingest", folder / "articles", folder=folder)


def test_ingest_takes_in_a_folder_and_says_what_became_of_each(ingested) -> None:
    folder, done = ingested
    assert done.returncode == 1, "one file could not be read"
    assert "empty.txt" in done.stdout
    assert "again.txt" in done.stdout
    assert "undated.txt" in done.stdout
    assert (folder / "data" / "timeline.sqlite3").exists()


def test_ingest_knows_what_it_has_taken_in(ingested) -> None:
    folder, _ = ingested
    (folder / "articles" / "deeper" / "empty.txt").unlink()
    again = run("ingest", folder / "articles", "--date", "2022-02-15", folder=folder)
    assert again.returncode == 0
    assert "already known" in again.stdout


def test_ingest_says_what_is_wrong_with_a_path(tmp_path: Path) -> None:
    done = run("ingest", tmp_path / "nowhere", folder=tmp_path)
    assert done.returncode == 2
    assert "does not exist" in done.stderr


def test_migrate_can_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        done = run("migrate", folder=tmp_path)
        assert (done.returncode, done.stdout.strip()) == (0, "The database is up to date.")


def test_a_setting_that_makes_no_sense_is_named_without_a_traceback(tmp_path: Path) -> None:
    done = run("migrate", folder=tmp_path, PORT="many")
    assert done.returncode == 2
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr
