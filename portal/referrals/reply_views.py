"""Texts that an organization writes often: kept once, put into an answer with one button."""

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
from portal.permissions import Permission, may, requires
from portal.referrals import queries_page
from portal.referrals import replies as operations
from portal.referrals.answer_forms import ReplyForm
from portal.referrals.answer_models import SavedReply

bp = Blueprint("saved_replies", __name__, url_prefix="/staff")
bp.after_request(keep_private)


@bp.route("/organizations/<slug:slug>/replies", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def replies(slug: str) -> ResponseReturnValue:
    """Show the texts of an organization, and keep a new one."""
    organization, form, actor_id = _organization(slug), ReplyForm(), g.actor.id
    if form.validate_on_submit():
        id_ = organization.id
        db.session.rollback()
        try:
            with write_unit():
                operations.keep(
                    id_,
                    name=form.name.data or "",
                    text=form.text.data or "",
                    now=clock.now(),
                    by=db.session.get_one(Account, actor_id),
                )
                db.session.commit()
            return redirect(url_for("saved_replies.replies", slug=slug, done="kept"))
        except operations.NameTakenError:
            db.session.rollback()
            form.name.errors = [_("There is a reply of this name. Choose another name.")]
            organization = _organization(slug)
    page = render_template(
        "referrals/replies.html",
        organization=organization,
        replies=queries_page.saved_replies(organization.id),
        form=form,
    )
    return page, 400 if form.errors else 200


@bp.route("/replies/<uuid:id_>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def edit(id_: uuid.UUID) -> ResponseReturnValue:
    """Change a text; where somebody was quicker, both texts are shown."""
    reply, actor_id = _reply(id_), g.actor.id
    if request.method == "GET":
        return _page(reply, ReplyForm(formdata=None, obj=reply))
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(reply, form), 400
    slug = directory_slug(reply.organization_id)
    db.session.rollback()
    try:
        with write_unit():
            operations.change(
                _reply(id_),
                name=form.name.data or "",
                text=form.text.data or "",
                version=request.form.get("version", ""),
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
            db.session.commit()
    except operations.NameTakenError:
        db.session.rollback()
        form.name.errors = [_("There is a reply of this name. Choose another name.")]
        return _page(_reply(id_), form), 400
    except operations.StaleReplyError:
        db.session.rollback()
        return _page(_reply(id_), form, is_stale=True), 409
    return redirect(url_for("saved_replies.replies", slug=slug, done="kept"))


@bp.post("/replies/<uuid:id_>/delete")
@requires(Permission.REFERRAL_ANSWER)
def delete(id_: uuid.UUID) -> ResponseReturnValue:
    """Delete a text; answers that it went into stay as they are."""
    slug, actor_id = directory_slug(_reply(id_).organization_id), g.actor.id
    db.session.rollback()
    with write_unit():
        operations.remove(_reply(id_), now=clock.now(), by=db.session.get_one(Account, actor_id))
        db.session.commit()
    return redirect(url_for("saved_replies.replies", slug=slug, done="deleted"))


def _page(reply: SavedReply, form: ReplyForm, *, is_stale: bool = False) -> str:
    organization = db.session.get_one(Organization, reply.organization_id)
    return render_template(
        "referrals/reply.html",
        reply=reply,
        organization=organization,
        form=form,
        is_stale=is_stale,
    )


def directory_slug(organization_id: uuid.UUID) -> str:
    """Return the slug of an organization."""
    return db.session.get_one(Organization, organization_id).slug


def _reply(id_: uuid.UUID) -> SavedReply:
    """Return a text of one's own organization, or answer 404."""
    reply = queries_page.saved_reply(id_)
    if reply is None or not may(
        g.actor, Permission.REFERRAL_ANSWER, organization_id=reply.organization_id
    ):
        abort(404)
    return reply


def _organization(slug: str) -> Organization:
    """Return an organization whose requests this person answers, or answer 404."""
    found = directory.organization(slug)
    if found is None or not may(g.actor, Permission.REFERRAL_ANSWER, organization_id=found.id):
        abort(404)
    return found
