"""Puts a request to the programs that are asked next. The caller holds a write unit and commits."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from portal import clock
from portal.directory.models import Service
from portal.referrals.acting import act
from portal.referrals.calendars import calendar_of
from portal.referrals.consent import Consent
from portal.referrals.models import Episode, Referral
from portal.referrals.moving import Mover, move
from portal.referrals.operations import Recipient, add_referral
from portal.referrals.queries_next_best import asked_slugs
from portal.referrals.receiving import receiving
from portal.referrals.states import Role, Status


def ask_next(parent: Referral, consents: Mapping[Service, Consent], *, by: Mover) -> list[Referral]:
    """Ask more programs after one said no or nothing, and send it to them at once.

    The company is known: it has confirmed its mailbox, or a navigator has spoken with it. A
    program that was asked already, as by a second click, is left out.

    Args:
        parent: from `locked`.
        consents: what the company agreed to, for each program.
        by: the company, or the navigator who wrote its spoken consent down.
    """
    episode: Episode = parent.episode
    asked = asked_slugs(episode)
    able = receiving({service.organization_id for service in consents})
    children = []
    for service, consent in consents.items():
        if service.slug in asked:
            continue
        child = add_referral(
            episode,
            Recipient(
                service,
                via_navigator=service.organization_id not in able,
                consent_version=consent.version,
                consent_text=consent.text,
            ),
            by=by,
            now=clock.now(),
            calendar=calendar_of(current_app.config["PORTAL"]),
            parent=parent,
        )
        if by.role is Role.OWNER:
            _confirm(child, by)
        act(child.id, Status.SENT, by=by, facts={"consent": consent.version})
        children.append(child)
    return children


def _confirm(child: Referral, by: Mover) -> None:
    """Pass the step at which a mailbox is confirmed; no letter asks for it again."""
    calendar = calendar_of(current_app.config["PORTAL"])
    move(child, Status.AWAITING_CONFIRMATION, by=by, now=clock.now(), calendar=calendar)
