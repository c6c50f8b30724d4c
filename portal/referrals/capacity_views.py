"""Where staff say until when a program takes no new companies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import DataRequired, ValidationError

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory import queries as directory
from portal.directory.models import Service
from portal.extensions import db
from portal.permissions import Permission, may, requires
from portal.referrals import capacity
from portal.referrals.spoken_fields import DayField

bp = Blueprint("referral_capacity", __name__, url_prefix="/staff/services")
bp.after_request(keep_private)


class PauseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Until when; `seen` is what the page showed when it was opened."""

    until = DayField(
        _l("They take new companies again from"),
        validators=[DataRequired(_l("Choose a day."))],
    )
    seen = HiddenField()

    def validate_until(self, field: Any) -> None:
        """Ask for a day to come, within a year."""
        today = clock.today()
        if not today < field.data <= today + capacity.LONGEST:
            raise ValidationError(_("Choose a day after today, at most a year from now."))


@bp.get("/<slug:slug>/intake")
@requires(Permission.LISTING_EDIT)
def intake(slug: str) -> ResponseReturnValue:
    """Show whether a program takes new companies."""
    return _page(_service(slug), PauseForm(formdata=None))


@bp.post("/<slug:slug>/intake")
@requires(Permission.LISTING_EDIT)
def change(slug: str) -> ResponseReturnValue:
    """Pause a program's intake until a day, or open it again."""
    form, does_open = PauseForm(), request.form.get("do") == "open"
    if not does_open and not form.validate_on_submit():
        return _page(_service(slug), form, status=400)
    actor_id = g.actor.id
    db.session.rollback()
    with write_unit():
        service = _service(slug)
        if _shown(directory.paused_until(service)) != (form.seen.data or ""):
            db.session.rollback()
            return _page(_service(slug), form, status=409)
        by, now = db.session.get_one(Account, actor_id), clock.now()
        if does_open:
            capacity.resume(service, by=by, now=now)
        elif form.until.data:
            capacity.pause(service, until_on=form.until.data, by=by, now=now)
        db.session.commit()
    return redirect(url_for("referral_capacity.intake", slug=slug, done="1"))


def _page(service: Service, form: PauseForm, *, status: int = 200) -> ResponseReturnValue:
    until = directory.paused_until(service)
    page = render_template(
        "referrals/capacity.html",
        service=service,
        form=form,
        until=until,
        seen=_shown(until),
        first=clock.today() + timedelta(days=1),
        is_stale=status == 409,
        done=request.args.get("done") == "1" and status == 200,
    )
    return page, status


def _shown(until: date | None) -> str:
    return until.isoformat() if until else ""


def _service(slug: str) -> Service:
    """Return a program whose listing this person may edit; 404 for any other."""
    found = directory.published_service(slug)
    if found is None or not may(
        g.actor, Permission.LISTING_EDIT, organization_id=found.organization_id
    ):
        abort(404)
    return found
