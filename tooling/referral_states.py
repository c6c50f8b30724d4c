"""Writes docs/referral-states.md from the code: `python -m tooling.referral_states`."""

import sys
from datetime import timedelta
from pathlib import Path

from portal.referrals.standing import (
    AFTER_CONTACT,
    AFTER_ENROLLING,
    CHILD_WITHIN,
    CONFIRM_WITHIN,
    CREATOR_WITHIN,
    QUESTION_LAPSES,
    REOPEN_WITHIN,
    SILENCE_LAPSES,
    Limits,
)
from portal.referrals.states import ENDED, FIRST_RESPONSES, TRANSITIONS, Status
from tooling.places import ROOT

PAGE = ROOT / "docs" / "referral-states.md"
# Every state may lead there: drawn once, as a note.
ERROR = Status.ENTERED_IN_ERROR


def page() -> str:
    """Return the page: the diagram, the limits of time, a row for each move."""
    limits = Limits()
    return "\n".join(
        [
            "# States of a referral",
            "",
            "Written from `portal/referrals/states.py` and `standing.py` by",
            "`python -m tooling.referral_states`; a test compares them. Anything that the table",
            "does not hold is refused (409).",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {line}" for line in diagram()),
            "```",
            "",
            "From every state but itself a referral may be marked `entered_in_error` (by whoever",
            "entered it within "
            f"{_hours(CREATOR_WITHIN)}, by a manager at any time). Nothing follows from it.",
            "",
            f"First responses: {_names(FIRST_RESPONSES)}. Opening a message is none.",
            "",
            f"Ends: {_names(ENDED)}.",
            "",
            "## Time",
            "",
            "| what | how long |",
            "|---|---|",
            f"| first response | {limits.response_days} business days, per program |",
            f"| contact after acceptance | {limits.contact_days} business days, per program |",
            f"| confirmation or consent | {CONFIRM_WITHIN.days} days, then `expired` |",
            f"| answer to a question | {QUESTION_LAPSES.days} days, then `expired` |",
            f"| silence of a program | {SILENCE_LAPSES.days} days, then `expired` |",
            f"| a child referral | {CHILD_WITHIN.days} days, then `closed_unmet` |",
            f"| reopening | within {REOPEN_WITHIN.days} days |",
            f"| word from the program after contact | {AFTER_CONTACT.days} days |",
            f"| word from the program after the start | {AFTER_ENROLLING.days} days |",
            "",
            "## Moves",
            "",
            "| from | to | who | needs |",
            "|---|---|---|---|",
            *(
                f"| {row.source or '(begins)'} | {row.target} "
                f"| {', '.join(row.who)} | {row.needs} |"
                for row in TRANSITIONS
            ),
            "",
        ]
    )


def diagram() -> list[str]:
    """Return the arrows, those to an error left out; ends lead out of the picture."""
    arrows = [
        f"{row.source or '[*]'} --> {row.target}: {', '.join(row.who)}"
        for row in TRANSITIONS
        if row.target is not ERROR
    ]
    return arrows + [f"{status} --> [*]" for status in Status if status in ENDED - {ERROR}]


def _names(statuses: frozenset[Status]) -> str:
    return ", ".join(f"`{status}`" for status in Status if status in statuses)


def _hours(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 3600)} hours"


def main() -> int:
    """Write the page."""
    Path(PAGE).write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
