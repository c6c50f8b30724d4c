"""Who makes this request: the cookie's session, loaded once before any view."""

from __future__ import annotations

from flask import Flask, Response, g, request
from sqlalchemy import update

from portal import clock
from portal.accounts import sessions
from portal.accounts.models import Account, AccountSession
from portal.database import write_unit
from portal.extensions import db
from portal.security import is_loopback

COOKIE = "session"


def cookie_name() -> str:
    """Return the cookie's name: with the prefix that only https may set, where there is https."""
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE


def load_actor() -> None:
    """Find who is signed in; `g.half` is somebody whose second factor is still to be shown."""
    g.actor = g.half = g.account_session = None
    token = request.cookies.get(cookie_name(), "")
    if not token or not (request.is_secure or is_loopback(request)):
        return
    found = sessions.find(token, clock.now())
    if found is None:
        return
    _note_visit(found)
    account: Account = found.account
    needs_more = account.must_have_second_factor or account.has_second_factor
    g.account_session = found
    if needs_more and found.second_factor_at is None:
        g.half = account
    else:
        g.actor = account


def _note_visit(found: AccountSession) -> None:
    """Write down that the session goes on, seldom enough to cost nothing."""
    now = clock.now()
    if now - found.seen_at < sessions.NOTED_EVERY:
        return
    digest = found.digest
    db.session.rollback()
    with write_unit():
        db.session.execute(
            update(AccountSession).where(AccountSession.digest == digest).values(seen_at=now)
        )
        db.session.commit()


def set_cookie(response: Response, token: str) -> Response:
    """Give a browser its session; it ends with the browser."""
    response.set_cookie(
        cookie_name(),
        token,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def delete_cookie(response: Response) -> Response:
    """Take a browser's session away."""
    response.delete_cookie(
        cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def init_app(app: Flask) -> None:
    """Load who makes a request, before it is decided what they may open."""
    app.before_request(load_actor)
