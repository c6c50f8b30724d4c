"""Which moves a page offers to a program now: what the table and the time allow (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.referrals.standing import CREATOR_WITHIN, REOPEN_WITHIN, Standing
from portal.referrals.states import REOPENABLE, Role, Status, transition

# In the order of the page; the first is the one thing to do next.
ORDER: Sequence[Status] = (
    Status.ACCEPTED,
    Status.CONTACT_MADE,
    Status.ENROLLED,
    Status.COMPLETED,
    Status.INFORMATION_REQUESTED,
    Status.WAITLISTED,
    Status.DECLINED,
    Status.NOT_ENROLLED,
    Status.DISCONTINUED,
    Status.REDIRECTED,
    Status.RECEIVED,
)
# What can be answered without an account.
BY_LINK: Sequence[Status] = (Status.ACCEPTED, Status.INFORMATION_REQUESTED, Status.DECLINED)


def offered(
    standing: Standing, *, now: datetime, is_creator: bool = False, is_passed_on: bool = False
) -> tuple[Status, ...]:
    """Return where a program may move a referral now, in the order of the page.

    Args:
        standing: of the referral, which was sent.
        now: the present moment.
        is_creator: whether who looks entered the request.
        is_passed_on: whether another program was suggested, which waits for the company's consent.
    """
    found = [
        target
        for target in ORDER
        if (row := transition(standing.status, target)) and Role.PROGRAM in row.who
    ]
    # A receipt is no choice, and what ended can be opened again for some time.
    is_reopening = standing.status in REOPENABLE and now - standing.since_at <= REOPEN_WITHIN
    if Status.RECEIVED in found and not is_reopening:
        found.remove(Status.RECEIVED)
    if is_passed_on and Status.REDIRECTED in found:
        found.remove(Status.REDIRECTED)
    if (
        is_creator
        and standing.status is not Status.ENTERED_IN_ERROR
        and now - standing.begun_at <= CREATOR_WITHIN
    ):
        found.append(Status.ENTERED_IN_ERROR)
    return tuple(found)
