"""What the worker does once a day for requests: ask how it went, forget, tell the chain's head.

Each letter is a transaction of its own: nobody who sends a request waits for a hundred of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import structlog
from flask import Flask, current_app

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail.worker import STEPS
from portal.referrals import following_up, forgetting
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import head
from portal.referrals.queries_follow_ups import due_follow_ups
from portal.referrals.queries_retention import past_retention, retention_months
from portal.upkeep.operations import begin_step
from portal.upkeep.queries import is_done

FOLLOW_UPS, FORGETTING = "referral-follow-ups", "referral-forgetting"
CHAIN_HEAD = "referral-chain-head"

log = structlog.get_logger()


def follow_ups_step(settings: Settings) -> None:
    """Send the follow-ups of today; one that another worker has sent is not sent again."""

    def send() -> None:
        calendar = calendar_of(settings)
        due = due_follow_ups(today=calendar.day_of(clock.now()), calendar=calendar)
        db.session.rollback()
        key = current_app.config["SECRET_KEY"]
        for referral_id, _stage in due:
            _each(
                "follow-up not sent",
                partial(following_up.send, referral_id, settings=settings, key=key),
            )

    _once_a_day(FOLLOW_UPS, send)


def forgetting_step(_settings: Settings) -> None:
    """Empty the requests that were kept long enough."""

    def forget() -> None:
        due = past_retention(retention_months(), now=clock.now())
        db.session.rollback()
        for episode_id in due:
            _each("request not emptied", partial(forgetting.forget, episode_id))

    _once_a_day(FORGETTING, forget)


def chain_head_step(_settings: Settings) -> None:
    """Write the head of the chain of events to the log: a chain that is written anew shows.

    A log that is kept elsewhere holds what the database said on each day.
    """

    def tell() -> None:
        number, digest = head()
        db.session.rollback()
        log.info("referral chain", events=number, head=digest)

    _once_a_day(CHAIN_HEAD, tell)


def _each(failure: str, do: Callable[..., object]) -> None:
    """Do one thing in a transaction of its own; what fails is told and tried again tomorrow."""
    try:
        with write_unit():
            do(now=clock.now())
            db.session.commit()
    except Exception as error:  # one that cannot be done must not keep the others back
        db.session.rollback()
        log.warning(failure, error=type(error).__name__)


def _once_a_day(name: str, do: Callable[[], None]) -> None:
    """Do something unless it was done today, and note it when all of it is done.

    What breaks off is done again from where it stopped, since each part of it knows its own end.
    """
    now = clock.now()
    is_over = is_done(name, now.date())
    db.session.rollback()
    if is_over:
        return
    do()
    with write_unit():
        begin_step(name, day=now.date(), now=now)
        db.session.commit()


def init_app(app: Flask) -> None:
    """Have the worker take these steps."""
    app.extensions.setdefault(STEPS, []).extend([follow_ups_step, forgetting_step, chain_head_step])
