"""The one table of the wizard: how often a plan showed a hole, by day, by nobody."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model


class PlanDemand(Model):
    """Plans of one day in which something was missing, counted by what was wanted and where.

    There is no time of day, no address, no size, no own words; the id is random.
    """

    __tablename__ = "plan_demand"
    __table_args__ = (
        UniqueConstraint("day", "kind", "need", "form", "industry", "region"),
        CheckConstraint("kind in ('no-dedicated', 'none-of-these')", name="kind"),
        CheckConstraint("count > 0", name="count"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    kind: Mapped[str]
    need: Mapped[str]  # code of a need, or key of a form; blank: none of these
    form: Mapped[str]
    industry: Mapped[str]
    region: Mapped[str]
    count: Mapped[int]
