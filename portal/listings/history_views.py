"""The versions of a listing, going back to one, closing a program, cloning one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.extensions import db
from portal.listings import editing, operations, queries, targets
from portal.listings.content import edited
from portal.listings.forms import CloseForm
from portal.listings.models import WAITING, ListingRevision
from portal.listings.operations import NotOpenError
from portal.listings.publishing import StaleError
from portal.listings.targets import Target, writing
from portal.permissions import Permission, requires

bp = Blueprint("listing_history", __name__, url_prefix="/staff")
bp.after_request(keep_private)


@bp.get("/<any(services, organizations):kinds>/<slug:slug>/history")
@requires(Permission.LISTING_READ)
def revisions(kinds: str, slug: str) -> ResponseReturnValue:
    """List the versions of a listing, newest first."""
    target = _target(kinds, slug)
    return render_template(
        "listings/history.html",
        target=target,
        kinds=kinds,
        revisions=queries.revisions(_id_of(target)),
    )


@bp.get("/<any(services, organizations):kinds>/<slug:slug>/history/<int:number>")
@requires(Permission.LISTING_READ)
def revision(kinds: str, slug: str, number: int) -> ResponseReturnValue:
    """Show what a version changed, field by field."""
    target = _target(kinds, slug)
    known = {found.number: found for found in queries.revisions(_id_of(target))}
    found = known.get(number) or abort(404)
    earlier = known.get(number - 1)
    return render_template(
        "listings/revision.html",
        target=target,
        kinds=kinds,
        revision=found,
        changes=editing.shown_changes(
            target.kind,
            earlier.content if earlier else {},
            found.content,
            more=["organization_id"],  # a merge takes programs along
        ),
        is_latest=number == max(known),
        differs=bool(editing.shown_changes(target.kind, target.standing.content, found.content)),
    )


@bp.post("/<any(services, organizations):kinds>/<slug:slug>/history/<int:number>/restore")
@requires(Permission.LISTING_EDIT)
def restore(kinds: str, slug: str, number: int) -> ResponseReturnValue:
    """Go back to a version, as a new one."""
    target = _target(kinds, slug)
    found = _revision(target, number)
    reason = str(_("Back to version %(number)s", number=number))
    return _send(target, found.content, base=target.standing.number, reason=reason)


@bp.route("/services/<slug:slug>/close", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def close(slug: str) -> ResponseReturnValue:
    """Close a program; its address leads to the one that replaces it."""
    target = targets.service_target(slug)
    form = CloseForm(choices=targets.service_choices(), own=slug)
    if form.validate_on_submit():
        content = form.content(target.standing.content)
        return _send(target, content, base=form.base_number, reason=form.reason.data or "")
    if request.method == "GET":
        form.base.data = str(target.standing.number)
    page = render_template(
        "listings/close.html",
        target=target,
        form=form,
        programs=targets.service_choices().programs,
        at_once=targets.is_at_once(target),
    )
    return page, 400 if form.errors else 200


@bp.post("/services/<slug:slug>/clone")
@requires(Permission.LISTING_EDIT)
def clone(slug: str) -> ResponseReturnValue:
    """Begin a new program that says what another says."""
    source = targets.service_target(slug)
    organization = targets.editable_organization(source.organization_slug)
    target = targets.new_target(organization)
    name = str(_("Copy of %(name)s", name=source.name))[:300]
    content = {
        **source.standing.content,
        "name": name,
        "alternate_name": [],
        "story": "",
        "status": "active",
    }
    typed = targets.typed_from(target, content)
    id_ = uuid.uuid4()
    with writing() as by:
        operations.keep_draft(
            target.subject,
            typed,
            change=None,
            change_id=id_,
            title=name,
            base=0,
            by=by,
            now=clock.now(),
        )
        db.session.commit()
    return redirect(
        url_for("listings.new_service", organization=target.organization_slug, draft=id_)
    )


def _target(kinds: str, slug: str) -> Target:
    find = targets.service_target if kinds == "services" else targets.organization_target
    return find(slug)


def _id_of(target: Target) -> uuid.UUID:
    return target.subject.listing_id or abort(404)


def _revision(target: Target, number: int) -> ListingRevision:
    known = {found.number: found for found in queries.revisions(_id_of(target))}
    return known.get(number) or abort(404)


def _send(
    target: Target, content: Mapping[str, Any], *, base: int, reason: str
) -> ResponseReturnValue:
    """Send a whole content in place of the actor's draft, if there is one; or say what changed."""
    at_once = targets.is_at_once(target)
    typed = targets.typed_from(target, dict(content))
    if base != target.standing.number:
        return _show_stale(target)
    try:
        with writing() as by:
            change = queries.open_change(g.actor.id, _id_of(target))
            if change is not None and change.status == WAITING:
                raise NotOpenError
            change = operations.keep_draft(
                target.subject,
                typed,
                change=change,
                change_id=uuid.uuid4(),
                title=target.name,
                base=base,
                by=by,
                now=clock.now(),
            )
            operations.send(
                change,
                edited(target.kind, content),
                reason=reason,
                is_at_once=at_once,
                by=by,
                now=clock.now(),
                state_code=targets.settings().state_code,
            )
            db.session.commit()
    except StaleError:
        db.session.rollback()
        return _show_stale(target)
    except NotOpenError:
        db.session.rollback()
        return redirect(url_for(f"listings.edit_{target.kind}", slug=target.slug))
    return redirect(url_for("listings.home", done="published" if at_once else "sent"))


def _show_stale(target: Target) -> ResponseReturnValue:
    return render_template("listings/stale.html", target=target), 409
