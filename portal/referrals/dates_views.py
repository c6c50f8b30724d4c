"""Due dates for somebody's calendar, under a secret address that they can take back."""

from __future__ import annotations

import uuid

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import audit
from portal.accounts.models import Account
from portal.accounts.signing import keep_private, settings
from portal.accounts.tokens import digest_of, new_token
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, may, public, requires
from portal.referrals import queries_inbox
from portal.referrals.answer_models import CalendarAddress
from portal.referrals.due_dates import calendar_file
from portal.referrals.queries_calendar import account_of, address_of

bp = Blueprint("referral_dates", __name__, url_prefix="/staff")
bp.after_request(keep_private)
SHOWN_ONCE = "calendar-token"
LONGEST_TOKEN = 64


@bp.get("/requests.ics")
@public
def calendar() -> ResponseReturnValue:
    """Give a calendar program the due dates of whoever made the address."""
    account = account_of(request.args.get("key", "")[:LONGEST_TOKEN])
    if account is None or not may(account, Permission.REFERRAL_ANSWER):
        abort(404)
    due = queries_inbox.due_of(account.organization_ids)
    text = calendar_file(due, now=clock.now(), settings=settings())
    return Response(text, content_type="text/calendar; charset=utf-8")


@bp.route("/requests/calendar", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
def address() -> ResponseReturnValue:
    """Make an address for one's calendar, or take it back; it is shown only when it is made."""
    actor_id: uuid.UUID = g.actor.id
    if request.method == "GET":
        token = session.pop(SHOWN_ONCE, "")
        return render_template(
            "referrals/calendar.html",
            url=url_for("referral_dates.calendar", key=token, _external=True) if token else "",
            known=address_of(actor_id),
        )
    is_revoking = request.form.get("do") == "revoke"
    token = "" if is_revoking else new_token()
    now = clock.now()
    db.session.rollback()
    with write_unit():
        known = address_of(actor_id)
        if known is not None:
            db.session.delete(known)
            db.session.flush()
        if token:
            made = CalendarAddress(account_id=actor_id, digest=digest_of(token), created_at=now)
            db.session.add(made)
        audit.record(
            "calendar-address:revoke" if is_revoking else "calendar-address:make",
            object_kind="account",
            object_id=actor_id,
            now=now,
            by=db.session.get_one(Account, actor_id),
        )
        db.session.commit()
    if token:
        session[SHOWN_ONCE] = token
    return redirect(url_for("referral_dates.address"))
