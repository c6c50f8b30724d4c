"""Rows written one by one end as a load of the whole catalogue would have ended."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from portal.directory.exporting import stored_catalogue
from portal.directory.models import PathwayStep, Phone, ServiceArea
from portal.directory.writing_rows import parts_of, write_part
from tests.conftest import NOON
from tests.directory import catalogues
from tests.directory.catalogues import undone
from tests.directory.stored import count, db, service


def write(organizations=(), programs=()):
    for part in parts_of(organizations, programs, state_code="MA"):
        write_part(part, now=NOON)


def by_id(rows):
    return {row.id: row for row in rows}


def test_changed_rows_come_out_as_they_went_in_and_others_stay(app, tmp_path):
    catalogues.load(app, catalogues.write(tmp_path))
    with undone(app):
        before = stored_catalogue()
        lean = by_id(before.programs)["acme-lean"]
        changed = replace(
            lean,
            phone="",
            pathway_next=(),
            topics=("new topic", "lean"),
            regions=("Central", "Western"),
            industries=("any",),
            min_employees=None,
        )

        write(programs=[changed])

        after = stored_catalogue()
        assert after.programs == (changed, by_id(before.programs)["acme-grant"])
        assert after.organizations == before.organizations
        assert count(Phone) == count(PathwayStep) == 0


def test_new_rows_may_lead_to_later_ones_and_stand_last_in_their_order(app, tmp_path):
    catalogues.load(app, catalogues.write(tmp_path))
    with undone(app):
        before = stored_catalogue()
        owner = replace(before.organizations[0], id="new-center", city="Springfield")
        lean = by_id(before.programs)["acme-lean"]
        first = replace(
            lean, id="b-first", organization_id="new-center", pathway_next=("a-second",)
        )
        second = replace(lean, id="a-second", pathway_next=())

        write([owner], [first, second])

        after = stored_catalogue()
        assert after.organizations == (*before.organizations, owner)
        assert after.programs == (*before.programs, first, second)


def test_what_is_not_of_the_catalogue_is_kept(app, tmp_path):
    catalogues.load(app, catalogues.write(tmp_path))
    with undone(app):
        listing = service("acme-lean")
        listing.assured_date, listing.assurer_email = NOON.date(), "lead@acme.example"
        db.session.flush()
        areas = db.session.scalar(select(func.count()).select_from(ServiceArea))
        lean = by_id(stored_catalogue().programs)["acme-lean"]

        write(programs=[replace(lean, name="Renamed")])

        db.session.expire_all()
        assert service("acme-lean").assured_date == NOON.date()
        assert service("acme-lean").name == "Renamed"
        assert count(ServiceArea) == areas
