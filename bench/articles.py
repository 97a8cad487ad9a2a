"""The demo articles as measurements and records read them."""

from pathlib import Path

from app.domain.source import SourceText
from app.readers import read_documents

SEEDS = Path(__file__).parents[1] / "seeds"


def demo_articles() -> list[SourceText]:
    """Every demo article, by file name."""
    return [
        source
        for path in sorted(SEEDS.glob("*.txt"))
        for source in read_documents(path.read_bytes(), filename=path.name)
    ]
