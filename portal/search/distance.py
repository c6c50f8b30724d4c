"""How far apart two places are (pure)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_MILES = 3_958.8  # mean radius, IUGG

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def miles_between(one: Place, other: Place) -> float:
    """Return the great-circle distance between two places in miles.

    Source: haversine formula, R. W. Sinnott (1984), Sky and Telescope 68(2), 159.
    """
    (lat1, lon1), (lat2, lon2) = one, other
    half_chord = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(half_chord)))
