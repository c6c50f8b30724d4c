"""Resolves a name within a time: the system's resolver cannot be stopped, only left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

MOST_LEFT_BEHIND = 8  # resolvers that never answer must not fill the process

Resolve = Callable[[str, int], list[str]]

_places = BoundedSemaphore(MOST_LEFT_BEHIND)


def resolved(host: str, port: int) -> list[str]:
    """Return the numbers of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolved_within(seconds: float, resolve: Resolve, host: str, port: int) -> list[str]:
    """Return the numbers of a host.

    Args:
        seconds: how long to wait for them.
        resolve: host and port → numbers.
        host: a name.
        port: to connect to.

    Raises:
        TimeoutError: no answer in time, or too many earlier ones are still waited for.
        Exception: whatever the resolver raised.
    """
    places = _places
    if not places.acquire(blocking=False):
        raise TimeoutError
    said: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            said.put(resolve(host, port))
        except Exception as error:  # raised again below, where somebody hears it
            said.put(error)
        finally:
            places.release()

    Thread(target=run, name="link-check-name", daemon=True).start()
    try:
        found = said.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found
