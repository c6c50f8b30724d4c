"""Finds numbers that no request should hold: US social security and payment card numbers (pure)."""

from __future__ import annotations

import re
from enum import StrEnum


class PrivateNumber(StrEnum):
    """A kind of number that is refused, with an explanation."""

    SOCIAL_SECURITY = "social_security"
    CARD = "card"


# Never given: area 000, 666 and 900 to 999, group 00, serial 0000 (SSA, "Meaning of the Social
# Security Number", RM 10201.035). Without separators nine digits may be anything, unless a word
# before them says what they are.
_AREA, _GROUP, _SERIAL = r"(?!000|666|9)\d{3}", r"(?!00)\d{2}", r"(?!0000)\d{4}"
_SEPARATED = re.compile(rf"(?<![\d-]){_AREA}([- ]){_GROUP}\1{_SERIAL}(?![\d-])")
_NAMED = re.compile(
    rf"\b(?:ssn|social security|seguro social)\b[^\d]{{0,20}}{_AREA}{_GROUP}{_SERIAL}(?!\d)",
    re.IGNORECASE,
)
# 13 to 19 digits, in groups or not (ISO/IEC 7812); networks begin with 2 to 6.
_CARD = re.compile(r"(?<![\d-])[2-6](?:[ -]?\d){12,18}(?![\d-])")


def private_number_in(text: str) -> PrivateNumber | None:
    """Return which kind of private number a text holds; None: none."""
    if _SEPARATED.search(text) or _NAMED.search(text):
        return PrivateNumber.SOCIAL_SECURITY
    for found in _CARD.finditer(text):
        if passes_luhn("".join(filter(str.isdigit, found[0]))):
            return PrivateNumber.CARD
    return None


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
