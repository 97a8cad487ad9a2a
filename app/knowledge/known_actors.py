"""What the files know of an actor, as pages show it: other names, and offices with their days and evidence."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from app.knowledge import DATA
from app.knowledge.actors import Actors, load_actors
from app.knowledge.countries import load_countries


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody held from a day to a day (None: not known to have ended), and where that is told."""

    name: str
    of: str
    start: date
    end: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """An actor's other names, and the offices it held, the latest first."""

    aliases: tuple[str, ...]
    offices: tuple[HeldOffice, ...]


@cache
def _actors() -> Actors:
    return load_actors(DATA, load_countries(DATA / "countries.csv").by_code)


@cache
def known_profile(key: str) -> KnownProfile | None:
    """What the files know of the actor with that id; None where they do not know it."""
    found = next((actor for actor in _actors().actors if actor.id == key), None)
    if found is None:
        return None
    offices = [
        HeldOffice(_actors().office_name(role), role.of, role.start, role.end, role.evidence) for role in found.roles
    ]
    offices.sort(key=lambda office: office.start, reverse=True)
    return KnownProfile(found.aliases, tuple(offices))
