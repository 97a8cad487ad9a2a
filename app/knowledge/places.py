"""Places with country and position: our own `places.csv` first, then `cities.csv` (GeoNames, CC BY 4.0)."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("name", "kind", "country", "lat", "lon", "disputed", "parent", "aliases")
KINDS = frozenset({"region", "city", "village", "sea", "river", "island", "border", "base", "area"})
BROAD_KINDS = frozenset({"region", "sea", "river", "border"})  # of which a position is no more than the middle


@dataclass(frozen=True, slots=True)
class Place:
    """A place: name, ISO country code (None at sea), degrees (None where unknown), if it is disputed, and its kind."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    disputed: bool = False
    kind: str = "city"

    @property
    def is_broad(self) -> bool:
        """Whether it is an area, of which the position is no more than the middle."""
        return self.kind in BROAD_KINDS


@dataclass(frozen=True, slots=True)
class Places:
    """All places by name and alias, as a text writes them."""

    own: Mapping[str, Place]
    cities: Mapping[str, tuple[str, float, float]]

    def find(self, name: str) -> Place | None:
        """The place of that name or alias; our own before the world's cities. The case of letters counts."""
        known = self.own.get(name)
        if known is None and name in self.cities:
            country, lat, lon = self.cities[name]
            return Place(name, country, lat, lon)
        return known


def load_places(places: Sequence[Path], cities: Path) -> Places:
    """Load the files; a place of a later one takes the place of the one of the same name.

    Raises ValueError, naming file and line, for another header, kind, country code or position.
    """
    own: dict[str, Place] = {}
    for path in reversed(places):
        for line, row in _rows(path, COLUMNS):
            place = _place(path, line, row)
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                own.setdefault(name, place)
    large: dict[str, tuple[str, float, float]] = {}
    for line, row in _rows(cities, ("name", "country", "lat", "lon")):
        lat, lon = _degrees(cities, line, row["lat"], 90), _degrees(cities, line, row["lon"], 180)
        if lat is None or lon is None:
            raise ValueError(f"{cities}: line {line}: no position")
        large[row["name"]] = (row["country"], lat, lon)
    return Places(own, large)


def _place(path: Path, line: int, row: dict[str, str]) -> Place:
    if row["kind"] not in KINDS:
        raise ValueError(f"{path}: line {line}: {row['kind']!r} is no kind of place")
    if row["disputed"] not in ("", "yes"):
        raise ValueError(f"{path}: line {line}: disputed must be 'yes' or empty")
    place = Place(
        row["name"],
        row["country"] or None,
        _degrees(path, line, row["lat"], 90),
        _degrees(path, line, row["lon"], 180),
        row["disputed"] == "yes",
        row["kind"],
    )
    if place.country is not None and not (len(place.country) == 2 and place.country.isupper()):
        raise ValueError(f"{path}: line {line}: {place.country!r} is no country code")
    return place


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"{path}: line 1: the columns must be {', '.join(columns)}")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{path}: line {reader.line_num}: must have {len(columns)} columns")
            rows.append((reader.line_num, row))
        return rows


def _degrees(path: Path, line: int, value: str, limit: float) -> float | None:
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        degrees = limit + 1
    if abs(degrees) > limit:
        raise ValueError(f"{path}: line {line}: {value!r} is no position")
    return degrees
