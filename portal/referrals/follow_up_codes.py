"""What a company may answer when it is asked how it went: codes and bands (pure).

Codes and bands are facts of the chain and can be counted for years. The amounts themselves are
the company's own words: they lie beside the chain and are emptied with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from portal.referrals.codes import Outcome


class Contact(StrEnum):
    """Have you been in contact with them?"""

    YES = "yes"
    ARRANGED = "arranged"
    NO = "no"


class Helped(StrEnum):
    """Did it help?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TOO_EARLY = "too_early"


class Anyway(StrEnum):
    """Would it have happened without the program?"""

    NO = "no"
    LATER = "later"
    YES = "yes"
    UNSURE = "unsure"


# Answers beside the outcomes of the survey: nothing to say, because the company took no part.
NO_PART = "no_part"
ALONE = frozenset({Outcome.NO_CHANGE_YET.value, NO_PART})
OUTCOMES = (*Outcome, NO_PART)
# Outcomes that may come with an amount: dollars a year, or people.
DOLLARS = (Outcome.SALES, Outcome.COST_SAVED, Outcome.INVESTMENT)
PEOPLE = Outcome.JOBS
WITH_AMOUNT = (Outcome.SALES, Outcome.JOBS, Outcome.COST_SAVED, Outcome.INVESTMENT)
SEPARATOR = "|"  # between outcomes in one fact
MOST = 1_000_000_000  # more is a slip of the keyboard

# The first number above each band; the last band has no end.
DOLLAR_BANDS: Mapping[str, int | None] = {
    "under-10k": 10_000,
    "10k-50k": 50_000,
    "50k-250k": 250_000,
    "250k-1m": 1_000_000,
    "1m-plus": None,
}
PEOPLE_BANDS: Mapping[str, int | None] = {"1-4": 5, "5-19": 20, "20-plus": None}
# Thousands may be set off by comma or period; one or two digits after it are cents, or "1.5m".
_AMOUNT = re.compile(
    r"\$?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,12})"
    r"(?P<part>[.,]\d{1,2})?\s*(?P<times>k|m)?",
    re.IGNORECASE,
)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def amount_of(text: str) -> int | None:
    """Return a number as people write it (25000, $25,000, 25k); None: it is none, or too large."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    whole = found["whole"].replace(",", "").replace(".", "")
    part = (found["part"] or "").replace(",", ".")
    number = int(Decimal(whole + part) * _TIMES[(found["times"] or "").lower()])
    return number if number <= MOST else None


def band_of(outcome: str, amount: int) -> str:
    """Return the band that an amount lies in; blank for nothing.

    Args:
        outcome: one of WITH_AMOUNT.
        amount: dollars a year, or people; not negative.
    """
    if amount <= 0:
        return ""
    bands = PEOPLE_BANDS if outcome == PEOPLE else DOLLAR_BANDS
    return next(band for band, end in bands.items() if end is None or amount < end)
