"""Reads of the versions of vocabularies, and of what previews try."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.extensions import db
from portal.search.models import SearchDemand
from portal.vocabulary.models import VocabularyRevision

HIDDEN_UP_TO = 10  # searches


def revisions(kind: str, key: str) -> Sequence[VocabularyRevision]:
    """Return all versions of an entry, newest first."""
    return db.session.scalars(
        select(VocabularyRevision)
        .where(VocabularyRevision.kind == kind, VocabularyRevision.key == key)
        .order_by(VocabularyRevision.number.desc())
    ).all()


def latest_revision(kind: str, key: str) -> VocabularyRevision | None:
    """Return the newest version of an entry."""
    return db.session.scalar(
        select(VocabularyRevision)
        .where(VocabularyRevision.kind == kind, VocabularyRevision.key == key)
        .order_by(VocabularyRevision.number.desc())
        .limit(1)
    )


def last_changes() -> dict[str, VocabularyRevision]:
    """Return the newest version that somebody wrote, by kind."""
    newer = aliased(VocabularyRevision)
    latest = (
        select(newer.kind, func.max(newer.at).label("at"))
        .where(newer.author_id.is_not(None))
        .group_by(newer.kind)
        .subquery()
    )
    rows = db.session.scalars(
        select(VocabularyRevision)
        .join(
            latest,
            (latest.c.kind == VocabularyRevision.kind) & (latest.c.at == VocabularyRevision.at),
        )
        .where(VocabularyRevision.author_id.is_not(None))
    )
    return {row.kind: row for row in rows}


def titles(kind: str) -> dict[str, str]:
    """Return what the entries of a kind that have versions were called last, by key."""
    rows = db.session.execute(
        select(VocabularyRevision.key, VocabularyRevision.title)
        .where(VocabularyRevision.kind == kind)
        .order_by(VocabularyRevision.number)
    )
    return {row.key: row.title for row in rows}


def frequent_searches(most: int) -> list[str]:
    """Return the words that were looked for in vain most often, the most frequent first.

    What few people looked for is nobody else's to read.
    """
    total = func.sum(SearchDemand.count)
    rows = db.session.execute(
        select(SearchDemand.words)
        .where(SearchDemand.words != "")
        .group_by(SearchDemand.words)
        .having(total > HIDDEN_UP_TO)
        .order_by(total.desc(), SearchDemand.words)
        .limit(most)
    )
    return [row.words for row in rows]
