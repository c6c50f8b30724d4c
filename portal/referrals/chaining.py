"""Appends events to the chain and reads it back; the only writer of events."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from portal.extensions import db
from portal.referrals import chain
from portal.referrals.models import ChainHead, Event, EventDetails, Referral
from portal.referrals.states import Role

HEAD = 1  # the id of the one row


def append(
    referral: Referral,
    *,
    kind: str,
    action: str,
    role: Role,
    now: datetime,
    source: str = "",
    actor_id: uuid.UUID | None = None,
    facts: Mapping[str, str] | None = None,
    personal: Mapping[str, str] | None = None,
) -> Event:
    """Add an event to a referral, chained to the last event of all referrals.

    Args:
        referral: flushed.
        kind: one of EVENT_KINDS.
        action: of a move: where to; otherwise a word for what happened.
        role: in which part somebody did it.
        now: the present moment.
        source: of a move: where from.
        actor_id: whose account did it, where one did.
        facts: codes and dates, nothing personal.
        personal: words that may be erased later.
    """
    head = db.session.scalars(select(ChainHead).where(ChainHead.id == HEAD).with_for_update()).one()
    said = {name: text for name, text in (personal or {}).items() if text}
    salt = chain.new_salt() if said else ""
    event = Event(
        number=head.number + 1,
        referral_id=referral.id,
        at=now,
        kind=kind,
        action=action,
        source=source,
        role=role,
        actor_id=actor_id,
        facts=json.dumps(dict(facts or {}), sort_keys=True),
        personal=chain.personal_digest(salt, said),
        previous=head.digest,
        digest="",
    )
    event.digest = chain.digest(event.number, body_of(event), event.personal, event.previous)
    if said:
        event.details = EventDetails(
            salt=salt, fields=json.dumps(said, sort_keys=True, ensure_ascii=False)
        )
    head.number, head.digest = event.number, event.digest
    db.session.add(event)
    db.session.flush()
    return event


def body_of(event: Event) -> dict[str, str]:
    """Return the fields of an event that the chain holds."""
    return {
        "referral": str(event.referral_id),
        "at": event.at.isoformat(),
        "kind": event.kind,
        "action": event.action,
        "source": event.source,
        "role": event.role,
        "actor": str(event.actor_id or ""),
        "facts": event.facts,
    }


def links() -> Iterator[chain.Link]:
    """Return all events as the chain sees them, in the order of their numbers."""
    events = db.session.scalars(
        select(Event).order_by(Event.number).execution_options(yield_per=500)
    )
    for event in events:
        yield chain.Link(event.number, body_of(event), event.personal, event.previous, event.digest)


def first_broken() -> int | None:
    """Return the number of the first event that was tampered with; None: the chain holds.

    A chain that was cut at its end, so that the head is another, is broken after its last event.
    """
    broken = chain.first_broken(links())
    if broken is not None:
        return broken
    last = db.session.scalars(select(Event).order_by(Event.number.desc()).limit(1)).first()
    ends = (last.number, last.digest) if last else (0, chain.BEGINNING)
    return None if ends == head() else ends[0] + 1


def head() -> tuple[int, str]:
    """Return the number and the digest of the last event."""
    found = db.session.get_one(ChainHead, HEAD)
    return found.number, found.digest


def words_of(event: Event) -> dict[str, str]:
    """Return the personal fields of an event; none where it has none or they were erased."""
    if event.details is None or not event.details.fields:
        return {}
    fields: dict[str, str] = json.loads(event.details.fields)
    return fields


def facts_of(event: Event) -> dict[str, str]:
    """Return the facts of an event."""
    facts: dict[str, str] = json.loads(event.facts)
    return facts


def erase_words(event: Event) -> None:
    """Empty the personal fields of an event and their salt; the chain still verifies."""
    if event.details is not None:
        event.details.salt = event.details.fields = ""
