"""The demo articles: their format, their length, and the record of where each comes from."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.readers import read_document

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SAMPLE = "2022-02-15-forces-pulling-back.txt"
ARTICLES = sorted(SEEDS.glob("*.txt"))
WRITTEN = [path for path in ARTICLES if path.name != SAMPLE]
FIRST_DAY, LAST_DAY = date(2021, 11, 10), date(2022, 2, 25)

every_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
every_written_article = pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def published(path: Path) -> date:
    return date.fromisoformat(lines_of(path)[1])


def readme_rows() -> list[tuple[str, str]]:
    """(file name, facts cell) of each row of the README's table."""
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^\| \[([^\]]+\.txt)\]\(\1\) \| (.+) \|$", readme, re.MULTILINE)


def test_there_are_enough_articles() -> None:
    assert len(WRITTEN) >= 24
    assert (SEEDS / SAMPLE).is_file()


@every_article
def test_article_is_in_the_format(path: Path) -> None:
    title, day, url, *paragraphs = lines_of(path)
    assert title.strip() == title != ""
    assert re.fullmatch(r"\d{8}", day)
    assert re.fullmatch(r"https://\S+", url)
    assert paragraphs
    assert all(paragraph.strip() == paragraph != "" for paragraph in paragraphs)


@every_article
def test_article_is_read_whole_and_without_a_warning(path: Path) -> None:
    source = read_document(path.read_bytes(), filename=path.name)
    title, _, url, *paragraphs = lines_of(path)
    assert (source.title, source.published, source.url) == (title, published(path), url)
    assert list(source.paragraphs) == paragraphs
    assert source.warnings == ()


@every_article
def test_file_is_named_after_its_date_within_the_crisis(path: Path) -> None:
    assert path.name.startswith(f"{published(path).isoformat()}-")
    assert FIRST_DAY <= published(path) <= LAST_DAY


@every_written_article
def test_written_article_names_no_outlet(path: Path) -> None:
    assert lines_of(path)[2] == f"https://example.org/demo/{path.stem[11:]}"


@every_written_article
def test_written_article_is_short(path: Path) -> None:
    assert 150 <= len(" ".join(lines_of(path)[3:]).split()) <= 400


@every_written_article
def test_double_quotation_marks_are_paired(path: Path) -> None:
    """A paragraph closes what it opens, unless the next one goes on with the same speech."""
    paragraphs = lines_of(path)[3:]
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        goes_on = following.startswith(('"', "“"))
        assert paragraph.count("“") - paragraph.count("”") in ((0, 1) if goes_on else (0,))
        assert paragraph.count('"') % 2 == 0 or goes_on


def test_articles_cover_the_crisis_without_a_gap_of_two_weeks() -> None:
    days = sorted(published(path) for path in ARTICLES)
    assert (days[0] - FIRST_DAY).days <= 1
    assert days[-1] == LAST_DAY
    assert max((later - earlier).days for earlier, later in pairwise(days)) < 14


def test_titles_and_texts_are_unique() -> None:
    titles = Counter(lines_of(path)[0] for path in ARTICLES)
    texts = Counter("\n".join(lines_of(path)[3:]) for path in ARTICLES)
    assert max(titles.values()) == 1
    assert max(texts.values()) == 1


def test_readme_gives_each_article_its_facts_and_sources_once() -> None:
    rows = readme_rows()
    assert sorted(name for name, _ in rows) == [path.name for path in ARTICLES]
    for name, cell in rows:
        facts = cell.split("<br>")
        assert all(re.fullmatch(r"F\d{3}: \[.+\]\(https://\S+\)", fact) for fact in facts), name
        assert len({fact[:4] for fact in facts}) == len(facts), name
