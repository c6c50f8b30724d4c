"""The queue of suggestions, for the staff whose listings they are about and for managers."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, Role, may, requires
from portal.upkeep import queries, suggesting
from portal.upkeep.differences import differences
from portal.upkeep.forms import END_LABEL, FIELD_LABELS, OTHER_LABEL, DeclineForm
from portal.upkeep.models import Suggestion

bp = Blueprint("upkeep_staff", __name__, url_prefix="/staff")
bp.after_request(keep_private)
bp.add_app_template_global(differences, "differences")


@bp.get("/suggestions")
@requires(Permission.SUGGESTION_DECIDE)
def suggestions() -> ResponseReturnValue:
    """Show what waits for a decision, oldest first, and links that do not answer."""
    return _page()


@bp.post("/suggestions/<uuid:id_>/accept")
@requires(Permission.SUGGESTION_DECIDE)
def accept(id_: uuid.UUID) -> ResponseReturnValue:
    """Make the change that was suggested."""
    actor_id, seen = g.actor.id, request.form.get("seen", "")
    _check(id_)
    db.session.rollback()
    with write_unit():
        try:
            suggesting.accept(
                db.session.get_one(Suggestion, id_),
                seen=seen.replace("\r\n", "\n"),
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
        except (suggesting.DecidedError, ValueError) as error:
            db.session.rollback()
            notice = "decided" if isinstance(error, suggesting.DecidedError) else "unfit"
            return redirect(url_for("upkeep_staff.suggestions", notice=notice))
        db.session.commit()
    return redirect(url_for("upkeep_staff.suggestions", notice="accepted"))


@bp.post("/suggestions/<uuid:id_>/decline")
@requires(Permission.SUGGESTION_DECIDE)
def decline(id_: uuid.UUID) -> ResponseReturnValue:
    """Leave the listing as it is, with a reason."""
    actor_id = g.actor.id
    _check(id_)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(declining=id_, form=form), 400
    db.session.rollback()
    with write_unit():
        try:
            suggesting.decline(
                db.session.get_one(Suggestion, id_),
                reason=form.reason.data or "",
                now=clock.now(),
                by=db.session.get_one(Account, actor_id),
            )
        except suggesting.DecidedError:
            db.session.rollback()
            return redirect(url_for("upkeep_staff.suggestions", notice="decided"))
        db.session.commit()
    return redirect(url_for("upkeep_staff.suggestions", notice="declined"))


def _page(declining: uuid.UUID | None = None, form: DeclineForm | None = None) -> str:
    own = g.actor.organization_ids if g.actor.role is Role.STAFF else None
    found = queries.suggestions(own)
    return render_template(
        "upkeep/suggestions.html",
        suggestions=[(one, suggesting.current_text(one.service, one.field)) for one in found],
        broken=queries.broken_links(own),
        labels={**FIELD_LABELS, "status": END_LABEL, "other": OTHER_LABEL},
        notice=request.args.get("notice", ""),
        declining=declining,
        form=form or DeclineForm(formdata=None),
        is_manager=own is None,
    )


def _check(id_: uuid.UUID) -> None:
    """Refuse what is not there, or not this person's to decide."""
    found = db.session.get(Suggestion, id_) or abort(404)
    organization_id = found.service.organization_id
    if not may(g.actor, Permission.SUGGESTION_DECIDE, organization_id=organization_id):
        abort(403)
