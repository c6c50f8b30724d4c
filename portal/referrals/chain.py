"""The chain of events: each holds a digest of itself and of the one before it (pure).

Personal fields lie outside: an event holds only a salted digest of them. Without the salt the
digest says nothing, so erasing fields and salt leaves a chain that still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SALT_BYTES = 16
BEGINNING = "0" * 64  # stands before the first event


@dataclass(frozen=True, slots=True)
class Link:
    """An event as the chain sees it.

    `body` are its fields as they are stored; `personal` the digest of what lies outside, or blank.
    """

    number: int
    body: Mapping[str, str]
    personal: str
    previous: str
    digest: str


def new_salt() -> str:
    """Return a fresh salt in hexadecimal."""
    return secrets.token_hex(SALT_BYTES)


def personal_digest(salt: str, fields: Mapping[str, str]) -> str:
    """Return the SHA-256 of a salt and personal fields; blank where there are none."""
    if not fields:
        return ""
    return hashlib.sha256(bytes.fromhex(salt) + _canonical(fields)).hexdigest()


def digest(number: int, body: Mapping[str, str], personal: str, previous: str) -> str:
    """Return the SHA-256 of an event together with the digest before it."""
    whole = {"body": dict(body), "number": number, "personal": personal, "previous": previous}
    return hashlib.sha256(_canonical(whole)).hexdigest()


def first_broken(links: Iterable[Link]) -> int | None:
    """Return the number of the first event that does not follow from the one before; None: all do.

    Args:
        links: all events, in the order of their numbers.
    """
    previous, expected = BEGINNING, 1
    for link in links:
        own = digest(link.number, link.body, link.personal, previous)
        if (link.number, link.previous, link.digest) != (expected, previous, own):
            return expected
        previous, expected = link.digest, expected + 1
    return None


def _canonical(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
