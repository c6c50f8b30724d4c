"""Which passwords are accepted (pure).

Source: NIST SP 800-63B-4 (2025), 3.1.1.2: at least 15 characters when it is the only factor, 8
beside another; a blocklist; no rule on kinds of characters, no expiry; every character allowed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

SHORTEST_ALONE = 15
SHORTEST_WITH_SECOND_FACTOR = 8
LONGEST = 256
SAME_AGAIN = re.compile(r"(.{1,4})\1+")


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    WELL_KNOWN = "well-known"
    ABOUT_YOU = "about-you"
    REPETITIVE = "repetitive"


def normalized(password: str) -> str:
    """Return a password in one way of writing, so that any keyboard gives the same."""
    return unicodedata.normalize("NFKC", password)


def weakness_of(
    password: str, *, beside_second_factor: bool = False, personal: Iterable[str] = ()
) -> Weakness | None:
    """Return why a password is refused; None when it is accepted.

    Args:
        password: as typed.
        beside_second_factor: whether another factor is always asked for as well.
        personal: words that an attacker would try first: name, address, the portal's name.
    """
    text = normalized(password)
    shortest = SHORTEST_WITH_SECOND_FACTOR if beside_second_factor else SHORTEST_ALONE
    if len(text) < shortest:
        return Weakness.TOO_SHORT
    if len(text) > LONGEST:
        return Weakness.TOO_LONG
    plain = text.casefold()
    letters = re.sub(r"[\W\d_]+", "", plain)
    if plain in _well_known() or letters in _well_known():
        return Weakness.WELL_KNOWN
    if SAME_AGAIN.fullmatch(plain):
        return Weakness.REPETITIVE
    if _without(plain, personal) < shortest // 2:
        return Weakness.ABOUT_YOU
    return None


def _without(plain: str, personal: Iterable[str]) -> int:
    """Return how many characters are left when what is known of a person is taken out."""
    for word in sorted({word.casefold() for word in personal if len(word) >= 3}, key=len):
        plain = plain.replace(word, "")
    return len(plain)


@cache
def _well_known() -> frozenset[str]:
    package = find_spec("zxcvbn")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("zxcvbn")
    # Only its lists are wanted; the package itself would keep 12 MB of other tables in memory.
    spec = spec_from_file_location("lists", Path(package.origin).with_name("frequency_lists.py"))
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("zxcvbn.frequency_lists")
    lists = module_from_spec(spec)
    spec.loader.exec_module(lists)
    words: Iterable[str] = lists.FREQUENCY_LISTS["passwords"]
    return frozenset(word for word in words if len(word) >= SHORTEST_WITH_SECOND_FACTOR)
