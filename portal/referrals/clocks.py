"""What time does to referrals: reminders, the end of what nobody answered, unmet needs.

A worker looks at those whose `clock_at` has come. Each is looked at again under the writer's lock
and settled in one transaction of its own, so that several workers do nothing twice, and a step
that breaks off has done nothing.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from flask import Flask, current_app

from portal import clock
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail.operations import Letter, queue_message
from portal.mail.worker import STEPS
from portal.referrals import clock_letters, queries_clocks
from portal.referrals.acting import act
from portal.referrals.calendars import calendar_of
from portal.referrals.capacity import pauses_step
from portal.referrals.chaining import append, facts_of
from portal.referrals.models import CONFIRM, CONSENT, REMINDER, TRACK, Referral
from portal.referrals.moving import SYSTEM, locked, plan, set_clock
from portal.referrals.navigating import said_unmet
from portal.referrals.operations import make_link
from portal.referrals.receiving import intake_of, navigators
from portal.referrals.reminding import Act, due_now, unmet_code
from portal.referrals.standing import CONFIRM_WITHIN, LAPSING
from portal.referrals.states import Role, Status
from portal.upkeep.queries import Recipient

log = structlog.get_logger()

MOST_AT_A_LOOK = 100  # mail must not wait longer
AGAIN = timedelta(days=1)
AFTER_FAILURE = timedelta(hours=1)
NOTHING, FAILED = "nothing", "failed"

_LINK_OF = {
    Status.AWAITING_CONFIRMATION: CONFIRM,
    Status.AWAITING_CONSENT: CONSENT,
    Status.INFORMATION_REQUESTED: TRACK,
}


def clocks_step(settings: Settings) -> Counter[str]:
    """Settle what is due, and return how often each thing was done."""
    done: Counter[str] = Counter()
    ids = queries_clocks.due_ids(clock.now(), most=MOST_AT_A_LOOK)
    db.session.rollback()
    for id_ in ids:  # mostly none: then no writer's lock is taken
        try:
            with write_unit():
                done[settle(id_, settings)] += 1
                db.session.commit()
        except Exception as error:  # one referral must not stop the clocks of the others
            db.session.rollback()
            log.warning("clock not settled", referral=str(id_), error=type(error).__name__)
            done[FAILED] += 1
            _put_off(id_)
    return done


def _put_off(id_: uuid.UUID) -> None:
    with write_unit():
        referral = locked(id_)
        if referral is not None:
            set_clock(id_, clock.now() + AFTER_FAILURE)
        db.session.commit()


def settle(id_: uuid.UUID, settings: Settings) -> str:
    """Do the one thing that is due for a referral. The caller holds a write unit and commits.

    Returns:
        A word for what was done: a status, an `Act`, or "nothing".
    """
    now, calendar = clock.now(), calendar_of(settings)
    referral = locked(id_)
    if referral is None or not queries_clocks.is_due(id_, now):
        return NOTHING  # another worker was quicker
    due = due_now(referral.standing, reminders=referral.reminders, calendar=calendar, now=now)
    if due is None:
        plan(referral, calendar)
        return NOTHING
    if due is Act.LAPSE:
        if referral.standing.status in LAPSING:
            act(id_, Status.EXPIRED, by=SYSTEM)
            return Status.EXPIRED
        return _close(referral, now)
    if referral.status == Status.DRAFT and not _is_for_navigator(referral):
        # One that looks suspicious may be released; anything else is moved by whoever entered it.
        is_young = now - referral.begun_at < CONFIRM_WITHIN
        set_clock(id_, now + AGAIN if referral.episode.held_at and is_young else None)
        return NOTHING
    _remind(referral, due, settings, now)
    return due


def _is_for_navigator(referral: Referral) -> bool:
    """Whether a draft waits for a call: only a number is known, and nothing looks suspicious."""
    episode = referral.episode
    is_held = episode.held_at is not None and episode.released_at is None
    return not is_held and not episode.details.email and bool(episode.details.phone)


def _close(referral: Referral, now: datetime) -> str:
    """Close a referral as an unmet need, unless another program was found."""
    children = queries_clocks.children_of(referral)
    if children.any_sent:
        set_clock(referral.id, None)
        return NOTHING
    if children.any_open:
        set_clock(referral.id, now + AGAIN)
        return NOTHING
    event = queries_clocks.last_move_of(referral)
    code = said_unmet(referral) or unmet_code(
        Status(referral.status), facts_of(event), event.source
    )
    act(referral.id, Status.CLOSED_UNMET, by=SYSTEM, facts={"unmet": code})
    return Status.CLOSED_UNMET


def _remind(referral: Referral, level: Act, settings: Settings, now: datetime) -> None:
    together = _together(referral, level, now)
    key, calendar, sent = current_app.config["SECRET_KEY"], calendar_of(settings), 0
    for address, letter in _letters(referral, together, level, settings, now):
        queue_message(letter, to=address, key=key, now=now)
        sent += 1
    for each in together:
        append(
            each,
            kind=REMINDER,
            # In the place of a program the navigator is reminded from the first day on.
            action=Act.NAVIGATOR if level is Act.INTAKE and each.via_navigator else level,
            role=Role.SYSTEM,
            now=now,
            facts={"number": str(each.reminders + 1), "letters": str(sent)},
        )
        each.reminders += 1
        # After a stop of the worker reminders keep their distance.
        late = due_now(each.standing, reminders=each.reminders, calendar=calendar, now=now)
        plan(each, calendar, not_before=now + AGAIN if late else None)


def _together(referral: Referral, level: Act, now: datetime) -> list[Referral]:
    """Return what one letter is about: a company says yes to all programs of a request at once."""
    if level is not Act.COMPANY or referral.status == Status.INFORMATION_REQUESTED:
        return [referral]
    others = [
        other
        for other in referral.episode.referrals
        if other.id != referral.id
        and other.status == referral.status
        and not other.reminders
        and queries_clocks.is_due(other.id, now)
    ]
    return [referral, *others]


def _letters(
    referral: Referral,
    together: list[Referral],
    level: Act,
    settings: Settings,
    now: datetime,
) -> Iterator[tuple[str, Letter]]:
    """Return address and letter of everybody who is reminded."""
    episode = referral.episode
    if level is Act.COMPANY and episode.details.email:
        purpose = _LINK_OF[Status(referral.status)]
        token = make_link(episode, purpose, now=now)
        letter = clock_letters.lapsing_letter(together, settings, token=token)
        yield episode.details.email, letter
    elif level in (Act.INTAKE, Act.ALTERNATE) and not referral.via_navigator:
        for to in _of_program(referral, level):
            token = make_link(episode, "answer", now=now, referral=referral, email=to.email)
            yield to.email, clock_letters.late_letter(referral, to, settings, token=token)
    elif level is Act.MANAGERS:
        for manager in queries_clocks.managers():
            to = Recipient(manager.email, manager.name, manager.language, False)
            yield to.email, clock_letters.managers_letter(referral, to, settings)
    elif level is not Act.ALTERNATE:  # there is none in the navigator's place
        for to in navigators():
            yield to.email, clock_letters.navigator_letter(referral, to, settings)


def _of_program(referral: Referral, level: Act) -> list[Recipient]:
    """Return whom to remind at a program; where it has no alternate, its intake once more."""
    intake = intake_of(referral.organization_id)
    chosen = [to for to in intake if to.is_alternate == (level is Act.ALTERNATE)]
    return chosen or intake


def init_app(app: Flask) -> None:
    """Have the worker take these steps."""
    app.extensions.setdefault(STEPS, []).extend([clocks_step, pauses_step])
