"""A load brings the files into the database, whole or not at all, and tells what it did."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from sqlalchemy import event, select

from portal.database import write_unit
from portal.directory.identity import stable_id
from portal.directory.models import (
    Attribute,
    CostOption,
    PathwayStep,
    Phone,
    PostalPlace,
    Round,
    Service,
    ServiceArea,
    Synonym,
    Taxonomy,
    TaxonomyTerm,
)
from portal.directory.operations import load_catalog, mark_catalogue_changed
from portal.extensions import db
from tests.conftest import DATA, NOON
from tests.directory.catalogues import (
    CENTRAL,
    CNC,
    GRANT,
    ORGANIZATION,
    PROGRAM,
    WESTERN,
    dump_of,
    load,
    small,
    write,
)
from tests.directory.stored import attributes, aware, count, generation, service, terms

LATER = NOON + timedelta(days=30)


# Loading again


def test_a_second_load_of_the_same_files_changes_nothing(app, tmp_path):
    folder = write(tmp_path / "in")
    load(app, folder)
    before = dump_of(app)

    report = load(app, folder, now=LATER)

    assert dump_of(app) == before
    assert (report.total.read, report.total.loaded, report.total.unchanged) == (8, 0, 8)
    assert not report.has_changed


def test_only_the_rows_that_changed_get_a_new_date(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    catalogue = small()
    catalogue["programs"][0]["topics"] = "lean|six sigma"

    report = load(empty_context, write(tmp_path / "in", catalogue), now=LATER)

    programs = next(found for found in report.files if found.file == "programs.csv")
    assert (programs.added, programs.changed, programs.unchanged) == (0, 1, 1)
    assert aware(service("acme-lean").last_modified) == LATER
    assert aware(service("acme-grant").last_modified) == NOON
    assert [term.code for term in terms("topic")] == ["lean", "six-sigma", "grants"]


def test_every_column_can_change_and_reads_back(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    catalogue = small()
    catalogue["organizations"][0] |= {
        "name": "B", "short_name": "", "kind": "federal", "url": "", "city": "Springfield",
        "county": "Hampden", "description": "b", "founded_year": "", "evidence": "knowledge",
        "source_url": "https://b.example",
    }  # fmt: skip
    catalogue["programs"][0] |= {
        "name": "B", "short_description": "b", "description": "bb", "forms": "marketing",
        "audiences": "oem|university", "min_employees": "", "max_employees": "",
        "industries": "any", "regions": "statewide", "delivery": "online", "cost_kind": "free",
        "cost_note": "", "eligibility": "", "topics": "", "application_url": "https://b.example/a",
        "url": "https://b.example", "phone": "", "email": "", "level": "system-level",
        "side": "both", "connects": "oem-university", "evidence": "knowledge",
        "source_url": "https://b.example/s", "as_of": "2026-01", "status": "uncertain",
        "alternate_name": "", "pathway_next": "",
    }  # fmt: skip
    catalogue["regions"][1] |= {"region": "Valley", "also_regions": "", "places": ""}
    catalogue["industries"][0] |= {"title": "Shops", "aliases": ""}
    catalogue["synonyms"][0]["synonyms"] = "turning"

    report = load(empty_context, write(tmp_path / "in", catalogue), now=LATER)
    again = load(empty_context, write(tmp_path / "in", catalogue), now=LATER)

    assert (report.total.changed, report.total.unchanged) == (5, 3)
    assert again.total.unchanged == again.total.read == 8
    assert (count(Phone), count(PathwayStep)) == (0, 0)
    assert [term.code for term in terms("region")] == ["central", "valley", "statewide"]
    assert [term.code for term in terms("topic")] == ["grants"]


def test_a_new_order_of_rows_is_stored_without_a_row_being_changed(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    catalogue = small()
    catalogue["programs"].reverse()

    report = load(empty_context, write(tmp_path / "in", catalogue), now=LATER)

    assert report.total.loaded == 0
    assert report.has_changed
    assert "No row changed, but the order of rows or the state's ZIP codes did." in report.lines()
    assert [service(slug).position for slug in ("acme-grant", "acme-lean")] == [0, 1]
    assert aware(service("acme-lean").last_modified) == NOON


def test_rows_that_the_files_do_not_name_are_kept_and_counted(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    other = {
        "organizations": [{**ORGANIZATION, "id": "other", "county": ""}],
        "programs": [{**GRANT, "id": "other-grant", "organization_id": "other",
                      "industries": "any"}],
        "regions": [CENTRAL],
        "industries": [],
        "synonyms": [],
    }  # fmt: skip

    report = load(empty_context, write(tmp_path / "other", other), now=LATER)

    assert (report.total.added, report.total.unchanged, report.total.kept) == (2, 1, 7)
    assert list(report.lines())[-1] == (
        "7 rows in the database are not in these files and were kept (organizations.csv 1, "
        "programs.csv 2, regions.csv 1, industries.csv 2, synonyms.csv 1)."
    )
    query = select(Service.slug).order_by(Service.position)
    assert db.session.scalars(query).all() == ["other-grant", "acme-lean", "acme-grant"]
    assert attributes("acme-lean", "industry") == [("332710", "dedicated")]
    assert aware(service("acme-lean").last_modified) == NOON


def test_confirmations_and_rounds_are_never_touched(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    with write_unit():
        confirmed = service("acme-lean")
        confirmed.assured_date = date(2026, 3, 1)
        confirmed.assurer_email = "ann@acme.example"
        opening = Round(
            id=uuid.uuid4(), service_id=confirmed.id, opens_on=None, closes_on=None, recurs="yearly"
        )
        db.session.add(opening)
        db.session.commit()
        db.session.remove()
    catalogue = small()
    catalogue["programs"][0]["name"] = "New name"

    load(empty_context, write(tmp_path / "in", catalogue), now=LATER)

    found = service("acme-lean")
    assert found.name == "New name"
    assert (found.assured_date, found.assurer_email) == (date(2026, 3, 1), "ann@acme.example")
    assert [each.recurs for each in found.rounds] == ["yearly"]


def test_what_others_added_is_left_alone(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    with write_unit():
        taxonomy = Taxonomy(id=uuid.uuid4(), slug="language", name="Language", description="",
                            version="", is_facet=True, position=99)  # fmt: skip
        term = TaxonomyTerm(id=uuid.uuid4(), taxonomy_id=taxonomy.id, parent_id=None, code="es",
                            name="Spanish", description="", aliases="", covers_all=False,
                            position=0)  # fmt: skip
        lean = stable_id("service", "acme-lean")
        db.session.add(taxonomy)
        db.session.flush()
        db.session.add(term)
        db.session.flush()
        db.session.add_all(
            [
                Attribute(id=uuid.uuid4(), service_id=lean, taxonomy_term_id=term.id, value="",
                          label="", position=0),
                Phone(id=uuid.uuid4(), service_id=lean, number="617-555-0199", type="fax"),
            ]
        )  # fmt: skip
        db.session.commit()
        db.session.remove()
    catalogue = small()
    catalogue["programs"][0]["name"] = "New name"

    load(empty_context, write(tmp_path / "in", catalogue), now=LATER)

    assert attributes("acme-lean", "language") == [("es", "")]
    assert {phone.type for phone in service("acme-lean").phones} == {"voice", "fax"}


def test_another_state_gets_its_own_zip_codes(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))

    report = load(empty_context, write(tmp_path / "in"), state_code="RI", now=LATER)

    assert report.total.loaded == 0
    assert report.has_changed
    assert set(db.session.scalars(select(PostalPlace.county))) == {
        "Bristol", "Kent", "Newport", "Providence", "Washington",
    }  # fmt: skip


# The generation


def test_the_generation_grows_with_each_load_that_changes_something(empty_context, tmp_path):
    numbers = [generation()]
    for name in ("Acme Center", "Acme Center", "Acme"):
        catalogue = small()
        catalogue["organizations"][0]["name"] = name
        load(empty_context, write(tmp_path / "in", catalogue))
        db.session.remove()
        numbers.append(generation())

    assert numbers == [0, 1, 1, 2]


def test_other_changes_can_raise_the_generation(empty_context):
    with write_unit():
        mark_catalogue_changed()
        mark_catalogue_changed()
        db.session.commit()

    assert generation() == 2


# Whole or not at all


def test_with_one_bad_row_nothing_is_written(app, tmp_path):
    before = dump_of(app)
    catalogue = small()
    catalogue["programs"][1]["forms"] = "marketting"

    report = load(app, write(tmp_path / "in", catalogue))

    assert dump_of(app) == before
    assert report.is_rejected
    assert (report.total.read, report.total.loaded, report.total.rejected) == (8, 0, 8)
    assert list(report.lines()) == [
        'programs.csv, line 3, forms, "marketting": "marketting" is not a word of this column; '
        'did you mean "marketing"?',
        "organizations.csv: read 1 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 1",
        "programs.csv: read 2 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 2",
        "regions.csv: read 2 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 2",
        "industries.csv: read 2 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 2",
        "synonyms.csv: read 1 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 1",
        "Total: read 8 = loaded 0 (0 added, 0 changed) + unchanged 0 + rejected 8",
        "1 row has errors; a catalogue loads whole or not at all, so 8 rows were sent back.",
        "Nothing was written.",
    ]


def test_rows_that_are_unchanged_are_told_apart_in_a_rejected_load(app, tmp_path):
    load(app, write(tmp_path / "in"))
    catalogue = small()
    catalogue["programs"][0]["name"] = ""
    catalogue["programs"][1]["name"] = "Changed"

    report = load(app, write(tmp_path / "in", catalogue), now=LATER)

    assert str(report.total) == (
        "Total: read 8 = loaded 0 (0 added, 0 changed) + unchanged 6 + rejected 2"
    )


def test_an_unchanged_row_with_a_broken_reference_is_rejected(app, tmp_path):
    load(app, write(tmp_path / "in"))
    catalogue = small()
    catalogue["organizations"][0]["id"] = "renamed"

    report = load(app, write(tmp_path / "in", catalogue), now=LATER)

    assert (report.rows_with_errors, report.total.unchanged, report.total.rejected) == (2, 5, 3)


def test_a_file_that_cannot_be_read_counts_no_row_and_stops_the_load(app, tmp_path):
    folder = write(tmp_path / "in")
    (folder / "regions.csv").write_bytes(b"\xff\xfe")
    before = dump_of(app)

    report = load(app, folder)

    assert dump_of(app) == before
    assert report.files[2].read == 0
    assert list(report.lines())[-2] == (
        "1 file cannot be read; a catalogue loads whole or not at all, so 6 rows were sent back."
    )


def test_files_that_take_away_what_a_kept_row_needs_are_sent_back(app, tmp_path):
    catalogue = small()
    catalogue["programs"][0]["regions"] = "Western"
    load(app, write(tmp_path / "in", catalogue))
    before = dump_of(app)
    catalogue["regions"] = [CENTRAL, {**WESTERN, "region": "Valley"}]
    del catalogue["programs"][0]

    report = load(app, write(tmp_path / "in", catalogue), now=LATER)

    assert dump_of(app) == before
    assert [str(problem) for problem in report.problems] == [
        'programs.csv, regions, "Western": "Western" is not a region of regions.csv; allowed: '
        'Central, Valley (row "acme-lean", in the database and not in the file)'
    ]
    assert "the files contradict rows that the database keeps" in list(report.lines())[-2]


def test_a_dry_run_says_what_would_happen_and_writes_nothing(app, tmp_path):
    before = dump_of(app)

    report = load(app, write(tmp_path / "in"), dry_run=True)

    assert dump_of(app) == before
    assert (report.total.added, report.total.rejected) == (8, 0)
    assert list(report.lines())[-1] == "Dry run: nothing was written."


def test_the_operation_leaves_the_commit_to_its_caller(app, tmp_path):
    before = dump_of(app)

    with app.app_context(), write_unit():
        load_catalog(write(tmp_path / "in"), state_code="MA", now=NOON)
        db.session.rollback()
        db.session.remove()

    assert dump_of(app) == before


def test_a_load_takes_few_statements_however_many_rows_there_are(app, tmp_path):
    seen: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *found: seen.append(found[2]))

    load(app, DATA)

    assert len(seen) < 60


def test_a_synonym_may_be_spelled_in_two_cases(empty_context, tmp_path):
    catalogue = small()
    catalogue["synonyms"] = [CNC, {**CNC, "term": "CNC"}]

    load(empty_context, write(tmp_path / "in", catalogue))

    assert count(Synonym) == 2


def test_details_of_the_kept_program_survive_a_load_without_it(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    before = (count(Attribute), count(ServiceArea), count(CostOption), count(Phone))
    catalogue = small()
    catalogue["programs"] = [{**GRANT}]

    report = load(empty_context, write(tmp_path / "in", catalogue))

    assert report.total.kept == 1
    assert (count(Attribute), count(ServiceArea), count(CostOption), count(Phone)) == before
    assert [step.next_service.slug for step in service("acme-lean").next_steps] == ["acme-grant"]


def test_a_program_can_be_moved_to_another_organization(empty_context, tmp_path):
    load(empty_context, write(tmp_path / "in"))
    catalogue = small()
    catalogue["organizations"].append({**ORGANIZATION, "id": "second"})
    catalogue["programs"][0] = {**PROGRAM, "organization_id": "second"}

    load(empty_context, write(tmp_path / "in", catalogue))

    assert service("acme-lean").organization.slug == "second"
