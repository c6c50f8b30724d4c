"""The home of those who keep listings, and the editor of a program or an organization."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.directory.successors import organization_successor_of
from portal.extensions import db
from portal.i18n import moment
from portal.listings import alike, editing, operations, preview, queries, targets, vocabularies
from portal.listings.content import ORGANIZATION
from portal.listings.forms import ListingForm
from portal.listings.models import WAITING, ListingChange
from portal.listings.needs import needs_of
from portal.listings.operations import NotOpenError
from portal.listings.publishing import StaleError
from portal.listings.targets import Target, writing
from portal.listings.wording import CHANGE_STATES, LABELS, STATES, field_label
from portal.permissions import Permission, requires

bp = Blueprint("listings", __name__, url_prefix="/staff")
bp.after_request(keep_private)
MOST_PAGES = 10_000


@bp.get("")
@requires(Permission.LISTING_EDIT)
def home() -> ResponseReturnValue:
    """Show what needs somebody, then the listings that they keep."""
    own = None if targets.sees_all() else g.actor.organization_ids
    words = " ".join(request.args.get("q", "")[:100].split())
    page = _page_number()
    lines, total = queries.listings(own, words=words, page=page)
    waiting, since = queries.waiting_since() if own is None else (0, None)
    return render_template(
        "listings/home.html",
        needs=needs_of(g.actor, own),
        waiting=waiting,
        since=since,
        lines=lines,
        total=total,
        words=words,
        page=page,
        pages=-(-total // queries.PAGE),
        sees_all=own is None,
        organizations=[membership.organization for membership in g.actor.memberships],
    )


def _page_number() -> int:
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


@bp.route("/services/<slug:slug>", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def edit_service(slug: str) -> ResponseReturnValue:
    """Edit a program."""
    return _edit(targets.service_target(slug))


@bp.route("/organizations/<slug:slug>", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def edit_organization(slug: str) -> ResponseReturnValue:
    """Edit an organization; one that was merged leads to the one it is part of now."""
    newer = organization_successor_of(slug)
    if newer is not None:
        return redirect(url_for("listings.edit_organization", slug=newer))
    return _edit(targets.organization_target(slug))


@bp.route("/services/new", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def new_service() -> ResponseReturnValue:
    """Describe a new program, of an organization that is chosen first."""
    slug = request.args.get("organization", "")
    if organization_successor_of(slug) is not None:
        abort(404)
    own = [(m.organization.slug, m.organization.name) for m in g.actor.memberships]
    if not slug and len(own) == 1 and not targets.sees_all():
        return redirect(url_for("listings.new_service", organization=own[0][0]))
    if not slug:
        offered = vocabularies.organization_names() if targets.sees_all() else own
        return render_template("listings/choose_organization.html", organizations=offered)
    if editing.named_draft() is None:
        return redirect(url_for("listings.new_service", organization=slug, draft=uuid.uuid4()))
    return _edit(targets.new_target(targets.editable_organization(slug)))


def _edit(target: Target) -> ResponseReturnValue:
    change = editing.own_change(target)
    if change is not None and change.status == WAITING:
        return _show_waiting(target, change)
    if request.method == "POST":
        return _take(target)
    if change is None:
        typed = targets.typed_of(target)
        return _show(target, typed, base=target.standing.number, change=None)
    is_stale = change.base_number != target.standing.number
    return _show(
        target, change.typed, base=target.standing.number, change=change, is_stale=is_stale
    )


def _take(target: Target) -> ResponseReturnValue:
    """Keep or send what was typed."""
    form, typed = targets.form_of(target, None), editing.sent_fields()
    try:
        draft = editing.keep(target, form)
        if request.form.get("do") == "save":
            return redirect(_address(target, draft=draft, kept="1"))
        if not form.validate():
            return _show(target, typed, base=form.base_number, form=form), 400
        content = form.content(target.standing.content)
        if form.base_number != target.standing.number:
            raise StaleError
        if not editing.shown_changes(target.kind, target.standing.content, content):
            form.name.errors = [*form.name.errors, _("Nothing is different yet.")]
            return _show(target, typed, base=form.base_number, form=form), 400
        at_once = targets.is_at_once(target)
        with writing() as by:
            change = queries.change(draft) or abort(404)
            operations.send(
                change,
                content,
                reason=form.reason.data or "",
                is_at_once=at_once,
                by=by,
                now=clock.now(),
                state_code=targets.settings().state_code,
            )
            db.session.commit()
    except StaleError:
        db.session.rollback()
        fresh = _again(target)
        return _show(fresh, typed, base=fresh.standing.number, is_stale=True), 409
    except NotOpenError:
        db.session.rollback()
        return redirect(_address(target))
    return redirect(url_for("listings.home", done="published" if at_once else "sent"))


def _again(target: Target) -> Target:
    """Return a target as it stands now."""
    if target.is_new:
        return target
    find = targets.organization_target if target.kind == ORGANIZATION else targets.service_target
    return find(target.slug)


def _show(
    target: Target,
    typed: dict[str, list[str]],
    *,
    base: int,
    form: ListingForm | None = None,
    change: ListingChange | None = None,
    is_stale: bool = False,
) -> str:
    """Show the editor with what was typed; with what stands beside it, when that is newer."""
    form = form or targets.form_of(target, typed)
    form.base.data = str(base)
    content = form.content(target.standing.content)
    conflict = []
    if is_stale:
        conflict = editing.shown_changes(target.kind, target.standing.content, content)
    return render_template(
        f"listings/{target.kind}.html",
        target=target,
        form=form,
        address=_address(target),
        draft_id=editing.named_draft() if target.is_new else None,
        change=change,
        conflict=conflict,
        is_stale=is_stale,
        advice=editing.advice(target, content),
        at_once=targets.is_at_once(target),
        alike=alike.alike(target, form.data),
        programs=targets.service_choices().programs if target.kind != ORGANIZATION else {},
    )


def _show_waiting(target: Target, change: ListingChange) -> ResponseReturnValue:
    if request.method == "POST":
        return redirect(_address(target, draft=change.id))
    changes = editing.shown_changes(target.kind, target.standing.content, change.content)
    return render_template("listings/waiting.html", target=target, change=change, changes=changes)


def _address(target: Target, *, draft: uuid.UUID | None = None, kept: str | None = None) -> str:
    if target.is_new:
        return url_for(
            "listings.new_service",
            organization=target.organization_slug,
            draft=draft or editing.named_draft(),
            kept=kept,
        )
    return url_for(f"listings.edit_{target.kind}", slug=target.slug, kept=kept)


@bp.post("/services/<slug:slug>/draft.json")
@requires(Permission.LISTING_EDIT)
def autosave_service(slug: str) -> ResponseReturnValue:
    """Keep what was typed about a program."""
    return _autosave(targets.service_target(slug))


@bp.post("/organizations/<slug:slug>/draft.json")
@requires(Permission.LISTING_EDIT)
def autosave_organization(slug: str) -> ResponseReturnValue:
    """Keep what was typed about an organization."""
    return _autosave(targets.organization_target(slug))


@bp.post("/services/new/draft.json")
@requires(Permission.LISTING_EDIT)
def autosave_new() -> ResponseReturnValue:
    """Keep what was typed about a new program."""
    organization = targets.editable_organization(request.args.get("organization", ""))
    if editing.named_draft() is None:
        abort(400)
    return _autosave(targets.new_target(organization))


def _autosave(target: Target) -> ResponseReturnValue:
    """Answer when it was kept, and what the meter says of it now."""
    form = targets.form_of(target, None)
    try:
        editing.keep(target, form)
    except NotOpenError:
        db.session.rollback()
        abort(409)
    said = editing.advice(target, form.content(target.standing.content))
    return jsonify(
        saved=_("Draft saved %(moment)s", moment=moment(clock.now())),
        meter=said.lines if said else [],
        hints=said.hints if said else [],
    )


@bp.post("/services/<slug:slug>/preview")
@requires(Permission.LISTING_EDIT)
def preview_service(slug: str) -> ResponseReturnValue:
    """Show a program as the public would see it; nothing is kept."""
    return preview.page(targets.service_target(slug))


@bp.post("/services/new/preview")
@requires(Permission.LISTING_EDIT)
def preview_new() -> ResponseReturnValue:
    """Show a new program as the public would see it; nothing is kept."""
    slug = request.args.get("organization", "")
    return preview.page(targets.new_target(targets.editable_organization(slug)))


@bp.post('/changes/<uuid:change_id>/<any("discard","take-back"):verb>')
@requires(Permission.LISTING_EDIT)
def undo_change(change_id: uuid.UUID, verb: str) -> ResponseReturnValue:
    """Throw one's own change away, or take it back from the managers to go on."""
    found = queries.change(change_id)
    if found is None or found.author_id != g.actor.id:
        abort(404)
    try:
        with writing() as by:
            change = queries.change(change_id) or abort(404)
            act = operations.discard if verb == "discard" else operations.take_back
            act(change, by=by, now=clock.now())
            db.session.commit()
    except NotOpenError:
        db.session.rollback()
    return redirect(url_for("listings.home"))


@bp.app_context_processor
def listing_values() -> dict[str, object]:
    """Give templates the words for fields and states."""
    return {
        "listing_states": STATES,
        "change_states": CHANGE_STATES,
        "field_label": field_label,
        "field_labels": LABELS,
        "can_approve": targets.sees_all,
    }
