"""What needs somebody who keeps listings, oldest first, each with the one thing to do."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.directory.models import Service
from portal.i18n import moment, month
from portal.listings import queries
from portal.listings.content import ORGANIZATION
from portal.listings.models import RETURNED, ListingChange
from portal.work import Need, first_needs


def needs_of(account: Account, organization_ids: Collection[uuid.UUID] | None) -> list[Need]:
    """Return what needs somebody, oldest first; what other features put first stands on top.

    Args:
        account: who.
        organization_ids: whose listings they keep; None: everybody's, who confirm none.
    """
    found = [_of_change(change) for change in queries.changes_of(account.id)]
    if organization_ids is not None:
        by_organization: dict[uuid.UUID, list[Service]] = {}
        for service in queries.unconfirmed(organization_ids):
            by_organization.setdefault(service.organization_id, []).append(service)
        found += [_of_unconfirmed(services) for services in by_organization.values()]
    return [*first_needs(account), *sorted(found, key=lambda need: need.since)]


def _of_unconfirmed(services: Sequence[Service]) -> Need:
    """Ask once for all listings of an organization: one button confirms them all."""
    oldest = services[0]
    is_one = len(services) == 1
    return Need(
        since=oldest.evidence_as_of,
        title=oldest.name if is_one else oldest.organization.name,
        why=ngettext(
            "Nobody has confirmed it; its source is of %(month)s.",
            "Nobody has confirmed %(num)s programs; the oldest source is of %(month)s.",
            len(services),
            month=month(oldest.evidence_as_of),
        ),
        note="",
        button=_("Look and confirm"),
        url=url_for(
            "upkeep_staff.confirm",
            slug=oldest.organization.slug,
            _anchor=f"listing-{oldest.slug}" if is_one else None,
        ),
    )


def _of_change(change: ListingChange) -> Need:
    is_returned = change.status == RETURNED
    when = moment(change.updated_at)
    return Need(
        since=change.updated_at.isoformat(),
        title=change.title,
        why=_("A manager returned your change %(moment)s:", moment=when)
        if is_returned
        else _("Your draft of %(moment)s is not sent yet.", moment=when),
        note=change.note if is_returned else "",
        button=_("Mend it") if is_returned else _("Go on"),
        url=address_of(change),
    )


def address_of(change: ListingChange) -> str:
    """Return the editor's address for a change."""
    if change.listing_id is None:
        slug = change.organization.slug
        return url_for("listings.new_service", organization=slug, draft=change.id)
    if change.kind == ORGANIZATION:
        return url_for("listings.edit_organization", slug=change.organization.slug)
    return url_for("listings.edit_service", slug=queries.slug_of_service(change.listing_id))
