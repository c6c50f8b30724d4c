"""Pages behind links that were mailed: opening an account, a new password."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import claims, letters, limits, operations
from portal.accounts.forms import AcceptForm, ActionForm, AddressForm, FirstForm, PasswordForm
from portal.accounts.models import Account
from portal.accounts.signing import keep_private, personal_words, settings, signed_in, subject_of
from portal.database import write_unit
from portal.directory.facts import host_of
from portal.directory.models import Organization
from portal.directory.queries import organization
from portal.directory.successors import organization_successor_of
from portal.extensions import db
from portal.mail.operations import queue_message
from portal.permissions import public

bp = Blueprint("account_links", __name__, url_prefix="/account")
bp.after_request(keep_private)


@bp.route("/invitations/<string(maxlength=64):token>", methods=["GET", "POST"])
@public
def accept(token: str) -> ResponseReturnValue:
    """Open an account by the link of its invitation; looking at the link uses nothing."""
    try:
        account = operations.open_link(token, purpose="invitation", now=clock.now())
    except operations.LinkOverError:
        return render_template("accounts/link_over.html"), 410
    is_first = account.email == operations.NOBODYS_ADDRESS
    form = (FirstForm if is_first else AcceptForm)(
        beside_second_factor=account.must_have_second_factor, personal=personal_words(account)
    )
    if form.validate_on_submit():
        opened = _opened(token, form)
        if opened is not None:
            return signed_in(opened, None, with_second_factor=False)
        return render_template("accounts/link_over.html"), 410
    page = render_template("accounts/accept.html", form=form, account=account)
    return page, 400 if form.errors else 200


def _opened(token: str, form: AcceptForm) -> Account | None:
    db.session.rollback()
    with write_unit():
        try:
            account = operations.accept_invitation(
                token,
                name=form.name.data or "",
                password=form.password.data or "",
                now=clock.now(),
                email=form.email.data or "" if isinstance(form, FirstForm) else "",
            )
        except (operations.LinkOverError, operations.AlreadyInvitedError):
            db.session.rollback()
            return None
        db.session.commit()
    return account


@bp.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Send a link to a new password; the answer is the same for every address."""
    form = AddressForm()
    if form.validate_on_submit():
        _send_password_link(form.email.data or "")
        return redirect(url_for("account_links.forgotten", sent=1))
    page = render_template("accounts/forgotten.html", form=form, sent="sent" in request.args)
    return page, 400 if form.errors else 200


def _send_password_link(email: str) -> None:
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    counted = [
        (limits.LINK_OF_ONE, subject_of(email)),
        (limits.LINK_FROM_ONE, subject_of(request.remote_addr or "")),
    ]
    db.session.rollback()
    with write_unit():
        if any(limits.is_over(limit, subject, now) for limit, subject in counted):
            db.session.rollback()
            return
        for limit, subject in counted:
            limits.count(limit, subject, now)
        found = operations.ask_for_password_link(email, now=now)
        if found is not None:
            url = url_for("account_links.set_password", token=found.token, _external=True)
            queue_message(
                letters.password_letter(url, settings()), to=found.account.email, key=key, now=now
            )
        db.session.commit()


@bp.route("/passwords/<string(maxlength=64):token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> ResponseReturnValue:
    """Set a new password by the link that was mailed."""
    try:
        account = operations.open_link(token, purpose="password", now=clock.now())
    except operations.LinkOverError:
        return render_template("accounts/link_over.html"), 410
    form = PasswordForm(
        beside_second_factor=account.has_second_factor, personal=personal_words(account)
    )
    if form.validate_on_submit():
        db.session.rollback()
        with write_unit():
            operations.set_password_by_link(
                token, password=form.password.data or "", now=clock.now()
            )
            db.session.commit()
        return redirect(url_for("accounts.sign_in", changed="password"))
    page = render_template("accounts/password.html", form=form, account=account)
    return page, 400 if form.errors else 200


@bp.route("/claims/new/<slug:slug>", methods=["GET", "POST"])
@public
def claim(slug: str) -> ResponseReturnValue:
    """Ask to look after an organization's listings, from an address at its own domain."""
    newer = organization_successor_of(slug)
    if newer is not None:
        return redirect(url_for("account_links.claim", slug=newer))
    found = organization(slug) or abort(404)
    form = AddressForm()
    if form.validate_on_submit():
        email = form.email.data or ""
        if claims.is_own_domain(email, found.website):
            _send_claim(found.id, found.name, email)
            return redirect(url_for("account_links.claim", slug=slug, sent=1))
        form.email.errors = [*form.email.errors, _not_their_domain(found.website)]
    page = render_template(
        "accounts/claim.html", form=form, organization=found, sent="sent" in request.args
    )
    return page, 400 if form.errors else 200


def _not_their_domain(website: str) -> str:
    return str(
        _(
            "Use an address at %(domain)s. If you have none, ask a manager to invite you.",
            domain=host_of(website) or _("the organization’s own domain"),
        )
    )


def _send_claim(organization_id: uuid.UUID, name: str, email: str) -> None:
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    subject = subject_of(request.remote_addr or "")
    db.session.rollback()
    with write_unit():
        if limits.is_over(limits.CLAIM_FROM_ONE, subject, now):
            db.session.rollback()
            return
        limits.count(limits.CLAIM_FROM_ONE, subject, now)
        token = claims.ask(db.session.get_one(Organization, organization_id), email, now=now)
        url = url_for("account_links.confirm_claim", token=token, _external=True)
        letter = letters.claim_letter(url, settings(), organization=name)
        queue_message(letter, to=email, key=key, now=now)
        db.session.commit()


@bp.route("/claims/<string(maxlength=64):token>", methods=["GET", "POST"])
@public
def confirm_claim(token: str) -> ResponseReturnValue:
    """Confirm the address of a claim; looking at the link confirms nothing."""
    try:
        found = claims.of_token(token, clock.now())
    except operations.LinkOverError:
        return render_template("accounts/link_over.html"), 410
    form, is_confirmed, name = ActionForm(), found.confirmed_at is not None, found.organization.name
    if form.validate_on_submit() and not is_confirmed:
        db.session.rollback()
        with write_unit():
            claims.confirm(token, now=clock.now())
            db.session.commit()
        return redirect(url_for("account_links.confirm_claim", token=token))
    return render_template(
        "accounts/confirm_claim.html", form=form, is_confirmed=is_confirmed, name=name
    )
