"""The audit trail: who did what to which object. The caller commits."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

from portal.accounts.models import Account, AuditEvent
from portal.extensions import db

SYSTEM = "system"


def record(
    action: str,
    *,
    object_kind: str,
    object_id: object,
    now: datetime,
    by: Account | None = None,
    label: str = SYSTEM,
    **details: object,
) -> AuditEvent:
    """Add an event to the trail.

    Args:
        action: what was done, `resource:verb`.
        object_kind: of what it was done to.
        object_id: its id.
        now: the present moment.
        by: who did it.
        label: who did it when no account did.
        details: what else is worth knowing; no secrets, no free text of visitors.
    """
    actor_id: uuid.UUID | None = by.id if by else None
    event = AuditEvent(
        at=now,
        actor_id=actor_id,
        actor_label=by.email if by else label,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        details=json.dumps(details, default=str, sort_keys=True),
    )
    db.session.add(event)
    return event
