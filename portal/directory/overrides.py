"""What managers say otherwise than the portal ships it: one row for each entry that they changed.

Synonyms and pathways are rows of the catalogue and are changed there; needs of the wizard,
topics' names and the fallback contact have only these rows, and none where nothing was changed.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from portal.directory.topic_names import TopicNames
from portal.extensions import Model, db

CONTACT, NEED, TOPIC = "contact", "need", "topic"

Content = dict[str, Any]


class VocabularyOverride(Model):
    """An entry that managers changed; what it holds depends on its kind."""

    __tablename__ = "vocabulary_override"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]  # JSON


def overrides_of(kind: str) -> dict[str, Content]:
    """Return what managers changed of a kind, by key."""
    rows = db.session.execute(
        select(VocabularyOverride.key, VocabularyOverride.content)
        .where(VocabularyOverride.kind == kind)
        .order_by(VocabularyOverride.key)
    )
    return {key: json.loads(content) for key, content in rows}


def topic_names() -> TopicNames:
    """Return what managers changed of the topics."""
    return TopicNames(overrides_of(TOPIC))


def set_override(kind: str, key: str, content: Content) -> None:
    """Store what managers say of an entry; nothing at all means what the portal ships."""
    row = db.session.get(VocabularyOverride, (kind, key))
    if not content:
        if row is not None:
            db.session.delete(row)
    else:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        if row is None:
            db.session.add(VocabularyOverride(kind=kind, key=key, content=text))
        else:
            row.content = text
    db.session.flush()
