"""Reads what mail servers send back when a message could not be delivered (pure; RFC 3464)."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass

_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
REPORTS = ("message/delivery-status", "message/global-delivery-status")
ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message of ours that did not arrive: its key, and the status that says why ("5.1.1")."""

    key: str
    status: str


def bounce_of(raw: bytes) -> Bounce | None:
    """Return what a delivery report says of a message of ours.

    Args:
        raw: a message as it came in.

    Returns:
        None when it is no report, only tells of a delay or a delivery, or is about no message of
        ours that can be told by its Message-ID.
    """
    message = email.message_from_bytes(raw, policy=email.policy.default)
    status, key = "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind in REPORTS:
            status = status or _failure(part.as_bytes())
        elif kind in ORIGINALS:
            found = _MESSAGE_ID.search(part.as_bytes().decode("ascii", "replace"))
            key = key or (found.group(1) if found else "")
    return Bounce(key, status) if status and key else None


def _failure(report: bytes) -> str:
    """Return the status of the first recipient who did not get it; blank: none failed."""
    for block in re.split(rb"\r?\n\s*\r?\n", report):
        lines = block.decode("ascii", "replace").splitlines()
        fields = {
            name.strip().lower(): value.strip()
            for name, _colon, value in (line.partition(":") for line in lines)
        }
        if fields.get("action", "").lower() == "failed":
            found = _STATUS.match(fields.get("status", ""))
            return found.group(0) if found else "5.0.0"
    return ""
