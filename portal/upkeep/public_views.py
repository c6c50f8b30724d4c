"""The form under each listing for anybody who finds something wrong; no account, nothing kept."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import limits
from portal.accounts.limits import Limit
from portal.accounts.signing import subject_of
from portal.database import write_unit
from portal.directory.changes import TEXT_FIELDS, text_of
from portal.directory.queries import published_service
from portal.extensions import db
from portal.permissions import public
from portal.upkeep import suggesting
from portal.upkeep.forms import FIELD_LABELS, PublicFixForm
from portal.upkeep.link_views import accepts

bp = Blueprint("upkeep_public", __name__)

FROM_ONE = Limit("suggest-from", 10, timedelta(hours=1))
IN_ALL = Limit("suggest", 200, timedelta(hours=1))


@bp.route("/services/<slug:slug>/suggest", methods=["GET", "POST"])
@public
def suggest(slug: str) -> ResponseReturnValue:
    """Take down what somebody says is wrong with a listing."""
    service = published_service(slug) or abort(404)
    chosen = request.args.get("field", "")
    form = PublicFixForm(accepts=accepts, field=chosen if chosen in TEXT_FIELDS else None)
    too_often = False
    if form.validate_on_submit():
        # A machine that fills in every field is thanked like anybody.
        if form.website.data or _suggested(slug, form):
            return redirect(url_for("upkeep_public.suggest", slug=slug, sent=1))
        too_often = True
    page = render_template(
        "upkeep/suggest.html",
        form=form,
        service=service,
        sent="sent" in request.args,
        too_often=too_often,
        texts=[(name, label, text_of(service, name)) for name, label in FIELD_LABELS.items()],
    )
    return page, 429 if too_often else 400 if form.errors else 200


def _suggested(slug: str, form: PublicFixForm) -> bool:
    """Make the suggestion; False when too many were made."""
    now = clock.now()
    counted = [(FROM_ONE, subject_of(request.remote_addr or "")), (IN_ALL, subject_of("all"))]
    field = form.field.data
    after = form.after.data or ""
    if field == suggesting.STATUS:
        after = suggesting.NOT_OFFERED
    elif field == suggesting.OTHER:
        after = ""
    db.session.rollback()
    with write_unit():
        service = published_service(slug) or abort(404)
        try:
            if any(limits.is_over(limit, subject, now) for limit, subject in counted):
                raise suggesting.TooManyError
            for limit, subject in counted:
                limits.count(limit, subject, now)
            suggesting.suggest(
                service, field=field, after=after, note=form.note.data or "", now=now
            )
        except suggesting.TooManyError:
            db.session.rollback()
            return False
        db.session.commit()
    return True
