"""Versions of the listings that an import writes, as the editor would write them down.

Found out before anything is locked, in few statements; written with the rows themselves.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from portal.extensions import db
from portal.listings.content import Content
from portal.listings.contents import Row, contents_of, kind_of, listing_id_of
from portal.listings.models import ListingRevision

MOST_REASON = 300


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row that an import writes: what stood there, if anything did, and from which file."""

    before: Row | None
    after: Row
    file: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who is written down as the author of a version."""

    id: uuid.UUID
    label: str


def revisions_of(rows: Sequence[WrittenRow], *, by: Author, now: datetime) -> list[dict[str, Any]]:
    """Return the versions to write down: the new states, and old ones that no version holds.

    Args:
        rows: before they are written.
        by: who confirmed the import.
        now: the present moment.
    """
    before = contents_of(row.before for row in rows if row.before is not None)
    after = contents_of(row.after for row in rows)
    latest = _latest(list(before))
    found = []
    for row in rows:
        id_ = listing_id_of(row.after)
        number = 0
        if id_ in before:
            number, snapshot = latest.get(id_, (-1, ""))
            if not snapshot or json.loads(snapshot) != before[id_]:
                number += 1
                found.append(_values(row, id_, number, before[id_], now=now))
            number += 1
        reason = f"Import of {row.file}"[:MOST_REASON]
        found.append(_values(row, id_, number, after[id_], now=now, by=by, reason=reason))
    return found


def write_down(revisions: Sequence[Mapping[str, Any]]) -> None:
    """Add versions; the caller commits them with the rows that they are of."""
    if revisions:
        db.session.execute(insert(ListingRevision), list(revisions))


def _latest(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, str]]:
    """Return number and snapshot of the newest version of each listing that has one."""
    newest = (
        select(ListingRevision.listing_id, func.max(ListingRevision.number).label("number"))
        .where(ListingRevision.listing_id.in_(ids))
        .group_by(ListingRevision.listing_id)
        .subquery()
    )
    rows = db.session.execute(
        select(ListingRevision.listing_id, ListingRevision.number, ListingRevision.snapshot).join(
            newest,
            (ListingRevision.listing_id == newest.c.listing_id)
            & (ListingRevision.number == newest.c.number),
        )
    )
    return {row.listing_id: (row.number, row.snapshot) for row in rows}


def _values(
    row: WrittenRow,
    id_: uuid.UUID,
    number: int,
    content: Content,
    *,
    now: datetime,
    by: Author | None = None,
    reason: str = "",
) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "kind": kind_of(row.after),
        "listing_id": id_,
        "number": number,
        "at": now,
        "author_id": by.id if by else None,
        "author_label": by.label if by else "",
        "reason": reason,
        "snapshot": json.dumps(content, sort_keys=True, ensure_ascii=False),
    }
