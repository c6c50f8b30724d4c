"""Texts that an organization keeps: its own staff only, and nobody overwrites anybody."""

from __future__ import annotations

import pytest

from tests.referrals.sent import send

PAGE = "/staff/organizations/massmep/replies"


@pytest.fixture
def staff(make, signed):
    """A browser of somebody at MassMEP, who keeps one reply."""
    signed.sign_in(make.staff("massmep"))
    signed.send(PAGE, name="Presses", text="How many presses?")
    return signed


def edit_address(staff) -> str:
    return staff.get(PAGE).select_one(".listings a")["href"]


def test_a_reply_is_kept_changed_and_deleted(staff):
    address = edit_address(staff)

    changed = staff.send(address, name="Presses", text="How many presses run?")
    kept = staff.get(PAGE).text
    deleted = staff.send(address, form="form[action$='/delete']")

    assert (changed.status_code, deleted.status_code) == (302, 302)
    assert "How many presses run?" in kept
    assert "None yet." in staff.get(PAGE).text


def test_whoever_was_slower_sees_both_texts(staff):
    address = edit_address(staff)
    page = staff.get(address)
    staff.send(address, name="Presses", text="Theirs")

    late = staff.send_from(page, address, name="Presses", text="Mine")

    text = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Theirs" in text
    assert "Mine" in text
    assert "Theirs" in staff.get(PAGE).text


def test_two_replies_do_not_share_a_name(staff):
    answer = staff.send(PAGE, name="Presses", text="Another")

    assert answer.status_code == 400
    assert "There is a reply of this name" in answer.get_data(as_text=True)


def test_other_organizations_do_not_find_them(make, staff):
    address = edit_address(staff)
    staff.sign_in(make.staff("gbmp"))

    assert staff.get(PAGE).status == 404
    assert staff.get(address).status == 404


def test_a_reply_is_not_offered_to_another_organization(writable_app, make, staff):
    reference = send(writable_app, "gbmp-consulting")
    staff.sign_in(make.staff("gbmp"))

    assert "Presses" not in staff.get(f"/staff/requests/{reference}").text
