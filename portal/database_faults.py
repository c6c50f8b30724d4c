"""What to say when the database cannot be used: one sentence that tells what to do (pure)."""

from __future__ import annotations

# What SQLite says → what to do about it; the most telling first.
_SIGNS = (
    (
        ("is locked",),
        "The database {where} is busy: stop the other program that writes to it, "
        "and start this again.",
    ),
    (
        ("not a database", "malformed", "disk image"),
        "The database {where} is damaged: put a backup in its place, or move it away "
        "and begin anew with `python3 bootstrap.py run`.",
    ),
    (
        ("readonly", "unable to open"),
        "The database {where} cannot be written to: let the user who runs the portal write to "
        "it and to its folder, or name another folder with PORTAL_INSTANCE.",
    ),
    (
        ("is full",),
        "The disk that holds the database {where} is full: free some space, and start this again.",
    ),
)


def explained(error: Exception, where: str) -> str:
    """Turn a failure of the database into one sentence.

    Args:
        error: as SQLAlchemy raised it.
        where: the address of the database, without a password.
    """
    cause = str(getattr(error, "orig", None) or error)
    first_line = cause.strip().partition("\n")[0].rstrip(".")
    for signs, sentence in _SIGNS:
        if any(sign in first_line for sign in signs):
            return sentence.format(where=where)
    return (
        f"The database {where} cannot be used ({first_line}): "
        "see that it runs and that DATABASE_URL is right."
    )
