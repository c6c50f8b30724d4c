"""Signing in and out, opening an account, and one's own account page."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal import clock, typeset
from portal.accounts import limits, operations, second_factor, sessions
from portal.accounts.forms import ROLE_LABELS, CodeForm, EnrolForm, PasswordForm, SignInForm
from portal.accounts.loading import delete_cookie
from portal.accounts.models import Account
from portal.accounts.signing import (
    checked,
    inner_address,
    keep_private,
    personal_words,
    settings,
    signed_in,
    subject_of,
)
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, may, public, requires
from portal.work import number_of

bp = Blueprint("accounts", __name__, url_prefix="/account")
bp.after_request(keep_private)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    form = SignInForm(to=request.args.get("to", ""))
    if g.actor is not None:
        return redirect(inner_address(form.to.data) or url_for("listings.home"))
    refused = too_often = False
    if form.validate_on_submit():
        account, too_often = checked(form.email.data or "", form.password.data or "")
        if account is not None:
            return signed_in(account, form.to.data, with_second_factor=False)
        refused = not too_often
    page = render_template("accounts/sign_in.html", form=form, refused=refused, too_often=too_often)
    return page, 429 if too_often else 400 if form.errors or refused else 200


@bp.route("/second-factor", methods=["GET", "POST"])
@public
def show_second_factor() -> ResponseReturnValue:
    """Ask for the code of the app; lead to enrolment where none is enrolled yet."""
    half: Account | None = g.half
    if half is None:
        return redirect(url_for("accounts.sign_in"))
    if not half.has_second_factor:
        return redirect(url_for("accounts.enrol", to=inner_address(request.args.get("to")) or None))
    form, refused, too_often = CodeForm(), False, False
    if form.validate_on_submit():
        outcome = _code_outcome(half, form.code.data or "")
        if outcome is True:
            return signed_in(half, request.args.get("to"), with_second_factor=True)
        refused, too_often = outcome is False, outcome is None
    page = render_template(
        "accounts/second_factor.html",
        form=form,
        refused=refused,
        too_often=too_often,
        has_passkey=bool(half.passkeys),
        has_app=bool(half.totp_secret),
    )
    return page, 429 if too_often else 400 if form.errors or refused else 200


def _code_outcome(account: Account, code: str) -> bool | None:
    """Return whether a code is right; None when too many were tried."""
    id_, now, subject = account.id, clock.now(), subject_of(str(account.id))
    db.session.rollback()
    with write_unit():
        if limits.is_over(limits.CODE_OF_ONE, subject, now):
            db.session.rollback()
            return None
        limits.count(limits.CODE_OF_ONE, subject, now)
        is_right = second_factor.is_right(db.session.get_one(Account, id_), code, now=now)
        if is_right:
            limits.forget(limits.CODE_OF_ONE, subject)
        db.session.commit()
    return is_right


@bp.route("/second-factor/app", methods=["GET", "POST"])
@public
def enrol() -> ResponseReturnValue:
    """Enrol an authenticator app and show ten recovery codes, once."""
    account: Account | None = g.actor or g.half
    if account is None:
        return redirect(url_for("accounts.sign_in"))
    if g.half is not None and account.has_second_factor:
        abort(403)  # whoever has the password alone must not add a factor of their own
    form = EnrolForm()
    if not form.secret.data:
        form.secret.data = second_factor.new_secret()
    refused = False
    if form.validate_on_submit():
        codes = _enrolled(account, form)
        if codes is not None:
            page = render_template(
                "accounts/recovery_codes.html",
                codes=codes,
                to=inner_address(request.args.get("to")),
            )
            # A half session becomes whole; the old one ends.
            answer = signed_in(account, None, with_second_factor=True)
            answer.status_code = 200
            del answer.headers["Location"]
            answer.set_data(page)
            answer.mimetype = "text/html"
            return answer
        refused = True
    address = second_factor.enrolment_address(account, form.secret.data, settings().site_name)
    page = render_template(
        "accounts/enrol.html", form=form, refused=refused, code=typeset.qr_code(address)
    )
    return page, 400 if form.errors or refused else 200


def _enrolled(account: Account, form: EnrolForm) -> list[str] | None:
    id_ = account.id
    db.session.rollback()
    with write_unit():
        codes = second_factor.enrol(
            db.session.get_one(Account, id_),
            form.secret.data or "",
            form.code.data or "",
            now=clock.now(),
        )
        db.session.commit()
    return codes


@bp.get("/recovery-codes")
@requires(Permission.OWN_ACCOUNT)
def new_recovery_codes() -> ResponseReturnValue:
    """Show the codes that came with a first passkey, once."""
    codes = session.pop("recovery-codes", None)
    if not codes:
        return redirect(url_for("accounts.own"))
    return render_template("accounts/recovery_codes.html", codes=codes, to="")


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    found = g.account_session
    if found is not None:
        digest, account_id = found.digest, found.account_id
        db.session.rollback()
        with write_unit():
            sessions.end(digest, account_id)
            db.session.commit()
    return delete_cookie(make_response(redirect(url_for("pages.home"))))


@bp.get("")
@requires(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Show one's account: who, what it may, second factor, sessions."""
    return render_template(
        "accounts/own.html",
        account=g.actor,
        sessions=sessions.sessions_of(g.actor.id, clock.now()),
        current=g.account_session.digest,
    )


@bp.post("/sessions/<string(length=64):digest>/end")
@requires(Permission.OWN_ACCOUNT)
def end_session(digest: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    account_id = g.actor.id
    db.session.rollback()
    with write_unit():
        sessions.end(digest, account_id)
        db.session.commit()
    return redirect(url_for("accounts.own"))


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    """Set a new password; the other sessions end."""
    account: Account = g.actor
    form = PasswordForm(
        beside_second_factor=account.has_second_factor, personal=personal_words(account)
    )
    if form.validate_on_submit():
        id_, digest = account.id, g.account_session.digest
        db.session.rollback()
        with write_unit():
            operations.change_password(
                db.session.get_one(Account, id_),
                form.password.data or "",
                now=clock.now(),
                session=digest,
            )
            db.session.commit()
        return redirect(url_for("accounts.own", changed="password"))
    page = render_template("accounts/password.html", form=form, account=account)
    return page, 400 if form.errors else 200


@bp.app_context_processor
def account_values() -> dict[str, Any]:
    """Give every template who is signed in."""
    actor = g.get("actor")
    return {
        "signed_in": actor,
        "role_labels": ROLE_LABELS,
        "can": lambda permission: may(actor, Permission(permission)),
        "number_of": lambda endpoint: number_of(endpoint, actor) if actor else 0,
    }
