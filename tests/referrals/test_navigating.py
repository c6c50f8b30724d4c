"""What navigators write down: spoken consent, a program's answer, another program, why none."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from portal import clock
from portal.extensions import db
from portal.referrals.chaining import first_broken
from portal.referrals.models import Event, Referral
from portal.referrals.short_codes import episode_of
from portal.referrals.states import Status

LEAN, CNC, QUEUE = "massmep-lean", "massmep-cnc", "/staff/navigator"
PHONE = {"email": "", "phone": "617-555-0199"}


@pytest.fixture(autouse=True)
def navigator(clockwork, make, signed):
    """Somebody of the named organization, signed in with a second factor."""
    clockwork.name_navigator("masshire")
    person = make.account(of=("masshire",), with_app=True)
    signed.sign_in(person)
    return person


@pytest.fixture
def page(clockwork):
    """Return the address of a request's page."""
    return lambda id_: f"{QUEUE}/{clockwork.referral(id_).reference}"


def send(signed, path: str, what: str, **fields: object):
    return signed.send(path, form=f"form[action$='/{what}'][method=post]", **fields)


def events(clockwork, action: str) -> list[Event]:
    def question() -> list[Event]:
        found = list(db.session.scalars(select(Event).where(Event.action == action)))
        db.session.expunge_all()
        return found

    return clockwork.read(question)


def test_spoken_consent_sends_the_request_and_makes_a_code_that_is_shown_once(
    signed, clockwork, page, navigator
):
    id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)
    reference = clockwork.referral(id_).reference
    path = f"{page(id_)}/consent"
    read_out = signed.get(path).select_one("blockquote").get_text()

    answer = send(signed, path, "consent", **{f"said-{reference}": "yes"})
    shown = signed.get(answer.location).select_one(".navigator__code").get_text()
    again = signed.client.get(answer.location)

    sent = clockwork.referral(id_)
    assert (sent.status, sent.consent_text) == (Status.SENT, read_out)
    (event,) = events(clockwork, Status.SENT)
    assert (event.role, event.actor_id) == ("navigator", navigator.id)
    assert json.loads(event.facts) == {"consent": "1", "way": "spoken"}
    assert again.status_code == 302
    key = clockwork.app.config["SECRET_KEY"]
    opened = clockwork.read(lambda: episode_of(shown, key=key, now=clock.now()).id)
    assert opened == sent.episode_id


def test_a_no_on_the_phone_withdraws_that_program_and_sends_the_other(signed, clockwork, page):
    first = clockwork.asked(LEAN, CNC, to=Status.DRAFT, **PHONE)
    path = f"{page(first)}/consent"
    names = [box["name"] for box in signed.get(path).select("input[type=radio][value=yes]")]

    send(signed, path, "consent", **{names[0]: "yes", names[1]: "no"})

    stands = clockwork.read(lambda: sorted(db.session.scalars(select(Referral.status))))
    assert stands == ["sent", "withdrawn"]


def test_consent_without_an_answer_for_each_program_is_not_taken(signed, clockwork, page):
    id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)

    answer = send(signed, f"{page(id_)}/consent", "consent")

    assert answer.status_code == 400
    assert clockwork.referral(id_).status == Status.DRAFT


@pytest.fixture
def in_place(clockwork):
    """A request that the navigator received in the place of a program."""
    id_ = clockwork.asked(LEAN)
    with clockwork.writing():
        db.session.get_one(Referral, id_).via_navigator = True
    return id_


@pytest.mark.parametrize(
    ("target", "fields"),
    [
        ("accepted", {"contact_name": "Grace Hopper"}),
        ("declined", {"reason": "cost", "hand_off": "none_known"}),
        ("information_requested", {"question": "How many presses?"}),
    ],
)
def test_a_programs_answer_is_written_down_in_its_name(
    signed, clockwork, page, navigator, in_place, target, fields
):
    answer = send(signed, page(in_place), "said", target=target, **fields)

    assert answer.status_code == 302
    assert clockwork.referral(in_place).status == target
    (event,) = events(clockwork, target)
    assert (event.role, event.actor_id) == ("program", navigator.id)
    assert json.loads(event.facts)["recorded_by"] == "navigator"
    assert clockwork.read(first_broken) is None


