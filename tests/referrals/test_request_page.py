"""The page of one request: every move is a form, and nobody overwrites anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals.acting import act
from portal.referrals.chaining import words_of
from portal.referrals.models import Event
from portal.referrals.moving import OWNER, Mover
from portal.referrals.states import Role, Status
from tests.referrals.asking import ask
from tests.referrals.sent import do, referral_of, send, status_of

PROGRAM = Mover(Role.PROGRAM)


def address(reference: str) -> str:
    return f"/staff/requests/{reference}"


def form(move: str) -> str:
    return f"form[action$='/{move}']"


@pytest.fixture
def staff(make, signed):
    """A browser of somebody at MassMEP."""
    signed.sign_in(make.staff("massmep"))
    return signed


def move(staff, reference: str, name: str, **fields: object):
    """Fill in the form of a move and send it."""
    prefix = name.replace("-", "_")
    sent = {f"{prefix}-{field}": value for field, value in fields.items()}
    return staff.send(address(reference), form=form(name), **sent)


def test_staff_see_who_asks_and_opening_the_page_changes_nothing(writable_app, staff):
    reference = send(writable_app)

    page = staff.get(address(reference))

    assert "Smith Gear Co." in page.text
    assert page.select_one("a[href='mailto:ada@shop.example']")
    assert status_of(writable_app, reference) == Status.SENT


def test_the_pages_script_notes_the_receipt_once_and_the_form_stays_good(writable_app, staff):
    reference = send(writable_app)
    page = staff.get(address(reference))

    first = staff.send_from(page, address(reference), form="form[data-receipt]")
    again = staff.send_from(page, address(reference), form="form[data-receipt]")
    assert (first.status_code, again.status_code) == (204, 204)
    assert status_of(writable_app, reference) == Status.RECEIVED
    assert staff.get(address(reference)).select_one("form[data-receipt]") is None

    # The page was made before the receipt, which is nobody's answer.
    answer = staff.send_from(
        page, address(reference), form=form("accepted"), **{"accepted-contact_name": "Ann"}
    )
    assert answer.status_code == 302
    assert status_of(writable_app, reference) == Status.ACCEPTED


def test_the_whole_way_from_accepting_to_the_outcome(writable_app, staff, calendar):
    reference = send(writable_app)
    accept = staff.get(address(reference)).select_one("#accepted-contact_name")
    assert accept["value"] == "Staff Person"  # their own name, which they can change

    today = calendar.day_of(clock.now())
    steps = [
        ("accepted", {"contact_name": "Ann Baker", "note": "We call."}),
        ("contact-made", {"contact_on": f"{today:%Y-%m-%d}"}),
        ("waitlisted", {"expected_on": f"{today + timedelta(days=90):%Y-%m-%d}"}),
        ("enrolled", {"starts_on": f"{today + timedelta(days=97):%Y-%m-%d}"}),
        ("completed", {"outcome": "cost_saved"}),
        ("received", {"why": "They come back."}),
    ]
    seen = []
    for name, fields in steps:
        answer = move(staff, reference, name, **fields)
        assert answer.status_code == 302, name
        seen.append(status_of(writable_app, reference))

    assert seen == ["accepted", "contact_made", "waitlisted", "enrolled", "completed", "received"]
    page = staff.get(address(reference))
    assert "Contact: Ann Baker" in page.text
    assert "Costs saved" in page.text
    assert "They come back." in page.text


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("accepted", {"contact_name": " "}, "Type the name of whoever"),
        ("information-requested", {"question": ""}, "Type what you want to know"),
        ("declined", {"other": "_none"}, "Choose a reason."),
        ("declined", {"reason": "capacity"}, "Choose one of the answers."),
        ("declined", {"reason": "nonsense", "other": "_none"}, "Choose a reason."),
        ("declined", {"reason": "cost", "other": "_named"}, "Type the name of a program"),
        (
            "declined",
            {"reason": "cost", "other": "_named", "program": "No Such"},
            "No program has this name",
        ),
        ("redirected", {"other": "_named", "program": ""}, "Type the name of a program"),
    ],
)
def test_a_form_that_is_not_right_says_so_and_moves_nothing(
    writable_app, staff, name, fields, says
):
    reference = send(writable_app)

    answer = move(staff, reference, name, **fields)

    assert answer.status_code == 400
    assert says in answer.get_data(as_text=True)
    assert status_of(writable_app, reference) == Status.SENT


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "Choose a day."),
        ("soon", "This is no day."),
        ("2999-01-01", "This day has not come yet."),
        ("1999-01-01", "This day is too long ago."),
    ],
)
def test_a_day_of_contact_is_a_day_of_the_last_year(writable_app, staff, day, says):
    reference = send(writable_app)
    do(writable_app, reference, Status.ACCEPTED, by=PROGRAM, personal={"contact_name": "Ann"})

    answer = move(staff, reference, "contact-made", contact_on=day)

    assert answer.status_code == 400
    assert says in answer.get_data(as_text=True)


def test_whoever_was_slower_sees_what_happened_and_keeps_what_was_typed(writable_app, staff):
    reference = send(writable_app)
    page = staff.get(address(reference))
    do(
        writable_app,
        reference,
        Status.INFORMATION_REQUESTED,
        by=PROGRAM,
        personal={"question": "How many presses?"},
    )
    do(writable_app, reference, Status.RECEIVED, by=OWNER, personal={"answer": "Two."})

    answer = staff.send_from(
        page,
        address(reference),
        form=form("accepted"),
        **{"accepted-contact_name": "Ann", "accepted-note": "We call on Monday."},
    )

    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "How many presses?" in text
    assert "We call on Monday." in text
    assert status_of(writable_app, reference) == Status.RECEIVED


def test_a_move_that_is_no_longer_there_gives_the_typed_words_back(writable_app, staff):
    reference = send(writable_app)
    page = staff.get(address(reference))
    do(writable_app, reference, Status.WITHDRAWN, by=OWNER)

    answer = staff.send_from(
        page,
        address(reference),
        form=form("declined"),
        **{"declined-reason": "capacity", "declined-other": "_none", "declined-note": "Sorry."},
    )

    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "What you typed" in text
    assert "No capacity at present" in text
    assert "Sorry." in text


def test_an_internal_note_is_marked_and_a_shared_one_is_not(writable_app, staff):
    reference = send(writable_app)

    staff.send(address(reference), form=form("notes"), **{"note-text": "Call Bob first"})
    staff.send(
        address(reference),
        form=form("notes"),
        **{"note-text": "We meet on Friday", "note-is_shared": "1"},
    )

    page = staff.get(address(reference))
    internal = [item.get_text() for item in page.select(".timeline__internal")]
    assert len(internal) == 1
    assert "Call Bob first" in internal[0]
    assert "We meet on Friday" in page.text
    with writable_app.app_context():
        notes = db.session.scalars(select(Event).where(Event.kind == "note").order_by(Event.number))
        found = [(note.action, words_of(note)["note"]) for note in notes]
        assert found == [("internal", "Call Bob first"), ("shared", "We meet on Friday")]
        assert all("Bob" not in note.facts for note in db.session.scalars(select(Event)))


def test_a_request_is_given_to_a_colleague_and_to_nobody_else(writable_app, make, staff):
    reference = send(writable_app)
    colleague, stranger = make.staff("massmep"), make.staff("gbmp")

    refused = staff.send(
        address(reference), form=form("assignee"), **{"assign-assignee": stranger.id}
    )
    taken = staff.send(
        address(reference), form=form("assignee"), **{"assign-assignee": colleague.id}
    )

    assert (refused.status_code, taken.status_code) == (400, 302)
    with writable_app.app_context():
        assert referral_of(reference).assignee_id == colleague.id


def test_a_saved_reply_goes_beneath_what_was_typed_and_sends_nothing(writable_app, staff):
    staff.send(
        "/staff/organizations/massmep/replies", name="Presses", text="How many presses do you run?"
    )
    reference = send(writable_app)
    page = staff.get(address(reference))
    chosen = page.select_one("#information_requested option")["value"]

    answer = staff.send_from(
        page,
        address(reference),
        form=form("information-requested"),
        **{"information_requested-question": "Hello.", "reply": chosen, "do": "insert"},
    )

    assert answer.status_code == 200
    assert "Hello.\n\nHow many presses do you run?" in answer.get_data(as_text=True)
    assert status_of(writable_app, reference) == Status.SENT


def test_two_who_take_a_request_at_once_hear_of_each_other(writable_app, make, staff):
    reference = send(writable_app)
    one, two = make.staff("massmep"), make.staff("massmep")
    page = staff.get(address(reference))
    staff.send_from(page, address(reference), form=form("assignee"), **{"assign-assignee": one.id})

    late = staff.send_from(
        page, address(reference), form=form("assignee"), **{"assign-assignee": two.id}
    )

    assert late.status_code == 409
    assert "Given to somebody" in late.get_data(as_text=True)
    with writable_app.app_context():
        assert referral_of(reference).assignee_id == one.id


def test_whoever_entered_a_request_by_mistake_takes_it_back(writable_app, make, signed):
    person = make.staff("massmep")
    signed.sign_in(person)
    with writable_app.app_context(), write_unit():
        referral = ask("massmep-lean", by=Mover(Role.STAFF, person.id)).referrals[0]
        act(referral.id, Status.AWAITING_CONSENT, by=Mover(Role.STAFF, person.id))
        act(referral.id, Status.SENT, by=OWNER, facts={"consent": "1"})
        reference = referral.reference
        db.session.commit()
        db.session.remove()

    answer = signed.send(address(reference), form=form("entered-in-error"))

    assert answer.status_code == 302
    assert status_of(writable_app, reference) == Status.ENTERED_IN_ERROR


def test_nobody_else_is_offered_to_take_it_back_as_a_mistake(writable_app, staff):
    reference = send(writable_app)

    assert staff.get(address(reference)).select_one("#entered_in_error") is None
