"""Letters as tests read them, and the links in them."""

from __future__ import annotations

import re

from sqlalchemy import select

from portal.extensions import db
from portal.mail.models import OutboxMessage

LINK = re.compile(r"http://localhost(/account/[\w/-]+)")


def mailed(app) -> dict[str, str]:
    """The path of the link in each queued letter, by address."""
    with app.app_context():
        rows = db.session.scalars(select(OutboxMessage))
        return {row.recipient: LINK.search(row.text)[1] for row in rows}
