"""Text is found to be what it is, and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.encodings import Encoding, WrongEncodingError, decoded, encoding_of

TEXT = "id,name\ncafé,Señor São “Müller”\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8_WITH_MARK),
        ("utf-16", Encoding.UTF_16),
        ("utf-16-le", Encoding.UTF_16),
        ("utf-16-be", Encoding.UTF_16),
        ("windows-1252", Encoding.WINDOWS_1252),
    ],
)
def test_what_spreadsheets_write_is_recognized_and_read(codec, found):
    data = TEXT.encode(codec)

    assert encoding_of(data) is found
    assert decoded(data, found) == TEXT


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_always_found_and_loses_nothing(text):
    for codec in ("utf-8", "utf-8-sig"):
        data = text.encode(codec)

        assert decoded(data, encoding_of(data)) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_said_not_to_be(data):
    try:
        found = decoded(data, encoding_of(data))
    except WrongEncodingError as error:
        found = data[: error.offset].decode(error.encoding, "ignore")

    assert isinstance(found, str)


def test_a_wrong_choice_is_told_with_its_place():
    with pytest.raises(WrongEncodingError) as caught:
        decoded(b"abc\xe9", Encoding.UTF_8)

    assert caught.value.offset == 3
