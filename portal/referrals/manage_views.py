"""Managers: requests without names, what is late, what is disputed, and how long all is kept."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import audit
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import follow_up_wording, wording
from portal.referrals import queries_manage as queries
from portal.referrals.acting import act
from portal.referrals.forgetting import RetentionChangedError, set_retention
from portal.referrals.manage_forms import MarkForm, RetentionForm
from portal.referrals.manage_rows import csv_of, page_of, row_of, wanted_of
from portal.referrals.models import Referral
from portal.referrals.moving import ChangedMeanwhileError, Mover, last_move
from portal.referrals.queries_retention import past_retention, retention_months
from portal.referrals.retention import DEFAULT_MONTHS
from portal.referrals.standing import REOPEN_WITHIN, RefusedMoveError
from portal.referrals.states import REOPENABLE, Role, Status
from portal.referrals.timeline import line_of

bp = Blueprint("referral_manage", __name__, url_prefix="/manage")
bp.after_request(keep_private)


@bp.get("/requests")
@requires(Permission.REFERRAL_MANAGE)
def requests() -> ResponseReturnValue:
    """List requests by what they need next."""
    wanted = wanted_of(request.args)
    now = clock.now()
    page = page_of(request.args)
    found, total = queries.requests(wanted, now=now, page=page)
    pages = max(1, -(-total // queries.A_PAGE))
    if page > pages:
        page = pages
        found, total = queries.requests(wanted, now=now, page=page)
    disputed = queries.disagreements_of([each.id for each in found])
    return render_template(
        "referrals/manage_requests.html",
        rows=[row_of(each, now=now, is_disputed=each.id in disputed) for each in found],
        total=total,
        page=page,
        pages=pages,
        wanted=wanted,
        counts=queries.counts_by_status(),
        organizations=queries.organizations_asked(),
        statuses=wording.STATUS,
    )


@bp.get("/requests.csv")
@requires(Permission.REFERRAL_MANAGE)
def requests_csv() -> ResponseReturnValue:
    """Give the same list as a file, without names."""
    found, _total = queries.requests(wanted_of(request.args), now=clock.now(), page=None)
    return Response(
        csv_of(found),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="requests.csv"'},
    )


@bp.get("/requests/<uuid:id_>")
@requires(Permission.REFERRAL_MANAGE)
def one_request(id_: uuid.UUID) -> ResponseReturnValue:
    """Show the course of one request, and what a manager may do about it."""
    return _page(_referral(id_), MarkForm(formdata=None))


@bp.post("/requests/<uuid:id_>/error")
@requires(Permission.REFERRAL_MANAGE)
def mark_error(id_: uuid.UUID) -> ResponseReturnValue:
    """Take a request out of all measures; it stays in the log."""
    return _moved(id_, Status.ENTERED_IN_ERROR, "referral:mark-error")


@bp.post("/requests/<uuid:id_>/reopen")
@requires(Permission.REFERRAL_MANAGE)
def reopen(id_: uuid.UUID) -> ResponseReturnValue:
    """Reopen a request within 30 days; a withdrawn one at the owner's wish."""
    return _moved(id_, Status.RECEIVED, "referral:reopen")


def _moved(id_: uuid.UUID, target: Status, action: str) -> ResponseReturnValue:
    form = MarkForm()
    if not form.validate_on_submit():
        return _page(_referral(id_), form, target=target), 400
    why, seen, actor_id = form.why.data or "", form.seen_number, g.actor.id
    db.session.rollback()
    try:
        with write_unit():
            referral = _referral(id_)
            if target is Status.RECEIVED and referral.status not in REOPENABLE:
                raise RefusedMoveError("no_such_move")
            act(
                id_,
                target,
                by=Mover(Role.MANAGER, actor_id),
                personal={"why": why},
                seen=seen,
            )
            audit.record(
                action,
                object_kind="referral",
                object_id=referral.reference,
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
            db.session.commit()
    except (ChangedMeanwhileError, RefusedMoveError) as error:
        db.session.rollback()
        return _page(_referral(id_), form, target=target, refused=error), 409
    return redirect(url_for("referral_manage.one_request", id_=id_, done=target))


def _page(
    referral: Referral,
    form: MarkForm,
    *,
    target: Status | None = None,
    refused: Exception | None = None,
) -> str:
    now = clock.now()
    form.seen.data = str(last_move(referral))
    may_reopen = (
        referral.status in REOPENABLE
        and referral.sent_at is not None
        and now - referral.since_at <= REOPEN_WITHIN
    )
    return render_template(
        "referrals/manage_request.html",
        row=row_of(referral, now=now, is_disputed=False),
        referral=referral,
        lines=[line_of(event) for event in referral.events],
        disagreements=[
            follow_up_wording.DISAGREEMENT[each]
            for each in queries.disagreements_of([referral.id]).get(referral.id, ())
        ],
        form=form,
        target=target,
        meanwhile=_refusal(refused) if refused else "",
        may_reopen=may_reopen,
        may_mark=referral.status != Status.ENTERED_IN_ERROR,
        is_withdrawn=referral.status == Status.WITHDRAWN,
        done=request.args.get("done", ""),
    )


def _refusal(error: Exception) -> str:
    if isinstance(error, RefusedMoveError) and error.reason == "too_late":
        return str(_("A request can be reopened within 30 days only."))
    return str(
        _(
            "Somebody has moved this request since you opened the page. Below you see where it "
            "stands now. Your words are kept: send them again if they still fit."
        )
    )


@bp.route("/retention", methods=["GET", "POST"])
@requires(Permission.REFERRAL_MANAGE)
def retention() -> ResponseReturnValue:
    """Show and set how long closed requests keep contact details, and how many that concerns."""
    current = retention_months()
    form = RetentionForm(data={"months": current, "seen": current})
    months, changed_to, status = current, 0, 200
    if form.validate_on_submit():
        months = form.months.data or current
        if request.form.get("do") == "set":
            seen, actor_id = form.seen_number, g.actor.id
            db.session.rollback()
            try:
                with write_unit():
                    by = db.session.get_one(Account, actor_id)
                    set_retention(months, seen=seen, now=clock.now(), by=by)
                    db.session.commit()
                return redirect(url_for("referral_manage.retention", done="set"))
            except RetentionChangedError as error:
                db.session.rollback()
                changed_to, status = error.months, 409
                current = error.months
    form.seen.data = str(current)
    page = render_template(
        "referrals/retention.html",
        form=form,
        current=current,
        months=months,
        concerned=len(past_retention(months, now=clock.now())),
        default=DEFAULT_MONTHS,
        changed_to=changed_to,
        is_set=request.args.get("done") == "set",
    )
    return page, 400 if form.errors else status


def _referral(id_: uuid.UUID) -> Referral:
    return queries.request(id_) or abort(404)
