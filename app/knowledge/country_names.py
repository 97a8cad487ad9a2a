"""Names of countries and bodies for their codes, as pages show them."""

from functools import cache

from app.knowledge import DATA
from app.knowledge.countries import load_countries

BODIES = {"EU": "European Union", "NATO": "NATO", "UN": "United Nations", "OSCE": "OSCE"}


@cache
def _names() -> dict[str, str]:
    return {country.code: country.name for country in load_countries(DATA / "countries.csv")} | BODIES


def country_name(code: str) -> str:
    """The name of a country or body; the code itself where it has no name here."""
    return _names().get(code, code)


def body_of_code(code: str) -> str | None:
    """The slug of the body that has a code as countries have, "european-union" for "EU"; None for a country's code."""
    return BODIES[code].lower().replace(" ", "-") if code in BODIES else None
