"""One change to many programs: what each would say, who is left out, how it is published."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.listings import operations
from portal.listings.bulk import changed
from tests.listings.editing import changes, revisions, row, send

BULK = "/staff/bulk"
LEAN, QUALITY, CYBER = "massmep-lean", "massmep-quality", "massmep-cyber"


def publish_at_once(app, slug="massmep"):
    """Let an organization's changes be published without approval."""
    with app.app_context(), write_unit():
        by = db.session.scalars(select(Account)).first()
        found = db.session.scalars(select(Organization).where(Organization.slug == slug)).one()
        operations.set_mode(found, is_at_once=True, by=by, now=clock.now())
        db.session.commit()
        db.session.remove()


def token(browser):
    """Return the token that forms carry."""
    return browser.get(BULK).select_one("main input[name=csrf_token]")["value"]


def preview(browser, slugs, change, value, **more):
    """Ask what a change would do."""
    data = {"listing": slugs, "change": change, "value": value, "do": "preview", **more}
    return browser.client.post(BULK, data={"csrf_token": token(browser), **data})


def bulk(browser, slugs, change, value, **more):
    """Publish a change as it is shown now."""
    data = {"listing": slugs, "change": change, "value": value, "do": "publish", **more}
    bases = {f"base-{slug}": "0" for slug in slugs}
    return browser.client.post(BULK, data={"csrf_token": token(browser), **bases, **data})


@pytest.mark.parametrize(
    ("change", "value", "before", "after"),
    [
        ("phone", "508-555-0100", {"phone": ""}, {"phone": "508-555-0100"}),
        ("cost", "free", {"cost_kind": "fee"}, {"cost_kind": "free"}),
        ("add-region", "Central", {"regions": ["Western"]}, {"regions": ["Western", "Central"]}),
        ("add-region", "Central", {"regions": ["Central"]}, {"regions": ["Central"]}),
        ("add-region", "Central", {"regions": ["statewide"]}, {"regions": ["statewide"]}),
        ("add-region", "statewide", {"regions": ["Western"]}, {"regions": ["statewide"]}),
        ("remove-region", "Western", {"regions": ["Western"]}, {"regions": []}),
        ("add-topic", "ISO 9001", {"topics": ["lean"]}, {"topics": ["lean", "ISO 9001"]}),
        ("add-topic", "ISO 9001", {"topics": ["iso-9001"]}, {"topics": ["iso-9001"]}),
        ("remove-topic", "ISO 9001", {"topics": ["iso-9001", "lean"]}, {"topics": ["lean"]}),
        ("status", "inactive", {"status": "active"}, {"status": "inactive"}),
    ],
)
def test_a_change_touches_its_field_only(change, value, before, after):
    content = {"name": "Lean", **before}

    assert changed(content, change, value) == {"name": "Lean", **after}
    assert content == {"name": "Lean", **before}


def test_staff_choose_among_their_own_programs_and_managers_among_all(signed, make):
    signed.sign_in(make.staff("massmep"))
    assert len(signed.get(BULK).select("input[name=listing]")) == 7
    assert len(signed.get(f"{BULK}?all=1").select("input[name=listing][checked]")) == 7

    signed.sign_in(make.manager())
    assert len(signed.get(BULK).select("input[name=listing]")) == 200
    assert len(signed.get(f"{BULK}?page=2").select("input[name=listing]")) == 8


def test_the_preview_shows_the_change_of_each_and_changes_nothing(writable_app, signed, make):
    signed.sign_in(make.staff("massmep"))

    page = preview(signed, [LEAN, QUALITY], "phone", "508-555-0177")

    assert page.status_code == 200
    assert page.text.count("<ins>508-555-0177</ins>") == 2
    assert "Send 2 changes to a manager" in page.text
    assert changes(writable_app) == revisions(writable_app) == []


def test_what_would_be_wrong_or_the_same_is_left_out_with_the_reason(writable_app, signed, make):
    signed.sign_in(make.staff("massmep"))
    publish_at_once(writable_app)
    send(signed, f"/staff/services/{CYBER}", do="save", name="On the way")

    page = preview(signed, [LEAN, CYBER], "remove-region", "statewide")
    same = preview(signed, [LEAN], "delivery", "on-site")

    assert "Regions: Choose at least one." in page.text  # no region would be left
    assert "You have a draft or a waiting change of it." in page.text
    assert "Nothing would change." in page.text
    assert "It says this already." in same.text


