"""What the browser's script asks for when a passkey is made or shown; JSON both ways."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import limits, passkeys, second_factor
from portal.accounts.models import Account
from portal.accounts.signing import inner_address, keep_private, settings, signed_in, subject_of
from portal.database import write_unit
from portal.errors import problem
from portal.extensions import db
from portal.permissions import public

bp = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")
bp.after_request(keep_private)

CHALLENGE = "passkey-challenge"


def _host() -> str:
    return request.host.rsplit(":", 1)[0]


def _credential() -> dict[str, Any]:
    """Return what the device answered; nothing usable for anything but an object."""
    body = request.get_json(silent=True)
    found = body.get("credential") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def _who_enrols() -> Account:
    """Return who may add a passkey: whoever is signed in, or has no second factor yet."""
    account: Account | None = g.actor or g.half
    if account is None or (g.half is not None and account.has_second_factor):
        abort(403)
    return account


@bp.post("/new/options")
@public
def enrolment_options() -> ResponseReturnValue:
    """Begin to make a passkey."""
    options, session[CHALLENGE] = passkeys.enrolment_options(
        _who_enrols(), host=_host(), site=settings().site_name
    )
    return jsonify(options)


@bp.post("/new")
@public
def enrol() -> ResponseReturnValue:
    """Keep a passkey that a device has made."""
    account, challenge = _who_enrols(), session.pop(CHALLENGE, "")
    id_, is_first, answer = account.id, not account.has_second_factor, _credential()
    db.session.rollback()
    with write_unit():
        known = db.session.get_one(Account, id_)
        try:
            passkeys.enrol(
                known,
                answer,
                challenge=challenge,
                host=_host(),
                origin=request.host_url.rstrip("/"),
                name=request.user_agent.string,
                now=clock.now(),
            )
        except passkeys.PasskeyError:
            db.session.rollback()
            return problem(400, _("This passkey could not be set up."))
        codes = second_factor.renew_recovery_codes(known) if is_first else []
        db.session.commit()
    session["recovery-codes"] = codes
    return _whole(account, url_for("accounts.new_recovery_codes") if codes else "")


@bp.post("/options")
@public
def proof_options() -> ResponseReturnValue:
    """Begin to show a passkey as the second step."""
    half: Account = g.half or abort(403)
    options, session[CHALLENGE] = passkeys.proof_options(half, host=_host())
    return jsonify(options)


@bp.post("")
@public
def prove() -> ResponseReturnValue:
    """Take a passkey as the second step."""
    half: Account = g.half or abort(403)
    id_, challenge, subject = half.id, session.pop(CHALLENGE, ""), subject_of(str(half.id))
    answer = _credential()
    db.session.rollback()
    with write_unit():
        if limits.is_over(limits.CODE_OF_ONE, subject, clock.now()):
            db.session.rollback()
            return problem(429, _("That was tried too often. Wait 15 minutes and try again."))
        limits.count(limits.CODE_OF_ONE, subject, clock.now())
        try:
            passkeys.prove(
                db.session.get_one(Account, id_),
                answer,
                challenge=challenge,
                host=_host(),
                origin=request.host_url.rstrip("/"),
                now=clock.now(),
            )
            is_right = True
        except passkeys.PasskeyError:
            is_right = False
        db.session.commit()
    if not is_right:
        return problem(400, _("This passkey was not accepted."))
    return _whole(half, inner_address(request.args.get("to")))


def _whole(account: Account, to: str) -> Response:
    """Begin a session in which the second step is done; the script goes to `to`."""
    answer = signed_in(account, to, with_second_factor=True)
    target = answer.location
    answer.status_code = 200
    del answer.headers["Location"]
    answer.mimetype = "application/json"
    answer.set_data(jsonify({"to": target}).get_data())
    return answer
