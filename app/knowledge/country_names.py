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
