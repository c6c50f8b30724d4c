"""What people read for the reasons why two listings may be one."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.directory import duplicates
from portal.directory.duplicates import Reason


def reason_text(reason: Reason) -> str:
    """Return one piece of evidence in words."""
    if reason.kind == duplicates.NAME and reason.percent >= 100:
        return str(_("same name"))
    if reason.kind == duplicates.NAME:
        return str(_("names %(percent)s %% alike", percent=reason.percent))
    texts = {
        duplicates.SHORT_NAME: _("same short name or initials"),
        duplicates.PHONE: _("same phone"),
        duplicates.WEBSITE: _("same web page"),
        duplicates.EMAIL: _("same e-mail address"),
        duplicates.PLACE: _("same city"),
    }
    return str(texts[reason.kind])


def reasons_text(reasons: tuple[Reason, ...]) -> str:
    """Return all pieces of evidence in one line."""
    return ", ".join(reason_text(reason) for reason in reasons)
