"""Managers name the navigator, and see how much waits for one and what nobody answered."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.accounts.queries import organization_choices
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import naming, navigator_page
from portal.referrals import queries_navigator as queries
from portal.referrals.calendars import calendar_of
from portal.referrals.due_words import due_in_words
from portal.referrals.receiving import navigator_organization_id, staff_of

bp = Blueprint("referral_naming", __name__, url_prefix="/manage/navigator")
bp.after_request(keep_private)

NOBODY = "nobody"


@bp.get("")
@requires(Permission.REFERRAL_MANAGE)
def navigator() -> ResponseReturnValue:
    """Show who is named, how much waits, and what all reminders could not move."""
    named = navigator_organization_id()
    now, calendar = clock.now(), calendar_of(settings())
    late = [
        (referral, due_in_words(referral.due_at, calendar), max(0, (now - referral.due_at).days))
        for referral in queries.on_managers_list()
        if referral.due_at
    ]
    return render_template(
        "referrals/navigator_naming.html",
        named=db.session.get(Organization, named) if named else None,
        staff=staff_of(named) if named else [],
        counts=[(navigator_page.DO[work], number) for work, number in queries.counts().items()],
        organizations=organization_choices(),
        late=late,
        done=request.args.get("done", ""),
    )


@bp.get("/preview")
@requires(Permission.REFERRAL_MANAGE)
def preview() -> ResponseReturnValue:
    """Show who would be navigators, and what becomes of their sessions."""
    slug = request.args.get("organization", "")
    organization = _organization(slug)
    staff = staff_of(organization.id) if organization else []
    return render_template(
        "referrals/navigator_preview.html",
        slug=slug,
        organization=organization,
        staff=staff,
        without=[account for account in staff if not account.has_second_factor],
    )


@bp.post("")
@requires(Permission.REFERRAL_MANAGE)
def name() -> ResponseReturnValue:
    """Name an organization, or nobody."""
    actor_id, slug = g.actor.id, request.form.get("organization", "")
    db.session.rollback()
    with write_unit():
        naming.name_navigator(
            _organization(slug), by=db.session.get_one(Account, actor_id), now=clock.now()
        )
        db.session.commit()
    return redirect(url_for("referral_naming.navigator", done="named"))


def _organization(slug: str) -> Organization | None:
    """Return the organization of a slug, None for nobody; 404 for any other text."""
    if slug == NOBODY:
        return None
    found = db.session.scalars(select(Organization).where(Organization.slug == slug)).one_or_none()
    return found or abort(404)
