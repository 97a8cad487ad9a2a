"""From degrees to a plane, in the globe's radii, and back: around a place, or the whole world."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Plane = tuple[Numbers, Numbers]

EARTH_KM = 6371.0
NEWTON_STEPS = 8


@dataclass(frozen=True, slots=True)
class Projection:
    """`forward` takes degrees of longitude and latitude to x (east) and y (north), NaN for what it can't show.

    `back` takes one point of the plane to its longitude and latitude; what lies beside the globe, to its edge.
    """

    forward: Callable[[Numbers, Numbers], Plane]
    back: Callable[[float, float], tuple[float, float]]


def around(lon: float, lat: float) -> Projection:
    """Lambert's azimuthal equal-area projection centred there: areas compare, whatever the latitude.

    Snyder, Map Projections (USGS Professional Paper 1395, 1987), formulas 22-4 and 24-2. What lies farther than 150
    degrees from the centre is left out, as it would be drawn all around the rest.
    """
    lon0, lat0 = math.radians(lon), math.radians(lat)

    def forward(lons: Numbers, lats: Numbers) -> Plane:
        east, north = np.radians(lons) - lon0, np.radians(lats)
        cosine = np.sin(lat0) * np.sin(north) + np.cos(lat0) * np.cos(north) * np.cos(east)
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(cosine > np.cos(np.radians(150)), np.sqrt(2 / (1 + cosine)), np.nan)
        x = scale * np.cos(north) * np.sin(east)
        y = scale * (np.cos(lat0) * np.sin(north) - np.sin(lat0) * np.cos(north) * np.cos(east))
        return x, y

    def back(x: float, y: float) -> tuple[float, float]:
        far = math.hypot(x, y)
        if far < 1e-12:
            return lon, lat
        turn = 2 * math.asin(min(far / 2, 1.0))
        sine, cosine = math.sin(turn), math.cos(turn)
        north = math.asin(max(-1.0, min(1.0, cosine * math.sin(lat0) + y * sine * math.cos(lat0) / far)))
        east = lon0 + math.atan2(x * sine, far * math.cos(lat0) * cosine - y * math.sin(lat0) * sine)
        return (math.degrees(east) + 180) % 360 - 180, math.degrees(north)

    return Projection(forward, back)


def world() -> Projection:
    """The Equal Earth projection of the whole globe (Šavrič, Patterson and Jenny, 2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    middle = math.sqrt(3) / 2

    def forward(lons: Numbers, lats: Numbers) -> Plane:
        t = np.arcsin(middle * np.sin(np.radians(lats)))
        t2 = t * t
        t6 = t2**3
        slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
        x = 2 * np.sqrt(3) / 3 * np.radians(lons) * np.cos(t) / slope
        return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))

    def back(x: float, y: float) -> tuple[float, float]:
        t = 0.0
        for _ in range(NEWTON_STEPS):
            slope = a1 + 3 * a2 * t**2 + t**6 * (7 * a3 + 9 * a4 * t**2)
            t -= (t * (a1 + a2 * t**2 + t**6 * (a3 + a4 * t**2)) - y) / slope
            t = max(-math.pi / 3, min(math.pi / 3, t))
        slope = a1 + 3 * a2 * t**2 + t**6 * (7 * a3 + 9 * a4 * t**2)
        lon = math.degrees(x * slope * math.sqrt(3) / (2 * math.cos(t)))
        return max(-180.0, min(180.0, lon)), math.degrees(math.asin(max(-1.0, min(1.0, math.sin(t) / middle))))

    return Projection(forward, back)


def distance(lons: Numbers, lats: Numbers, to_lons: Numbers, to_lats: Numbers) -> Numbers:
    """Great-circle distances, in kilometres."""
    east, north, other = np.radians(to_lons - lons), np.radians(lats), np.radians(to_lats)
    half = np.sin((other - north) / 2) ** 2 + np.cos(north) * np.cos(other) * np.sin(east / 2) ** 2
    kilometres: Numbers = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return kilometres
