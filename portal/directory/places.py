"""ZIP codes of a state with their cities, counties and centroids, from the package `zipcodes`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import zipcodes

_MAIN_TYPE = "STANDARD"


@dataclass(frozen=True, slots=True)
class Place:
    """A ZIP code; `other_cities` are names that its mail may bear, too."""

    postal_code: str
    city: str
    county: str
    latitude: float
    longitude: float
    is_standard: bool
    other_cities: tuple[str, ...] = ()


@lru_cache(maxsize=2)
def places_of(state_code: str) -> tuple[Place, ...]:
    """Return all ZIP codes of a state, rising; none for a state that does not exist.

    Args:
        state_code: two capital letters.
    """
    found = (
        Place(
            postal_code=entry["zip_code"],
            city=entry["city"],
            county=(entry["county"] or "").removesuffix(" County"),
            latitude=float(entry["lat"]),
            longitude=float(entry["long"]),
            is_standard=entry["zip_code_type"] == _MAIN_TYPE,
            other_cities=tuple(entry["acceptable_cities"]),
        )
        for entry in zipcodes.filter_by(state=state_code)  # type: ignore[no-untyped-call]  # theirs
    )
    return tuple(sorted(found, key=lambda place: place.postal_code))


class Gazetteer:
    """Finds the ZIP code that stands for a city."""

    def __init__(self, places: Iterable[Place]) -> None:
        ranked: defaultdict[str, list[tuple[tuple[bool, bool, str], Place]]] = defaultdict(list)
        for place in places:
            for city in (place.city, *place.other_cities):
                rank = (city != place.city, not place.is_standard, place.postal_code)
                ranked[city.casefold()].append((rank, place))
        self._by_city = {
            city: [place for _, place in sorted(found, key=lambda pair: pair[0])]
            for city, found in ranked.items()
        }

    def find(self, city: str, county: str) -> Place | None:
        """Return the place of a city, or None.

        A ZIP of the county goes before others, one named after the city before one that merely
        accepts its name, a standard one before a post-office box, the lowest before higher ones.

        Args:
            city: its name in any case.
            county: its name without "County".
        """
        found = self._by_city.get(city.casefold(), [])
        return next((place for place in found if place.county == county), next(iter(found), None))
