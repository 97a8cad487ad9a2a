"""The knowledge files: the packaged ones, and those of a user's own folder that add to them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ADDED = frozenset(
    {"actors.toml", "offices.toml", "countries.csv", "places.csv", "first_names.csv", "person_words.toml"}
    | {"report_verbs.toml"}
)
REPLACED = frozenset({"event_verbs.toml", "forces.toml", "cities.csv"})


class KnowledgeError(ValueError):
    """A knowledge file that cannot be used; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files are: `own` is a user's folder, whose files add to ours of the same name or take their place."""

    packaged: Path = DATA
    own: Path | None = None

    def all(self, name: str) -> tuple[Path, ...]:
        """The files of that name, ours first: entries of a later one take the place of those with the same key."""
        mine = self._own(name)
        return (self.packaged / name, mine) if mine else (self.packaged / name,)

    def one(self, name: str) -> Path:
        """The file of that name to use as it is: the user's, or ours."""
        return self._own(name) or self.packaged / name

    def check(self) -> None:
        """Raise KnowledgeError where the user's folder is none, or has a file that nothing reads."""
        if self.own is None:
            return
        if not self.own.is_dir():
            raise KnowledgeError(f"{self.own}: there is no such folder.")
        known = ADDED | REPLACED
        for path in sorted(self.own.iterdir()):
            if path.suffix in {".toml", ".csv"} and path.name not in known:
                raise KnowledgeError(f"{path}: no knowledge file has this name; they are {', '.join(sorted(known))}.")

    def _own(self, name: str) -> Path | None:
        return path if self.own is not None and (path := self.own / name).is_file() else None


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises ValueError, naming file and line, where it is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
