"""Secrets that travel in cookies and links: random, and kept only as digests (pure)."""

from __future__ import annotations

import hashlib
import secrets

SESSION_BYTES = 32  # 256 bits
LINK_BYTES = 16  # 128 bits


def new_token(size: int = LINK_BYTES) -> str:
    """Return a random token that fits an address or a cookie."""
    return secrets.token_urlsafe(size)


def digest_of(token: str) -> str:
    """Return what is kept of a token: it cannot be turned back, and needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
