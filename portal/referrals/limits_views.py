"""Managers set how long a program may take to answer; requests that were sent keep their time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from portal import clock
from portal.accounts import audit
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory.models import Service
from portal.extensions import db
from portal.forms import text_line
from portal.permissions import Permission, requires
from portal.referrals.clock_models import MOST_CONTACT_DAYS, MOST_RESPONSE_DAYS, ServiceLimit
from portal.referrals.queries_limits import set_limits
from portal.referrals.queries_next_best import program_named
from portal.referrals.spoken_fields import DaysField
from portal.referrals.standing import Limits

bp = Blueprint("referral_limits", __name__, url_prefix="/manage/limits")
bp.after_request(keep_private)

USUAL = Limits()


class LimitsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A program and its days."""

    program = text_line(_l("Program, by its name"))
    response_days = DaysField(_l("Business days until a first answer"), most=MOST_RESPONSE_DAYS)
    contact_days = DaysField(
        _l("Business days until contact, once accepted"), most=MOST_CONTACT_DAYS
    )

    def validate_program(self, field: Any) -> None:
        """Ask for a program that there is."""
        if program_named(field.data or "") is None:
            raise ValidationError(_("No program has this name. Type it as its listing does."))


@bp.route("", methods=["GET", "POST"])
@requires(Permission.REFERRAL_MANAGE)
def limits() -> ResponseReturnValue:
    """Show the programs with days of their own, and set some."""
    form = LimitsForm(
        data={"response_days": USUAL.response_days, "contact_days": USUAL.contact_days}
    )
    if form.validate_on_submit():
        actor_id = g.actor.id
        db.session.rollback()
        with write_unit():
            service = program_named(form.program.data or "")
            if service is not None:
                by = db.session.get_one(Account, actor_id)
                days = Limits(form.response_days.data or 1, form.contact_days.data or 1)
                _set(service, days, by=by, now=clock.now())
            db.session.commit()
        return redirect(url_for("referral_limits.limits", done="1"))
    page = render_template(
        "referrals/limits.html",
        form=form,
        usual=USUAL,
        rows=set_limits(),
        done=request.args.get("done") == "1",
    )
    return page, 400 if form.errors else 200


def _set(service: Service, days: Limits, *, by: Account, now: datetime) -> None:
    row = db.session.get(ServiceLimit, service.id)
    if days == USUAL:
        if row is not None:
            db.session.delete(row)
    else:
        db.session.merge(
            ServiceLimit(
                service_id=service.id,
                response_days=days.response_days,
                contact_days=days.contact_days,
            )
        )
    audit.record(
        "limits:set",
        object_kind="service",
        object_id=service.slug,
        now=now,
        by=by,
        response_days=days.response_days,
        contact_days=days.contact_days,
    )
