"""Takes a request in: once, held if it is suspicious, shown the open one if it was asked before.

Whatever happens, the visitor sees the same page: nobody learns whether an address asked before.
The caller holds the write unit and commits.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask import current_app

from portal import clock
from portal.accounts import limits
from portal.accounts.audit import record
from portal.accounts.limits import Limit
from portal.accounts.models import Account
from portal.mail.operations import queue_message
from portal.referrals import company_letters, queries_asking
from portal.referrals.acting import act
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append
from portal.referrals.models import OTHER, Episode, Referral
from portal.referrals.moving import OWNER, locked, plan
from portal.referrals.operations import Request, contact_digest, request_referrals
from portal.referrals.states import Role, Status
from portal.referrals.suspicion import Signal, signals_of

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MOST_OF_ONE = 5  # requests of one mailbox or number a day
MOST_FOR_ONE = 30  # requests for one program a day
MOST_AT_ONCE = 200  # requests an hour in all
MOST_OF_TEXT = 9  # others with the very same words within a day: those of plans may agree
FROM_ONE = Limit("refer-from", 20, HOUR)  # of one network
ASKED_AGAIN = Limit("refer-again", 2, HOUR)  # letters to one mailbox about an open request
KEPT = "kept"  # beside the signals: a manager has looked and keeps it held


def enter(request: Request, *, signals: tuple[Signal, ...] = ()) -> Episode | None:
    """Take a request in and queue what is to be confirmed.

    Args:
        request: what has passed the form; its words are judged here.
        signals: what the form itself gave away.

    Returns:
        The request; None when nothing new was asked.
    """
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    if queries_asking.is_entered(request.idempotency_key):
        return None
    company = request.company
    digest = contact_digest(company.email, company.phone, key)
    ids = {recipient.service.id: recipient for recipient in request.recipients}
    doubles = queries_asking.open_doubles(digest, request.need, ids)
    known = {double.service_id for double in doubles}
    held_for = (*signals, *_signals(request, digest, now))
    episode = None
    if fresh := [recipient for id_, recipient in ids.items() if id_ not in known]:
        episode, _is_new = request_referrals(
            replace(request, recipients=fresh, held_for=held_for),
            key=key,
            now=now,
            calendar=calendar_of(current_app.config["PORTAL"]),
        )
        if not held_for:
            ask_to_confirm(episode)
    if doubles and company.email and not held_for:
        _tell_of_doubles(doubles, digest, now)
    return episode


def ask_to_confirm(episode: Episode) -> None:
    """Ask the company to confirm by mail; with a number alone the navigator calls instead."""
    if episode.details.email:
        for referral in list(episode.referrals):
            act(referral.id, Status.AWAITING_CONFIRMATION, by=OWNER)


def release(episode: Episode, *, by: Account) -> None:
    """Let a request that was held go its way; it counts as asked now."""
    now = clock.now()
    episode.released_at, episode.released_by_id = now, by.id
    for referral in episode.referrals:
        append(referral, kind=OTHER, action="released", role=Role.MANAGER, now=now, actor_id=by.id)
    ask_to_confirm(episode)
    calendar = calendar_of(current_app.config["PORTAL"])
    for referral in episode.referrals:
        plan(referral, calendar)  # the navigator hears of a phone request at once
    record("referral:release", object_kind="request", object_id=episode.id, now=now, by=by)


def keep_held(episode: Episode, *, why: str, by: Account) -> None:
    """Keep a request held, with a reason; it stays in the list, below the others."""
    now = clock.now()
    codes = [code for code in episode.held_for.split("|") if code != KEPT]
    episode.held_for = "|".join([*codes, KEPT])
    for referral in episode.referrals:
        append(
            referral,
            kind=OTHER,
            action="kept_held",
            role=Role.MANAGER,
            now=now,
            actor_id=by.id,
            personal={"why": why},
        )
    record("referral:keep-held", object_kind="request", object_id=episode.id, now=now, by=by)


def _signals(request: Request, digest: str, now: datetime) -> list[Signal]:
    """Return what is suspicious in the words of a request, and in how many there are."""
    company = request.company
    found = list(signals_of(company.need_text, company.name, company.company, company.best_time))
    pace = queries_asking.pace_of(
        digest,
        company.need_text,
        [recipient.service.id for recipient in request.recipients],
        day_ago=now - DAY,
        hour_ago=now - HOUR,
    )
    counted = {
        Signal.MANY_OF_ONE: pace.of_contact >= MOST_OF_ONE,
        Signal.MANY_FOR_ONE: pace.for_program >= MOST_FOR_ONE,
        Signal.MANY_AT_ONCE: pace.of_web >= MOST_AT_ONCE,
        Signal.SAME_TEXT: pace.of_text > MOST_OF_TEXT,
    }
    return found + [signal for signal, is_found in counted.items() if is_found]


def _tell_of_doubles(doubles: list[Referral], digest: str, now: datetime) -> None:
    """Write how the open ones stand, to the mailbox that asked: only its owner reads it."""
    if limits.is_over(ASKED_AGAIN, digest, now):
        return
    limits.count(ASKED_AGAIN, digest, now)
    settings, key = current_app.config["PORTAL"], current_app.config["SECRET_KEY"]
    for episode in dict.fromkeys(double.episode for double in doubles):
        own = [locked(double.id) for double in doubles if double.episode is episode]
        letter = company_letters.asked_before([one for one in own if one], settings)
        queue_message(letter, to=episode.details.email, key=key, now=now)
