"""How long programs may take to answer."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.directory.models import Service
from portal.extensions import db
from portal.referrals.clock_models import ServiceLimit
from portal.referrals.standing import Limits


def limits_of(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Limits]:
    """Return the limits of some programs; those that managers have not set are the usual ones."""
    found = {id_: Limits() for id_ in service_ids}
    for row in db.session.scalars(
        select(ServiceLimit).where(ServiceLimit.service_id.in_(service_ids))
    ):
        found[row.service_id] = Limits(row.response_days, row.contact_days)
    return found


def set_limits() -> list[ServiceLimit]:
    """Return the limits that managers have set, by the programs' names."""
    return list(
        db.session.scalars(
            select(ServiceLimit)
            .join(Service, Service.id == ServiceLimit.service_id)
            .options(contains_eager(ServiceLimit.service).joinedload(Service.organization))
            .order_by(Service.name)
        )
    )
