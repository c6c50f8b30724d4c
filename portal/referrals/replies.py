"""Writes of saved replies. The caller commits."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from portal.accounts import audit
from portal.accounts.models import Account
from portal.extensions import db
from portal.referrals.answer_models import SavedReply


class NameTakenError(Exception):
    """The organization has another text of this name."""


class StaleReplyError(Exception):
    """Somebody has changed the text since the page was opened."""


def keep(organization_id: uuid.UUID, *, name: str, text: str, now: datetime, by: Account) -> None:
    """Keep a new text.

    Raises:
        NameTakenError: there is one of this name.
    """
    _check_name(organization_id, name, None)
    reply = SavedReply(
        id=uuid.uuid4(),
        organization_id=organization_id,
        name=name,
        text=text,
        version=1,
        changed_at=now,
    )
    db.session.add(reply)
    db.session.flush()
    _record("add", reply, now=now, by=by)


def change(
    reply: SavedReply, *, name: str, text: str, version: str, now: datetime, by: Account
) -> None:
    """Change a text.

    Args:
        reply: read in this transaction.
        name: new.
        text: new.
        version: that the page had shown, as its form says it.
        now: the present moment.
        by: who.

    Raises:
        NameTakenError: there is another one of this name.
        StaleReplyError: it is at another version.
    """
    if version != str(reply.version):
        raise StaleReplyError
    _check_name(reply.organization_id, name, reply.id)
    reply.name, reply.text, reply.changed_at = name, text, now
    reply.version += 1
    _record("change", reply, now=now, by=by)


def remove(reply: SavedReply, *, now: datetime, by: Account) -> None:
    """Delete a text."""
    _record("remove", reply, now=now, by=by)
    db.session.delete(reply)


def _check_name(organization_id: uuid.UUID, name: str, own: uuid.UUID | None) -> None:
    holder = db.session.scalar(
        select(SavedReply.id).where(
            SavedReply.organization_id == organization_id, SavedReply.name == name
        )
    )
    if holder not in (None, own):
        raise NameTakenError


def _record(verb: str, reply: SavedReply, *, now: datetime, by: Account) -> None:
    audit.record(
        f"saved-reply:{verb}", object_kind="saved_reply", object_id=reply.id, now=now, by=by
    )
