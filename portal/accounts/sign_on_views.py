"""Single sign-on by OpenID Connect, where a provider is set; it stands in for the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import sign_on
from portal.accounts.models import Account
from portal.accounts.signing import inner_address, keep_private, signed_in
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db
from portal.lazy import lazy
from portal.permissions import public

if TYPE_CHECKING:
    import requests
    from authlib.common import errors
    from authlib.integrations import flask_client
else:  # large, and few portals need them
    requests = lazy("requests")
    errors = lazy("authlib.common.errors")
    flask_client = lazy("authlib.integrations.flask_client")

bp = Blueprint("single_sign_on", __name__, url_prefix="/account/single-sign-on")
bp.after_request(keep_private)

EXTENSION = "portal-sign-on"
PROVIDER = "provider"
TO = "sign-on-to"
TIMEOUT_S = 10


def init_app(app: Flask, settings: Settings) -> None:
    """Know the provider; its documents are fetched when somebody signs on."""
    if not settings.oidc_issuer:
        return
    oauth = flask_client.OAuth(app)
    app.extensions[EXTENSION] = oauth
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
    oauth = current_app.extensions.get(EXTENSION)
    return oauth.create_client(PROVIDER) if oauth else abort(404)


@bp.get("")
@public
def begin() -> ResponseReturnValue:
    """Lead to the provider."""
    session[TO] = inner_address(request.args.get("to"))
    try:
        answer: ResponseReturnValue = _provider().authorize_redirect(
            url_for("single_sign_on.finish", _external=True)
        )
    except (errors.AuthlibBaseError, requests.RequestException):
        return redirect(url_for("accounts.sign_in", sign_on="failed"))
    return answer


@bp.get("/return")
@public
def finish() -> ResponseReturnValue:
    """Take what the provider says; state, nonce and signature are checked by Authlib."""
    try:
        told = _provider().authorize_access_token().get("userinfo") or {}
    except (errors.AuthlibBaseError, requests.RequestException):
        return redirect(url_for("accounts.sign_in", sign_on="failed"))
    db.session.rollback()
    with write_unit():
        try:
            account: Account = sign_on.person_of_sign_on(
                str(told.get("iss", "")),
                str(told.get("sub", "")),
                email=str(told.get("email", "")),
                is_verified=told.get("email_verified") is True,
                now=clock.now(),
            )
        except sign_on.UnknownPersonError:
            db.session.rollback()
            return redirect(url_for("accounts.sign_in", sign_on="unknown"))
        db.session.commit()
    return signed_in(account, session.pop(TO, ""), with_second_factor=False)
