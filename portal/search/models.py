"""The one table of search: how often something was looked for in vain, by day, by nobody."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model


class SearchDemand(Model):
    """Searches of one day that found nothing or almost nothing, counted by what they wanted.

    There is no time of day, no address, no session; the id is random, so that it tells no order.
    """

    __tablename__ = "search_demand"
    __table_args__ = (
        UniqueConstraint("day", "words", "facets", "near", "kind"),
        CheckConstraint("kind in ('zero', 'near-zero')", name="kind"),
        CheckConstraint("count > 0", name="count"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    words: Mapped[str]  # folded, sorted, distinct
    facets: Mapped[str]  # cost=free,loan;region=central
    near: Mapped[str]  # codes of regions, never a ZIP
    kind: Mapped[str]
    count: Mapped[int]
