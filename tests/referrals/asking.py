"""Requests that are entered in one line, with only the facts that matter."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal import clock
from portal.directory.models import Service
from portal.extensions import db
from portal.referrals import operations
from portal.referrals.calendars import calendar_of
from portal.referrals.models import Episode
from portal.referrals.moving import OWNER, Mover

KEY = "a key of tests"


def ask(
    *slugs: str,
    by: Mover = OWNER,
    now: datetime | None = None,
    idempotency_key: str = "",
    **company: Any,
) -> Episode:
    """Enter a request to some programs; the first one of the catalogue when none is named."""
    chosen = select(Service).order_by(Service.position)
    chosen = chosen.where(Service.slug.in_(slugs)) if slugs else chosen.limit(1)
    said = {"name": "Ada Smith", "need_text": "Better flow", "email": "ada@shop.example"}
    episode, _is_new = operations.request_referrals(
        operations.Request(
            company=operations.Company(**(said | company)),
            recipients=[
                operations.Recipient(
                    service,
                    via_navigator=False,
                    consent_version="1",
                    consent_text=f"{service.name} may read this.",
                )
                for service in db.session.scalars(chosen)
            ],
            idempotency_key=idempotency_key or secrets.token_hex(16),
            need="process-improvement",
            form="process-improvement",
            language="en",
            by=by,
        ),
        key=KEY,
        now=now or clock.now(),
        calendar=calendar_of(current_app.config["PORTAL"]),
    )
    return episode
