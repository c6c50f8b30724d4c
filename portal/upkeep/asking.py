"""Asks an address of a listing whether it answers: resolved once, pinned, short and polite."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

from portal.upkeep.link_rules import (
    MOST_REDIRECTS,
    Meaning,
    RefusedError,
    Target,
    check_number,
    meaning_of,
    next_url,
    target_of,
)
from portal.upkeep.models import ANSWERS, BROKEN, REFUSED, UNCLEAR

TIMEOUT_S = 10.0
MOST_BYTES = 1_000_000
PIECE_BYTES = 65_536

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of asking: one of OUTCOMES, and a status or a word for what happened."""

    outcome: str
    detail: str


def resolved(host: str, port: int) -> list[str]:
    """Return the numbers of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def ask(
    url: str,
    *,
    user_agent: str,
    allow_loopback: bool = False,
    resolve: Resolve = resolved,
    pause: Callable[[], object] = lambda: None,
) -> Answer:
    """Ask an address, following at most MOST_REDIRECTS redirects.

    Args:
        url: of a listing.
        user_agent: who asks.
        allow_loopback: for tests against a server of their own.
        resolve: host and port → numbers.
        pause: waits before the same website is asked again.
    """
    try:
        return _followed(url, user_agent, resolve, pause, allow_loopback=allow_loopback)
    except RefusedError as error:
        return Answer(REFUSED, str(error))
    except ssl.SSLCertVerificationError:
        return Answer(BROKEN, "certificate")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(UNCLEAR, _words(error))


def _words(error: Exception) -> str:
    """Return a word for why there was no answer."""
    if isinstance(error, socket.gaierror):
        return "name"
    return "time" if isinstance(error, TimeoutError) else type(error).__name__


def _followed(
    url: str,
    user_agent: str,
    resolve: Resolve,
    pause: Callable[[], object],
    *,
    allow_loopback: bool,
) -> Answer:
    """Ask, and ask where it leads, each time by the same rules."""
    for turn in range(MOST_REDIRECTS + 1):
        target = target_of(url, allow_loopback=allow_loopback)
        number = _pinned(target, resolve, allow_loopback=allow_loopback)
        if turn:
            pause()
        status, location = _status(target, number, user_agent, pause)
        meaning = meaning_of(status)
        if meaning is not Meaning.MOVED:
            return Answer(_OUTCOMES[meaning], str(status))
        url = next_url(url, location)
    return Answer(BROKEN, "redirects")


_OUTCOMES = {Meaning.ANSWERS: ANSWERS, Meaning.GONE: BROKEN, Meaning.UNCLEAR: UNCLEAR}


def _pinned(target: Target, resolve: Resolve, *, allow_loopback: bool) -> str:
    """Return the one number to connect to; every number of the host must be allowed."""
    numbers = resolve(target.host, target.port)
    for number in numbers:
        check_number(ipaddress.ip_address(number.partition("%")[0]), allow_loopback=allow_loopback)
    if not numbers:
        raise RefusedError("host")
    return numbers[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to a number, for a host; with TLS the host's name is still checked."""

    def __init__(self, target: Target, number: str) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_S)
        self.target, self.number = target, number

    def connect(self) -> None:
        """Connect to the number that was checked, whatever the name says by now."""
        self.sock = socket.create_connection((self.number, self.target.port), timeout=TIMEOUT_S)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)


def _status(
    target: Target, number: str, user_agent: str, pause: Callable[[], object]
) -> tuple[int, str]:
    """Ask for the head, and for the page where the head is not answered as a page would be."""
    status, location = _once("HEAD", target, number, user_agent)
    if status < 400:
        return status, location
    pause()
    return _once("GET", target, number, user_agent)


def _once(method: str, target: Target, number: str, user_agent: str) -> tuple[int, str]:
    connection = _Pinned(target, number)
    with _deadline(connection):
        try:
            headers = {"User-Agent": user_agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, target.path, headers=headers)
            answer = connection.getresponse()
            read = 0
            while read < MOST_BYTES and (piece := answer.read(PIECE_BYTES)):
                read += len(piece)
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()


@contextmanager
def _deadline(connection: _Pinned) -> Iterator[None]:
    """End the connection after TIMEOUT_S in all: each byte in time may still be too slow."""
    has_ended = False

    def end() -> None:
        nonlocal has_ended
        has_ended = True
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is over already

    timer = Timer(TIMEOUT_S, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if has_ended:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
