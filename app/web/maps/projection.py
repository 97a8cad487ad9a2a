"""From degrees to a plane, in the globe's radii: around a place, or the whole world."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Plane = tuple[Numbers, Numbers]

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Projection:
    """`forward` takes degrees of longitude and latitude to x (east) and y (north), NaN for what it can't show."""

    forward: Callable[[Numbers, Numbers], Plane]


def around(lon: float, lat: float) -> Projection:
    """Lambert's azimuthal equal-area projection centred there: areas compare, whatever the latitude.

    Snyder, Map Projections (USGS Professional Paper 1395, 1987), formulas 22-4 and 24-2. What lies farther than 150
    degrees from the centre is left out, as it would be drawn all around the rest.
    """
    lon0, lat0 = np.radians(lon), np.radians(lat)

    def forward(lons: Numbers, lats: Numbers) -> Plane:
        east, north = np.radians(lons) - lon0, np.radians(lats)
        cosine = np.sin(lat0) * np.sin(north) + np.cos(lat0) * np.cos(north) * np.cos(east)
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(cosine > np.cos(np.radians(150)), np.sqrt(2 / (1 + cosine)), np.nan)
        x = scale * np.cos(north) * np.sin(east)
        y = scale * (np.cos(lat0) * np.sin(north) - np.sin(lat0) * np.cos(north) * np.cos(east))
        return x, y

    return Projection(forward)


def world() -> Projection:
    """The Equal Earth projection of the whole globe (Šavrič, Patterson and Jenny, 2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def forward(lons: Numbers, lats: Numbers) -> Plane:
        t = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lats)))
        t2 = t * t
        t6 = t2**3
        slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
        x = 2 * np.sqrt(3) / 3 * np.radians(lons) * np.cos(t) / slope
        return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))

    return Projection(forward)


def distance(lons: Numbers, lats: Numbers, lon: float, lat: float) -> Numbers:
    """Great-circle distances from one point, in kilometres."""
    east, north, lat0 = np.radians(lons - lon), np.radians(lats), np.radians(lat)
    half = np.sin((north - lat0) / 2) ** 2 + np.cos(north) * np.cos(lat0) * np.sin(east / 2) ** 2
    kilometres: Numbers = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return kilometres
