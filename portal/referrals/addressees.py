"""Who reads a request: the program, or the navigator in its place; what is agreed to; by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.config import Settings
from portal.directory.fallback import fallback_contact
from portal.directory.models import Organization, Service
from portal.directory.queries import pauses_of
from portal.extensions import db
from portal.referrals.business_days import due_at
from portal.referrals.calendars import calendar_of
from portal.referrals.consent import Consent, consent_for
from portal.referrals.due_words import due_in_words
from portal.referrals.models import INTRODUCTION, Referral
from portal.referrals.queries_limits import limits_of
from portal.referrals.receiving import navigator_organization_id, receiving


@dataclass(frozen=True, slots=True)
class Addressee:
    """A program that may be asked.

    Attributes:
        service: the program, with its organization.
        reader: who receives the request.
        via_navigator: whether that is somebody in the program's place.
        answers_by: until when they answer if it is confirmed now, in words.
        consent: what is agreed to, in the language of the page.
    """

    service: Service
    reader: str
    via_navigator: bool
    answers_by: str
    paused_until: date | None
    consent: Consent


def navigator_name() -> str:
    """Return who calls programs that cannot receive requests yet; the state's contact if none."""
    id_ = navigator_organization_id()
    organization = db.session.get(Organization, id_) if id_ else None
    return organization.name if organization else fallback_contact().name


def addressees_of(
    services: Sequence[Service],
    settings: Settings,
    now: datetime,
    *,
    introduces: bool = False,
) -> list[Addressee]:
    """Return who would read requests to some programs, in their order.

    Args:
        services: loaded with their organizations.
        settings: of this portal.
        now: the present moment.
        introduces: whether an introduction is asked for.
    """
    able = receiving({service.organization_id for service in services})
    navigator = navigator_name()
    calendar = calendar_of(settings)
    limits, pauses = (
        limits_of({one.id for one in services}),
        pauses_of({one.id for one in services}),
    )
    found = []
    for service in services:
        is_able = service.organization_id in able
        organization = service.organization.name
        found.append(
            Addressee(
                service,
                reader=organization if is_able else navigator,
                via_navigator=not is_able,
                answers_by=due_in_words(
                    due_at(now, limits[service.id].response_days, calendar), calendar
                ),
                paused_until=pauses.get(service.id),
                consent=consent_for(
                    program=service.name,
                    organization=organization,
                    navigator="" if is_able else navigator,
                    introduces=introduces,
                ),
            )
        )
    return found


def consent_to(referral: Referral) -> Consent:
    """Return what is agreed to for a referral that was entered by somebody else."""
    return consent_for(
        program=referral.service.name,
        organization=referral.organization.name,
        navigator=navigator_name() if referral.via_navigator else "",
        introduces=referral.episode.kind == INTRODUCTION,
    )
