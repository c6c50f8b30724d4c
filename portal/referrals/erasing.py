"""Empties what names a company: at its wish, or when it was kept long enough."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from portal.extensions import db
from portal.mail.operations import drop_queued
from portal.referrals.answer_models import Introduction
from portal.referrals.chaining import append, erase_words
from portal.referrals.models import OTHER, Episode, Event
from portal.referrals.moving import Mover

# Letters to a company that still wait when it has its data deleted do not go out.
LETTERS = ("referral", "referral-reminder", "referral-follow-up")


def erase(episode: Episode, *, by: Mover, now: datetime) -> None:
    """Empty everything that names a company, and every word that came with its events.

    What stays can be counted and is no longer about anybody; the chain of events still verifies.
    """
    details = episode.details
    if details.email:
        drop_queued(details.email, purposes=LETTERS)
    details.need_text = details.name = details.company = details.email = ""
    details.phone = details.postal_code = details.best_time = ""
    details.employees = None
    details.erased_at = now
    episode.contact_digest = ""
    for referral in episode.referrals:
        for event in db.session.scalars(select(Event).where(Event.referral_id == referral.id)):
            erase_words(event)
        referral.contact_name = ""
        db.session.execute(delete(Introduction).where(Introduction.referral_id == referral.id))
        append(
            referral,
            kind=OTHER,
            action="erased",
            role=by.role,
            actor_id=by.account_id,
            now=now,
        )
    db.session.flush()
