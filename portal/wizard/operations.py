"""Writes of the wizard: a plan on its way to whoever asked for it, and what plans lacked.

The caller commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.extensions import db
from portal.mail.operations import Letter, digest_of, queue_message
from portal.mail.queries import messages_since
from portal.wizard.demand import Hole
from portal.wizard.models import PlanDemand

MOST_A_DAY_TO_ONE = 3
MOST_AN_HOUR = 100
MOST_ROWS_A_DAY = 5_000  # different ones: nobody can fill the disk with plans
HOLE_KEY = ("day", "kind", "need", "form", "industry", "region")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class TooManyPlansError(Exception):
    """This address, this client, or everybody together, had as many plans as are sent."""


def send_plan(letter: Letter, *, to: str, key: str, now: datetime) -> None:
    """Queue the letter with a plan.

    Args:
        letter: of the plan.
        to: one address that has passed the form.
        key: the portal's secret key.
        now: the present moment.

    Raises:
        TooManyPlansError: MOST_A_DAY_TO_ONE to this address, or MOST_AN_HOUR in all, were sent.
    """
    to_one = messages_since(now - DAY, purpose=letter.purpose, digest=digest_of(to, key))
    in_all = messages_since(now - HOUR, purpose=letter.purpose)
    if to_one >= MOST_A_DAY_TO_ONE or in_all >= MOST_AN_HOUR:
        raise TooManyPlansError
    queue_message(letter, to=to, key=key, now=now)


def record_holes(holes: Iterable[Hole], *, day: date) -> None:
    """Count what a plan lacked, with all others of the day that lacked the same.

    On a day that has MOST_ROWS_A_DAY rows, known ones are counted and new ones are not.

    Args:
        holes: what it lacked.
        day: of the plan, in UTC.
    """
    rows = select(func.count()).select_from(PlanDemand).where(PlanDemand.day == day)
    is_full = (db.session.scalar(rows) or 0) >= MOST_ROWS_A_DAY
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    for hole in holes:
        values = {
            "day": day,
            "kind": hole.kind,
            "need": hole.need,
            "form": hole.form,
            "industry": hole.industry,
            "region": hole.region,
        }
        if is_full:
            known = update(PlanDemand).filter_by(**values)
            db.session.execute(known.values(count=PlanDemand.count + 1))
        else:
            db.session.execute(
                insert(PlanDemand)
                .values(id=uuid.uuid4(), count=1, **values)
                .on_conflict_do_update(
                    index_elements=list(HOLE_KEY), set_={"count": PlanDemand.count + 1}
                )
            )
