"""Asks an address of a listing whether it answers: resolved once, pinned, short and polite."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
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
from portal.upkeep.resolving import Resolve, resolved, resolved_within

TIMEOUT_S = 10.0  # a whole check: names, redirects, pauses and answers
NAME_TIMEOUT_S = 5.0
MOST_BYTES = 1_000_000
PIECE_BYTES = 65_536

Pause = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of asking: one of OUTCOMES, and a status or a word for what happened."""

    outcome: str
    detail: str


class Clock:
    """What is left of the time that one check may take."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: none.
        """
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def ask(
    url: str,
    *,
    user_agent: str,
    allow_loopback: bool = False,
    resolve: Resolve = resolved,
    pause: Pause = lambda _left: None,
) -> Answer:
    """Ask an address, following at most MOST_REDIRECTS redirects.

    Args:
        url: of a listing.
        user_agent: who asks.
        allow_loopback: for tests against a server of their own.
        resolve: host and port → numbers.
        pause: waits before the same website is asked again; is told how many seconds are left.
    """
    try:
        asker = _Asker(user_agent, resolve, pause, Clock(TIMEOUT_S), allow_loopback)
        return asker.followed(url)
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


_OUTCOMES = {Meaning.ANSWERS: ANSWERS, Meaning.GONE: BROKEN, Meaning.UNCLEAR: UNCLEAR}


@dataclass(frozen=True, slots=True)
class _Asker:
    """One check of one address."""

    user_agent: str
    resolve: Resolve
    pause: Pause
    clock: Clock
    allow_loopback: bool

    def followed(self, url: str) -> Answer:
        """Ask, and ask where it leads, each time by the same rules."""
        for turn in range(MOST_REDIRECTS + 1):
            target = target_of(url, allow_loopback=self.allow_loopback)
            number = self.pinned(target)
            if turn:
                self.pause(self.clock.left())
            status, location = self.status(target, number)
            meaning = meaning_of(status)
            if meaning is not Meaning.MOVED:
                return Answer(_OUTCOMES[meaning], str(status))
            url = next_url(url, location)
        return Answer(BROKEN, "redirects")

    def pinned(self, target: Target) -> str:
        """Return the one number to connect to; every number of the host must be allowed."""
        seconds = min(NAME_TIMEOUT_S, self.clock.left())
        numbers = resolved_within(seconds, self.resolve, target.host, target.port)
        for number in numbers:
            address = ipaddress.ip_address(number.partition("%")[0])
            check_number(address, allow_loopback=self.allow_loopback)
        if not numbers:
            raise RefusedError("host")
        return numbers[0]

    def status(self, target: Target, number: str) -> tuple[int, str]:
        """Ask for the head, and for the page where the head is not answered as a page would be."""
        status, location = self.once("HEAD", target, number)
        if status < 400:
            return status, location
        self.pause(self.clock.left())
        return self.once("GET", target, number)

    def once(self, method: str, target: Target, number: str) -> tuple[int, str]:
        """Ask once, in the time that is left."""
        connection = _Pinned(target, number, self.clock)
        with _deadline(connection, self.clock.left()):
            try:
                headers = {"User-Agent": self.user_agent, "Accept": "*/*", "Connection": "close"}
                connection.request(method, target.path, headers=headers)
                answer = connection.getresponse()
                read = 0
                while read < MOST_BYTES and (piece := answer.read(PIECE_BYTES)):
                    read += len(piece)
                return answer.status, answer.headers.get("Location", "")
            finally:
                connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to a number, for a host; with TLS the host's name is still checked."""

    def __init__(self, target: Target, number: str, clock: Clock) -> None:
        super().__init__(target.host, target.port)
        self.target, self.number, self.clock = target, number, clock

    def connect(self) -> None:
        """Connect to the number that was checked, whatever the name says by now."""
        address = (self.number, self.target.port)
        self.sock = socket.create_connection(address, timeout=self.clock.left())
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)
        self.sock.settimeout(self.clock.left())


@contextmanager
def _deadline(connection: _Pinned, seconds: float) -> Iterator[None]:
    """End the connection when its time is over: each byte in time may still be too slow."""
    has_ended = False

    def end() -> None:
        nonlocal has_ended
        has_ended = True
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is over already

    timer = Timer(seconds, end)
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
