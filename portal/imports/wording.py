"""What an import says of itself: verdicts, steps, and why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.imports.bombs import MAX_ENTRIES, MAX_UNPACKED_BYTES, Danger
from portal.imports.models import CONFIRMED, DONE, FAILED, READY, WAITING
from portal.imports.planning import Verdict

MEGABYTE = 1_000_000

VERDICTS = {
    Verdict.ADDED: _l("Added"),
    Verdict.CHANGED: _l("Changed"),
    Verdict.UNCHANGED: _l("Unchanged"),
    Verdict.REJECTED: _l("Rejected"),
}
STATES = {
    WAITING: _l("Preview is being made"),
    READY: _l("Waits for you"),
    CONFIRMED: _l("Is being written"),
    DONE: _l("Done"),
    FAILED: _l("Refused"),
}
STEPS = {
    "": _l("Waiting for its turn"),
    "reading": _l("Reading the files"),
    "judging": _l("Checking the rows"),
    "keeping": _l("Putting the preview together"),
    "writing": _l("Writing the rows"),
}


def refusal(code: str, details: Mapping[str, Any]) -> str:
    """Say why files were refused, and what to do.

    Args:
        code: a danger of an archive, or a failure of a job.
        details: what the words need.
    """
    dangers: dict[str, str] = {
        Danger.DAMAGED: _("This file is damaged and cannot be opened. Save it again."),
        Danger.ENTRIES: _(
            "This archive holds more than %(most)s files. It was not opened.", most=MAX_ENTRIES
        ),
        Danger.UNPACKED: _(
            "This file would unpack to more than %(most)s MB. It was not opened.",
            most=MAX_UNPACKED_BYTES // MEGABYTE,
        ),
        Danger.RATIO: _(
            "This file would unpack to far more than its own size, as files do that are made "
            "to do harm. It was not opened."
        ),
        Danger.NESTED: _(
            "This archive holds another archive. It was not opened. Send the files inside."
        ),
        Danger.ENCRYPTED: _("This file is locked with a password. Send it without one."),
    }
    if code in dangers:
        return dangers[code]
    if code == "dangling":
        words: str = _(
            "%(dangling)s of the %(references)s references in this package lead nowhere, more "
            "than a fifth. It is likely half of a package, so nothing of it was taken.",
            **details,
        )
        return words
    others: dict[str, str] = {
        "nothing-found": _(
            "No file holds organizations or programs. The first line of each must name the "
            "columns, as the files of this catalogue do."
        ),
        "gone": _("The files are not there any more. Send them again."),
        "died": _("Work on this import stopped three times before its end. Send smaller files."),
        "unreadable": _("A file cannot be read."),
    }
    if code in others:
        return others[code]
    fault: str = _("Something went wrong on our side. Nothing was changed. Try again later.")
    return fault
