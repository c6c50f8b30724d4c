"""Managers: whom to ask, whom to call, and the days of the ladder."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.upkeep import operations, queries
from portal.upkeep.daily import send_letter
from portal.upkeep.forms import ContactForm, LadderForm, choices_of
from portal.upkeep.ladder import LadderDays, Rung
from portal.upkeep.models import Contact

bp = Blueprint("upkeep_manage", __name__, url_prefix="/manage")
bp.after_request(keep_private)

SHOWN_CALLS = 50  # a list is worked off from its top


@bp.route("/contacts", methods=["GET", "POST"])
@requires(Permission.LISTING_APPROVE)
def contacts() -> ResponseReturnValue:
    """Show who is asked about each organization's listings, and add somebody."""
    form = ContactForm()
    # None is chosen at first: the first of the list would get contacts of others by mistake.
    form.organization.choices = choices_of(
        {"": _("Choose an organization"), **dict(queries.organization_choices())}
    )
    if form.validate_on_submit():
        actor_id = g.actor.id
        db.session.rollback()
        with write_unit():
            operations.add_contact(
                _organization(form.organization.data or ""),
                email=form.email.data or "",
                name=form.name.data or "",
                language=form.language.data or "en",
                is_alternate=bool(form.is_alternate.data),
                takes_requests=bool(form.takes_requests.data),
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
            db.session.commit()
        return redirect(url_for("upkeep_manage.contacts", notice="added"))
    page = render_template(
        "upkeep/contacts.html",
        form=form,
        contacts=queries.contacts(),
        stopped=queries.stopped(),
        notice=request.args.get("notice", ""),
    )
    return page, 400 if form.errors else 200


@bp.post("/contacts/<uuid:id_>/remove")
@requires(Permission.LISTING_APPROVE)
def remove_contact(id_: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody no more; the links they have end."""
    actor_id = g.actor.id
    db.session.rollback()
    with write_unit():
        contact = db.session.get(Contact, id_)
        if contact is not None:
            actor = db.session.get_one(Account, actor_id)
            operations.remove_contact(contact, now=clock.now(), by=actor)
        db.session.commit()
    return redirect(url_for("upkeep_manage.contacts", notice="removed"))


@bp.post("/contacts/<uuid:id_>/ask")
@requires(Permission.LISTING_APPROVE)
def ask_contact(id_: uuid.UUID) -> ResponseReturnValue:
    """Send a contact the link to confirm now, whatever the day."""
    notice, actor_id = "stopped", g.actor.id
    db.session.rollback()
    with write_unit():
        contact = db.session.get(Contact, id_) or abort(404)
        people = queries.recipients_of(contact.organization_id)
        recipient = next((r for r in people if r.email == contact.email), None)
        services = queries.listings_of(contact.organization_id)
        if recipient is not None and services:
            send_letter(contact.organization, services, recipient, current_app.config["PORTAL"])
            actor = db.session.get_one(Account, actor_id)
            operations.note_asked(contact, now=clock.now(), by=actor)
            notice = "asked"
        db.session.commit()
    return redirect(url_for("upkeep_manage.contacts", notice=notice))


@bp.get("/call-list")
@requires(Permission.LISTING_APPROVE)
def call_list() -> ResponseReturnValue:
    """Show the listings to call about, and the links that do not answer."""
    calls = queries.call_list(today=clock.today(), days=queries.ladder_days())
    return render_template(
        "upkeep/call_list.html",
        calls=calls[:SHOWN_CALLS],
        total=len(calls),
        hidden=sum(call.rung is Rung.HIDDEN for call in calls),
        broken=queries.broken_links(None),
        notice=request.args.get("notice", ""),
    )


@bp.post("/call-list/<slug:slug>/confirm")
@requires(Permission.LISTING_APPROVE)
def confirm_by_phone(slug: str) -> ResponseReturnValue:
    """Take down that somebody said on the phone that a listing is correct."""
    actor_id = g.actor.id
    db.session.rollback()
    with write_unit():
        service = db.session.scalar(select(Service).where(Service.slug == slug)) or abort(404)
        actor = db.session.get_one(Account, actor_id)
        operations.confirm([service], by_email=actor.email, now=clock.now(), by=actor, how="phone")
        db.session.commit()
    return redirect(url_for("upkeep_manage.call_list", notice="confirmed"))


@bp.route("/ladder", methods=["GET", "POST"])
@requires(Permission.LISTING_APPROVE)
def ladder() -> ResponseReturnValue:
    """Show and set after how many days what happens."""
    form = LadderForm(data=queries.ladder_days().as_numbers())
    if form.validate_on_submit():
        days = LadderDays(**{name: form[name].data for name in LadderDays().as_numbers()})
        if not days.is_in_order:
            form.call.errors = [
                _("Each day must be later than the one before, rungs and letters apart.")
            ]
        else:
            actor_id = g.actor.id
            db.session.rollback()
            with write_unit():
                actor = db.session.get_one(Account, actor_id)
                operations.set_ladder(days, now=clock.now(), by=actor)
                db.session.commit()
            return redirect(url_for("upkeep_manage.ladder", notice="set"))
    page = render_template(
        "upkeep/ladder.html", form=form, is_set=request.args.get("notice") == "set"
    )
    return page, 400 if form.errors else 200


def _organization(slug: str) -> Organization:
    return db.session.scalars(select(Organization).where(Organization.slug == slug)).one()
