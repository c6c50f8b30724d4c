"""Writes of search: counting what was looked for in vain. The caller commits."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.extensions import db
from portal.search.demand import Demand
from portal.search.models import SearchDemand

MOST_A_DAY = 5_000  # different ones: nobody can fill the disk with searches
KEY = ("day", "words", "facets", "near", "kind")


def record_demand(demand: Demand, *, day: date) -> None:
    """Count a search that found nothing or almost nothing.

    Two that want the same on one day share a row, whoever asked and however they come together.
    On a day that has MOST_A_DAY rows, known ones are counted and new ones are not.

    Args:
        demand: what was wanted.
        day: of the search, in UTC.
    """
    values = {
        "day": day,
        "words": demand.words,
        "facets": demand.facets,
        "near": demand.near,
        "kind": demand.kind,
    }
    rows = select(func.count()).select_from(SearchDemand).where(SearchDemand.day == day)
    if (db.session.scalar(rows) or 0) >= MOST_A_DAY:
        known = update(SearchDemand).filter_by(**values)
        db.session.execute(known.values(count=SearchDemand.count + 1))
        return
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(
        insert(SearchDemand)
        .values(id=uuid.uuid4(), count=1, **values)
        .on_conflict_do_update(index_elements=list(KEY), set_={"count": SearchDemand.count + 1})
    )
