"""Catalogues for tests: a small valid one, written as the five files with what a test changes."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from portal.database import write_unit
from portal.directory.catalog_files import read_catalog_files
from portal.directory.catalog_problems import Problem
from portal.directory.formula_cells import neutralized
from portal.directory.load_report import LoadReport
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.conftest import NOON

TODAY = NOON.date()
Cells = dict[str, str]
NAMES = ("organizations", "programs", "regions", "industries", "synonyms")

ORGANIZATION: Cells = {
    "id": "acme-center",
    "name": "Acme Center",
    "short_name": "AC",
    "kind": "nonprofit",
    "url": "https://acme.example",
    "city": "Worcester",
    "county": "Worcester",
    "description": "Helps shops.",
    "founded_year": "1998",
    "evidence": "page",
    "source_url": "https://acme.example/about",
}
PROGRAM: Cells = {
    "id": "acme-lean",
    "organization_id": "acme-center",
    "name": "Lean projects",
    "short_description": "Coaching on the shop floor.",
    "description": "A coach walks the floor with you.",
    "forms": "process-improvement|workforce-training",
    "audiences": "sme",
    "min_employees": "10",
    "max_employees": "49",
    "industries": "332710",
    "regions": "Central",
    "delivery": "on-site",
    "cost_kind": "fee",
    "cost_note": "Project fee",
    "eligibility": "Manufacturers",
    "topics": "lean|5s",
    "application_url": "",
    "url": "https://acme.example/lean",
    "phone": "617-555-0100",
    "email": "lean@acme.example",
    "level": "point-solution",
    "side": "supply",
    "connects": "",
    "evidence": "page",
    "source_url": "https://acme.example/lean",
    "as_of": "2025-06",
    "status": "active",
    "alternate_name": "Acme Lean|AL",
    "pathway_next": "acme-grant",
}
GRANT: Cells = {
    **PROGRAM,
    "id": "acme-grant",
    "name": "Grant for equipment",
    "forms": "technology-cluster",
    "min_employees": "",
    "max_employees": "",
    "industries": "332710|any",
    "regions": "statewide",
    "topics": "grants",
    "phone": "",
    "email": "",
    "alternate_name": "",
    "pathway_next": "",
}
CENTRAL: Cells = {
    "county": "Worcester",
    "region": "Central",
    "also_regions": "",
    "places": "Worcester, Devens",
}
WESTERN: Cells = {
    "county": "Hampden",
    "region": "Western",
    "also_regions": "Central",
    "places": "Springfield",
}
SHOPS: Cells = {
    "code": "332710",
    "title": "Machine shops",
    "aliases": "job shop|machinist",
    "level": "sub-industry",
}
METAL: Cells = {"code": "332", "title": "Fabricated metal", "aliases": "", "level": "parent"}
CNC: Cells = {"term": "cnc", "synonyms": "machining|milling"}


def small() -> dict[str, list[Cells]]:
    """Return a valid catalogue of one organization and two programs, free to be changed."""
    rows = {
        "organizations": [ORGANIZATION],
        "programs": [PROGRAM, GRANT],
        "regions": [CENTRAL, WESTERN],
        "industries": [SHOPS, METAL],
        "synonyms": [CNC],
    }
    return {name: [dict(cells) for cells in found] for name, found in rows.items()}


def write(folder: Path, catalogue: Mapping[str, Iterable[Cells]] | None = None) -> Path:
    """Write a catalogue as the five files; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {name: list(rows[0]) for name, rows in small().items()}
    for name, rows in (small() if catalogue is None else catalogue).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {column: neutralized(cell) for column, cell in row.items()} for row in rows
            )
    return folder


def read(folder: Path, name: str) -> list[Cells]:
    """Read a file of a catalogue with nothing but the standard library."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def problems_of(folder: Path) -> list[Problem]:
    """Return what is wrong with the files of a folder."""
    _, problems = read_catalog_files(folder, today=TODAY)
    return list(problems)


def the_problem(folder: Path) -> Problem:
    """Return the one thing that is wrong with the files of a folder."""
    found = problems_of(folder)
    assert len(found) == 1, found
    return found[0]


def with_cell(folder: Path, name: str, column: str, value: str, row: int = 0) -> Path:
    """Write the small catalogue with another value in one cell."""
    catalogue = small()
    catalogue[name][row][column] = value
    return write(folder, catalogue)


def with_bytes(folder: Path, data: bytes, name: str = "synonyms") -> Path:
    """Write the small catalogue with another content of one file."""
    write(folder)
    (folder / f"{name}.csv").write_bytes(data)
    return folder


def load(app: Flask, folder: Path, **options: object) -> LoadReport:
    """Load a catalogue as the command does, and commit."""
    with app.app_context(), write_unit():
        report = load_catalog(folder, **{"state_code": "MA", "now": NOON, **options})
        db.session.commit()
        db.session.remove()
    return report


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Undo all that is written inside, so that many examples can share a database."""
    with app.app_context(), write_unit():
        try:
            yield
        finally:
            db.session.rollback()
            db.session.remove()


def dump() -> str:
    """Return a hash of every row of every table, as the session sees them."""
    digest = hashlib.sha256()
    for name in sorted(db.metadata.tables):
        query = text(f"select * from {name} order by 1")  # noqa: S608  our own tables' names
        digest.update(repr((name, db.session.execute(query).all())).encode())
    return digest.hexdigest()


def dump_of(app: Flask) -> str:
    """Return a hash of an app's database."""
    with app.app_context():
        found = dump()
        db.session.remove()
    return found
