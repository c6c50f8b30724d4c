"""Writes of the wizard: a plan on its way to whoever asked for it. The caller commits."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.mail.operations import Letter, digest_of, queue_message
from portal.mail.queries import messages_since

MOST_A_DAY_TO_ONE = 3
MOST_AN_HOUR = 100
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class TooManyPlansError(Exception):
    """This address, this client, or everybody together, had as many plans as are sent."""


def send_plan(letter: Letter, *, to: str, key: str, now: datetime) -> None:
    """Queue the letter with a plan.

    Args:
        letter: of the plan.
        to: one address that has passed the form.
        key: the portal's secret key.
        now: the present moment.

    Raises:
        TooManyPlansError: MOST_A_DAY_TO_ONE to this address, or MOST_AN_HOUR in all, were sent.
    """
    to_one = messages_since(now - DAY, purpose=letter.purpose, digest=digest_of(to, key))
    in_all = messages_since(now - HOUR, purpose=letter.purpose)
    if to_one >= MOST_A_DAY_TO_ONE or in_all >= MOST_AN_HOUR:
        raise TooManyPlansError
    queue_message(letter, to=to, key=key, now=now)
