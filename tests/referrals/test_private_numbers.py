"""Numbers that are refused. Cards are the test numbers that networks publish for the purpose."""

from __future__ import annotations

import pytest

from portal.referrals.private_numbers import PrivateNumber, passes_luhn, private_number_in


@pytest.mark.parametrize(
    "text",
    [
        "My number is 078-05-1120.",  # printed in wallets of 1938, never valid since
        "078 05 1120",
        "SSN: 078051120",
        "Número de seguro social 078051120",
    ],
)
def test_social_security_numbers_are_found(text):
    assert private_number_in(text) is PrivateNumber.SOCIAL_SECURITY


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "card 378282246310005.",
        "6011111111111117",
    ],
)
def test_card_numbers_are_found(text):
    assert private_number_in(text) is PrivateNumber.CARD


@pytest.mark.parametrize(
    "text",
    [
        "Call 413-555-0100 or 1 413 555 0100.",
        "ZIP 01608-1234, D-U-N-S 150483782",
        "000-12-3456 and 666-12-3456 and 912-34-5678",  # areas that are never given
        "123-00-4567 and 123-45-0000",
        "4111 1111 1111 1112",  # its check digit is another
        "We have 25 people, 3 lathes, 2 mills; part 4417123456789",
        "078-05-11201",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert private_number_in(text) is None


@pytest.mark.parametrize(
    ("digits", "is_right"), [("79927398713", True), ("79927398710", False), ("0", True)]
)
def test_the_check_digit_is_luhns(digits, is_right):
    # 79927398713: the worked example of ISO/IEC 7812 that textbooks give.
    assert passes_luhn(digits) is is_right
