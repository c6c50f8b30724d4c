"""Contents of listings as they stand: the catalogue's rows, and what is kept beside them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from portal.directory.beside import Story, Successor
from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.directory.identity import stable_id
from portal.directory.models import Round, Service
from portal.extensions import db
from portal.listings.content import ORGANIZATION, SERVICE, Content, content_of

Row = OrganizationRow | ProgramRow
NOTHING_BESIDE: dict[str, Any] = {"rounds": [], "story": "", "replaced_by": ""}


def kind_of(row: Row) -> str:
    """Return what kind of listing a row is."""
    return ORGANIZATION if isinstance(row, OrganizationRow) else SERVICE


def listing_id_of(row: Row) -> uuid.UUID:
    """Return the id of a row's listing."""
    return stable_id(kind_of(row), row.id)


def contents_of(rows: Iterable[Row]) -> dict[uuid.UUID, Content]:
    """Return the content of each row by the id of its listing, in few statements.

    Args:
        rows: as the catalogue holds them, or is to hold them.
    """
    by_id = {listing_id_of(row): row for row in rows}
    programs = [id_ for id_, row in by_id.items() if isinstance(row, ProgramRow)]
    beside = _beside(programs)
    return {
        id_: content_of(row, **(beside[id_] if isinstance(row, ProgramRow) else {}))
        for id_, row in by_id.items()
    }


def _beside(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Return what services have and the catalogue's files have not."""
    rounds: defaultdict[uuid.UUID, list[list[str]]] = defaultdict(list)
    for known in db.session.scalars(select(Round).where(Round.service_id.in_(ids))):
        dates = [str(day or "") for day in (known.opens_on, known.closes_on)]
        rounds[known.service_id].append([*dates, known.recurs])
    stories = _pairs(select(Story.service_id, Story.text).where(Story.service_id.in_(ids)))
    successors = _pairs(
        select(Successor.service_id, Service.slug)
        .join(Service, Successor.successor_id == Service.id)
        .where(Successor.service_id.in_(ids))
    )
    return {
        id_: {
            "rounds": sorted(rounds[id_], key=lambda dates: dates[:2]),
            "story": stories.get(id_, ""),
            "replaced_by": successors.get(id_, ""),
        }
        for id_ in ids
    }


def _pairs(query: Any) -> dict[uuid.UUID, str]:
    return {row[0]: row[1] for row in db.session.execute(query)}
