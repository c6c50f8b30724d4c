"""Many are invited at once, from a file of contacts."""

from __future__ import annotations

from io import BytesIO

import pytest

from portal.accounts.contacts_file import BadRow, Contact, read_contacts
from tests.accounts.mailed import mailed
from tests.browser import Page


def test_many_are_invited_from_a_file_after_it_was_shown(signed, make):
    signed.sign_in(make.manager())
    content = "email,organization\na@massmep.org,massmep\nb@gbmp.org,gbmp\n".encode("utf-8-sig")

    shown = signed.send(
        "/manage/accounts/invite-many",
        form="form.question",
        file=(BytesIO(content), "contacts.csv"),
    )
    assert "2 people will be invited" in shown.text
    assert not mailed(signed.client.application)

    answer = signed.send_from(Page(shown), "/manage/accounts/invite-many", form="form.question")

    assert answer.status_code == 302
    assert set(mailed(signed.client.application)) == {"a@massmep.org", "b@gbmp.org"}


def test_a_file_with_a_bad_row_invites_nobody_and_names_the_row(signed, make):
    signed.sign_in(make.manager())
    content = b"email,organization\na@massmep.org,massmep\nnobody,massmep\nc@x.org,nowhere\n"

    shown = signed.send(
        "/manage/accounts/invite-many",
        form="form.question",
        file=(BytesIO(content), "contacts.csv"),
    )

    assert shown.status_code == 400
    assert "Line 3" in shown.text
    assert "Line 4" in shown.text
    assert not mailed(signed.client.application)


@pytest.mark.parametrize(
    ("content", "bad"),
    [
        (b"\xff\xfe\x00", [BadRow(1, "", "encoding")]),
        (b"name\nx\n", [BadRow(1, "name", "columns")]),
        (
            b"email,organization\na@b.org,massmep\nA@B.org,massmep\n",
            [BadRow(3, "a@b.org", "twice")],
        ),
    ],
)
def test_a_file_of_contacts_that_cannot_be_used_says_why(content, bad):
    _good, found = read_contacts(content, {"massmep"})

    assert found == bad


def test_a_file_of_contacts_may_have_other_columns_in_any_order():
    content = b"Organization,name,Email\nmassmep,Ana,Ana@x.org\n"

    assert read_contacts(content, {"massmep"}) == ([Contact("ana@x.org", "massmep")], [])
