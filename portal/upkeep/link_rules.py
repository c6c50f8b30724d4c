"""Which addresses the link checker may ask, and what an answer means (pure).

A listing's address is anybody's text. The checker runs inside the network of the portal, so that
an address of that network must never be asked: not by name, number, redirect or disguise.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8080, 8443})
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A site that answers so is there, and only shuts out machines.
KEEPS_OUT = frozenset({401, 402, 403, 405, 406, 407, 409, 418, 429, 451, 501, 999})
GONE = frozenset({404, 410})
LONGEST_URL = 2_000

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_OTHER_SPECIAL = (
    ipaddress.IPv4Network("100.64.0.0/10"),  # shared by a provider's customers
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),  # once led into IPv6
    ipaddress.IPv4Network("198.18.0.0/15"),  # for measuring
    ipaddress.IPv6Network("::/96"),  # once carried IPv4
    ipaddress.IPv6Network("2002::/16"),  # carries IPv4 over whatever relay is near
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("100::/64"),
    ipaddress.IPv6Network("2001::/23"),
    ipaddress.IPv6Network("2001:db8::/32"),
    ipaddress.IPv6Network("3fff::/20"),
    ipaddress.IPv6Network("5f00::/16"),
    ipaddress.IPv6Network("fec0::/10"),
)


class Meaning(StrEnum):
    """What an answer says of an address."""

    ANSWERS = "answers"
    MOVED = "moved"
    GONE = "gone"
    UNCLEAR = "unclear"


class RefusedError(ValueError):
    """The address may not be asked; the message is a word for why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask: all parts of an address that passed the rules."""

    scheme: str
    host: str
    port: int
    path: str  # with its query


def target_of(url: str, *, allow_loopback: bool = False) -> Target:
    """Take an address apart.

    Args:
        url: of a listing, or where a redirect leads.
        allow_loopback: for tests against a server of their own: loopback, and any port.

    Raises:
        RefusedError: it is no address of a public website.
    """
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise RefusedError("address")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise RefusedError("address") from None
    if parts.scheme not in SCHEMES:
        raise RefusedError("scheme")
    if not host or "@" in parts.netloc or "%" in host:
        raise RefusedError("host")
    port = SCHEMES[parts.scheme] if port is None else port
    if port not in PORTS and not allow_loopback:
        raise RefusedError("port")
    number = number_of(host)
    if number is not None:
        check_number(number, allow_loopback=allow_loopback)
    elif not allow_loopback and ("." not in host or _is_local(host)):
        raise RefusedError("host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return Target(parts.scheme, _ascii(host), port, path)
    except UnicodeError:
        raise RefusedError("host") from None


def number_of(host: str) -> IpAddress | None:
    """Return the number that a host writes, in whatever way a resolver would read it.

    Besides the usual ones: decimal (2130706433), octal (0177.0.0.1), hexadecimal (0x7f.1), and
    with fewer parts (127.1).
    """
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def check_number(number: IpAddress, *, allow_loopback: bool = False) -> None:
    """Refuse a number that is not one public host's.

    Raises:
        RefusedError: it is private, of this machine, of this link, for many, reserved or special,
            or an IPv6 number that carries an IPv4 one which is.
    """
    inner = _carried(number)
    if inner is not None:
        number = inner
    if allow_loopback and number.is_loopback:
        return
    if (
        not number.is_global
        or number.is_private
        or number.is_loopback
        or number.is_link_local
        or number.is_multicast
        or number.is_reserved
        or number.is_unspecified
        or any(number.version == net.version and number in net for net in _OTHER_SPECIAL)
    ):
        raise RefusedError("number")


def _carried(number: IpAddress) -> ipaddress.IPv4Address | None:
    """Return the IPv4 number inside an IPv6 one: mapped, or NAT64."""
    if not isinstance(number, ipaddress.IPv6Address):
        return None
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return None


def next_url(url: str, location: str) -> str:
    """Return where a redirect leads.

    Raises:
        RefusedError: nowhere.
    """
    if not location:
        raise RefusedError("redirect")
    try:
        return urljoin(url, location)
    except ValueError:
        raise RefusedError("address") from None


def meaning_of(status: int) -> Meaning:
    """Return what a status says."""
    if status in REDIRECTS:
        return Meaning.MOVED
    if 200 <= status < 400 or status in KEEPS_OUT:
        return Meaning.ANSWERS
    return Meaning.GONE if status in GONE else Meaning.UNCLEAR


def _is_local(host: str) -> bool:
    last = host.lower().rpartition(".")[2]
    return last in {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"}


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")
