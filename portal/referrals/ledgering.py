"""Writes of the unmet-need ledger: what somebody makes of a group. The caller commits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.ledger import Key
from portal.referrals.ledger_models import ANSWERED, ASSIGNED, OPEN, UnmetNeed, UnmetNeedChange
from portal.referrals.queries_ledger import unmet_need


class NeedChangedError(Exception):
    """Somebody else has changed the group since the page was opened."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a group is to stand: assigned to somebody, answered by a program or in words, or open."""

    status: str = OPEN
    owner: Account | None = None
    answered_by: Service | None = None
    answer: str = ""
    note: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the status has what it needs."""
        if self.status == ASSIGNED:
            return self.owner is not None
        return self.status != ANSWERED or bool(self.answered_by or self.answer)


def change_need(
    key: Key, decision: Decision, *, seen: int, now: datetime, by: Account
) -> UnmetNeed:
    """Set how a group stands, and keep how it stood before.

    Args:
        key: of the group.
        decision: how it stands from now on.
        seen: the version that the page has shown; 0: nobody had taken it on.
        now: the present moment.
        by: who decides.

    Raises:
        ValueError: the status lacks an owner or an answer.
        NeedChangedError: it is another version by now.
    """
    if not decision.is_complete:
        raise ValueError(decision)
    need = unmet_need(key)
    if (need.version if need else 0) != seen:
        raise NeedChangedError
    if need is None:
        need = UnmetNeed(
            id=uuid.uuid4(), form=key.form, industry=key.industry, region=key.region, version=0
        )
        db.session.add(need)
    need.status, need.answer = decision.status, decision.answer
    need.owner_id = decision.owner.id if decision.owner else None
    need.answered_by_id = decision.answered_by.id if decision.answered_by else None
    need.version += 1
    db.session.flush()
    db.session.add(
        UnmetNeedChange(
            unmet_need_id=need.id,
            version=need.version,
            at=now,
            by_id=by.id,
            status=need.status,
            owner_id=need.owner_id,
            answered_by_id=need.answered_by_id,
            answer=need.answer,
            note=decision.note,
        )
    )
    audit.record(
        "unmet-need:change",
        object_kind="unmet-need",
        object_id=" × ".join(part or "-" for part in (key.form, key.industry, key.region)),
        now=now,
        by=by,
        status=need.status,
        owner=decision.owner.email if decision.owner else "",
    )
    return need
