"""The knowledge that this process works with: the packaged files, and a user's folder chosen as it starts."""

from functools import cache
from pathlib import Path

from app.knowledge import load_knowledge
from app.knowledge.actors import Actors, load_actors
from app.knowledge.countries import Countries, load_countries
from app.knowledge.files import Files
from app.knowledge.places import Places, load_places

_own: Path | None = None


def choose_folder(own: Path | None) -> None:
    """Have this process read a user's folder beside the packaged files, from here on; None: the packaged ones alone.

    Raises KnowledgeError, naming file and entry, where one of its files cannot be used.
    """
    if own is not None:
        load_knowledge(own)
    global _own  # noqa: PLW0603 - what a process knows is one thing, as its settings are
    _own = own


def known_countries() -> Countries:
    """The countries of the chosen files."""
    return _countries(_own)


def known_actors() -> Actors:
    """Everybody and every office of the chosen files."""
    return _actors(_own)


def known_places() -> Places:
    """The places of the chosen files."""
    return _places(_own)


@cache
def _places(own: Path | None) -> Places:
    files = Files(own=own)
    return load_places(files.all("places.csv"), files.one("cities.csv"))


@cache
def _countries(own: Path | None) -> Countries:
    return load_countries(Files(own=own))


@cache
def _actors(own: Path | None) -> Actors:
    return load_actors(Files(own=own), _countries(own).by_code)