def test_at_once_each_listing_gets_one_revision_with_the_same_reason(writable_app, signed, make):
    signed.sign_in(make.staff("massmep"))
    publish_at_once(writable_app)

    answer = bulk(signed, [LEAN, QUALITY], "phone", "508-555-0177", reason="New line")

    assert answer.status_code == 302
    assert "published=2" in answer.location
    assert row(writable_app, LEAN).phone == row(writable_app, QUALITY).phone == "508-555-0177"
    found = revisions(writable_app)
    assert sorted((r.number, r.reason) for r in found) == [
        (0, ""),
        (0, ""),
        (1, "New line"),
        (1, "New line"),
    ]
    assert len({r.listing_id for r in found if r.number == 1}) == 2
    assert "2 programs were changed." in signed.get(answer.location).text


def test_where_managers_approve_each_change_waits_as_one_of_its_own(writable_app, signed, make):
    signed.sign_in(make.staff("massmep"))

    answer = bulk(signed, [LEAN, QUALITY], "cost", "free")

    assert "sent=2" in answer.location
    assert row(writable_app, LEAN).cost_kind == "fee"
    assert [change.status for change in changes(writable_app)] == ["waiting", "waiting"]
    signed.sign_in(make.manager())
    first = signed.get("/manage/changes").select_one(".tasks a")["href"]
    signed.send(first, form="form[action$=approve]")
    assert "free" in (row(writable_app, LEAN).cost_kind, row(writable_app, QUALITY).cost_kind)


def test_what_was_changed_meanwhile_is_left_out_and_said(writable_app, signed, make):
    signed.sign_in(make.manager())
    send(signed, f"/staff/services/{QUALITY}", cost_note="Changed meanwhile.")

    answer = bulk(signed, [LEAN, QUALITY], "phone", "508-555-0177")

    assert "published=1" in answer.location
    page = signed.get(answer.location)
    assert "1 program was changed by somebody else meanwhile" in page.text
    assert page.select(f"a[href$='/staff/services/{QUALITY}']")
    assert row(writable_app, LEAN).phone == "508-555-0177"
    assert row(writable_app, QUALITY).phone == ""


def test_sent_twice_the_second_time_changes_nothing(writable_app, signed, make):
    signed.sign_in(make.manager())

    bulk(signed, [LEAN], "phone", "508-555-0177")
    again = bulk(signed, [LEAN], "phone", "508-555-0177")

    assert "published=0" in again.location
    assert len(revisions(writable_app)) == 2


def test_nobody_changes_what_is_not_theirs(writable_app, signed, make):
    signed.sign_in(make.staff("gbmp"))

    for act in (preview, bulk):
        assert act(signed, [LEAN], "phone", "508-555-0177").status_code == 404
    assert changes(writable_app) == []


@pytest.mark.parametrize(
    ("change", "value", "said"),
    [
        ("phone", "call us", "Write a phone number"),
        ("email", "nobody", "Write one e-mail address"),
        ("url", "", "Please fill this in."),
        ("url", "javascript:alert(1)", "Write the whole address"),
        ("cost", "gold", "Choose one."),
        ("add-region", "Atlantis", "Choose one."),
        ("add-topic", "a|b", "cannot be a topic"),
        ("add-topic", "?!", "cannot be a topic"),
    ],
)
def test_a_value_that_the_editor_would_refuse_is_refused(signed, make, change, value, said):
    signed.sign_in(make.manager())

    answer = preview(signed, [LEAN], change, value)

    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(
    ("slugs", "change", "said"),
    [
        ([], "phone", "Choose at least one program."),
        ([LEAN], "", "Choose what to change."),
        ([LEAN], "name", "Choose what to change."),
        ([f"x-{n}" for n in range(201)], "phone", "Choose at most 200 programs at once."),
    ],
)
def test_without_programs_or_a_change_the_first_page_says_what_lacks(
    signed, make, slugs, change, said
):
    signed.sign_in(make.manager())

    answer = preview(signed, slugs, change, "x")

    assert answer.status_code == 400
    assert said in answer.text


def test_what_lacks_is_said_above_the_programs_that_were_looked_for(signed, make):
    signed.sign_in(make.manager())
    found = signed.get(f"{BULK}?q=lean")

    answer = signed.send_from(found, BULK, form="form.editor", listing=LEAN, do="value")

    assert answer.status_code == 400
    assert answer.text.count('name="listing"') == len(found.select("input[name=listing]")) < 50
    assert 'value="massmep-lean" checked' in answer.text


def test_two_hundred_programs_change_in_one_transaction(writable_app, signed, make):
    signed.sign_in(make.manager())
    slugs = [tag["value"] for tag in signed.get(BULK).select("input[name=listing]")]

    answer = bulk(signed, slugs, "add-topic", "quagga")

    assert "published=200" in answer.location
    assert "quagga" in row(writable_app, LEAN).topics
