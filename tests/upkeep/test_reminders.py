"""Reminders: one letter an organization, once for each rung, never to those who want none."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from sqlalchemy import select

from portal.accounts.models import AuditEvent
from portal.directory.models import Service
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.mail.worker import deliver_due, message_of, take_steps
from portal.upkeep.daily import reminders_step
from tests.upkeep.conftest import Upkeep

LEAN, QUALITY = "massmep-lean", "massmep-quality"


def letters(upkeep: Upkeep) -> list[EmailMessage]:
    settings = upkeep.app.config["PORTAL"]

    def question() -> list[EmailMessage]:
        query = select(OutboxMessage).order_by(OutboxMessage.created_at)
        return [message_of(row, settings) for row in db.session.scalars(query)]

    return upkeep.read(question)


def step(upkeep: Upkeep) -> None:
    upkeep.read(lambda: reminders_step(upkeep.app.config["PORTAL"]))


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content()


def test_letters_come_on_their_days_to_the_contact_and_then_to_the_alternate(upkeep, at):
    upkeep.contact("main@example.org")
    upkeep.contact("other@example.org", is_alternate=True)
    upkeep.confirmed(LEAN, 0)
    sent = {}
    for day in range(145, 232):
        before = len(letters(upkeep))
        at(day)
        step(upkeep)
        for letter in letters(upkeep)[before:]:
            sent[day] = letter["To"]

    assert sent == {
        150: "main@example.org",
        180: "main@example.org",
        200: "other@example.org",
    }


def test_one_letter_names_all_listings_that_are_due(upkeep):
    upkeep.contact()
    upkeep.confirmed(LEAN, 155)
    upkeep.confirmed(QUALITY, 185)

    step(upkeep)

    (letter,) = letters(upkeep)
    names = [upkeep.service(slug).name for slug in (LEAN, QUALITY)]
    assert all(name in text_of(letter) for name in names)


def test_a_confirmation_begins_the_ladder_anew(signed, upkeep, at):
    upkeep.contact()
    upkeep.confirmed(LEAN, 150)
    step(upkeep)
    (letter,) = letters(upkeep)
    url = next(word for word in text_of(letter).split() if "/confirm/" in word)
    token = url.rpartition("/")[2]

    signed.send(f"/confirm/{token}")

    assert upkeep.service(LEAN).assurer_email == "contact@example.org"
    at(149)
    step(upkeep)
    assert len(letters(upkeep)) == 1
    at(150)
    step(upkeep)
    assert len(letters(upkeep)) == 2


def test_no_letter_for_what_nobody_has_confirmed_nor_where_nobody_is_known(upkeep):
    upkeep.confirmed(LEAN, 160)

    step(upkeep)

    assert letters(upkeep) == []


def test_staff_with_an_account_are_contacts_too(make, upkeep):
    person = make.staff(of="massmep")
    upkeep.confirmed(LEAN, 160)

    step(upkeep)

    assert [letter["To"] for letter in letters(upkeep)] == [person.email]


def test_a_letter_has_its_link_why_and_how_to_stop_in_both_parts(upkeep):
    upkeep.contact()
    upkeep.confirmed(LEAN, 160)
    step(upkeep)

    (letter,) = letters(upkeep)

    html = letter.get_body(("html",)).get_content()
    for part in (text_of(letter), html):
        assert "http://localhost:8000/confirm/" in part
        assert "You get this because you are a contact of" in part
        assert "/reminders/" in part
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<http://localhost:8000/reminders/")


@pytest.mark.parametrize(("language", "prefix"), [("es", "/es"), ("pt", "/pt")])
def test_a_letter_speaks_the_language_of_its_contact(upkeep, language, prefix):
    upkeep.contact(language=language)
    upkeep.confirmed(LEAN, 160)
    step(upkeep)

    (letter,) = letters(upkeep)

    assert f"http://localhost:8000{prefix}/confirm/" in text_of(letter)
    assert not letter["Subject"].startswith("Still correct?")
    assert letter["Content-Language"] == language


def test_one_click_of_a_mail_program_turns_them_off(signed, upkeep, at):
    upkeep.contact()
    upkeep.confirmed(LEAN, 150)
    step(upkeep)
    url = letters(upkeep)[0]["List-Unsubscribe"].strip("<>")
    path = url.removeprefix("http://localhost:8000")
    before = upkeep.rows()
    assert signed.get(path).status == 200
    assert upkeep.rows() == before  # a scanner that opens it turns nothing off

    signed.client.post(path, data={"List-Unsubscribe": "One-Click"})
    signed.client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert "They are turned off" in signed.get(path).text
    at(30)
    step(upkeep)
    assert len(letters(upkeep)) == 1
    assert signed.client.post("/reminders/nonsense/stop").status_code == 410


def test_letters_wait_until_somebody_is_known(upkeep, at):
    upkeep.confirmed(LEAN, 150)
    step(upkeep)
    upkeep.contact()
    at(1)
    step(upkeep)

    assert len(letters(upkeep)) == 1


def test_what_a_delivered_letter_said_is_forgotten_its_links_too(upkeep):
    upkeep.contact()
    upkeep.confirmed(LEAN, 160)
    settings = upkeep.app.config["PORTAL"]

    upkeep.read(lambda: (take_steps(settings), deliver_due(_Nowhere(), settings)))

    rows = upkeep.rows()
    assert "/confirm/" not in str(rows)
    assert rows["outbox_unsubscribe"] == []
    assert "'sent'" in str(rows["outbox_message"])


class _Nowhere:
    def send(self, message: EmailMessage) -> None:
        """Deliver to nobody."""


def test_the_call_list_goes_from_the_oldest_confirmation_to_the_oldest_evidence(
    signed, make, upkeep
):
    upkeep.confirmed(LEAN, 230)
    upkeep.confirmed(QUALITY, 300)
    upkeep.contact("main@example.org")
    signed.sign_in(make.manager())

    page = signed.get("/manage/call-list")

    names = [tag.get_text() for tag in page.select(".upkeep__listings h2")]
    assert names[:2] == [upkeep.service(QUALITY).name, upkeep.service(LEAN).name]
    assert "main@example.org" in page.select_one(".upkeep__listings > li").get_text()
    oldest = upkeep.read(
        lambda: db.session.scalar(
            select(Service.evidence_as_of)
            .where(Service.assured_date.is_(None))
            .order_by(Service.evidence_as_of)
        )
    )
    third = upkeep.read(lambda: db.session.scalar(select(Service).where(Service.name == names[2])))
    assert third.evidence_as_of == oldest
    assert page.text.count("Confirmed by phone") == 50


def test_a_call_confirms_with_the_manager_s_address(signed, make, upkeep):
    upkeep.confirmed(LEAN, 230)
    person = make.manager()
    signed.sign_in(person)
    form = f"form[action='/manage/call-list/{LEAN}/confirm']"

    signed.send("/manage/call-list", form=form)

    service = upkeep.service(LEAN)
    assert (service.assured_date.isoformat(), service.assurer_email) == (
        "2026-03-12",
        person.email,
    )
    assert not signed.get("/manage/call-list").select(form)


def test_a_contact_is_added_asked_at_once_and_removed(signed, make, upkeep):
    person = make.manager()
    signed.sign_in(person)
    answer = signed.send(
        "/manage/contacts",
        form="form#add",
        organization="massmep",
        email="Ann@Example.org",
        name="Ann",
        language="es",
    )
    assert answer.status_code == 302
    page = signed.get("/manage/contacts")
    assert "ann@example.org" in page.text

    signed.send("/manage/contacts", form="form[action$='/ask']")
    (letter,) = letters(upkeep)
    url = next(word for word in text_of(letter).split() if "/confirm/" in word)
    path = url.removeprefix("http://localhost:8000")
    assert signed.get(path).status == 200
    signed.send("/manage/contacts", form="form[action$='/remove']")

    assert "ann@example.org" not in signed.get("/manage/contacts").text
    assert signed.get(path).status == 410
    with upkeep.app.app_context():
        query = select(AuditEvent).order_by(AuditEvent.id)
        done = [(e.action, e.actor_label, e.object_id) for e in db.session.scalars(query)]
        db.session.remove()
    assert done == [
        (action, person.email, "massmep")
        for action in ("contact:add", "contact:ask", "contact:remove")
    ]


@pytest.mark.parametrize("path", ["/manage/contacts", "/manage/call-list", "/manage/ladder"])
def test_pages_of_managers_are_closed_to_staff_and_write_nothing(signed, make, upkeep, path):
    signed.sign_in(make.staff())
    assert signed.client.get(path).status_code == 403
    signed.sign_in(make.manager())
    before = upkeep.rows()
    assert signed.get(path).status == 200
    assert upkeep.rows() == before
    assert signed.client.post(path).status_code in (400, 405)
    assert upkeep.rows() == before


def test_a_contact_is_of_no_organization_until_one_is_chosen(signed, make):
    signed.sign_in(make.manager())
    first = signed.get("/manage/contacts").select_one("#organization option")
    assert (first["value"], first.get_text()) == ("", "Choose an organization")

    answer = signed.send("/manage/contacts", form="#add", email="ann@example.org", language="en")

    assert answer.status_code == 400
    assert "Choose an organization." in answer.get_data(as_text=True)
    assert "ann@example.org" not in signed.get("/manage/contacts").text
