"""What a map is drawn on: land and borders of a frame as SVG paths, with what is disputed apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.knowledge.chosen import known_countries
from app.web.maps.area import Area
from app.web.maps.frame import SHEETS, WIDEST_KM, WORLD_KM, Frame, Shape, Sheet, frame_around, path
from app.web.maps.outlines import Land, outlines

type Plane = tuple[NDArray[np.float64], NDArray[np.float64]]

ATLAS_NAMES = {  # where the atlas writes a name in short
    "AG": "Antigua and Barb.",
    "BA": "Bosnia and Herz.",
    "CD": "Dem. Rep. Congo",
    "CF": "Central African Rep.",
    "CG": "Congo",
    "DO": "Dominican Rep.",
    "EH": "Western Sahara",
    "FK": "Falkland Islands",
    "GQ": "Eq. Guinea",
    "KN": "St. Kitts and Nevis",
    "MH": "Marshall Is.",
    "PS": "Palestine",
    "SB": "Solomon Is.",
    "SS": "S. Sudan",
    "ST": "São Tomé and Principe",
    "SZ": "eSwatini",
    "TW": "Taiwan",
    "VC": "St. Vin. and Gren.",
    "XK": "Kosovo",
}
CODES = {name: code for code, name in ATLAS_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Ground:
    """The drawn outlines: land, what is tinted, and what is disputed, of which the notes tell.

    `claimed` is what is disputed by the country that is tinted. `areas` are the largest outline of each country in the
    frame, by code.
    """

    land: str
    tinted: str
    disputed: str
    claimed: str
    notes: tuple[str, ...]
    areas: Mapping[str, Area]


@lru_cache(maxsize=500)
def code_of(name: str) -> str | None:
    """The country's code for a land's name in the atlas; None where it is no country that is known here."""
    known = known_countries().by_name.get(name)
    return CODES.get(name) or (known.code if known else None)


@lru_cache(maxsize=500)
def land_of(code: str) -> Land | None:
    """The land of a country in the atlas."""
    return next((land for land in outlines().lands if code_of(land.name) == code), None)


@lru_cache(maxsize=500)
def middle_of(code: str) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of the country's largest outline; None for what is not in the atlas."""
    land = land_of(code)
    return (float(land.rings[0].lons.mean()), float(land.rings[0].lats.mean())) if land else None


@lru_cache(maxsize=64)
def ground(sheet: str, lon: float, lat: float, km: float, tinted: str) -> Ground:
    """The outlines in the frame around the point; drawn in 20 ms, so the last ones are kept. `tinted` is a code."""
    world = outlines()
    frame = frame_around(lon, lat, km, next(each for each in SHEETS if each.name == sheet))
    plane = _plane(frame.lon, frame.lat, is_world=frame.is_world)
    owners = [land for land in world.lands for _ in land.rings]
    shapes = [(owners[number], shape) for number, shape in frame.shapes(world.points, plane).items()]
    inside = {land.name for land, shape in shapes if _is_in(shape, frame)}

    return Ground(
        land=path(shape for land, shape in shapes if not land.dispute and code_of(land.name) != tinted),
        tinted=path(shape for land, shape in shapes if not land.dispute and code_of(land.name) == tinted),
        disputed=path(shape for land, shape in shapes if land.dispute and tinted not in land.dispute.parties),
        claimed=path(shape for land, shape in shapes if land.dispute and tinted in land.dispute.parties),
        notes=tuple(land.dispute.note for land in world.lands if land.dispute and land.name in inside),
        areas=_largest(shapes, frame.sheet),
    )


@lru_cache(maxsize=4)
def _plane(lon: float, lat: float, *, is_world: bool) -> Plane:
    """All points of the world in the plane, which the sheets share."""
    points = outlines().points
    frame = frame_around(lon, lat, WORLD_KM if is_world else WIDEST_KM, SHEETS[0])
    return frame.projection.forward(points.lons, points.lats)


def _largest(shapes: Iterable[tuple[Land, Shape]], sheet: Sheet) -> Mapping[str, Area]:
    """By code, those with most room first."""
    found: dict[str, Area] = {}
    for land, shape in shapes:
        area = Area(shape, sheet)
        code = code_of(land.name)
        if code and (code not in found or area.extent > found[code].extent):
            found[code] = area
    return dict(sorted(found.items(), key=lambda each: -each[1].extent))


def _is_in(shape: Shape, frame: Frame) -> bool:
    """Whether some of the shape is not outside the frame."""
    x, y = shape.T
    return bool(np.any((x >= 0) & (x <= frame.sheet.width) & (y >= 0) & (y <= frame.sheet.height)))
