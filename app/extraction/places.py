"""Places in the text, with their country and position where known."""

from app.extraction.findings import Parsed, PlaceMention
from app.knowledge import Knowledge


def find_places(parsed: Parsed, knowledge: Knowledge) -> list[PlaceMention]:
    """Every place mention of the text, in order."""
    return []
