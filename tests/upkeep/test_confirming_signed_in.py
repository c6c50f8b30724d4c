"""Confirming from the staff pages: the same page as the link's, for those who keep the listings."""

from __future__ import annotations

import json

from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.extensions import db
from portal.upkeep import queries
from tests.conftest import NOON

PAGE = "/staff/organizations/massmep/confirm"
SLUG = "massmep-lean"


def test_staff_confirm_all_of_their_listings_with_one_button(signed, make, upkeep):
    person = make.staff("massmep")
    signed.sign_in(person)

    answer = signed.send(PAGE)

    service = upkeep.service(SLUG)
    event = upkeep.read(
        lambda: db.session.scalars(
            select(AuditEvent).where(AuditEvent.action == "listing:confirm")
        ).first()
    )
    assert answer.status_code == 302
    assert (service.assured_date, service.assurer_email) == (NOON.date(), person.email)
    assert json.loads(event.details)["how"] == "account"
    assert "All confirmed today" in signed.get(PAGE).text


def test_staff_confirm_one_listing_and_come_back_to_it(signed, make, upkeep):
    signed.sign_in(make.staff("massmep"))

    answer = signed.send(PAGE, listing=SLUG)

    listings = upkeep.read(lambda: queries.listings_of(upkeep.service(SLUG).organization_id))
    assert answer.location == f"{PAGE}#listing-{SLUG}"
    assert [s.slug for s in listings if s.assured_date] == [SLUG]
    assert len(listings) > 1


def test_what_needs_staff_leads_to_the_listings_to_confirm(signed, make):
    signed.sign_in(make.account(of=("massmep", "nelc")))

    links = [a["href"] for a in signed.get("/staff").select(".tasks a")]

    assert sorted(links) == [PAGE, "/staff/organizations/nelc/confirm#listing-nelc-tours"]
    assert signed.get(links[-1]).select_one("#listing-nelc-tours, #listing-massmep-lean")


def test_staff_of_others_find_no_such_page_and_change_nothing(signed, make, upkeep):
    signed.sign_in(make.staff("nemc"))
    own = signed.get("/staff/organizations/nemc/confirm")
    token = own.select_one("main [name=csrf_token]")["value"]

    seen = signed.get(PAGE).status
    sent = signed.client.post(PAGE, data={"csrf_token": token}).status_code

    assert (own.status, seen, sent) == (200, 404, 404)
    assert upkeep.service(SLUG).assured_date is None
