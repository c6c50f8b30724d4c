"""Letters to the program that was asked, or to the navigator in its place."""

from __future__ import annotations

from collections.abc import Iterator

from portal.config import Settings
from portal.mail.operations import Letter
from portal.referrals.models import Event, Referral


def after(
    referral: Referral,  # noqa: ARG001  no move is told yet
    event: Event,  # noqa: ARG001
    settings: Settings,  # noqa: ARG001
) -> Iterator[tuple[str, Letter]]:
    """Return address and letter of each letter that a move causes."""
    yield from ()
