"""Makes a change of a vocabulary public and writes down the version. The caller commits."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from portal.accounts import audit
from portal.accounts.models import Account
from portal.extensions import db
from portal.vocabulary import queries
from portal.vocabulary.kinds import Content, Kind
from portal.vocabulary.models import VocabularyRevision


class StaleError(Exception):
    """The entry changed since the form was opened; nothing was written."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it stands, and the number of that version.

    A state that no version holds (a load of the catalogue, an edited listing) counts as a version
    of its own; it is written down with the next one.
    """

    number: int
    content: Content


def standing(name: str, kind: Kind, key: str) -> Standing | None:
    """Return an entry as it stands; None for one that never was."""
    content = kind.present(key)
    if content is None:
        return None
    latest = queries.latest_revision(name, key)
    if latest is None:
        return Standing(0, content)
    return Standing(latest.number + (latest.content != content), content)


def publish(
    name: str,
    kind: Kind,
    key: str,
    content: Content,
    *,
    base: int,
    by: Account,
    reason: str,
    now: datetime,
) -> VocabularyRevision:
    """Publish a content of an entry, new or known.

    Args:
        name: of the kind, as versions are kept under.
        kind: how entries of it are stored.
        key: which entry.
        content: all fields of it; empty takes it away.
        base: the version that whoever wrote it had seen; 0 for a new entry.
        by: who wrote it.
        reason: in their words; may be blank.
        now: the present moment.

    Raises:
        StaleError: somebody else has published since.
    """
    before = standing(name, kind, key) or Standing(0, {})
    if before.number != base:
        raise StaleError
    latest = queries.latest_revision(name, key)
    title = kind.title(key, content or before.content)
    if latest is None or latest.number < before.number:
        _write_down(name, key, before.number, before.content, title=title, now=now)
    kind.store(key, content)
    number = before.number + 1
    audit.record(
        "vocabulary:publish", object_kind=name, object_id=key, now=now, by=by, revision=number
    )
    return _write_down(name, key, number, content, title=title, now=now, by=by, reason=reason)


def _write_down(
    name: str,
    key: str,
    number: int,
    content: Content,
    *,
    title: str,
    now: datetime,
    by: Account | None = None,
    reason: str = "",
) -> VocabularyRevision:
    revision = VocabularyRevision(
        id=uuid.uuid4(),
        kind=name,
        key=key,
        title=title,
        number=number,
        at=now,
        author_id=by.id if by else None,
        author_label=(by.name or by.email) if by else "",
        reason=reason,
        snapshot=json.dumps(content, sort_keys=True, ensure_ascii=False),
    )
    db.session.add(revision)
    db.session.flush()
    return revision
