"""What managers write into the catalogue leaves with an export and comes back unchanged."""

from __future__ import annotations

import csv

from portal.database import write_unit
from portal.directory.exporting import stored_catalogue, write_catalogue
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.conftest import NOON
from tests.vocabulary.editing import publish


def test_edited_words_leave_with_an_export_and_a_load_of_it_changes_nothing(
    manager, writable_app, tmp_path
):
    publish(manager, "synonyms/new", term='R&D; "x" l\'été', synonyms="cmmc, nist\n=1+1")
    publish(manager, "topics/new", label='Zorble, "making"', programs="massmep-lean")
    folder = tmp_path / "export"

    with writable_app.app_context():
        write_catalogue(stored_catalogue(), folder)
        db.session.rollback()
        with write_unit():
            report = load_catalog(folder, state_code="MA", now=NOON)
            db.session.rollback()
        db.session.remove()

    with (folder / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        terms = [row["term"] for row in csv.DictReader(file)]
    assert terms[-1] == 'R&D; "x" l\'été'
    assert report.problems == ()
    assert not report.has_changed
