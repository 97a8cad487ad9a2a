"""Countries: names, adjectives, peoples and capitals (`data/countries.csv`)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

COLUMNS = ("code", "name", "names", "adjectives", "people", "capitals")


@dataclass(frozen=True, slots=True)
class Country:
    """A state: ISO 3166-1 alpha-2 code (SU: the Soviet Union), and what texts call it, its people and its capital."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]

    @property
    def label(self) -> str:
        """How the country stands before a noun in a canonical name: "Russian", "U.S.", "UK"."""
        return {"US": "U.S.", "GB": "UK"}.get(self.code) or (self.adjectives[0] if self.adjectives else self.name)


@dataclass(frozen=True)
class Countries:
    """All countries, found by code or by what a text calls them."""

    all: tuple[Country, ...]

    def __iter__(self) -> Iterator[Country]:
        return iter(self.all)

    @cached_property
    def by_code(self) -> dict[str, Country]:
        """Code to country."""
        return {country.code: country for country in self.all}

    @cached_property
    def by_name(self) -> dict[str, Country]:
        """Each name of a country ("Britain", "U.S.") to the country."""
        return {name: country for country in self.all for name in (country.name, *country.names)}

    @cached_property
    def by_adjective(self) -> dict[str, Country]:
        """Each adjective ("British", "U.S.") to its country."""
        return {name: country for country in self.all for name in country.adjectives}

    @cached_property
    def by_people(self) -> dict[str, Country]:
        """Each name of a people ("Ukrainians") to its country."""
        return {name: country for country in self.all for name in country.people}

    @cached_property
    def by_capital(self) -> dict[str, Country]:
        """Each capital ("Kiev", "Kyiv") to its country."""
        return {name: country for country in self.all for name in country.capitals}


def load_countries(path: Path) -> Countries:
    """Read the table of countries.

    Raises ValueError, naming file and entry, for a wrong column, a double code, or one name given to two countries.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: columns must be {', '.join(COLUMNS)}")
        countries = tuple(_country(path, row) for row in reader)
    for kind in ("names", "adjectives", "people", "capitals"):
        seen: dict[str, str] = {}
        for country in countries:
            for name in (*getattr(country, kind), *([country.name] if kind == "names" else [])):
                if seen.setdefault(name, country.code) != country.code:
                    raise ValueError(f"{path.name}: {name!r} stands for {seen[name]} and {country.code}")
    if len({country.code for country in countries}) != len(countries):
        raise ValueError(f"{path.name}: a code stands twice")
    return Countries(countries)


def _country(path: Path, row: dict[str, str]) -> Country:
    if None in row or None in row.values() or len(row["code"]) != 2 or not row["name"]:
        raise ValueError(f"{path.name}: not a country: {row}")

    def listed(column: str) -> tuple[str, ...]:
        return tuple(part for part in row[column].split(";") if part)

    return Country(row["code"], row["name"], *(listed(column) for column in COLUMNS[2:]))
