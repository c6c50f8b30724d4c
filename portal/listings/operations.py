"""Writes of changes to listings: kept, sent, approved, returned. The caller commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory.models import Organization
from portal.extensions import db
from portal.listings.content import edited
from portal.listings.models import (
    DISCARDED,
    DRAFT,
    OPEN,
    PUBLISHED,
    RETURNED,
    WAITING,
    ListingChange,
    PublishingMode,
)
from portal.listings.publishing import publish, publish_new

Typed = Mapping[str, Sequence[str]]


class NotOpenError(Exception):
    """The change was decided, sent or discarded meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about: a listing of an organization; `listing_id` None: a new service."""

    kind: str
    listing_id: uuid.UUID | None
    organization_id: uuid.UUID


def keep_draft(
    subject: Subject,
    typed: Typed,
    *,
    change: ListingChange | None,
    change_id: uuid.UUID,
    title: str,
    base: int,
    by: Account,
    now: datetime,
) -> ListingChange:
    """Keep what somebody has typed, right or wrong, to go on later.

    Args:
        subject: what it is about.
        typed: the form's fields.
        change: the draft that they opened; None to begin one.
        change_id: of the one to begin.
        title: the listing's name.
        base: the revision that they started from.
        by: who.
        now: the present moment.

    Raises:
        NotOpenError: it was sent or decided meanwhile.
    """
    if change is None:
        change = ListingChange(
            id=change_id,
            kind=subject.kind,
            listing_id=subject.listing_id,
            organization_id=subject.organization_id,
            author_id=by.id,
            status=DRAFT,
            content_json="",
            reason="",
            note="",
            created_at=now,
        )
        db.session.add(change)
    elif change.status not in (DRAFT, RETURNED):
        raise NotOpenError
    change.title = title
    change.base_number = base
    change.typed_json = json.dumps({name: list(values) for name, values in typed.items()})
    change.updated_at = now
    db.session.flush()
    return change


def send(
    change: ListingChange,
    content: Mapping[str, Any],
    *,
    reason: str,
    is_at_once: bool,
    by: Account,
    now: datetime,
    state_code: str,
) -> ListingChange:
    """Publish a change, or put it before a manager.

    Raises:
        StaleError: the listing changed since, and it was to be published at once.
        NotOpenError: it was sent or decided meanwhile.
    """
    if change.status not in (DRAFT, RETURNED):
        raise NotOpenError
    fill(change, content, reason=reason, now=now)
    if is_at_once:
        _publish(change, author=by, now=now, state_code=state_code)
        return change
    change.status = WAITING
    _note("listing:send", change, by=by, now=now)
    db.session.flush()
    return change


def approve(change: ListingChange, *, by: Account, now: datetime, state_code: str) -> None:
    """Publish a change that waits.

    Raises:
        StaleError: the listing changed since it was sent.
        NotOpenError: it does not wait (any more).
    """
    _require_waiting(change)
    change.decided_at, change.decided_by_id = now, by.id
    _publish(change, author=change.author, now=now, state_code=state_code)
    _note("listing:approve", change, by=by, now=now)


def send_back(change: ListingChange, note: str, *, by: Account, now: datetime) -> None:
    """Return a change that waits to whoever wrote it, with a note.

    Raises:
        NotOpenError: it does not wait (any more).
    """
    _require_waiting(change)
    change.status, change.note = RETURNED, note
    change.decided_at = change.updated_at = now
    change.decided_by_id = by.id
    _note("listing:return", change, by=by, now=now)
    db.session.flush()


def take_back(change: ListingChange, *, by: Account, now: datetime) -> None:
    """Make a change that waits a draft again.

    Raises:
        NotOpenError: it does not wait (any more).
    """
    _require_waiting(change)
    change.status, change.updated_at = DRAFT, now
    _note("listing:take-back", change, by=by, now=now)
    db.session.flush()


def discard(change: ListingChange, *, by: Account, now: datetime) -> None:
    """Throw a change away; the listing stays as it is.

    Raises:
        NotOpenError: it was decided already.
    """
    if change.status not in OPEN:
        raise NotOpenError
    change.status, change.updated_at = DISCARDED, now
    _note("listing:discard", change, by=by, now=now)
    db.session.flush()


def set_mode(organization: Organization, *, is_at_once: bool, by: Account, now: datetime) -> None:
    """Say whether an organization's changes are published at once or after approval."""
    mode = db.session.get(PublishingMode, organization.id)
    if mode is None:
        mode = PublishingMode(organization_id=organization.id)
        db.session.add(mode)
    mode.is_at_once = is_at_once
    audit.record(
        "organization:publishing",
        object_kind="organization",
        object_id=organization.id,
        now=now,
        by=by,
        is_at_once=is_at_once,
    )
    db.session.flush()


def fill(change: ListingChange, content: Mapping[str, Any], *, reason: str, now: datetime) -> None:
    """Write down what a change that is sent says."""
    change.content_json = json.dumps(edited(change.kind, content), ensure_ascii=False)
    change.reason, change.sent_at, change.updated_at = reason, now, now


def _publish(change: ListingChange, *, author: Account, now: datetime, state_code: str) -> None:
    if change.listing_id is None:
        service = publish_new(
            change.organization,
            change.content,
            by=author,
            reason=change.reason,
            now=now,
            state_code=state_code,
        )
        change.listing_id = service.id
    else:
        publish(
            change.kind,
            change.listing_id,
            change.content,
            base=change.base_number,
            by=author,
            reason=change.reason,
            now=now,
            state_code=state_code,
        )
    change.status, change.updated_at = PUBLISHED, now
    db.session.flush()


def _require_waiting(change: ListingChange) -> None:
    if change.status != WAITING:
        raise NotOpenError


def _note(action: str, change: ListingChange, *, by: Account, now: datetime) -> None:
    audit.record(
        action,
        object_kind=change.kind,
        object_id=change.listing_id or change.id,
        now=now,
        by=by,
        change=change.id,
    )
