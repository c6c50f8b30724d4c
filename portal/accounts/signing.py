"""What signing in takes between a form and a cookie: limits, hashes, sessions, safe returns."""

from __future__ import annotations

from flask import Response, current_app, g, make_response, redirect, request, url_for

from portal import clock
from portal.accounts import hashing, limits, operations, sessions
from portal.accounts.limits import Limit
from portal.accounts.loading import set_cookie
from portal.accounts.models import Account
from portal.config import Settings
from portal.database import write_unit
from portal.extensions import db


def checked(email: str, password: str) -> tuple[Account | None, bool]:
    """Return whose password it is, or nobody, and whether it was tried too often.

    An unknown address, a wrong password and a closed account take as long and say the same.
    """
    now = clock.now()
    counted: list[tuple[Limit, str]] = [
        (limits.SIGN_IN_OF_ONE, subject_of(email)),
        (limits.SIGN_IN_FROM_ONE, subject_of(request.remote_addr or "")),
    ]
    if any(limits.is_over(limit, subject, now) for limit, subject in counted):
        return None, True
    account = operations.account_of(email)
    hashed = account.password_hash if account is not None and account.is_active else ""
    is_right = hashing.is_password(hashed, password)
    db.session.rollback()
    with write_unit():
        for limit, subject in counted:
            limits.count(limit, subject, now)
        if is_right:
            limits.forget(*counted[0])
        db.session.commit()
    return (operations.account_of(email) if is_right else None), False


def signed_in(account: Account, to: str | None, *, with_second_factor: bool) -> Response:
    """Begin a session and lead on; a session that was there before ends."""
    id_ = account.id
    db.session.rollback()
    with write_unit():
        known = db.session.get_one(Account, id_)
        if g.account_session is not None:
            sessions.end(g.account_session.digest, g.account_session.account_id)
        sessions.forget_old(clock.now())
        token = sessions.begin(
            known,
            now=clock.now(),
            browser=str(request.user_agent),
            with_second_factor=with_second_factor,
        )
        more = known.must_have_second_factor or known.has_second_factor
        db.session.commit()
    target = inner_address(to) or url_for("listings.home")
    if more and not with_second_factor:
        target = url_for("accounts.show_second_factor", to=inner_address(to) or None)
    return set_cookie(make_response(redirect(target)), token)


def subject_of(text: str) -> str:
    """Return what stands for an address or account in counts."""
    return limits.subject_of(text, current_app.config["SECRET_KEY"])


def inner_address(address: str | None) -> str:
    """Return an address of this portal; blank for any other, whatever it is disguised as."""
    text = address or ""
    isinner_address = (
        text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    )
    return text if isinner_address and text.isprintable() else ""


def personal_words(account: Account) -> list[str]:
    """Return the words that an attacker would try first."""
    parts = account.email.replace(".", " ").replace("@", " ").replace("-", " ").split()
    return [account.email, *parts, *account.name.split(), *settings().site_name.split()]


def settings() -> Settings:
    """Return the settings of the portal that serves this request."""
    found: Settings = current_app.config["PORTAL"]
    return found


def keep_private(response: Response) -> Response:
    """Keep pages of the signed-in out of caches, their addresses out of other sites' logs.

    Not "no-referrer": a form that was sent over https has to say which page it is from.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
