"""What a plan says of help that is missing: nothing of one's own kind, or none of these (pure).

Only what was wanted is kept, in codes: the need, its kind of help, the industry, the region. Own
words, the number of employees, the county and the ZIP are dropped here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.wizard.answers import NONE_OF_THESE, NOT_SURE, Answers
from portal.wizard.profile import CompanyProfile

NO_DEDICATED = "no-dedicated"
NONE_FITS = "none-of-these"
KINDS = (NO_DEDICATED, NONE_FITS)


@dataclass(frozen=True, slots=True)
class Hole:
    """What one plan lacked; equal ones of a day are counted together."""

    kind: str
    need: str
    form: str
    industry: str
    region: str


def holes_of(
    answers: Answers,
    profile: CompanyProfile,
    *,
    has_dedicated: bool,
    form_of: Mapping[str, str],
) -> list[Hole]:
    """Return what a plan lacked, one for each need; none where it lacked nothing.

    "None of these" is a hole whatever was found. Without a program that is dedicated to the
    industry or the size of the company each need is one; where neither is known, nothing can be
    dedicated and nothing is counted.

    Args:
        answers: of the address.
        profile: the same as the matching reads them.
        has_dedicated: whether any program that fits is dedicated.
        form_of: code of a need, or key of a form → key of its form.
    """
    industry = profile.industry
    region = one_of(profile.regions)
    if answers.has_none_of_these:
        return [Hole(NONE_FITS, "", "", industry, region)]
    if has_dedicated or not (profile.industry or profile.employees is not None):
        return []
    needs = sorted(code for code in answers.need if code not in (NOT_SURE, NONE_OF_THESE))
    return [
        Hole(NO_DEDICATED, code, form_of[code], industry, region)
        for code in needs
        if code in form_of
    ]


def one_of(values: Sequence[str]) -> str:
    """Return the value where there is one; blank where there are none or several."""
    return values[0] if len(values) == 1 else ""
