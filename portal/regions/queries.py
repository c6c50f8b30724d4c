"""Reads of the map: counties with their regions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.directory.models import County
from portal.extensions import db


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county, the code of its main region, those it reaches into, and what lies where."""

    name: str
    region: str
    also_regions: tuple[str, ...]
    places: str


def counties() -> list[CountyLine]:
    """Return all counties by name."""
    return [
        CountyLine(
            county.name,
            county.region,
            tuple(code for code in county.also_regions.split("|") if code),
            county.places,
        )
        for county in db.session.scalars(select(County).order_by(County.name))
    ]
