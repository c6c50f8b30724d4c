"""A referral as managers see it: as a row of a page and of a file, never with a person's name."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.directory.formula_cells import neutralized
from portal.referrals import wording
from portal.referrals.models import Referral
from portal.referrals.queries_manage import SHOWN, Wanted
from portal.referrals.states import Status

COLUMNS = (
    "reference",
    "program",
    "organization",
    "form",
    "status",
    "since",
    "next",
    "due",
    "sent",
    "first_response",
    "first_response_due",
    "via_navigator",
)
LONGEST_PAGE_NUMBER = 6  # digits


@dataclass(frozen=True, slots=True)
class Row:
    """One referral.

    `company` is blank unless the company shares its name with the state; `next_owner` says who
    must move; `late_days` are whole days since the clock ran out.
    """

    id: uuid.UUID
    reference: str
    program: str
    organization: str
    form: str
    status: str
    since_at: datetime
    next_owner: str
    due_at: datetime | None
    late_days: int | None
    company: str
    is_shared: bool
    is_disputed: bool
    via_navigator: bool


def row_of(referral: Referral, *, now: datetime, is_disputed: bool) -> Row:
    """Return a referral as a manager may see it."""
    due_at = referral.due_at if referral.mover else None
    is_shared = referral.episode.shares_with_state
    return Row(
        id=referral.id,
        reference=referral.reference,
        program=referral.service.name,
        organization=referral.organization.name,
        form=referral.episode.form,
        status=str(wording.STATUS[Status(referral.status)]),
        since_at=referral.since_at,
        next_owner=mover_of(referral),
        due_at=due_at,
        late_days=(now - due_at).days if due_at and due_at < now else None,
        company=referral.episode.details.company if is_shared else "",
        is_shared=is_shared,
        is_disputed=is_disputed,
        via_navigator=referral.via_navigator,
    )


def mover_of(referral: Referral) -> str:
    """Return who must move next: the navigator also where a program cannot receive yet."""
    if not referral.mover:
        return ""
    is_by_navigator = referral.via_navigator and referral.mover == "program"
    return str(wording.MOVER["navigator" if is_by_navigator else referral.mover])


def csv_of(referrals: Iterable[Referral]) -> str:
    """Return referrals as a file: codes and times in UTC, formulas made harmless, no names.

    Industry, region and size are left out: together they could tell which company it is.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in referrals:
        cells = (
            each.reference,
            each.service.name,
            each.organization.name,
            each.episode.form,
            each.status,
            _time(each.since_at),
            each.mover,
            _time(each.due_at),
            _time(each.sent_at),
            _time(each.answered_at),
            _time(each.response_due_at),
            "yes" if each.via_navigator else "no",
        )
        writer.writerow([neutralized(cell) for cell in cells])
    return target.getvalue()


def _time(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def wanted_of(args: Mapping[str, str]) -> Wanted:
    """Return which requests an address asks for; what it cannot mean is left out."""
    status, show = args.get("status", ""), args.get("show", "")
    return Wanted(
        status=status if status in set(Status) else "",
        organization=args.get("organization", "")[:200],
        show=show if show in SHOWN else "",
    )


def page_of(args: Mapping[str, str]) -> int:
    """Return the number of the page that an address asks for; 1 for anything else."""
    text = args.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1
