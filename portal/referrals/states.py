"""What may become of a referral: one table of moves, who may make them and what each needs (pure).

Anything that the table does not hold is refused. Equal, row by row, to
`tests/data/referral_transitions.csv`, from which `docs/referral-states.md` is drawn too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    AWAITING_CONSENT = "awaiting_consent"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    INFORMATION_REQUESTED = "information_requested"
    REDIRECTED = "redirected"
    EXPIRED = "expired"
    CONTACT_MADE = "contact_made"
    WAITLISTED = "waitlisted"
    ENROLLED = "enrolled"
    NOT_ENROLLED = "not_enrolled"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"
    WITHDRAWN = "withdrawn"
    CLOSED_UNMET = "closed_unmet"
    ENTERED_IN_ERROR = "entered_in_error"


class Role(StrEnum):
    """In which part somebody moves a referral; `creator` is whoever entered it."""

    OWNER = "owner"
    STAFF = "staff"
    NAVIGATOR = "navigator"
    PROGRAM = "program"
    MANAGER = "manager"
    SYSTEM = "system"
    CREATOR = "creator"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table; `source` is None where a referral begins."""

    source: Status | None
    target: Status
    who: tuple[Role, ...]
    needs: str


_S, _R = Status, Role
_ASKERS = (_R.OWNER, _R.STAFF, _R.NAVIGATOR)
_SENDERS = (_R.PROGRAM, _R.NAVIGATOR, _R.MANAGER)
_CHILD = "a linked child referral; consent for the new recipient"
_BEFORE_ACCEPTANCE = "sender's staff only before acceptance"
_REOPENED = "reopened within 30 days; reason; clocks keep their start"
_UNMET = "no child referral within 14 days; unmet-need code"
_ERROR = "creator within 24 hours, manager later; out of all measures, kept in the log"
_SILENCE = "30 days without an answer; counts as no response of the program"


def _rows(
    sources: Iterable[Status | None], target: Status, who: tuple[Role, ...], needs: str
) -> tuple[Transition, ...]:
    return tuple(Transition(source, target, who, needs) for source in sources)


