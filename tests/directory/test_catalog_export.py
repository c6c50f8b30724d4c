"""What was loaded comes out again, byte for byte, and goes in again without a change."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import event, given, settings

from portal.directory.exporting import stored_catalogue, write_catalogue
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.conftest import DATA, NOON, make_app
from tests.directory.catalogues import (
    GRANT,
    NAMES,
    dump,
    dump_of,
    load,
    small,
    undone,
    write,
)
from tests.directory.strategies import accidents, catalogues


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory):
    """An empty portal for many examples, each of which undoes what it writes."""
    return make_app(tmp_path_factory.mktemp("shared"))


def export(app, folder: Path) -> Path:
    with app.app_context():
        write_catalogue(stored_catalogue(), folder)
        db.session.remove()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_real_catalogue_comes_out_byte_for_byte(catalogue_app, tmp_path):
    folder = export(catalogue_app, tmp_path / "out")

    assert contents(folder) == {
        f"{name}.csv": (DATA / f"{name}.csv").read_bytes() for name in NAMES
    }


def test_load_export_load_changes_nothing(app, tmp_path):
    load(app, DATA)
    before = dump_of(app)

    report = load(app, export(app, tmp_path / "out"))

    assert report.total.unchanged == report.total.read == 484
    assert not report.has_changed
    assert dump_of(app) == before


def test_an_export_loads_into_an_empty_portal_as_the_same_database(catalogue_app, app, tmp_path):
    load(app, export(catalogue_app, tmp_path / "out"))

    assert dump_of(app) == dump_of(catalogue_app)


def test_kept_rows_come_out_after_those_of_the_files(app, tmp_path):
    load(app, write(tmp_path / "in"))
    catalogue = small()
    catalogue["programs"] = [{**GRANT, "id": "new", "topics": "Grants"}]
    load(app, write(tmp_path / "in", catalogue))
    before = dump_of(app)

    folder = export(app, tmp_path / "out")
    report = load(app, folder)

    lines = (folder / "programs.csv").read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", "new", "acme-lean", "acme-grant"]
    assert not report.has_changed
    assert dump_of(app) == before


def test_the_spelling_of_each_listing_comes_out(app, tmp_path):
    catalogue = small()
    catalogue["programs"][0]["topics"] = "iso-9001|Lean"
    catalogue["programs"][1]["topics"] = "lean|ISO 9001"
    folder = write(tmp_path / "in", catalogue)

    load(app, folder)

    assert contents(export(app, tmp_path / "out")) == contents(folder)


def test_an_empty_portal_exports_headers(app, tmp_path):
    folder = export(app, tmp_path / "out")

    assert (folder / "synonyms.csv").read_text(encoding="utf-8") == "term,synonyms\n"
    assert load(app, folder).total.read == 0


def test_a_failed_export_leaves_the_old_files_and_no_others(app, tmp_path, monkeypatch):
    load(app, write(tmp_path / "in"))
    folder = export(app, tmp_path / "out")
    before = contents(folder)
    load(app, DATA)
    written = []

    def fail(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        export(app, folder)

    assert contents(folder) == before


def test_exported_files_can_be_read_by_others(app, tmp_path):
    folder = export(app, tmp_path / "out")

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


@given(first=catalogues(), second=catalogues())
@settings(max_examples=40, deadline=None)
def test_any_catalogue_survives_the_way_in_and_out(shared_app, first, second):
    with tempfile.TemporaryDirectory() as name, undone(shared_app):
        folder, out, merged = Path(name, "in"), Path(name, "out"), Path(name, "merged")

        report = load_catalog(write(folder, first), state_code="XX", now=NOON)
        write_catalogue(stored_catalogue(), out)

        assert report.problems == ()
        assert contents(out) == contents(folder)
        assert not load_catalog(out, state_code="XX", now=NOON).has_changed

        # Whatever was there before, the second one's rows come out as they went in.
        report = load_catalog(write(folder, second), state_code="XX", now=NOON)
        before = dump()
        write_catalogue(stored_catalogue(), merged)
        again = load_catalog(merged, state_code="XX", now=NOON)

        assert report.problems == () or report.total.loaded == 0
        assert again.problems == ()
        assert not again.has_changed
        assert dump() == before


@pytest.fixture(scope="module")
def filled_app(tmp_path_factory):
    """A portal with the real catalogue; examples undo what they write."""
    app = make_app(tmp_path_factory.mktemp("filled"))
    load(app, DATA)
    return app


@given(accident=accidents())
@settings(max_examples=50, deadline=None)
def test_no_accident_raises_and_what_is_rejected_changes_nothing(filled_app, accident):
    name, data = accident
    with tempfile.TemporaryDirectory() as folder, undone(filled_app):
        for other in NAMES:
            Path(folder, f"{other}.csv").write_bytes((DATA / f"{other}.csv").read_bytes())
        Path(folder, f"{name}.csv").write_bytes(data)
        before = dump()

        report = load_catalog(Path(folder), state_code="MA", now=NOON)

        total = report.total
        assert total.read == total.loaded + total.unchanged + total.rejected
        assert all(line.isprintable() for line in report.lines())
        event("rejected" if report.is_rejected else "accepted")
        if report.is_rejected:
            assert total.loaded == 0
            assert dump() == before
        else:
            assert total.rejected == 0
            assert (dump() == before) == (not report.has_changed)
