"""Suggestions: anybody makes them, staff of the organization and managers decide with a diff."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Attempt, AuditEvent
from portal.directory.models import CatalogueGeneration, Service
from portal.extensions import db
from portal.upkeep import suggesting
from portal.upkeep.models import Suggestion
from tests.conftest import NOON

SLUG = "massmep-lean"
FORM = f"/services/{SLUG}/suggest"


def suggestions(upkeep) -> list[Suggestion]:
    return upkeep.read(lambda: list(db.session.scalars(select(Suggestion))))


def made(upkeep, *, field="fees_description", after="Free of charge.", slug=SLUG) -> Suggestion:
    def make_it() -> None:
        service = db.session.scalar(select(Service).where(Service.slug == slug))
        suggesting.suggest(service, field=field, after=after, note="", now=NOON)

    upkeep.write(make_it)
    return suggestions(upkeep)[-1]


def decide(signed, one: Suggestion, verb: str, **fields):
    return signed.send(
        "/staff/suggestions", form=f"form[action='/staff/suggestions/{one.id}/{verb}']", **fields
    )


def test_anybody_says_what_is_wrong_from_the_listing(signed, upkeep):
    link = signed.get(f"/services/{SLUG}").select_one(f'a[href="{FORM}"]')
    assert link.get_text() == "Is something wrong here?"

    answer = signed.send(FORM, form="form#form", field="phone", after="413-555-0100", note="")

    assert answer.status_code == 302
    assert "Thank you" in signed.get(answer.location).text
    (one,) = suggestions(upkeep)
    assert (one.field, one.after, one.source, one.contact_email) == (
        "phone",
        "413-555-0100",
        "public",
        "",
    )


def test_opening_the_form_writes_nothing(signed, upkeep):
    before = upkeep.rows()

    signed.get(FORM)
    signed.get(f"{FORM}?field=email&sent=1")

    assert upkeep.rows() == before


def test_a_machine_that_fills_in_every_field_is_thanked_and_forgotten(signed, upkeep):
    answer = signed.send(
        FORM, form="form#form", field="name", after="Pills", note="", website="https://x.example"
    )

    assert answer.status_code == 302
    assert suggestions(upkeep) == []


def test_a_form_without_its_token_is_refused(signed, upkeep):
    answer = signed.client.post(FORM, data={"field": "name", "after": "Other"})

    assert answer.status_code == 400
    assert suggestions(upkeep) == []


@pytest.mark.parametrize(
    ("field", "after", "note"),
    [
        ("other", "", ""),
        ("url", "javascript:alert(1)", ""),
        ("nonsense", "x", ""),
        ("name", "", ""),
        ("name", "x", "y" * 501),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(signed, upkeep, field, after, note):
    answer = signed.send(FORM, form="form#form", field=field, after=after, note=note)

    assert answer.status_code == 400
    assert b"usa-error-message" in answer.data
    assert suggestions(upkeep) == []


def test_one_visitor_may_suggest_only_so_often_and_leaves_no_address(signed, upkeep):
    for number in range(10):
        answer = signed.send(FORM, form="form#form", field="name", after=f"Lean {number}", note="")
        assert answer.status_code == 302
    answer = signed.send(FORM, form="form#form", field="name", after="Lean again", note="")

    assert answer.status_code == 429
    assert len(suggestions(upkeep)) == 10
    subjects = upkeep.read(lambda: list(db.session.scalars(select(Attempt.subject))))
    assert all("127.0.0.1" not in subject for subject in subjects)
    assert "127.0.0.1" not in str(upkeep.rows())


def test_the_same_correction_twice_is_one(signed, upkeep):
    for _ in range(2):
        signed.send(FORM, form="form#form", field="name", after="Lean now", note="")

    assert len(suggestions(upkeep)) == 1


def test_staff_see_the_difference_and_accept_it(signed, make, upkeep):
    before = upkeep.service(SLUG)
    number = upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))
    one = made(upkeep)
    person = make.staff(of="massmep")
    signed.sign_in(person)

    diff = signed.get("/staff/suggestions").select_one(".upkeep__diff")
    answer = decide(signed, one, "accept")

    assert "".join(t.get_text() for t in diff.select("ins")).strip() in "Free of charge."
    assert diff.select("ins")
    assert answer.status_code == 302
    after = upkeep.service(SLUG)
    assert after.fees_description == "Free of charge."
    assert after.last_modified == NOON
    assert (after.assured_date, after.assurer_email) == (before.assured_date, before.assurer_email)
    now = upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))
    assert now == number + 1
    (decided,) = suggestions(upkeep)
    assert (decided.state, decided.decided_by_id, decided.decided_at) == (
        "accepted",
        person.id,
        NOON,
    )
    assert "Nothing waits for you" in signed.get("/staff/suggestions").text


@pytest.mark.parametrize("slug", [SLUG, "nemc-none"])
def test_a_phone_is_changed_or_added(signed, make, upkeep, slug):
    if upkeep.service(slug) is None:
        slug = upkeep.read(
            lambda: db.session.scalar(select(Service.slug).where(~Service.phones.any()))
        )
    one = made(upkeep, field="phone", after="413-555-0100", slug=slug)
    signed.sign_in(make.manager())

    decide(signed, one, "accept")

    assert "413-555-0100" in signed.get(f"/services/{slug}").text


def test_it_is_declined_with_a_reason(signed, make, upkeep):
    one = made(upkeep)
    signed.sign_in(make.staff(of="massmep"))
    before = upkeep.service(SLUG).fees_description

    assert decide(signed, one, "decline", reason=" ").status_code == 400
    assert decide(signed, one, "decline", reason="We do charge.").status_code == 302

    (decided,) = suggestions(upkeep)
    assert (decided.state, decided.reason) == ("declined", "We do charge.")
    assert upkeep.service(SLUG).fees_description == before


def test_what_is_not_offered_any_more_is_taken_off_and_kept(signed, make, upkeep):
    one = made(upkeep, field="status", after="inactive")
    signed.sign_in(make.manager())

    decide(signed, one, "accept")

    assert upkeep.service(SLUG).status == "inactive"
    assert signed.get(f"/services/{SLUG}").status == 404


def test_something_else_is_read_and_closed(signed, make, upkeep):
    def make_it() -> None:
        service = db.session.scalar(select(Service).where(Service.slug == SLUG))
        suggesting.suggest(service, field="other", after="", note="Wrong logo", now=NOON)

    upkeep.write(make_it)
    signed.sign_in(make.manager())
    number = upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))

    assert "Wrong logo" in signed.get("/staff/suggestions").text
    decide(signed, suggestions(upkeep)[0], "accept")

    assert suggestions(upkeep)[0].state == "accepted"
    assert upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number))) == number


def test_a_listing_that_has_changed_meanwhile_is_shown_again_first(signed, make, upkeep):
    one = made(upkeep)
    signed.sign_in(make.manager())
    page = signed.get("/staff/suggestions")
    upkeep.write(
        lambda: db.session.execute(
            update(Service).where(Service.slug == SLUG).values(fees_description="By agreement.")
        )
    )

    form = f"form[action='/staff/suggestions/{one.id}/accept']"
    answer = signed.send_from(page, "/staff/suggestions", form=form)

    assert "notice=decided" in answer.location
    assert upkeep.service(SLUG).fees_description == "By agreement."
    assert "The listing has changed since" in signed.get("/staff/suggestions").text


def test_staff_of_others_neither_see_nor_decide(signed, make, upkeep):
    one = made(upkeep)
    signed.sign_in(make.manager())
    page = signed.get("/staff/suggestions")
    signed.sign_in(make.staff(of="nemc"))
    before = upkeep.rows()

    assert SLUG not in str(signed.get("/staff/suggestions").soup.main)
    for verb in ("accept", "decline"):
        form = f"form[action='/staff/suggestions/{one.id}/{verb}']"
        token = signed.get("/staff/suggestions").select_one("input[name=csrf_token]")
        data = {"csrf_token": token["value"] if token else "", "seen": "", "reason": "No"}
        tag = page.select_one(form)
        assert tag is not None
        assert signed.client.post(tag["action"], data=data).status_code in (400, 403)

    assert upkeep.rows() == before


def test_the_trail_tells_who_asked_and_who_decided(signed, make, upkeep):
    one = made(upkeep)
    person = make.staff(of="massmep")
    signed.sign_in(person)
    decide(signed, one, "accept")

    events = upkeep.read(lambda: list(db.session.scalars(select(AuditEvent))))
    assert [(e.action, e.actor_label) for e in events] == [
        ("suggestion:make", "public"),
        ("suggestion:accept", person.email),
    ]
    assert "Free of charge" not in str([event.details for event in events])
