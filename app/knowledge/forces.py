"""Armed forces in news prose: `forces.toml`, its schema and its index."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.vocabulary import Movement
from app.knowledge.files import read_toml

DEPLOY = "deploy"  # a movement whose sense hangs on its place: "deployed to" arrives, "deployed along" is there


@dataclass(frozen=True, slots=True)
class Force:
    """A noun for forces: its unit in the result format, and whether it needs a military word or a country beside it.

    `markers` are its own military words, where it has some.
    """

    unit: str
    needs_marker: bool
    markers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forces:
    """The file, indexed. Movements stand by first word with the particles that follow; a kind is a Movement, or DEPLOY.

    `owners` maps the name of a unit, or of an alliance that one state leads, to the country whose forces it has;
    `qualifiers` maps words before a number ("more than") to the result format's sign, `vague` words such as "dozens" to
    its round forms, `fractions` to percent.
    """

    nouns: Mapping[str, Force]
    phrases: Mapping[tuple[str, str], Force]
    markers: frozenset[str]
    places: frozenset[str]
    movement_verbs: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    movement_nouns: Mapping[str, str]
    movement_adjectives: Mapping[str, Movement]
    qualifiers: Mapping[tuple[str, ...], str]
    vague: Mapping[str, str]
    fractions: Mapping[str, int]
    not_claim_verbs: frozenset[str]
    not_claim_nouns: frozenset[str]
    report_verbs: frozenset[str]
    reporting_verbs: frozenset[str]
    report_nouns: frozenset[str]
    images: frozenset[str]
    vague_verbs: frozenset[str]
    counting_verbs: frozenset[str]
    telling_verbs: frozenset[tuple[str, ...]]
    strengths: frozenset[str]
    counts: frozenset[str]
    operations: frozenset[str]
    postures: frozenset[str]
    owners: Mapping[str, str]


def load_forces(path: Path) -> Forces:
    """Load the file.

    Raises ValueError, naming file and entry, for an unknown or missing key, movement, or an entry without words.
    """
    raw = read_toml(path)
    _only(
        path,
        "file",
        raw,
        {
            "places",
            "markers",
            "force",
            "movement",
            "adjectives",
            "qualifiers",
            "vague",
            "fractions",
            "not_claims",
            "reports",
            "measures",
            "operations",
            "postures",
            "owners",
        },
    )
    nouns: dict[str, Force] = {}
    phrases: dict[tuple[str, str], Force] = {}
    for n, entry in enumerate(raw["force"], 1):
        _only(path, f"force {n}", entry, {"unit", "nouns", "military", "markers"})
        if not entry.get("nouns") or not entry.get("unit"):
            raise ValueError(f"{path}: force {n}: needs a unit and nouns")
        force = Force(entry["unit"], bool(entry.get("military", False)), frozenset(entry.get("markers", ())))
        for noun in entry["nouns"]:
            *before, last = noun.split()
            if before:
                phrases[before[-1], last] = force
            else:
                nouns.setdefault(last, force)
    verbs: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    movement_nouns: dict[str, str] = {}
    for n, entry in enumerate(raw["movement"], 1):
        _only(path, f"movement {n}", entry, {"kind", "verbs", "nouns"})
        kind = entry.get("kind")
        if kind not in {*Movement, DEPLOY}:
            raise ValueError(f"{path}: movement {n}: {kind!r} is no movement")
        for phrase in entry.get("verbs", ()):
            first, *rest = phrase.split()
            verbs[first].append((tuple(rest), kind))
        for noun in entry.get("nouns", ()):
            movement_nouns.setdefault(noun, kind)
    _only(path, "adjectives", raw["adjectives"], set(Movement))
    _only(path, "qualifiers", raw["qualifiers"], {">", ">=", "<=", "~"})
    _all_of(path, "not_claims", raw["not_claims"], {"verbs", "nouns"})
    _all_of(path, "reports", raw["reports"], {"verbs", "reporting", "counting", "telling", "nouns", "images", "vague"})
    _all_of(path, "measures", raw["measures"], {"strengths", "counts"})
    if wrong := [country for country in raw["owners"] if not (len(country) == 2 and country.isupper())]:
        raise ValueError(f"{path}: owners: {wrong[0]!r} is no country code")
    return Forces(
        nouns=nouns,
        phrases=phrases,
        markers=frozenset(raw["markers"]),
        places=frozenset(raw["places"]),
        movement_verbs={word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in verbs.items()},
        movement_nouns=movement_nouns,
        movement_adjectives={word: Movement(kind) for kind, words in raw["adjectives"].items() for word in words},
        qualifiers={tuple(words.split()): sign for sign, listed in raw["qualifiers"].items() for words in listed},
        vague={word: form for form, listed in raw["vague"].items() for word in listed},
        fractions=dict(raw["fractions"]),
        not_claim_verbs=frozenset(raw["not_claims"]["verbs"]),
        not_claim_nouns=frozenset(raw["not_claims"]["nouns"]),
        report_verbs=frozenset(raw["reports"]["verbs"]),
        reporting_verbs=frozenset(raw["reports"]["reporting"]),
        report_nouns=frozenset(raw["reports"]["nouns"]),
        images=frozenset(raw["reports"]["images"]),
        vague_verbs=frozenset(raw["reports"]["vague"]),
        counting_verbs=frozenset(raw["reports"]["counting"]),
        telling_verbs=frozenset(tuple(words.split()) for words in raw["reports"]["telling"]),
        strengths=frozenset(raw["measures"]["strengths"]),
        counts=frozenset(raw["measures"]["counts"]),
        operations=frozenset(raw["operations"]),
        postures=frozenset(raw["postures"]),
        owners={name: country for country, names in raw["owners"].items() for name in names},
    )


def _only(path: Path, where: str, entry: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(entry.keys() - known)
    if unknown:
        raise ValueError(f"{path}: {where}: unknown key {unknown[0]!r}")


def _all_of(path: Path, where: str, entry: Mapping[str, Any], needed: set[str]) -> None:
    _only(path, where, entry, needed)
    missing = sorted(needed - entry.keys())
    if missing:
        raise ValueError(f"{path}: {where}: {missing[0]!r} is missing")
