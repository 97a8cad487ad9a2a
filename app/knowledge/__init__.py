"""What extraction knows of the world: validated data files, loaded once.

Vocabulary is data: a word list, an actor or a country's adjective is a line in `data/`, never in code. Each module here
holds one file's schema and loader, which rejects unknown keys. A user's folder (KNOWLEDGE_DIR) may add to the files.
"""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from app.knowledge.actors import Actors, load_actors
from app.knowledge.countries import Countries, load_countries
from app.knowledge.event_verbs import EventVerbs, load_event_verbs
from app.knowledge.files import ADDED, DATA, REPLACED, Files, KnowledgeError
from app.knowledge.forces import Forces, load_forces
from app.knowledge.names import NameIndex
from app.knowledge.places import Places, load_places
from app.knowledge.report_verbs import ReportVerbs, load_report_verbs

__all__ = ["DATA", "Knowledge", "KnowledgeError", "load_knowledge"]


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
def load_knowledge(own: Path | None = None) -> Knowledge:
    """Load the packaged files with those of a user's own folder.

    Raises KnowledgeError, naming file and entry, where one breaks its schema.
    """
    files = Files(own=own)
    try:
        files.check()
        countries = load_countries(files)
        forces = load_forces(files.one("forces.toml"))
        return Knowledge(
            hash=_hash(files),
            countries=countries,
            actors=load_actors(files, countries.by_code),
            report_verbs=load_report_verbs(*files.all("report_verbs.toml")),
            forces=forces,
            event_verbs=load_event_verbs(files.one("event_verbs.toml"), forces.nouns),
            places=load_places(files.all("places.csv"), files.one("cities.csv")),
        )
    except ValueError as error:
        raise KnowledgeError(str(error)) from error


def _hash(files: Files) -> str:
    digest = hashlib.sha256()
    for name in sorted(ADDED | REPLACED):
        for path in files.all(name) if name in ADDED else (files.one(name),):
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
