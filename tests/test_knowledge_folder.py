"""A user's own knowledge files: they add to ours, and what is wrong with them is said."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from app.domain.source import SourceText
from app.extraction.pipeline import extract
from app.knowledge import Knowledge, KnowledgeError, load_knowledge
from app.knowledge.chosen import choose_folder
from app.knowledge.country_names import country_name
from app.knowledge.files import ADDED, DATA, REPLACED
from app.knowledge.known_actors import known_profile
from app.main import create_app
from app.settings import Settings

GUIDE = (Path(__file__).parents[1] / "docs" / "knowledge.md").read_text(encoding="utf-8")
PERSON = """[[person]]
id = "ilyan-vorr"
name = "Ilyan Vorr"
gender = "male"
"""
ROLE = 'roles = [{ office = "president", of = "UA", from = 2021-01-01, evidence = "?" }]\n'
COUNTRIES = "code,name,names,adjectives,people,capitals\n"
PLACES = "name,kind,country,lat,lon,disputed,parent,aliases\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the guide's example makes."""
    blocks = re.findall(r"`my-knowledge/([a-z_.]+)`:\n\n```[a-z]+\n(.*?)```", GUIDE, re.DOTALL)
    assert [name for name, _ in blocks] == ["actors.toml", "offices.toml", "countries.csv"]
    for name, content in blocks:
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def chosen(folder: Path) -> Iterator[Path]:
    """The same, as what this process knows."""
    choose_folder(folder)
    yield folder
    choose_folder(None)


def test_the_guides_example_does_what_it_says(folder: Path, nlp: Language) -> None:
    text = "The Quendorian water commissioner said the gates would stay shut."
    source = SourceText(title="Dam", paragraphs=(text,), published=date(2030, 6, 3))
    assert text.removesuffix(".") in " ".join(GUIDE.split())
    found = extract(source, nlp=nlp, knowledge=load_knowledge(folder))
    (statement,) = found.statements
    assert (statement.speaker, statement.speaker_role, statement.speaker_country) == (
        "Ilyan Vorr", "Water Commissioner", "QD",
    )  # fmt: skip
    assert found.knowledge_hash != load_knowledge().hash


def test_ours_stay_beside_them(folder: Path) -> None:
    ours, both = load_knowledge(), load_knowledge(folder)
    assert len(both.actors.actors) == len(ours.actors.actors) + 2
    assert both.countries.by_code["UA"] == ours.countries.by_code["UA"]
    assert both.report_verbs == ours.report_verbs


