"""Confirming by the link of a letter, without an account: one button, and a GET changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from portal.accounts.models import AuditEvent
from portal.database import write_unit
from portal.directory.models import CatalogueGeneration, Organization, Service
from portal.extensions import db
from portal.upkeep import operations
from portal.upkeep.models import Suggestion, UpkeepLink
from tests.conftest import NOON

SLUG = "massmep-lean"


def services(upkeep, of: str = "massmep") -> list[Service]:
    query = select(Service).join(Service.organization).where(Organization.slug == of)
    return upkeep.read(lambda: list(db.session.scalars(query)))


def facts(service: Service) -> dict[str, object]:
    return {
        column.name: getattr(service, column.name)
        for column in Service.__table__.columns
        if column.name not in ("assured_date", "assurer_email")
    }


def test_one_button_confirms_all_listings_and_changes_nothing_else(signed, upkeep):
    before = [facts(service) for service in services(upkeep)]
    number = upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))
    token = upkeep.link()

    answer = signed.send(f"/confirm/{token}")

    assert answer.status_code == 302
    after = services(upkeep)
    assert {(s.assured_date, s.assurer_email) for s in after} == {
        (NOON.date(), "contact@example.org")
    }
    assert [facts(service) for service in after] == before
    assert all(
        service.assured_date is None
        for service in services(upkeep, of="nemc")  # of another organization
    )
    now = upkeep.read(lambda: db.session.scalar(select(CatalogueGeneration.number)))
    assert now == number + 1
    assert "All confirmed today" in signed.get(f"/confirm/{token}").text
    total = len(after)
    assert (
        f"{total} of {total} confirmed in the last year"
        in signed.get("/organizations/massmep").text
    )


def test_one_listing_is_confirmed_by_its_own_button(signed, upkeep):
    token = upkeep.link()
    form = f"form:has(button[value={SLUG}])"

    signed.send(f"/confirm/{token}", form=form, listing=SLUG)

    assert [s.slug for s in services(upkeep) if s.assured_date] == [SLUG]
    assert "Confirmed today" in signed.get(f"/confirm/{token}").select_one(f"#listing-{SLUG}").text


def test_a_button_cannot_confirm_what_belongs_to_others(signed, upkeep):
    other = services(upkeep, of="nemc")[0].slug

    signed.send(f"/confirm/{upkeep.link()}", listing=other)

    assert upkeep.service(other).assured_date is None
    assert not [s.slug for s in services(upkeep) if s.assured_date]


def test_confirming_twice_on_a_day_is_confirming_once(signed, upkeep, at):
    token = upkeep.link()
    page = signed.get(f"/confirm/{token}")
    signed.send_from(page, f"/confirm/{token}")
    rows = upkeep.rows()

    signed.send_from(page, f"/confirm/{token}")

    assert upkeep.rows() == rows
    at(1)
    signed.send_from(page, f"/confirm/{token}")
    assert {s.assured_date for s in services(upkeep)} == {NOON.date().replace(day=13)}


def test_the_trail_names_the_contact_who_confirmed(signed, upkeep):
    signed.send(f"/confirm/{upkeep.link()}", listing=SLUG)

    (event,) = upkeep.read(lambda: list(db.session.scalars(select(AuditEvent))))
    assert (event.action, event.object_id, event.actor_id, event.actor_label) == (
        "listing:confirm",
        SLUG,
        None,
        "contact@example.org",
    )


@pytest.mark.parametrize("path", ["", f"/{SLUG}/fix", f"/{SLUG}/fix?field=email", f"/{SLUG}/end"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_page_of_the_link_writes_nothing(signed, upkeep, path, method):
    token = upkeep.link()
    before = upkeep.rows()

    assert getattr(signed.client, method)(f"/confirm/{token}{path}").status_code == 200

    assert upkeep.rows() == before


def test_a_form_without_its_token_confirms_nothing(signed, upkeep):
    token = upkeep.link()
    before = upkeep.rows()

    for path in ("", f"/{SLUG}/fix", f"/{SLUG}/end"):
        answer = signed.client.post(f"/confirm/{token}{path}", data={"listing": SLUG})
        assert answer.status_code == 400, path

    assert upkeep.rows() == before


def test_pages_of_the_link_stay_private(signed, upkeep):
    answer = signed.client.get(f"/confirm/{upkeep.link()}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    text = answer.get_data(as_text=True)
    assert 'rel="canonical"' not in text
    assert 'name="robots" content="noindex"' in text


def test_only_a_digest_of_the_token_is_kept(upkeep):
    token = upkeep.link()

    assert token not in str(upkeep.rows())
    assert len(token) >= 22  # 128 bits


def test_a_link_is_over_after_thirty_days_or_when_it_is_taken_back(signed, make, upkeep, at):
    token = upkeep.link()
    at(29)
    assert signed.get(f"/confirm/{token}").status == 200
    at(30)
    page = signed.get(f"/confirm/{token}")
    assert (page.status, page.heading) == (410, "This link is over")
    at(0)

    def take_back() -> None:
        link = db.session.scalar(select(UpkeepLink))
        operations.revoke_links(link.organization_id, link.email, now=NOON)

    upkeep.write(take_back)
    assert signed.get(f"/confirm/{token}").status == 410
    assert signed.get("/confirm/nonsense").status == 410
    assert signed.get(f"/confirm/{token}/{SLUG}/fix").status == 410


def test_a_corrected_field_is_a_suggestion_and_changes_nothing_yet(signed, upkeep):
    token = upkeep.link()

    answer = signed.send(
        f"/confirm/{token}/{SLUG}/fix",
        field="email",
        after="new@massmep.org",
        note="The old one is closed.",
    )

    assert answer.status_code == 302
    assert "Thank you, it was sent" in signed.get(answer.location).text
    (one,) = upkeep.read(lambda: list(db.session.scalars(select(Suggestion))))
    before = upkeep.service(SLUG).email
    assert (one.field, one.before, one.after, one.state) == (
        "email",
        before,
        "new@massmep.org",
        "open",
    )
    assert (one.source, one.contact_email) == ("contact", "contact@example.org")


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("url", "javascript:alert(1)"),
        ("url", ""),
        ("email", "nobody"),
        ("phone", "call me"),
        ("short_description", "x" * 161),
        ("name", "two\nlines"),
        ("description", "x" * 2_001),
        ("assured_date", "2026-01-01"),
        ("status", "inactive"),
    ],
)
def test_what_a_field_cannot_hold_is_told_beside_it(signed, upkeep, field, after):
    answer = signed.send(f"/confirm/{upkeep.link()}/{SLUG}/fix", field=field, after=after, note="")

    assert answer.status_code == 400
    assert b"usa-error-message" in answer.data
    assert not upkeep.read(lambda: list(db.session.scalars(select(Suggestion))))


def test_the_correction_page_begins_with_what_the_field_says(signed, upkeep):
    page = signed.get(f"/confirm/{upkeep.link()}/{SLUG}/fix?field=url")

    assert page.select_one("textarea#after").get_text().strip() == upkeep.service(SLUG).url
    assert page.select_one("select#field option[selected]")["value"] == "url"


def test_not_offered_any_more_is_a_suggestion_too(signed, upkeep):
    token = upkeep.link()

    signed.send(f"/confirm/{token}/{SLUG}/end", note="Since May.")

    (one,) = upkeep.read(lambda: list(db.session.scalars(select(Suggestion))))
    assert (one.field, one.after, one.note) == ("status", "inactive", "Since May.")
    assert upkeep.service(SLUG).status == "active"


def test_listings_that_are_not_offered_are_not_asked_about(signed, upkeep):
    upkeep.write(
        lambda: db.session.execute(
            update(Service).where(Service.slug == SLUG).values(status="inactive")
        )
    )
    token = upkeep.link()

    assert not signed.get(f"/confirm/{token}").select(f"#listing-{SLUG}")
    signed.send(f"/confirm/{token}")
    assert upkeep.service(SLUG).assured_date is None
    assert signed.get(f"/confirm/{token}/{SLUG}/fix").status == 404


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_pages_speak_the_language_of_their_address(signed, upkeep, language):
    token = upkeep.link()

    page = signed.get(f"/{language}/confirm/{token}")

    assert page.status == 200
    assert page.heading != "Still correct?"


def test_a_denied_write_leaves_the_database_as_it_was(signed, upkeep):
    token = upkeep.link()
    page = signed.get(f"/confirm/{token}")
    with upkeep.app.app_context(), write_unit():
        db.session.execute(update(UpkeepLink).values(revoked_at=NOON))
        db.session.commit()
        db.session.remove()
    before = upkeep.rows()

    assert signed.send_from(page, f"/confirm/{token}").status_code == 410
    assert upkeep.rows() == before
