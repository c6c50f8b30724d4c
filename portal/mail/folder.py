"""Messages that were written to a folder because no mail server is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

KEY = re.compile(r"[0-9a-f]{32}")
MOST = 50


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """One file: its key, to whom, about what, when, and its plain text."""

    key: str
    to: str
    subject: str
    at: datetime
    text: str


def written_messages(folder: Path, *, limit: int = MOST) -> list[WrittenMessage]:
    """Return the latest messages of a folder."""
    files = [file for file in folder.glob("*.eml") if KEY.fullmatch(file.stem)]
    latest = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[:limit]
    return [found for file in latest if (found := written_message(folder, file.stem))]


def written_message(folder: Path, key: str) -> WrittenMessage | None:
    """Return one message; None when there is none with this key."""
    if not KEY.fullmatch(key):
        return None
    try:
        content = (folder / f"{key}.eml").read_bytes()
    except OSError:
        return None
    message = BytesParser(policy=policy.default).parsebytes(content)
    body = message.get_body(("plain",))
    return WrittenMessage(
        key,
        str(message["To"] or ""),
        str(message["Subject"] or ""),
        _moment(str(message["Date"] or "")),
        str(body.get_content()) if body is not None else "",
    )


def _moment(text: str) -> datetime:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
