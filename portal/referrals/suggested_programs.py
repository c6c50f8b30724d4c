"""Which programs somebody who passes a request on can suggest: the best matches, or any by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.directory.listed import PUBLISHED
from portal.directory.models import Service
from portal.directory.vocabulary import size_bands
from portal.extensions import db
from portal.referrals.handing_off import was_asked
from portal.referrals.models import Referral
from portal.wizard.current import current_needs
from portal.wizard.index import wizard_index
from portal.wizard.profile import CompanyProfile

BEST = 5


def profile_of(referral: Referral) -> CompanyProfile:
    """Return what the wizard's matching may know of a request."""
    episode = referral.episode
    needs = current_needs()
    rules = [rule for code in (episode.need, episode.form) if (rule := needs.rule_of(code))]
    employees = episode.details.employees
    if employees is None and episode.size:
        # Any number of the band stands for it.
        employees = next((n for n in _NUMBERS if episode.size in size_bands(n, n)), None)
    return CompanyProfile(
        audience=episode.audience,
        employees=employees,
        industry=episode.industry,
        regions=(episode.region,) if episode.region else (),
        needs=tuple(rules[:1]),
    )


_NUMBERS = (1, 5, 10, 20, 50, 100, 250, 500)


@dataclass(frozen=True)
class Suggestions:
    """What can be suggested for one request."""

    referral: Referral

    @cached_property
    def services(self) -> list[Service]:
        """All programs that are shown, but for this one, by name."""
        return list(
            db.session.scalars(
                select(Service)
                .where(PUBLISHED, Service.id != self.referral.service_id)
                .options(joinedload(Service.organization))
                .order_by(Service.name)
            )
        )

    @cached_property
    def best(self) -> list[tuple[str, str]]:
        """Slug and label of the programs that fit best and were not asked yet."""
        by_slug = {service.slug: service for service in self.services}
        asked = {other.service_id for other in self.referral.episode.referrals}
        slugs = wizard_index().refresh().match(profile_of(self.referral)).results.slugs
        found = [
            service for slug in slugs if (service := by_slug.get(slug)) and service.id not in asked
        ]
        return [(service.slug, label_of(service)) for service in found[:BEST]]

    def named(self, text: str) -> Service | None:
        """Return the program of a slug, a label or a name; None where it could be several."""
        wanted = text.strip().casefold()
        found = [
            service
            for service in self.services
            if wanted in (service.slug, label_of(service).casefold(), service.name.casefold())
        ]
        return found[0] if len(found) == 1 else None

    def fault_of(self, text: str) -> str:
        """Say what is wrong with a program that somebody suggests; blank when nothing is."""
        service = self.named(text)
        if service is None:
            return str(_("No program has this name. Choose one of the list that opens."))
        if was_asked(self.referral, service):
            return str(_("This program was asked already. Choose another one."))
        return ""


def label_of(service: Service) -> str:
    """Return a program's name with its organization's, as lists of choices show it."""
    return f"{service.name} ({service.organization.name})"