_OPEN_AT_PROGRAM = (_S.SENT, _S.RECEIVED)
TRANSITIONS: tuple[Transition, ...] = (
    *_rows((None,), _S.DRAFT, _ASKERS, "need code and program"),
    *_rows(
        (_S.DRAFT,),
        _S.AWAITING_CONFIRMATION,
        (_R.OWNER,),
        "consent per recipient and the asker's e-mail",
    ),
    *_rows((_S.DRAFT,), _S.AWAITING_CONSENT, (_R.STAFF, _R.NAVIGATOR), "the company's contact"),
    *_rows(
        (_S.DRAFT,),
        _S.SENT,
        (_R.NAVIGATOR,),
        "the company's spoken consent recorded (phone only)",
    ),
    *_rows((_S.AWAITING_CONFIRMATION,), _S.SENT, (_R.OWNER,), "the link's button within 14 days"),
    *_rows((_S.AWAITING_CONFIRMATION,), _S.EXPIRED, (_R.SYSTEM,), "14 days passed"),
    *_rows((_S.AWAITING_CONSENT,), _S.SENT, (_R.OWNER,), "consent with text version and time"),
    *_rows((_S.AWAITING_CONSENT,), _S.WITHDRAWN, (_R.OWNER,), ""),
    *_rows((_S.AWAITING_CONSENT,), _S.EXPIRED, (_R.SYSTEM,), "14 days passed"),
    *_rows(
        (_S.SENT,),
        _S.RECEIVED,
        (_R.PROGRAM, _R.SYSTEM),
        "opened or receipt confirmed; not a first response",
    ),
    *_rows(_OPEN_AT_PROGRAM, _S.ACCEPTED, (_R.PROGRAM,), "named contact"),
    *_rows(_OPEN_AT_PROGRAM, _S.DECLINED, (_R.PROGRAM,), "reason code; asks for a hand-off"),
    *_rows(
        _OPEN_AT_PROGRAM,
        _S.INFORMATION_REQUESTED,
        (_R.PROGRAM,),
        "question; the clock passes to the asker",
    ),
    *_rows(
        (_S.INFORMATION_REQUESTED,),
        _S.RECEIVED,
        _ASKERS,
        "answer; the program's clock resumes",
    ),
    *_rows((_S.INFORMATION_REQUESTED,), _S.EXPIRED, (_R.SYSTEM,), "21 days passed"),
    *_rows(
        (*_OPEN_AT_PROGRAM, _S.ACCEPTED, _S.INFORMATION_REQUESTED),
        _S.REDIRECTED,
        _SENDERS,
        _CHILD,
    ),
    *_rows(_OPEN_AT_PROGRAM, _S.EXPIRED, (_R.SYSTEM,), _SILENCE),
    *_rows((_S.ACCEPTED,), _S.CONTACT_MADE, (_R.PROGRAM, _R.OWNER), "date of two-way contact"),
    *_rows((_S.ACCEPTED, _S.CONTACT_MADE), _S.WAITLISTED, (_R.PROGRAM,), "expected date"),
    *_rows((_S.WAITLISTED,), _S.CONTACT_MADE, (_R.PROGRAM,), ""),
    *_rows((_S.CONTACT_MADE, _S.WAITLISTED), _S.ENROLLED, (_R.PROGRAM,), "start of service"),
    *_rows(
        (_S.CONTACT_MADE, _S.WAITLISTED),
        _S.NOT_ENROLLED,
        (_R.PROGRAM, _R.OWNER),
        "reason code",
    ),
    *_rows((_S.ENROLLED,), _S.COMPLETED, (_R.PROGRAM,), "outcome code"),
    *_rows((_S.ENROLLED,), _S.DISCONTINUED, (_R.PROGRAM, _R.OWNER), "reason code"),
    *_rows((_S.DRAFT,), _S.WITHDRAWN, _ASKERS, ""),
    *_rows((_S.AWAITING_CONFIRMATION,), _S.WITHDRAWN, (_R.OWNER,), ""),
    *_rows(
        (*_OPEN_AT_PROGRAM, _S.INFORMATION_REQUESTED),
        _S.WITHDRAWN,
        _ASKERS,
        _BEFORE_ACCEPTANCE,
    ),
    *_rows(
        (_S.ACCEPTED, _S.CONTACT_MADE, _S.WAITLISTED, _S.ENROLLED),
        _S.WITHDRAWN,
        (_R.OWNER,),
        "",
    ),
    *_rows(
        (_S.DECLINED, _S.EXPIRED, _S.NOT_ENROLLED, _S.DISCONTINUED),
        _S.CLOSED_UNMET,
        (_R.SYSTEM, _R.NAVIGATOR),
        _UNMET,
    ),
    *_rows(
        (
            _S.DECLINED,
            _S.EXPIRED,
            _S.NOT_ENROLLED,
            _S.CLOSED_UNMET,
            _S.COMPLETED,
            _S.DISCONTINUED,
        ),
        _S.RECEIVED,
        (_R.PROGRAM, _R.MANAGER),
        _REOPENED,
    ),
    *_rows(
        (_S.WITHDRAWN,),
        _S.RECEIVED,
        (_R.MANAGER,),
        "reopened within 30 days at the owner's wish; reason",
    ),
    *_rows(
        [status for status in Status if status is not _S.ENTERED_IN_ERROR],
        _S.ENTERED_IN_ERROR,
        (_R.CREATOR, _R.MANAGER),
        _ERROR,
    ),
)

_TABLE: Mapping[tuple[Status | None, Status], Transition] = {
    (transition.source, transition.target): transition for transition in TRANSITIONS
}

BEFORE_SENDING = frozenset({_S.DRAFT, _S.AWAITING_CONFIRMATION, _S.AWAITING_CONSENT})
# Where the program has not answered yet; opening a message is no answer.
UNANSWERED = frozenset({_S.SENT, _S.RECEIVED})
FIRST_RESPONSES = frozenset({_S.ACCEPTED, _S.DECLINED, _S.INFORMATION_REQUESTED, _S.CONTACT_MADE})
# Nothing follows unless somebody reopens it, finds another program or marks an error.
ENDED = frozenset(
    {
        _S.DECLINED,
        _S.REDIRECTED,
        _S.EXPIRED,
        _S.NOT_ENROLLED,
        _S.COMPLETED,
        _S.DISCONTINUED,
        _S.WITHDRAWN,
        _S.CLOSED_UNMET,
        _S.ENTERED_IN_ERROR,
    }
)
OPEN = frozenset(Status) - ENDED
# From these, `received` is a reopening and not a receipt.
REOPENABLE = frozenset(
    transition.source
    for transition in TRANSITIONS
    if transition.target is _S.RECEIVED and transition.source in ENDED
)
# Without a child referral these become an unmet need.
WITHOUT_CHILD_UNMET = frozenset({_S.DECLINED, _S.EXPIRED, _S.NOT_ENROLLED, _S.DISCONTINUED})


def transition(source: Status | None, target: Status) -> Transition | None:
    """Return the row of a move, or None when there is no such move."""
    return _TABLE.get((source, target))


def targets(source: Status | None, role: Role) -> tuple[Status, ...]:
    """Return where somebody may move a referral that stands somewhere, in the table's order."""
    return tuple(row.target for row in TRANSITIONS if row.source is source and role in row.who)
