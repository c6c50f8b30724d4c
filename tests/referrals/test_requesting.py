"""The form by which a company asks: what it needs, what it keeps, whom it is put to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.referrals.models import Details, Episode, Referral
from tests.browser import Page
from tests.referrals.owning import EMAIL, REFER, TYPED

THREE = "/refer?service=massmep-lean&service=massmep-quality&service=massmep-cnc"


def stored(app, *columns, **where):
    """Return rows of a write, read by themselves."""
    with app.app_context():
        rows = db.session.execute(select(*columns).filter_by(**where)).all()
        db.session.remove()
    return rows


def test_asking_leads_to_the_page_that_says_what_happens_next(owner):
    answer = owner.ask()

    assert answer.status_code == 302
    assert "Check your e-mail" in owner.get(answer.location).text


def test_nothing_is_ticked_beforehand(owner):
    page = owner.get(REFER)

    assert page.select("input[type=checkbox]")
    assert not page.select("input[type=checkbox][checked]")


def test_the_text_that_was_ticked_is_kept_word_by_word(owner, writable_app):
    text = owner.get(REFER).select_one(".consent label").get_text(strip=True)

    owner.ask()

    ((kept, version),) = stored(writable_app, Referral.consent_text, Referral.consent_version)
    assert kept == text
    assert version == "1"


def test_in_spanish_the_spanish_text_is_kept(owner, writable_app):
    text = owner.get(f"/es{REFER}").select_one(".consent label").get_text(strip=True)

    owner.ask(f"/es{REFER}")

    assert stored(writable_app, Referral.consent_text) == [(text,)]
    assert stored(writable_app, Episode.language) == [("es",)]


def test_three_programs_are_asked_at_once_and_only_those_that_are_ticked(owner, writable_app):
    ticks = [tag["value"] for tag in owner.get(THREE).select("input[name=consent]")]

    owner.ask(THREE, consent=ticks[:2])

    assert len(ticks) == 3
    assert len(stored(writable_app, Referral.id)) == 2
    assert len(stored(writable_app, Episode.id)) == 1


def test_without_a_tick_nobody_is_asked_and_all_that_was_typed_is_kept(owner, writable_app):
    answer = owner.ask(tick=False, company="Smith & Daughters", employees="25")

    page = Page(answer)
    assert answer.status_code == 400
    assert not page.faults()
    assert page.select_one("[name=company]")["value"] == "Smith & Daughters"
    assert page.select_one("[name=need_text]").get_text(strip=True) == TYPED["need_text"]
    assert page.select_one(".error-list a")["href"] == "#consent-massmep-lean"
    assert stored(writable_app, Episode.id) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"need_text": " "}, "need_text"),
        ({"name": ""}, "name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "ada"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"postal_code": "016"}, "postal_code"),
        ({"employees": "many"}, "employees"),
        ({"need_text": "My number is 078-05-1120, call me."}, "need_text"),
        ({"best_time": "4111 1111 1111 1111"}, "best_time"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_at_the_top(owner, changed, field):
    page = Page(owner.ask(**changed))

    assert page.status == 400
    assert [tag["href"] for tag in page.select(".error-list a")] == [f"#{field}"]
    assert page.select_one(f"#{field}-error-1")
    assert not page.faults()


def test_a_number_alone_is_enough_and_nobody_is_written_to(owner, writable_app):
    answer = owner.ask(email="", phone="413-555-0100")

    assert "We call you" in owner.get(answer.location).text
    assert stored(writable_app, Episode.channel) == [("phone",)]
    assert stored(writable_app, Referral.status) == [("draft",)]
    assert owner.letters() == []


def test_the_wizards_answers_stand_in_the_form_and_are_counted(owner, writable_app):
    path = f"{REFER}?need=scrap&audience=sme&employees=25&industry=332710&zip=01608&v=1"
    page = owner.get(path)

    owner.ask(path, employees="25", industry="332710", postal_code="01608")

    words = page.select_one("[name=need_text]").get_text()
    assert "Scrap or rework is too high" in words
    assert "25 people" in words
    assert page.select_one("[name=employees]")["value"] == "25"
    assert stored(
        writable_app,
        Episode.need,
        Episode.form,
        Episode.size,
        Episode.industry,
        Episode.region,
        Episode.audience,
    ) == [("scrap", "process-improvement", "20-49", "332710", "central", "sme")]


def test_without_a_plan_the_need_is_the_programs_own_kind_of_help(owner, writable_app):
    owner.ask()

    assert stored(writable_app, Episode.need, Episode.form, Episode.kind) == [
        ("process-improvement", "process-improvement", "help")
    ]


def test_what_was_known_before_is_carried_along_and_never_asked(owner, writable_app):
    assert "today" not in owner.get(REFER).select_one("#form").get_text()

    owner.ask(f"{REFER}?knew=name-only")

    assert stored(writable_app, Referral.knew_before) == [("name-only",)]


def test_of_several_programs_each_has_its_own_answer_on_the_way(owner, writable_app):
    owner.ask(f"{THREE}&knew=massmep-lean:no&knew=massmep-cnc:used&knew=massmep-cnc:nonsense")

    assert sorted(stored(writable_app, Referral.knew_before)) == [("",), ("no",), ("used",)]


def test_a_double_click_is_one_request(owner, writable_app):
    stamp = owner.stamp()

    owner.ask(stamp=stamp)
    second = owner.ask(stamp=stamp)

    assert second.status_code == 302
    assert len(stored(writable_app, Episode.id)) == 1
    assert len(owner.letters()) == 1


def test_a_form_that_lay_open_for_two_days_is_made_anew_with_all_that_was_typed(
    owner, writable_app
):
    answer = owner.ask(stamp=owner.stamp(age=timedelta(hours=25)))

    page = Page(answer)
    assert answer.status_code == 400
    assert "once more" in page.text
    assert page.select_one("[name=email]")["value"] == EMAIL
    assert page.select_one("input[name=consent][checked]")
    assert stored(writable_app, Episode.id) == []
    assert (
        owner.client.post(
            REFER,
            data={
                **TYPED,
                "stamp": page.select_one("[name=stamp]")["value"],
                "consent": page.select_one("input[name=consent]")["value"],
            },
        ).status_code
        == 302
    )


def test_a_stamp_that_is_not_ours_sends_nothing(owner, writable_app):
    answer = owner.ask(stamp="forged")

    assert answer.status_code == 400
    assert stored(writable_app, Episode.id) == []


def test_a_text_that_changed_since_the_page_was_opened_is_read_again(owner, writable_app):
    answer = owner.ask(consent=[f"massmep-lean:{'0' * 16}"])

    assert "has changed" in Page(answer).text
    assert stored(writable_app, Episode.id) == []


def test_the_state_learns_a_name_only_by_a_tick_of_its_own(owner, writable_app):
    owner.ask()
    owner.ask(shares="1", email="grace@shop.example")

    assert stored(writable_app, Episode.shares_with_state) == [(False,), (True,)]


def test_a_program_that_cannot_receive_yet_is_asked_through_the_navigator(owner):
    assert "does not take requests here yet" in owner.get(REFER).text


def test_a_program_with_staff_reads_the_request_itself(owner, make):
    make.staff("massmep")

    page = owner.get(REFER)

    assert "does not take requests" not in page.text
    assert "reads your request and answers by" in page.text


def test_more_than_three_programs_are_to_be_chosen_from(owner):
    page = owner.get(f"{THREE}&service=massmep-cyber")

    assert page.heading == "Choose up to three"
    assert len(page.select("input[name=service][checked]")) == 3


def test_programs_that_are_not_there_are_named(owner):
    assert owner.get("/refer?service=no-such-thing").status == 404
    assert "no-such-thing" in owner.get(THREE.replace("massmep-cnc", "no-such-thing")).text


def test_somebody_elses_request_is_no_page_of_a_search_engine(owner):
    answer = owner.client.get(REFER)

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_words_and_contact_are_kept_as_typed(owner, writable_app):
    owner.ask(phone="413-555-0100", best_time="Mornings")

    assert stored(
        writable_app, Details.need_text, Details.email, Details.phone, Details.best_time
    ) == [(TYPED["need_text"], EMAIL, "413-555-0100", "Mornings")]
