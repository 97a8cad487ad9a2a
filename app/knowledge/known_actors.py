"""What the files know of an actor, as pages show it: other names, and offices with their days and evidence."""

from dataclasses import dataclass
from datetime import date

from app.knowledge.actors import Actors
from app.knowledge.chosen import known_actors


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody held, and where that is told; `of` is the code of a country or body, else its name.

    `start` and `end` are days, or a year where the day is not certain; no `end`: not known to have ended.
    """

    name: str
    of: str
    start: date | int
    end: date | int | None
    evidence: str


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """An actor's usual name and its others, and the offices it held, the latest first.

    `side` is its country; of who has none, the body in which it last had office.
    """

    name: str
    aliases: tuple[str, ...]
    side: str | None
    offices: tuple[HeldOffice, ...]


def known_profile(key: str) -> KnownProfile | None:
    """What the files know of the actor with that id; None where they do not know it."""
    known = known_actors()
    found = known.by_id.get(key)
    if found is None:
        return None
    roles = sorted(found.roles, key=lambda role: role.start, reverse=True)
    offices = tuple(
        HeldOffice(known.office_name(role), _code(known, role.of), role.first, role.last, role.evidence)
        for role in roles
    )
    last = next((known.by_id[role.of].body for role in roles if role.of in known.by_id), None)
    return KnownProfile(found.name, found.aliases, found.country or found.body or last, offices)


def _code(known: Actors, of: str) -> str:
    within = known.by_id.get(of)
    return of if within is None else within.body or within.country or within.name