def test_the_guide_names_every_file_and_what_it_does() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+\.(?:toml|csv))` \|.*\| ([a-z ]+) \|$", GUIDE, re.MULTILINE))
    assert told == dict.fromkeys(ADDED, "adds") | dict.fromkeys(REPLACED, "takes the place")
    assert {path.name for path in DATA.iterdir() if path.suffix in {".toml", ".csv"}} == set(told)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("actors.toml", PERSON.replace("ilyan-vorr", "sergey-lavrov"), "Ilyan Vorr"),
        ("countries.csv", COUNTRIES + "UA,Vorr,,,,\n", "Vorr"),
        ("places.csv", PLACES + "Vorr,area,UA,1,2,,,Crimea\n", "Vorr"),
        ("first_names.csv", "name,gender\nSergey,female\n", "female"),
        ("person_words.toml", '[people]\nminister = "male"\n', "male"),
        ("report_verbs.toml", '[verbs]\nsay = { takes = ["of"] }\n', frozenset({"of"})),
        ("cities.csv", "name,country,lat,lon\nVorr,UA,1,2\n", {"Vorr"}),
    ],
)
def test_an_entry_of_theirs_takes_the_place_of_ours(tmp_path: Path, name: str, content: str, told: object) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert entry(load_knowledge(tmp_path), name) == told
    assert entry(load_knowledge(), name) != told


def entry(known: Knowledge, name: str) -> object:
    """What the knowledge tells by one entry of the file."""
    crimea = known.places.find("Crimea")
    return {
        "actors.toml": known.actors.by_id["sergey-lavrov"].name,
        "countries.csv": known.countries.by_code["UA"].name,
        "places.csv": crimea.name if crimea else None,
        "first_names.csv": known.actors.genders["Sergey"],
        "person_words.toml": known.actors.people_nouns["minister"],
        "report_verbs.toml": known.report_verbs.verbs["say"].takes,
        "cities.csv": set(known.places.cities),
    }[name]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("actors.toml", PERSON + "age = 50\n", "actors.toml: ilyan-vorr: unknown key age (known: aliases, country,"),
        ("actors.toml", PERSON.replace("gender", "sex"), "actors.toml: ilyan-vorr: unknown key sex"),
        ("actors.toml", PERSON.replace('id = "ilyan-vorr"\n', ""), "actors.toml: person 1: no id"),
        ("actors.toml", PERSON + PERSON, "ilyan-vorr stands twice"),
        ("actors.toml", PERSON + 'aliases = ["Sergei Lavrov"]\n', "ilyan-vorr: 'Sergei Lavrov' names"),
        ("actors.toml", PERSON + "roles = [\n", "actors.toml: Invalid value (at end of document)"),
        ("actors.toml", PERSON + ROLE, "hold president of UA at a time"),
        ("actors.toml", "[[people]]\n", "unknown table people (known: person, organisation)"),
        ("countries.csv", COUNTRIES + "qd,Quendor,,,,\n", "countries.csv: line 2: needs a code of two capitals"),
        ("countries.csv", COUNTRIES + "QD,Ukraine,,,,\n", "'Ukraine' stands for UA and QD"),
        ("first_names.csv", "name,gender\nIlyan,both\n", "first_names.csv: line 2: not a first name: Ilyan,both"),
        ("forces.toml", "x = ", "forces.toml: Invalid value"),
        ("people.toml", "", "people.toml: no knowledge file has this name; they are actors.toml,"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_entry(tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(tmp_path)
    assert says in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        load_knowledge(tmp_path / "nowhere")


def test_the_hash_covers_what_is_read_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Words.", encoding="utf-8")
    assert load_knowledge(tmp_path).hash == load_knowledge().hash
    (tmp_path / "first_names.csv").write_text("name,gender\n", encoding="utf-8")
    load_knowledge.cache_clear()
    assert load_knowledge(tmp_path).hash != load_knowledge().hash


def test_pages_know_what_the_folder_says(chosen: Path) -> None:
    assert country_name("QD") == "Quendor"
    profile = known_profile("ilyan-vorr")
    assert profile is not None
    assert [(office.name, office.of) for office in profile.offices] == [("Water Commissioner", "QD")]


def test_an_app_takes_the_folder_of_its_settings(folder: Path, tmp_path: Path) -> None:
    try:
        create_app(Settings(data_dir=tmp_path / "data", knowledge_dir=folder))
        assert country_name("QD") == "Quendor"
        create_app(Settings(data_dir=tmp_path / "data"))
        assert country_name("QD") == "QD"
    finally:
        choose_folder(None)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"KNOWLEDGE_DIR": str(folder), "DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-m", "app.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_the_command_line_reads_the_folder(folder: Path) -> None:
    article = folder / "dam.txt"
    article.write_text("Dam\n20300603\nThe Dam Authority said the gates would stay shut.\n", encoding="utf-8")
    done = run(folder, "extract", str(article))
    (statement,) = json.loads(done.stdout)["statements"]
    assert (statement["speaker"], statement["speaker_country"]) == ("Dam Authority", "QD")


@pytest.mark.parametrize("command", [["extract", "dam.txt"], ["worker", "--once"], ["serve"], ["ingest", "."]])
def test_every_command_stops_at_a_folder_that_cannot_be_used(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "actors.toml").write_text(PERSON + "age = 50\n", encoding="utf-8")
    (tmp_path / "dam.txt").write_text("Dam\n20300603\nNothing.\n", encoding="utf-8")
    arguments = [str(tmp_path / each) if each in {"dam.txt", "."} else each for each in command]
    done = run(tmp_path, *arguments)
    assert done.returncode == 2, done.stderr
    assert "Setting KNOWLEDGE_DIR" in done.stderr
    assert "ilyan-vorr: unknown key age" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
