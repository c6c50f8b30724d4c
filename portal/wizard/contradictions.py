"""Answers of a company that contradict each other: a short code for each, and its words.

Some are settled when an address is read, so that the next address does not hold them any more;
their codes travel once in NOTED, as the names of dropped questions do. The others stay in the
answers and are said for as long as they do.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.directory.vocabulary import SME_BELOW_EMPLOYEES
from portal.i18n import number
from portal.wizard.answers import STEP_OF, Answers
from portal.wizard.places import Places
from portal.wizard.questions import FIELD_LABELS

NOTED = "noted"  # a parameter: codes of contradictions that the last form settled

ZIP_AND_COUNTY = "zip-county"
NONE_AND_UNSURE = "none-not-sure"
SEVERAL = "several-"  # with the name of a field of one answer
SMALL_WITH_MANY = "sme-size"
STARTUP_WITH_MANY = "startup-size"
LARGE_WITH_FEW = "oem-size"
OF_ONE_ANSWER = tuple(field for field in STEP_OF if field not in ("need", "topic"))
SETTLED = frozenset(
    {ZIP_AND_COUNTY, NONE_AND_UNSURE, *(SEVERAL + field for field in OF_ONE_ANSWER)}
)
LARGE_FROM = 50  # employees; a maker of final products may have fewer


def of_size(answers: Answers) -> list[str]:
    """Return how the number of people contradicts what the company said it is."""
    count = int(answers.employees) if answers.employees.isdigit() else 0
    if answers.audience == "sme" and count >= SME_BELOW_EMPLOYEES:
        return [SMALL_WITH_MANY]
    if answers.audience == "startup" and count >= SME_BELOW_EMPLOYEES:
        return [STARTUP_WITH_MANY]
    if answers.audience == "oem" and 0 < count < LARGE_FROM:
        return [LARGE_WITH_FEW]
    return []


def in_words(codes: Iterable[str], answers: Answers, places: Places) -> list[str]:
    """Explain contradictions; codes that are not ours, or that say nothing here, are left out."""
    return [words for code in codes if (words := _words_of(code, answers, places))]


def _words_of(code: str, answers: Answers, places: Places) -> str:
    county = places.county_of_zip.get(answers.zip, "")
    if code == ZIP_AND_COUNTY and county:
        words = _(
            "The ZIP code %(zip)s lies in %(county)s County. We go by the ZIP code.",
            zip=answers.zip,
            county=county,
        )
    elif code == NONE_AND_UNSURE:
        words = _("You chose “None of these” and “Not sure”. We took “None of these”.")
    elif code in SETTLED and code.startswith(SEVERAL):
        label = FIELD_LABELS[code.removeprefix(SEVERAL)]
        words = _("You gave several answers to “%(question)s”. We took the first.", question=label)
    elif answers.employees.isdigit():
        words = _of_size_in_words(code, number(int(answers.employees)))
    else:
        words = ""
    return str(words)


def _of_size_in_words(code: str, employees: str) -> str:
    words = {
        SMALL_WITH_MANY: _(
            "You said small or medium, and %(employees)s people. A small or medium "
            "manufacturer has fewer than 500. If yours has more, change who you are.",
            employees=employees,
        ),
        STARTUP_WITH_MANY: _(
            "You said startup, and %(employees)s people. Help for startups is for young "
            "companies with fewer. If yours is none, change who you are.",
            employees=employees,
        ),
        LARGE_WITH_FEW: _(
            "You said large manufacturer, and %(employees)s people. That answer is for a "
            "manufacturer with 500 people or more, or a maker of final products. If yours "
            "is neither, change who you are.",
            employees=employees,
        ),
    }
    return str(words.get(code, ""))
