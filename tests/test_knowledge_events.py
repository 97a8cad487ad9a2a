"""The knowledge of events, forces and places: what the files hold, and what their schemas reject."""

from pathlib import Path

import pytest

from app.domain.vocabulary import EventCategory
from app.knowledge import DATA, load_knowledge
from app.knowledge.event_verbs import load_event_verbs
from app.knowledge.forces import load_forces
from app.knowledge.places import load_places

EVENTS = """
[groups]
attacks = ["strike"]
[[frame]]
category = "attack"
plover = "ASSAULT"
verbs = ["launch"]
objects = ["@attacks"]
[[intent]]
modality = "planned"
verbs = ["plan"]
[support]
verbs = ["hold"]
occurs = ["begin"]
impends = ["loom"]
cancels = ["cancel"]
averts = ["prevent"]
[words]
collections = ["dozen"]
deadly = ["kill"]
inland = ["rebel"]
echoes = ["attack"]
official = ["minister"]
[modality]
wishes = []
demands = []
claims = []
judgements = []
possible_adverbs = []
alleged_adverbs = []
possible_adjectives = []
planned_adjectives = []
alleged_adjectives = []
denied_adjectives = []
"""

FORCES = """
places = ["border"]
markers = ["military"]
operations = ["offensive"]
postures = ["alert"]
[[force]]
unit = "troops"
nouns = ["troop"]
[[movement]]
kind = "buildup"
verbs = ["mass"]
[owners]
RU = ["CSTO"]
[adjectives]
buildup = ["increased"]
[qualifiers]
">" = ["more than"]
[vague]
"10s" = ["dozens"]
[fractions]
half = 50
[not_claims]
verbs = ["kill"]
nouns = ["casualty"]
[reports]
verbs = ["show"]
reporting = ["report"]
telling = ["speak of"]
nouns = ["image"]
images = ["image"]
counting = ["count"]
vague = ["be"]
[measures]
strengths = ["size"]
counts = ["figure"]
"""

PLACES = "name,kind,country,lat,lon,disputed,parent,aliases\nCrimea,region,UA,45.3,34.4,yes,Ukraine,the Crimea\n"
CITIES = "name,country,lat,lon\nLyon,FR,45.75,4.85\n"


def test_every_category_of_the_format_but_two_has_words() -> None:
    known = load_knowledge().event_verbs
    frames = {frame.category for words in (known.verbs, known.nouns) for found in words.values() for _, frame in found}
    assert frames == set(EventCategory)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('plover = "ASSAULT"', 'plover = "ASSAULT"\ncolour = "red"', "frame 1: unknown key 'colour'"),
        ('category = "attack"', 'category = "war"', "frame 1: 'war' is no category"),
        ('plover = "ASSAULT"', 'plover = "WAR"', "frame 1: 'WAR' is no PLOVER type"),
        ('verbs = ["launch"]', "", "frame 1: has neither verbs nor nouns"),
        ('objects = ["@attacks"]', 'objects = ["@raids"]', "frame 1: unknown group '@raids'"),
        ('modality = "planned"', 'modality = "meant"', "intent 1: 'meant' is no modality"),
        ('verbs = ["hold"]', 'verbs = ["hold"]\nlight = []', "support: unknown key 'light'"),
        ('deadly = ["kill"]', "", "words: 'deadly' is missing"),
        ("possible_adverbs = []", "possible_adverbs = []\nsure = []", "modality: unknown key 'sure'"),
    ],
)
def test_event_verbs_reject(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "event_verbs.toml"
    path.write_text(EVENTS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="event_verbs") as raised:
        load_event_verbs(path, ["troop"])
    assert message in str(raised.value)


def test_event_verbs_expand_groups_and_leave_articles_out(tmp_path: Path) -> None:
    path = tmp_path / "event_verbs.toml"
    path.write_text(EVENTS.replace('"launch"', '"launch a raid"'), encoding="utf-8")
    ((words, frame),) = load_event_verbs(path, ["troop"]).verbs["launch"]
    assert words == ("raid",)
    assert frame.objects == {"strike"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('unit = "troops"', 'unit = "troops"\nsize = 3', "force 1: unknown key 'size'"),
        ('nouns = ["troop"]', "nouns = []", "force 1: needs a unit and nouns"),
        ('kind = "buildup"', 'kind = "growth"', "movement 1: 'growth' is no movement"),
        ('">" =', '"!" =', "qualifiers: unknown key '!'"),
        ('vague = ["be"]', "", "reports: 'vague' is missing"),
        ('counts = ["figure"]', "", "measures: 'counts' is missing"),
        ('RU = ["CSTO"]', 'Russia = ["CSTO"]', "owners: 'Russia' is no country code"),
        ("[fractions]", '[colours]\nred = "x"\n[fractions]', "file: unknown key 'colours'"),
    ],
)
def test_forces_reject(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "forces.toml"
    path.write_text(FORCES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="forces") as raised:
        load_forces(path)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("places", "cities", "message"),
    [
        (PLACES.replace("kind,", ""), CITIES, "places.csv: line 1"),
        (PLACES.replace("region", "realm"), CITIES, "places.csv: line 2: 'realm' is no kind of place"),
        (PLACES.replace(",UA,", ",Ukraine,"), CITIES, "places.csv: line 2: 'Ukraine' is no country code"),
        (PLACES.replace("45.3", "145.3"), CITIES, "places.csv: line 2: '145.3' is no position"),
        (PLACES.replace("yes", "perhaps"), CITIES, "places.csv: line 2: disputed"),
        (PLACES, CITIES.replace("45.75", ""), "cities.csv: line 2: no position"),
    ],
)
def test_places_reject(tmp_path: Path, places: str, cities: str, message: str) -> None:
    (tmp_path / "places.csv").write_text(places, encoding="utf-8")
    (tmp_path / "cities.csv").write_text(cities, encoding="utf-8")
    with pytest.raises(ValueError, match="csv") as raised:
        load_places([tmp_path / "places.csv"], tmp_path / "cities.csv")
    assert message in str(raised.value)


def test_our_own_places_come_before_the_cities() -> None:
    places = load_knowledge().places
    crimea = places.find("Crimea")
    assert crimea is not None
    assert (crimea.country, crimea.disputed) == ("UA", True)
    lyon = places.find("Lyon")
    assert lyon is not None
    assert (lyon.country, lyon.disputed) == ("FR", False)
    assert places.find("Nowhere at all") is None


def test_the_city_file_stays_small() -> None:
    assert (DATA / "cities.csv").stat().st_size < 1_500_000
