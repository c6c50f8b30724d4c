"""What managers decide: changes that wait, and how an organization's changes are published."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.signing import keep_private
from portal.extensions import db
from portal.listings import editing, operations, queries, targets
from portal.listings.content import SERVICE
from portal.listings.forms import ModeForm, NoteForm
from portal.listings.models import WAITING, ListingChange
from portal.listings.operations import NotOpenError
from portal.listings.publishing import StaleError
from portal.listings.targets import writing
from portal.paging import asked_page, page_links
from portal.permissions import Permission, requires

bp = Blueprint("listing_changes", __name__, url_prefix="/manage")
bp.after_request(keep_private)


@bp.get("/changes")
@requires(Permission.LISTING_APPROVE)
def waiting() -> ResponseReturnValue:
    """List the changes that wait, oldest first, of everybody or of one organization."""
    slug = _asked_organization()
    chosen = queries.organization_of(slug) or abort(404) if slug else None
    total, oldest = queries.waiting_since(chosen.id if chosen else None)
    offered = queries.waiting_by_organization()
    if chosen is not None and not total:  # what is chosen stays among the choices
        offered = [(chosen.slug, chosen.name, 0), *offered]
    last = max(1, -(-total // queries.WAITING_PAGE))
    page = asked_page(request.args.get("page", ""), last)
    return render_template(
        "listings/changes.html",
        changes=queries.waiting_changes(chosen.id if chosen else None, page=page),
        chosen=chosen,
        offered=offered,
        total=total,
        oldest=oldest,
        everywhere=sum(count for _, _, count in offered),
        pages=page_links(
            page, last, lambda number: url_for(".waiting", organization=slug, page=number)
        ),
    )


def _asked_organization() -> str | None:
    """Return the organization that the queue is narrowed to; decisions lead back to it."""
    return request.args.get("organization") or None


@bp.get("/changes/<uuid:change_id>")
@requires(Permission.LISTING_APPROVE)
def show(change_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a change would change, field by field."""
    return _page(_found(change_id), NoteForm())


@bp.post("/changes/<uuid:change_id>/approve")
@requires(Permission.LISTING_APPROVE)
def approve(change_id: uuid.UUID) -> ResponseReturnValue:
    """Publish a change that waits."""
    try:
        with writing() as by:
            operations.approve(
                _found(change_id),
                by=by,
                now=clock.now(),
                state_code=targets.settings().state_code,
            )
            db.session.commit()
    except StaleError:
        db.session.rollback()
        return _page(_found(change_id), NoteForm(), is_stale=True), 409
    except NotOpenError:
        db.session.rollback()
        return redirect(_change(change_id))
    return redirect(_queue(done="published"))


@bp.post("/changes/<uuid:change_id>/return")
@requires(Permission.LISTING_APPROVE)
def send_back(change_id: uuid.UUID) -> ResponseReturnValue:
    """Return a change to whoever wrote it, with a note."""
    form = NoteForm()
    if not form.validate():
        return _page(_found(change_id), form), 400
    try:
        with writing() as by:
            operations.send_back(_found(change_id), form.note.data or "", by=by, now=clock.now())
            db.session.commit()
    except NotOpenError:
        db.session.rollback()
        return redirect(_change(change_id))
    return redirect(_queue(done="returned"))


@bp.route("/organizations/<slug:slug>", methods=["GET", "POST"])
@requires(Permission.LISTING_APPROVE)
def organization(slug: str) -> ResponseReturnValue:
    """Choose how an organization's changes are published."""
    found = queries.organization_of(slug) or abort(404)
    form = ModeForm()
    if form.validate_on_submit():
        is_at_once = form.mode.data == "at-once"
        with writing() as by:
            operations.set_mode(
                queries.organization_of(slug) or abort(404),
                is_at_once=is_at_once,
                by=by,
                now=clock.now(),
            )
            db.session.commit()
        return redirect(url_for("listing_changes.organization", slug=slug, done="mode"))
    if request.method == "GET":
        form.mode.data = "at-once" if queries.is_published_at_once(found.id) else "approval"
    page = render_template("listings/mode.html", organization=found, form=form)
    return page, 400 if form.errors else 200


def _queue(*, done: str) -> str:
    return url_for("listing_changes.waiting", organization=_asked_organization(), done=done)


def _change(change_id: uuid.UUID) -> str:
    return url_for("listing_changes.show", change_id=change_id, organization=_asked_organization())


def _found(change_id: uuid.UUID) -> ListingChange:
    return queries.change(change_id) or abort(404)


def _page(change: ListingChange, form: NoteForm, *, is_stale: bool = False) -> str:
    if change.status not in (WAITING, "returned", "published"):
        abort(404)  # a draft is nobody else's business
    standing = (
        queries.standing(change.kind, change.listing_id) if change.listing_id else targets.NEW
    )
    is_waiting = change.status == WAITING
    before = standing.content if change.listing_id else {}
    return render_template(
        "listings/change.html",
        change=change,
        form=form,
        is_waiting=is_waiting,
        is_stale=is_stale or (is_waiting and change.base_number != standing.number),
        changes=editing.shown_changes(change.kind, before, change.content),
        is_service=change.kind == SERVICE,
        narrowed_to=_asked_organization(),
    )
