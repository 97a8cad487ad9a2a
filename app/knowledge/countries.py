"""Countries: names, adjectives, peoples and capitals (`data/countries.csv`)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.knowledge.files import Files

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


def load_countries(files: Files) -> Countries:
    """Read the table of countries.

    Raises ValueError, naming file and line, for a wrong column, a double code, or one name given to two countries.
    """
    found: dict[str, Country] = {}
    for path in files.all("countries.csv"):
        found |= dict(_rows(path))
    countries = tuple(found.values())
    for kind in ("names", "adjectives", "people", "capitals"):
        seen: dict[str, str] = {}
        for country in countries:
            for name in (*getattr(country, kind), *([country.name] if kind == "names" else [])):
                if seen.setdefault(name, country.code) != country.code:
                    raise ValueError(f"{path}: {name!r} stands for {seen[name]} and {country.code}")
    return Countries(countries)


def _rows(path: Path) -> Iterator[tuple[str, Country]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}: line 1: the columns must be {', '.join(COLUMNS)}")
        codes = set()
        for row in reader:
            where = f"{path}: line {reader.line_num}"
            if None in row or None in row.values():
                raise ValueError(f"{where}: must have {len(COLUMNS)} columns")
            if not (len(row["code"]) == 2 and row["code"].isupper()) or not row["name"]:
                raise ValueError(f"{where}: needs a code of two capitals and a name")
            if row["code"] in codes:
                raise ValueError(f"{where}: the code {row['code']} stands twice")
            codes.add(row["code"])
            lists = (tuple(part for part in row[column].split(";") if part) for column in COLUMNS[2:])
            yield row["code"], Country(row["code"], row["name"], *lists)
