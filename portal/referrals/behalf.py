"""Enters a request in a company's name: nobody else hears of it before the company agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from portal import clock
from portal.accounts.audit import record
from portal.accounts.models import Account
from portal.directory.facts import facts_of
from portal.referrals import queries_asking
from portal.referrals.acting import act
from portal.referrals.addressees import Addressee
from portal.referrals.calendars import calendar_of
from portal.referrals.models import STAFF, Episode
from portal.referrals.moving import Mover
from portal.referrals.operations import (
    Company,
    Recipient,
    Request,
    contact_digest,
    request_referrals,
)
from portal.referrals.states import Role, Status

MOST_FOR_ONE_MAILBOX = 5  # requests a day in one company's name, whoever enters them
DAY = timedelta(days=1)


class TooManyError(Exception):
    """This company was written to often enough today."""


@dataclass(frozen=True, slots=True)
class InTheirName:
    """What staff ask in a company's name."""

    company: Company
    addressees: Sequence[Addressee]
    idempotency_key: str
    language: str
    is_warm: bool


def enter(asked: InTheirName, *, by: Account) -> Episode:
    """Enter a request and ask the company for its consent. The caller commits.

    Raises:
        TooManyError: so many letters went to this company today.
    """
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    digest = contact_digest(asked.company.email, asked.company.phone, key)
    is_known = queries_asking.is_entered(asked.idempotency_key)
    if not is_known and queries_asking.count_of_contact(digest, now - DAY) >= MOST_FOR_ONE_MAILBOX:
        raise TooManyError
    main = facts_of(asked.addressees[0].service).form
    organization_id = next(iter(sorted(by.organization_ids)), None)
    mover = Mover(Role.STAFF, by.id)
    episode, is_new = request_referrals(
        Request(
            company=asked.company,
            recipients=[Recipient(one.service, one.via_navigator) for one in asked.addressees],
            idempotency_key=asked.idempotency_key,
            need=main.code if main else "",
            form=main.code if main else "",
            language=asked.language,
            by=mover,
            channel=STAFF,
            is_warm=asked.is_warm,
            creator_organization_id=organization_id,
        ),
        key=key,
        now=now,
        calendar=calendar_of(current_app.config["PORTAL"]),
    )
    if is_new:
        for referral in list(episode.referrals):
            act(referral.id, Status.AWAITING_CONSENT, by=mover)
        record(
            "referral:refer",
            object_kind="request",
            object_id=episode.id,
            now=now,
            by=by,
            programs=len(asked.addressees),
            is_warm=asked.is_warm,
        )
    return episode
