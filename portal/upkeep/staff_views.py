"""The queue of suggestions, for the staff whose listings they are about and for managers."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory import queries as directory
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Permission, Role, may, requires
from portal.upkeep import operations, queries, suggesting
from portal.upkeep.confirming import confirm_page
from portal.upkeep.differences import differences
from portal.upkeep.forms import END_LABEL, FIELD_LABELS, OTHER_LABEL, DeclineForm
from portal.upkeep.models import Suggestion

bp = Blueprint("upkeep_staff", __name__, url_prefix="/staff")
bp.after_request(keep_private)
bp.add_app_template_global(differences, "differences")


@bp.get("/organizations/<slug:slug>/confirm")
@requires(Permission.LISTING_CONFIRM)
def confirm(slug: str) -> ResponseReturnValue:
    """Show the listings of an organization to those who keep them."""
    return confirm_page(
        _organization(slug),
        confirm_url=url_for("upkeep_staff.confirm_listings", slug=slug),
        ways_of=lambda service: [
            (url_for("listings.edit_service", slug=service.slug), _("Edit")),
            (url_for("listing_history.close", slug=service.slug), _("Not offered any more")),
        ],
        is_looked_at=False,
    )


@bp.post("/organizations/<slug:slug>/confirm")
@requires(Permission.LISTING_CONFIRM)
def confirm_listings(slug: str) -> ResponseReturnValue:
    """Take the word of somebody signed in that one listing is correct, or that all of them are."""
    organization_id, actor_id = _organization(slug).id, g.actor.id
    listing = request.form.get("listing", "")
    db.session.rollback()
    with write_unit():
        by = db.session.get_one(Account, actor_id)
        services = queries.listings_of(organization_id)
        if listing:
            services = [service for service in services if service.slug == listing]
        operations.confirm(services, by_email=by.email, now=clock.now(), by=by, how="account")
        db.session.commit()
    anchor = f"listing-{listing}" if listing and services else None
    return redirect(url_for("upkeep_staff.confirm", slug=slug, _anchor=anchor))


@bp.get("/guide")
@requires(Permission.LISTING_CONFIRM)
def guide() -> ResponseReturnValue:
    """Show with pictures how listings are kept true."""
    return render_template("upkeep/guide.html", days=queries.ladder_days())


@bp.get("/suggestions")
@requires(Permission.SUGGESTION_DECIDE)
def suggestions() -> ResponseReturnValue:
    """Show what waits for a decision, oldest first, and links that do not answer."""
    return _page()


@bp.post("/suggestions/<uuid:id_>/accept")
@requires(Permission.SUGGESTION_DECIDE)
def accept(id_: uuid.UUID) -> ResponseReturnValue:
    """Make the change that was suggested."""
    actor_id, seen = g.actor.id, request.form.get("seen", "")
    _check(id_)
    db.session.rollback()
    with write_unit():
        try:
            suggesting.accept(
                db.session.get_one(Suggestion, id_),
                seen=seen.replace("\r\n", "\n"),
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
        except (suggesting.DecidedError, ValueError) as error:
            db.session.rollback()
            notice = "decided" if isinstance(error, suggesting.DecidedError) else "unfit"
            return redirect(url_for("upkeep_staff.suggestions", notice=notice))
        db.session.commit()
    return redirect(url_for("upkeep_staff.suggestions", notice="accepted"))


@bp.post("/suggestions/<uuid:id_>/decline")
@requires(Permission.SUGGESTION_DECIDE)
def decline(id_: uuid.UUID) -> ResponseReturnValue:
    """Leave the listing as it is, with a reason."""
    actor_id = g.actor.id
    _check(id_)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(declining=id_, form=form), 400
    db.session.rollback()
    with write_unit():
        try:
            suggesting.decline(
                db.session.get_one(Suggestion, id_),
                reason=form.reason.data or "",
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
        except suggesting.DecidedError:
            db.session.rollback()
            return redirect(url_for("upkeep_staff.suggestions", notice="decided"))
        db.session.commit()
    return redirect(url_for("upkeep_staff.suggestions", notice="declined"))


def _page(declining: uuid.UUID | None = None, form: DeclineForm | None = None) -> str:
    own = g.actor.organization_ids if g.actor.role is Role.STAFF else None
    found = queries.suggestions(own)
    return render_template(
        "upkeep/suggestions.html",
        suggestions=[(one, suggesting.current_text(one.service, one.field)) for one in found],
        broken=queries.broken_links(own),
        labels={**FIELD_LABELS, "status": END_LABEL, "other": OTHER_LABEL},
        notice=request.args.get("notice", ""),
        declining=declining,
        form=form or DeclineForm(formdata=None),
        is_manager=own is None,
    )


def _check(id_: uuid.UUID) -> None:
    """Refuse what is not there, or not this person's to decide."""
    found = db.session.get(Suggestion, id_) or abort(404)
    organization_id = found.service.organization_id
    if not may(g.actor, Permission.SUGGESTION_DECIDE, organization_id=organization_id):
        abort(403)


def _organization(slug: str) -> Organization:
    """Return an organization whose listings this person may confirm, or answer 404."""
    found = directory.organization(slug)
    if found is None or not may(g.actor, Permission.LISTING_CONFIRM, organization_id=found.id):
        abort(404)
    return found
