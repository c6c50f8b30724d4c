"""Passwords: long enough, not well known, not about the person; nothing else is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.hashing import hash_password, is_password
from portal.accounts.passwords import Weakness, weakness_of


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("three blue lathes hum", None),
        ("only fourteen!", Weakness.TOO_SHORT),
        ("fifteen letters", None),
        ("ñandú olé ćwał über", None),
        ("correct horse battery staple", None),
        ("a" * 20, Weakness.REPETITIVE),
        ("abcabcabcabcabcabc", Weakness.REPETITIVE),
        ("x y" * 200, Weakness.TOO_LONG),
        ("maria.lopez@example.org", Weakness.ABOUT_YOU),
    ],
)
def test_a_password_alone_needs_fifteen_characters_and_must_not_be_guessable(password, weakness):
    personal = ["maria.lopez@example.org", "maria", "lopez", "example", "org"]

    assert weakness_of(password, personal=personal) is weakness


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("8 chars!", None),
        ("7 char!", Weakness.TOO_SHORT),
        ("password", Weakness.WELL_KNOWN),
        ("PASSWORD1234", Weakness.WELL_KNOWN),
        ("football", Weakness.WELL_KNOWN),
    ],
)
def test_beside_a_second_factor_eight_are_enough_but_no_common_ones(password, weakness):
    assert weakness_of(password, beside_second_factor=True) is weakness


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40))
def test_any_text_is_judged_without_a_fault(password):
    weakness_of(password, personal=["name"])


def test_a_hash_knows_its_password_in_any_way_of_writing_and_no_other():
    hashed = hash_password("café au lait à la maison")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(hashed, "café au lait à la maison")
    assert not is_password(hashed, "cafe au lait a la maison")
    assert not is_password("", "anything")
    assert not is_password("no hash", "anything")
