"""The catalogue that ships with the portal: what "back to the shipped value" means."""

from __future__ import annotations

from functools import cache

from flask import current_app

from portal import clock
from portal.config import ROOT
from portal.directory.catalog_files import read_catalog_files
from portal.directory.catalog_rows import Catalogue

STATE = "MA"  # whose catalogue ships


def shipped_catalogue() -> Catalogue | None:
    """Return the catalogue that ships; None for a portal of another state."""
    if current_app.config["PORTAL"].state_code != STATE:
        return None
    return _read()


@cache
def _read() -> Catalogue:
    files, _problems = read_catalog_files(ROOT / "portal" / "data", today=clock.today())
    return files.catalogue
