"""Single sign-on by OpenID Connect, where a provider is set; it stands in for the password."""

from __future__ import annotations

from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import operations
from portal.accounts.models import Account
from portal.accounts.signing import inner_address, keep_private, signed_in
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import public

bp = Blueprint("single_sign_on", __name__, url_prefix="/account/single-sign-on")
bp.after_request(keep_private)

PROVIDER = "provider"
TO = "sign-on-to"
TIMEOUT_S = 10


def init_app(app: Flask, settings: Settings) -> None:
    """Know the provider; its documents are fetched when somebody signs on."""
    oauth = OAuth(app)
    app.extensions["portal-oauth"] = oauth
    if settings.oidc_issuer:
        oauth.register(
            PROVIDER,
            server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_S,
            },
        )


def _provider() -> Any:  # Authlib comes without types
    oauth = current_app.extensions["portal-oauth"]
    return oauth.create_client(PROVIDER) or abort(404)


@bp.get("")
@public
def begin() -> ResponseReturnValue:
    """Lead to the provider."""
    session[TO] = inner_address(request.args.get("to"))
    try:
        answer: ResponseReturnValue = _provider().authorize_redirect(
            url_for("single_sign_on.finish", _external=True)
        )
    except (AuthlibBaseError, requests.RequestException):
        return redirect(url_for("accounts.sign_in", sign_on="failed"))
    return answer


@bp.get("/return")
@public
def finish() -> ResponseReturnValue:
    """Take what the provider says; state, nonce and signature are checked by Authlib."""
    try:
        told = _provider().authorize_access_token().get("userinfo") or {}
    except (AuthlibBaseError, requests.RequestException):
        return redirect(url_for("accounts.sign_in", sign_on="failed"))
    db.session.rollback()
    with write_unit():
        try:
            account: Account = operations.person_of_sign_on(
                str(told.get("iss", "")),
                str(told.get("sub", "")),
                email=str(told.get("email", "")),
                is_verified=told.get("email_verified") is True,
                now=clock.now(),
            )
        except operations.UnknownPersonError:
            db.session.rollback()
            return redirect(url_for("accounts.sign_in", sign_on="unknown"))
        db.session.commit()
    return signed_in(account, session.pop(TO, ""), with_second_factor=False)
