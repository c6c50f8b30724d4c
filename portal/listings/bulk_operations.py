"""Writes of one change to many programs: published or sent, each as one of its own.

The caller commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import Account
from portal.extensions import db
from portal.listings import queries
from portal.listings.content import SERVICE
from portal.listings.models import PUBLISHED, ListingChange
from portal.listings.operations import Subject, Typed, fill, keep_draft, send
from portal.listings.publishing import Edit, publish_all


@dataclass(frozen=True, slots=True)
class Many:
    """One of many listings that get the same change."""

    subject: Subject
    title: str
    content: Mapping[str, Any]
    typed: Typed
    base: int  # the revision that was shown
    is_at_once: bool  # published, or put before a manager


@dataclass(frozen=True, slots=True)
class Done:
    """What became of many: how many were published and sent, and which were left out."""

    published: int
    sent: int
    left: tuple[uuid.UUID, ...]


def send_many(
    many: Sequence[Many], *, reason: str, by: Account, now: datetime, state_code: str
) -> Done:
    """Publish changes of many services, or put them before a manager, each as one of its own.

    What was changed meanwhile, or has an open change of the same author by now, is left out.
    """
    ids = [one.subject.listing_id for one in many if one.subject.listing_id]
    standings = queries.standings(SERVICE, ids)
    busy = queries.with_open_change(by.id, ids)
    edits: list[Edit] = []
    published: list[ListingChange] = []
    left: list[uuid.UUID] = []
    sent = 0
    for one in many:
        id_ = one.subject.listing_id
        if id_ is None:
            continue
        if id_ in busy or standings[id_].number != one.base:
            left.append(id_)
            continue
        change = keep_draft(
            one.subject,
            one.typed,
            change=None,
            change_id=uuid.uuid4(),
            title=one.title,
            base=one.base,
            by=by,
            now=now,
        )
        if one.is_at_once:
            fill(change, one.content, reason=reason, now=now)
            edits.append(Edit(id_, change.content, one.base))
            published.append(change)
            continue
        send(
            change,
            one.content,
            reason=reason,
            is_at_once=False,
            by=by,
            now=now,
            state_code=state_code,
        )
        sent += 1
    if edits:
        publish_all(SERVICE, edits, by=by, reason=reason, now=now, state_code=state_code)
    for change in published:
        change.status = PUBLISHED
    db.session.flush()
    return Done(len(published), sent, tuple(left))
