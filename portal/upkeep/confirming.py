"""The page that asks whether listings are still correct, for links and for signed-in staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import render_template

from portal import clock
from portal.directory.changes import text_of
from portal.directory.models import Organization, Service
from portal.upkeep import queries
from portal.upkeep.forms import FIELD_LABELS


def confirm_page(
    organization: Organization,
    *,
    confirm_url: str,
    ways_of: Callable[[Service], Sequence[tuple[str, str]]],
    is_looked_at: bool,
    sent: str = "",
) -> str:
    """Show the listings of an organization with a button for each and one for all.

    Args:
        organization: whose listings.
        confirm_url: what the buttons post to; `listing` is the slug of one, left out for all.
        ways_of: what else can be done about a listing, as address and name.
        is_looked_at: whether somebody decides on what is corrected before it is published.
        sent: not blank after a correction was sent.
    """
    services, today = queries.listings_of(organization.id), clock.today()
    return render_template(
        "upkeep/confirm.html",
        organization=organization,
        confirm_url=confirm_url,
        ways_of=ways_of,
        is_looked_at=is_looked_at,
        services=services,
        today=today,
        left=[service for service in services if service.assured_date != today],
        facts_of=main_facts,
        sent=sent,
    )


def main_facts(service: Service) -> list[tuple[str, str]]:
    """Return what a listing says where it ages soonest, as label and text; last what is blank."""
    names = ("short_description", "fees_description", "url", "application_url", "email", "phone")
    texts = [(str(FIELD_LABELS[name]), text_of(service, name)) for name in names]
    blank = ", ".join(label for label, text in texts if not text)
    return [(label, text) for label, text in texts if text] + ([(blank, "")] if blank else [])
