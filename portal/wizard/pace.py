"""How often one client may ask for plans by mail; kept in this process's memory only.

Without it one script could use up what everybody together may send in an hour. Nothing of it is
stored: a key of the process turns addresses into digests, and both end with the process.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from flask import current_app

EXTENSION = "portal-plan-pace"
MOST_AN_HOUR_OF_ONE = 10
HOUR = timedelta(hours=1)
MOST_CLIENTS = 5_000  # known at a time; the one that has not asked for longest is forgotten
NETWORK_BYTES = 8  # one connection has all of them below these (/64)


class Pace:
    """Counts what each client asked for within the last hour."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._asked: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str, now: datetime) -> bool:
        """Count one more, unless the client had its share.

        Args:
            client: an IP address.
            now: the present moment.
        """
        digest = hashlib.blake2b(_network(client), key=self._key, digest_size=16).digest()
        with self._lock:
            asked = self._asked.setdefault(digest, deque(maxlen=MOST_AN_HOUR_OF_ONE))
            self._asked.move_to_end(digest)
            if len(self._asked) > MOST_CLIENTS:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now - HOUR:
                asked.popleft()
            if len(asked) == MOST_AN_HOUR_OF_ONE:
                return False
            asked.append(now)
            return True


def _network(client: str) -> bytes:
    try:
        address = ip_address(client)
    except ValueError:
        return client.encode()[:64]
    return address.packed[:NETWORK_BYTES] if isinstance(address, IPv6Address) else address.packed


def plan_pace() -> Pace:
    """Return the pace of the app that serves this request."""
    pace: Pace = current_app.extensions.setdefault(EXTENSION, Pace())
    return pace
