"""What extraction knows of the world: validated data files, loaded once.

Vocabulary is data: a word list, an actor or a country's adjective is a line in `data/`, never in code. Each module here
holds one file's schema and loader, which rejects unknown keys.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Knowledge:
    """All knowledge files, loaded and validated. `hash` changes with any byte of them."""

    hash: str


@cache
def load_knowledge(directory: Path = DATA) -> Knowledge:
    """Load the knowledge files of a directory.

    Raises ValueError, naming file and entry, where one breaks its schema.
    """
    digest = hashlib.sha256()
    for path in sorted(directory.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return Knowledge(hash=digest.hexdigest()[:16])
