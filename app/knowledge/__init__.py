"""What extraction knows of the world: validated data files, loaded once.

Vocabulary is data: a word list, an actor or a country's adjective is a line in `data/`, never in code. Each module here
holds one file's schema and loader, which rejects unknown keys.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from app.knowledge.actors import Actors, load_actors
from app.knowledge.countries import Countries, load_countries
from app.knowledge.event_verbs import EventVerbs, load_event_verbs
from app.knowledge.forces import Forces, load_forces
from app.knowledge.names import NameIndex
from app.knowledge.places import Places, load_places
from app.knowledge.report_verbs import ReportVerbs, load_report_verbs

DATA = Path(__file__).parent / "data"
DATA_FILES = frozenset({".toml", ".csv"})


@dataclass(frozen=True)
class Knowledge:
    """All knowledge files, loaded and validated. `hash` changes with any byte of them, and with nothing else."""

    hash: str
    countries: Countries
    actors: Actors
    report_verbs: ReportVerbs
    forces: Forces
    event_verbs: EventVerbs
    places: Places

    @cached_property
    def names(self) -> NameIndex:
        """The index of all names of actors and countries."""
        return NameIndex(self.actors, self.countries)


@cache
def load_knowledge(directory: Path = DATA) -> Knowledge:
    """Load the knowledge files of a directory.

    Raises ValueError, naming file and entry, where one breaks its schema.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in directory.iterdir() if path.suffix in DATA_FILES):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    countries = load_countries(directory / "countries.csv")
    forces = load_forces(directory / "forces.toml")
    return Knowledge(
        hash=digest.hexdigest()[:16],
        countries=countries,
        actors=load_actors(directory, countries.by_code),
        report_verbs=load_report_verbs(directory / "report_verbs.toml"),
        forces=forces,
        event_verbs=load_event_verbs(directory / "event_verbs.toml", forces.nouns),
        places=load_places(directory / "places.csv", directory / "cities.csv"),
    )
