"""Which introductions a program can make, by what its listing says that it brings together (pure).

A request for one is answered like any other; besides, the other side consents by a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Introduction(StrEnum):
    """Whom a company wants to be introduced to; the codes stand as needs of requests."""

    PROTOTYPES = "introduction-prototypes"
    PILOT = "introduction-pilot"
    LABORATORY = "introduction-laboratory"
    SUPPLIERS = "introduction-suppliers"


# Value of the facet `connects` → what may be asked for, and of it.
BY_CONNECTS: Mapping[str, tuple[Introduction, ...]] = {
    "sme-startup": (Introduction.PROTOTYPES,),
    "sme-oem": (Introduction.PILOT, Introduction.SUPPLIERS),
    "sme-university": (Introduction.LABORATORY,),
    "startup-oem": (Introduction.PILOT,),
    "startup-university": (Introduction.LABORATORY,),
    "oem-university": (Introduction.LABORATORY,),
}


def introductions_of(connects: Iterable[str]) -> tuple[Introduction, ...]:
    """Return what may be asked of a program, in the order of the codes, each once.

    Args:
        connects: the values of its listing.
    """
    offered = {code for value in connects for code in BY_CONNECTS.get(value, ())}
    return tuple(code for code in Introduction if code in offered)
