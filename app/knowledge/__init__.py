"""What extraction knows of the world: validated data files, loaded once.

Vocabulary is data: a word list, an actor or a country's adjective is a line in `data/`, never in code. Each module here
holds one file's schema and loader, which rejects unknown keys.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.knowledge.actors import Actors, load_actors
from app.knowledge.countries import Countries, load_countries
from app.knowledge.report_verbs import ReportVerbs, load_report_verbs

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Knowledge:
    """All knowledge files, loaded and validated. `hash` changes with any byte of them."""

    hash: str
    countries: Countries
    actors: Actors
    report_verbs: ReportVerbs


@cache
def load_knowledge(directory: Path = DATA) -> Knowledge:
    """Load the knowledge files of a directory.

    Raises ValueError, naming file and entry, where one breaks its schema.
    """
    digest = hashlib.sha256()
    for path in sorted(directory.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    countries = load_countries(directory / "countries.csv")
    return Knowledge(
        hash=digest.hexdigest()[:16],
        countries=countries,
        actors=load_actors(directory, countries.by_code),
        report_verbs=load_report_verbs(directory / "report_verbs.toml"),
    )
