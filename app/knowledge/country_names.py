"""Names of countries and bodies for their codes, as pages show them."""

from app.knowledge.chosen import known_countries

BODIES = {"EU": "European Union", "NATO": "NATO", "UN": "United Nations", "OSCE": "OSCE"}


def country_name(code: str) -> str:
    """The name of a country or body; the code itself where it has no name here."""
    country = known_countries().by_code.get(code)
    return country.name if country else BODIES.get(code, code)


def adjective(code: str) -> str:
    """How a country or body stands before a noun: "Russian" troops, "U.S." troops, "NATO" troops; "" for no code."""
    country = known_countries().by_code.get(code)
    return country.label if country else code


def body_of_code(code: str) -> str | None:
    """The slug of the body that has a code as countries have, "european-union" for "EU"; None for a country's code."""
    return BODIES[code].lower().replace(" ", "-") if code in BODIES else None


def country_in(text: str) -> str | None:
    """The code of the first country that the words name or describe: "near Ukraine", "the Polish border"."""
    words = text.replace("’", "'").replace("'s", " ").split()
    known = known_countries()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            part = " ".join(words[start:end])
            if country := known.by_name.get(part) or known.by_adjective.get(part):
                return country.code
    return None