@pytest.mark.parametrize(
    ("target", "missing"),
    [("accepted", "contact_name"), ("declined", "reason"), ("information_requested", "question")],
)
def test_an_answer_that_lacks_something_says_what(
    signed, clockwork, page, in_place, target, missing
):
    path = page(in_place)
    form = signed.get(path)

    answer = signed.send_from(form, path, form="form[action$='/said']", target=target)

    assert answer.status_code == 400
    assert "usa-error-message" in answer.text
    assert f'id="{missing}"' in answer.text
    assert clockwork.referral(in_place).status == Status.SENT


def test_an_answer_to_what_has_moved_meanwhile_is_not_taken_and_is_kept(
    signed, clockwork, page, in_place
):
    path = page(in_place)
    form = signed.get(path)
    clockwork.move(in_place, Status.RECEIVED)

    answer = signed.send_from(
        form, path, form="form[action$='/said']", target="accepted", contact_name="Grace Hopper"
    )

    assert answer.status_code == 409
    assert "Grace Hopper" in answer.text
    assert clockwork.referral(in_place).status == Status.RECEIVED


def test_another_program_is_asked_by_a_link_and_the_open_request_is_passed_on(
    signed, clockwork, page, in_place
):
    path = f"{page(in_place)}/next?program={CNC}"

    send(signed, path, "next", way="link", program=CNC)

    assert clockwork.referral(in_place).status == Status.REDIRECTED
    (child,) = clockwork.read(
        lambda: db.session.execute(
            select(Referral.status, Referral.consent_text).where(Referral.parent_id == in_place)
        ).all()
    )
    assert tuple(child) == (Status.AWAITING_CONSENT, "")


def test_another_program_is_asked_at_once_with_spoken_consent(signed, clockwork, page):
    id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)
    reference = clockwork.referral(id_).reference
    send(signed, f"{page(id_)}/consent", "consent", **{f"said-{reference}": "yes"})
    clockwork.move(id_, Status.DECLINED)

    path = f"{page(id_)}/next?other=massmep-cnc"
    text = signed.get(path).select_one("blockquote").get_text()
    send(signed, path, "next", way="spoken")

    query = select(Referral.status, Referral.consent_text).where(Referral.parent_id == id_)
    (child,) = clockwork.read(lambda: db.session.execute(query).all())
    assert tuple(child) == (Status.SENT, text)
    assert clockwork.referral(id_).status == Status.DECLINED


def test_consent_on_the_phone_is_not_offered_where_the_number_is_not_the_navigators(
    signed, clockwork, page
):
    id_ = clockwork.asked(LEAN, to=Status.DECLINED, phone="617-555-0199")
    path = f"{page(id_)}/next?program={CNC}"

    ways = [button["value"] for button in signed.get(path).select("button[name=way]")]
    forced = send(signed, path, "next", way="spoken")

    assert ways == ["link"]
    assert forced.status_code == 400


def test_a_name_that_no_program_has_is_said(signed, clockwork, page):
    id_ = clockwork.asked(LEAN, to=Status.DECLINED)

    answer = signed.client.get(f"{page(id_)}/next?other=No+such+program")

    assert answer.status_code == 400
    assert "No such program" in answer.text


def test_why_none_was_found_is_kept_and_becomes_the_code_at_the_end(signed, clockwork, page):
    id_ = clockwork.asked(LEAN, to=Status.DECLINED)  # for capacity: the wait is too long

    send(signed, page(id_), "unmet", unmet="language_or_access")
    open_still = clockwork.referral(id_).status
    clockwork.at(14)
    clockwork.run()

    assert open_still == Status.DECLINED
    (event,) = events(clockwork, Status.CLOSED_UNMET)
    assert json.loads(event.facts) == {"unmet": "language_or_access"}


def test_a_note_is_added_and_shown(signed, page, in_place):
    send(signed, page(in_place), "note", note="Called twice, nobody there.")

    assert "Called twice, nobody there." in signed.get(page(in_place)).text


def test_the_companys_answer_on_the_phone_gives_the_clock_back_to_the_program(
    signed, clockwork, page
):
    id_ = clockwork.asked(LEAN, to=Status.DRAFT, **PHONE)
    reference = clockwork.referral(id_).reference
    send(signed, f"{page(id_)}/consent", "consent", **{f"said-{reference}": "yes"})
    clockwork.move(id_, Status.INFORMATION_REQUESTED)

    send(signed, page(id_), "answer", answer="Two presses.")

    stands = clockwork.referral(id_)
    assert (stands.status, stands.mover) == (Status.RECEIVED, "program")
