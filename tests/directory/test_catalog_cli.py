"""The commands `catalog load` and `catalog export`."""

from __future__ import annotations

from portal import create_app
from portal.config import Settings
from tests.conftest import DATA
from tests.directory.catalogues import NAMES, dump_of, load, small, write


def run(app, *arguments: object):
    return app.test_cli_runner().invoke(args=["catalog", *map(str, arguments)])


def test_the_real_catalogue_is_loaded_and_counted(app):
    result = run(app, "load", DATA)

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "organizations.csv: read 119 = loaded 119 (119 added, 0 changed) "
        "+ unchanged 0 + rejected 0",
        "programs.csv: read 208 = loaded 208 (208 added, 0 changed) + unchanged 0 + rejected 0",
        "regions.csv: read 14 = loaded 14 (14 added, 0 changed) + unchanged 0 + rejected 0",
        "industries.csv: read 31 = loaded 31 (31 added, 0 changed) + unchanged 0 + rejected 0",
        "synonyms.csv: read 112 = loaded 112 (112 added, 0 changed) + unchanged 0 + rejected 0",
        "Total: read 484 = loaded 484 (484 added, 0 changed) + unchanged 0 + rejected 0",
    ]


def test_a_second_load_finds_all_unchanged(app):
    run(app, "load", DATA)

    result = run(app, "load", DATA)

    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == (
        "Total: read 484 = loaded 0 (0 added, 0 changed) + unchanged 484 + rejected 0"
    )


def test_a_bad_row_is_printed_and_the_exit_code_tells(app, tmp_path):
    catalogue = small()
    catalogue["organizations"][0]["kind"] = "club"
    before = dump_of(app)

    result = run(app, "load", write(tmp_path / "in", catalogue))

    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith('organizations.csv, line 2, kind, "club": ')
    assert lines[-3] == "Total: read 8 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 8"
    assert dump_of(app) == before


def test_a_dry_run_counts_and_writes_nothing(app, tmp_path):
    before = dump_of(app)

    result = run(app, "load", write(tmp_path / "in"), "--dry-run")

    assert result.exit_code == 0
    assert result.output.splitlines()[-2:] == [
        "Total: read 8 = loaded 8 (8 added, 0 changed) + unchanged 0 + rejected 0",
        "Dry run: nothing was written.",
    ]
    assert dump_of(app) == before


def test_a_dry_run_of_bad_files_fails_like_a_load(app, tmp_path):
    catalogue = small()
    catalogue["programs"][0]["side"] = "none"

    result = run(app, "load", write(tmp_path / "in", catalogue), "--dry-run")

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "Dry run: nothing was written."


def test_a_folder_that_does_not_exist_gets_five_sentences(app, tmp_path):
    result = run(app, "load", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert result.output.splitlines()[:2] == [
        "organizations.csv: is missing",
        "programs.csv: is missing",
    ]
    assert "5 files cannot be read" in result.output


def test_without_tables_the_command_says_what_to_run_first(tmp_path):
    app = create_app(Settings(instance=tmp_path / "bare", testing=True))

    for command in ("load", "export"):
        result = run(app, command, tmp_path / "out")

        assert result.exit_code == 1
        assert result.output == (
            "Error: The database has no tables yet; run `flask --app wsgi db upgrade` first.\n"
        )


def test_an_export_writes_the_files_that_were_loaded(app, tmp_path):
    load(app, DATA)

    result = run(app, "export", tmp_path / "out")

    assert result.exit_code == 0
    assert f"{tmp_path / 'out' / 'programs.csv'}: 208 rows" in result.output.splitlines()
    for name in NAMES:
        exported = tmp_path / "out" / f"{name}.csv"
        assert exported.read_bytes() == (DATA / f"{name}.csv").read_bytes()


def test_an_export_that_cannot_be_written_says_so(app, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    result = run(app, "export", tmp_path / "file" / "out")

    assert result.exit_code == 1
    assert result.output == f"Error: Cannot write to {tmp_path}/file/out: Not a directory.\n"
