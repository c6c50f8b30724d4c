"""The inbox: whose requests it shows, in which order, and what it says of each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.database import write_unit
from portal.extensions import db
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from tests.referrals.asking import ask
from tests.referrals.sent import do, referral_of, send

PROGRAM = Mover(Role.PROGRAM)
INBOX = "/staff/requests"


def set_due(app, reference: str, **ago: int) -> None:
    """Move a due moment into the past."""
    with app.app_context(), write_unit():
        referral = referral_of(reference)
        referral.due_at -= timedelta(**ago)
        referral.response_due_at = referral.due_at
        db.session.commit()
        db.session.remove()


def references(page) -> list[str]:
    return [link["href"].rpartition("/")[2] for link in page.select(".inbox a")]


@pytest.fixture
def inbox(writable_app, make, signed):
    """A browser of somebody at MassMEP."""
    signed.sign_in(make.staff("massmep"))
    return signed


def test_an_empty_inbox_says_what_would_fill_it(inbox):
    page = inbox.get(INBOX)

    assert "When a company asks one of your programs, it appears here" in page.text


def test_staff_see_requests_to_their_own_organization_only(writable_app, inbox):
    ours = send(writable_app, "massmep-lean")
    theirs = send(writable_app, "gbmp-consulting")

    page = inbox.get(INBOX)

    assert references(page) == [ours]
    assert inbox.get(f"{INBOX}/{theirs}").status == 404


def test_a_request_that_the_company_has_not_confirmed_is_not_there(writable_app, inbox):
    with writable_app.app_context(), write_unit():
        reference = ask("massmep-lean").referrals[0].reference
        db.session.commit()
        db.session.remove()

    assert references(inbox.get(INBOX)) == []
    assert inbox.get(f"{INBOX}/{reference}").status == 404


def test_the_longest_late_stands_on_top_with_its_days_then_who_waits_for_others(
    writable_app, inbox
):
    asked, fresh, late = (send(writable_app, email=f"{n}@shop.example") for n in "abc")
    do(
        writable_app,
        asked,
        Status.INFORMATION_REQUESTED,
        by=PROGRAM,
        personal={"question": "How many?"},
    )
    set_due(writable_app, late, days=40)

    page = inbox.get(INBOX)

    assert references(page) == [late, fresh, asked]
    assert "days late" in page.select(".inbox li")[0].get_text()
    assert "Answer by" in page.select(".inbox li")[1].get_text()
    assert "late" not in page.select(".inbox li")[1].get_text()
    assert "Waiting for the company until" in page.select(".inbox li")[2].get_text()


def test_filters_and_search_find_what_they_say(writable_app, make, signed):
    person = make.staff("massmep")
    signed.sign_in(person)
    new = send(writable_app, company="Berkshire Optics")
    taken = send(writable_app, "massmep-exportech", email="b@shop.example")
    ended = send(writable_app, email="c@shop.example")
    do(writable_app, ended, Status.WITHDRAWN, by=OWNER)
    signed.send(
        f"{INBOX}/{taken}", form="form[action$='/assignee']", **{"assign-assignee": person.id}
    )

    found = {
        query: references(signed.get(f"{INBOX}?{query}"))
        for query in (
            "show=mine",
            "show=unassigned",
            "show=ended",
            "q=optics",
            f"q={new.lower()}",
            f"q={new.replace('-', '')}",
            "program=massmep-exportech",
            "q=nobody",
        )
    }

    assert found == {
        "show=mine": [taken],
        "show=unassigned": [new],
        "show=ended": [ended],
        "q=optics": [new],
        f"q={new.lower()}": [new],
        f"q={new.replace('-', '')}": [new],
        "program=massmep-exportech": [taken],
        "q=nobody": [],
    }


def test_signs_of_a_pattern_in_a_search_are_only_signs(writable_app, inbox):
    send(writable_app)

    assert references(inbox.get(f"{INBOX}?q=%25")) == []
    assert references(inbox.get(f"{INBOX}?q=_")) == []


def test_more_than_a_page_is_divided_into_pages_of_25(writable_app, inbox):
    sent = {send(writable_app, email=f"{n}@shop.example") for n in range(27)}

    first, second = inbox.get(INBOX), inbox.get(f"{INBOX}?page=2")
    beyond = inbox.get(f"{INBOX}?page=9999")

    assert len(references(first)) == 25
    assert len(references(second)) == 2
    assert set(references(first)) | set(references(second)) == sent
    assert references(beyond) == references(second)
    assert "27 requests" in first.text


def test_managers_do_not_read_inboxes(writable_app, make, signed):
    reference = send(writable_app)
    signed.sign_in(make.manager())

    assert signed.get(INBOX).status == 403
    assert signed.get(f"{INBOX}/{reference}").status == 403


def test_the_navigator_reads_what_no_program_can_receive_and_nothing_else(
    writable_app, make, signed
):
    signed.sign_in(make.navigator())
    via = send(writable_app, via_navigator=True)
    direct = send(writable_app, email="b@shop.example")

    assert references(signed.get(INBOX)) == [via]
    assert signed.get(f"{INBOX}/{via}").status == 200
    assert signed.get(f"{INBOX}/{direct}").status == 404
