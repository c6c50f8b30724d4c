"""Passwords as argon2id hashes, at most four at once so that memory stays bounded."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.accounts.passwords import normalized

# OWASP's minimum: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = threading.BoundedSemaphore(4)
# What an unknown address is checked against, so that it takes as long as a known one.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with _at_once:
        return _hasher.hash(normalized(password))


def is_password(hashed: str, password: str) -> bool:
    """Whether a password is the one of a hash; a blank hash takes as long and is never right."""
    with _at_once:
        try:
            _hasher.verify(hashed or _NOBODY, normalized(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(hashed)
