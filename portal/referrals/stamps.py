"""The stamp of an open form: when it was shown and under which key it counts once, signed.

A form needs no cookie by it: nobody is followed, and a form that lay open overnight loses nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

FASTEST = timedelta(seconds=3)  # nobody reads and fills in a form in less
LASTS = timedelta(hours=24)
SALT = "referral-form"
KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was shown, and the key under which what it sends counts once."""

    shown_at: datetime
    key: str

    def is_over(self, now: datetime) -> bool:
        """Whether the form lay open too long: it is shown anew, with all that was typed."""
        return not timedelta(0) <= now - self.shown_at <= LASTS

    def is_too_fast(self, now: datetime) -> bool:
        """Whether it came back sooner than a person could send it."""
        return now - self.shown_at < FASTEST


def new_stamp(now: datetime, *, key: str = "") -> Stamp:
    """Return a stamp of now; with the key of an older form, so that it still counts once."""
    return Stamp(now, key or secrets.token_hex(KEY_BYTES))


def signed(stamp: Stamp, secret: str) -> str:
    """Write a stamp as a hidden field holds it."""
    text: str | bytes = _serializer(secret).dumps([stamp.shown_at.timestamp(), stamp.key])
    return text if isinstance(text, str) else text.decode()


def read(text: str, secret: str) -> Stamp | None:
    """Return the stamp that a field holds; None: we did not write it."""
    try:
        seconds, key = _serializer(secret).loads(text)
    except (BadData, ValueError, TypeError):
        return None
    return Stamp(datetime.fromtimestamp(seconds, UTC), key)


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
