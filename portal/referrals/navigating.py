"""What navigators do with requests. The caller holds a write unit and commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import current_app

from portal import clock
from portal.directory.models import Service
from portal.referrals.acting import act
from portal.referrals.addressees import consent_to
from portal.referrals.asking_next import ask_next
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append, facts_of
from portal.referrals.consent import SPOKEN, Consent
from portal.referrals.models import NOTE, OTHER, Referral
from portal.referrals.moving import ChangedMeanwhileError, Mover, last_move, locked
from portal.referrals.operations import Recipient, add_referral
from portal.referrals.queries_next_best import asked_slugs
from portal.referrals.receiving import receiving
from portal.referrals.short_codes import make_code
from portal.referrals.standing import CHILD_WITHIN
from portal.referrals.states import WITHOUT_CHILD_UNMET, Role, Status

RECORDED = {"recorded_by": "navigator"}
INTERNAL = "internal"  # action of a note that only those who work on a request read
UNMET_CODE = "unmet_code"  # action: a navigator has said why no program was found


def program_said(
    referral: Referral,
    target: Status,
    *,
    account_id: uuid.UUID,
    facts: Mapping[str, str],
    words: Mapping[str, str],
    seen: int,
) -> None:
    """Write down what a program said on the phone: it moves the request as the program."""
    act(
        referral.id,
        target,
        by=Mover(Role.PROGRAM, account_id),
        facts={**facts, **RECORDED},
        personal=words,
        seen=seen,
    )


def company_said(referral: Referral, answer: str, *, account_id: uuid.UUID, seen: int) -> None:
    """Write down what a company answered on the phone to a program's question."""
    act(
        referral.id,
        Status.RECEIVED,
        by=Mover(Role.NAVIGATOR, account_id),
        facts=RECORDED,
        personal={"answer": answer},
        seen=seen,
    )


def take_spoken_consent(
    drafts: Mapping[Referral, tuple[bool, int]], *, account_id: uuid.UUID
) -> str:
    """Write down what a company said when its consent was asked on the phone, program by program.

    Args:
        drafts: request → whether it agreed to it, and the last move that was seen.
        account_id: of who read the text out.

    Returns:
        A code to read out, which opens the company's page; blank when it agreed to nothing.
    """
    key = current_app.config["SECRET_KEY"]
    by, agreed = Mover(Role.NAVIGATOR, account_id), None
    for draft, (is_agreed, seen) in drafts.items():
        referral = locked(draft.id)
        if referral is None:
            continue
        if not is_agreed:
            act(referral.id, Status.WITHDRAWN, by=by, seen=seen)
            continue
        consent = consent_to(referral)
        keep_consent(referral, consent)
        facts = {"consent": consent.version, "way": SPOKEN}
        act(referral.id, Status.SENT, by=by, facts=facts, seen=seen)
        agreed = referral.episode
    return make_code(agreed, key=key, now=clock.now()) if agreed else ""


def keep_consent(referral: Referral, consent: Consent) -> None:
    """Keep the very text that was read out, and when."""
    referral.consent_version, referral.consent_text = consent.version, consent.text
    referral.consent_at = clock.now()


def pass_on(
    referral: Referral,
    service: Service,
    consent: Consent | None,
    *,
    account_id: uuid.UUID,
    seen: int,
) -> None:
    """Find another program: the request goes on to it once the company has agreed.

    Args:
        referral: from `locked`; one that still waits for its program is closed as passed on.
        service: the other program.
        consent: spoken; None: the company is asked by a link.
        account_id: of the navigator.
        seen: the number of the last move that they have seen.

    Raises:
        ChangedMeanwhileError: another move came after, or that program was asked already.
    """
    if last_move(referral) != seen or service.slug in asked_slugs(referral.episode):
        raise ChangedMeanwhileError
    by = Mover(Role.NAVIGATOR, account_id)
    if consent is not None:
        child = ask_next(referral, {service: consent}, by=by)[0]
    else:
        child = add_referral(
            referral.episode,
            Recipient(service, via_navigator=not receiving([service.organization_id])),
            by=by,
            now=clock.now(),
            calendar=calendar_of(current_app.config["PORTAL"]),
            parent=referral,
        )
        act(child.id, Status.AWAITING_CONSENT, by=by)
    if Status(referral.status) not in WITHOUT_CHILD_UNMET:
        act(referral.id, Status.REDIRECTED, by=by, facts={"child": str(child.id)}, seen=seen)


def say_unmet(referral: Referral, code: str, *, account_id: uuid.UUID, seen: int) -> None:
    """Say why no program was found; the request is closed with it when its time is over.

    Until then the company can still ask another program itself.
    """
    now = clock.now()
    if now - referral.since_at >= CHILD_WITHIN:
        by = Mover(Role.NAVIGATOR, account_id)
        act(referral.id, Status.CLOSED_UNMET, by=by, facts={"unmet": code}, seen=seen)
        return
    append(
        referral,
        kind=OTHER,
        action=UNMET_CODE,
        role=Role.NAVIGATOR,
        now=now,
        actor_id=account_id,
        facts={"unmet": code},
    )


def said_unmet(referral: Referral) -> str:
    """Return why a navigator has said that no program was found; blank: nobody did."""
    codes = [facts_of(event)["unmet"] for event in referral.events if event.action == UNMET_CODE]
    return codes[-1] if codes else ""


def add_note(referral: Referral, text: str, *, account_id: uuid.UUID) -> None:
    """Add a note for those who work on the request."""
    append(
        referral,
        kind=NOTE,
        action=INTERNAL,
        role=Role.NAVIGATOR,
        now=clock.now(),
        actor_id=account_id,
        personal={"note": text},
    )
