"""Places that are too broad for a point on a map: several countries, a continent, an ocean."""

BROAD = frozenset(
    (
        "africa", "americas", "arctic", "arctic ocean", "asia", "asia-pacific", "atlantic", "atlantic ocean",
        "balkans", "baltic countries", "baltic states", "baltics", "caribbean", "caucasus", "central africa",
        "central america", "central asia", "central europe", "east africa", "east asia", "eastern europe",
        "eastern mediterranean", "eurasia", "europe", "gulf states", "horn of africa", "indian ocean", "indo-pacific",
        "latin america", "levant", "maghreb", "mediterranean", "mediterranean sea", "middle east", "mideast",
        "north africa", "north america", "north atlantic", "northern europe", "oceania", "pacific", "pacific ocean",
        "sahel", "scandinavia", "south america", "south asia", "south caucasus", "southeast asia", "southern europe",
        "west africa", "western balkans", "western europe", "western hemisphere",
    )
)  # fmt: skip


def is_broad(place: str) -> bool:
    """Whether a place, as an article names it, is too broad for a point: "the Middle East", "Eastern Europe"."""
    return place.casefold().removeprefix("the ") in BROAD
