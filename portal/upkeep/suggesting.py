"""Writes of suggestions: make, accept, decline. The caller commits."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import func, select

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory import changes
from portal.directory.models import Service
from portal.extensions import db
from portal.upkeep.models import ACCEPTED, CONTACT, DECLINED, OPEN, PUBLIC, Suggestion

STATUS, OTHER = "status", "other"
NOT_OFFERED = "inactive"
MOST_OPEN = 50  # of one listing; nobody can fill the queue


class TooManyError(Exception):
    """As many suggestions about this listing are open as anybody could read."""


class DecidedError(Exception):
    """Somebody has decided it already, or the listing says something else by now."""


def suggest(
    service: Service, *, field: str, after: str, note: str, now: datetime, contact_email: str = ""
) -> Suggestion:
    """Ask for a change to one field of a listing.

    The same asked again while it is open is one suggestion.

    Args:
        service: whose listing it is.
        field: one of TEXT_FIELDS, STATUS (not offered any more) or OTHER (the note says what).
        after: what the field should say.
        note: why, in the asker's words.
        now: the present moment.
        contact_email: of the contact with a link who asks; blank for a visitor.

    Raises:
        TooManyError: MOST_OPEN of this listing are open.
    """
    same = db.session.scalar(
        select(Suggestion).where(
            Suggestion.service_id == service.id,
            Suggestion.state == OPEN,
            Suggestion.field == field,
            Suggestion.after == after,
            Suggestion.note == note,
        )
    )
    if same is not None:
        return same
    number = db.session.scalar(
        select(func.count())
        .select_from(Suggestion)
        .where(Suggestion.service_id == service.id, Suggestion.state == OPEN)
    )
    if (number or 0) >= MOST_OPEN:
        raise TooManyError
    suggestion = Suggestion(
        id=uuid.uuid4(),
        service_id=service.id,
        field=field,
        before=current_text(service, field),
        after=after,
        note=note,
        source=CONTACT if contact_email else PUBLIC,
        contact_email=contact_email,
        state=OPEN,
        created_at=now,
        decided_by_id=None,
        decided_at=None,
        reason="",
    )
    db.session.add(suggestion)
    db.session.flush()
    audit.record(
        "suggestion:make",
        object_kind="service",
        object_id=service.slug,
        now=now,
        label=contact_email or PUBLIC,
        field=field,
        suggestion=str(suggestion.id),
    )
    return suggestion


def current_text(service: Service, field: str) -> str:
    """Return what a listing says now where a suggestion would change it."""
    if field == STATUS:
        return service.status
    return "" if field == OTHER else changes.text_of(service, field)


def accept(suggestion: Suggestion, *, seen: str, now: datetime, by: Account) -> None:
    """Make the change that was suggested.

    Args:
        suggestion: an open one.
        seen: what the listing said on the page on which it was decided.
        now: the present moment.
        by: who decides.

    Raises:
        DecidedError: it is not open, or the listing does not say that any more.
        ValueError: the field cannot hold the text.
    """
    service, field = suggestion.service, suggestion.field
    if suggestion.state != OPEN or current_text(service, field) != seen:
        raise DecidedError
    if field == STATUS:
        changes.take_off(service, now=now)
    elif field != OTHER:
        changes.change_field(service, field, suggestion.after, now=now)
    _decide(suggestion, ACCEPTED, reason="", now=now, by=by)


def decline(suggestion: Suggestion, *, reason: str, now: datetime, by: Account) -> None:
    """Leave the listing as it is, and say why.

    Raises:
        DecidedError: it is not open.
    """
    if suggestion.state != OPEN:
        raise DecidedError
    _decide(suggestion, DECLINED, reason=reason, now=now, by=by)


def _decide(suggestion: Suggestion, state: str, *, reason: str, now: datetime, by: Account) -> None:
    suggestion.state, suggestion.reason = state, reason
    suggestion.decided_by_id, suggestion.decided_at = by.id, now
    audit.record(
        f"suggestion:{'accept' if state == ACCEPTED else 'decline'}",
        object_kind="service",
        object_id=suggestion.service.slug,
        now=now,
        by=by,
        field=suggestion.field,
        suggestion=str(suggestion.id),
    )
