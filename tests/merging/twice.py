"""Listings that are there twice, for tests of finding and merging them."""

from __future__ import annotations

from flask import Flask

from portal import clock
from portal.database import write_unit
from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.directory.exporting import stored_catalogue
from portal.directory.operations import store_rows
from portal.extensions import db

ORGANIZATION = OrganizationRow(
    id="mass-mep",
    name="Mass. Manufacturing Extension Partnership, Inc.",
    short_name="MMEP",
    kind="nonprofit",
    url="https://www.massmep.org/",
    city="Worcester",
    county="Worcester",
    description="Helps manufacturers.",
    founded_year=1998,
    evidence="page",
    source_url="https://example.org/mass-mep",
)


def program(slug: str = "lean-projects", **columns: object) -> ProgramRow:
    """Return a program of the second organization, much like `massmep-lean` of the first."""
    values: dict[str, object] = {
        "id": slug,
        "organization_id": "mass-mep",
        "name": "Lean and operational excellence project",
        "short_description": "Lean coaching.",
        "description": "Somebody walks your floor.",
        "forms": ("process-improvement",),
        "audiences": ("sme",),
        "min_employees": None,
        "max_employees": None,
        "industries": ("any",),
        "regions": ("statewide",),
        "delivery": "on-site",
        "cost_kind": "fee",
        "cost_note": "",
        "eligibility": "",
        "topics": ("lean", "waste walks"),
        "application_url": "https://example.org/apply",
        "url": "https://example.org/lean",
        "phone": "508-555-0143",
        "email": "",
        "level": "point-solution",
        "side": "supply",
        "connects": (),
        "evidence": "page",
        "source_url": "https://example.org/lean",
        "as_of": "2026-01",
        "status": "active",
        "alternate_name": ("Floor walks",),
        "pathway_next": ("massmep-quality",),
    }
    return ProgramRow(**{**values, **columns})  # type: ignore[arg-type]  # as the columns say


def make_twice(app: Flask, *rows: OrganizationRow | ProgramRow) -> None:
    """Add the second organization and its program, or other rows, to the real catalogue."""
    with app.app_context(), write_unit():
        wanted = rows or (ORGANIZATION, program())
        store_rows(wanted, state_code="MA", now=clock.now())
        db.session.commit()
        db.session.remove()


def names(app: Flask) -> dict[str, OrganizationRow | ProgramRow]:
    """Return all organizations and programs as they stand, by slug."""
    with app.app_context():
        catalogue = stored_catalogue()
        db.session.remove()
    return {row.id: row for row in (*catalogue.organizations, *catalogue.programs)}
