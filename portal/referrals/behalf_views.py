"""Staff: ask in a company's name, with its consent by link, and see what became of it."""

from __future__ import annotations

import secrets

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.directory.queries import published_services
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import behalf
from portal.referrals.addressees import addressees_of
from portal.referrals.behalf_forms import BehalfForm
from portal.referrals.prefilling import industry_choices
from portal.referrals.queries_behalf import program_choices, referred_by
from portal.referrals.requesting import company_of
from portal.referrals.stamps import KEY_BYTES
from portal.referrals.wording import STATUS
from portal.wizard.index import wizard_index

bp = Blueprint("referral_behalf", __name__, url_prefix="/staff")
bp.after_request(keep_private)


@bp.route("/refer", methods=["GET", "POST"])
@requires(Permission.REFERRAL_REFER)
def refer() -> ResponseReturnValue:
    """Ask up to three programs in a company's name."""
    form, too_many = BehalfForm(), False
    form.offer(
        programs=program_choices(),
        industries=industry_choices(wizard_index().refresh().industries),
    )
    if not form.is_submitted():
        form.key.data = secrets.token_hex(KEY_BYTES)
        form.first.data = request.args.get("service", "")
    if form.validate_on_submit():
        if _entered(form):
            return redirect(url_for("referral_behalf.referred", sent=1))
        too_many = True
    page = render_template("referrals/behalf.html", form=form, too_many=too_many)
    return page, 429 if too_many else 400 if form.errors else 200


@bp.get("/referred")
@requires(Permission.REFERRAL_REFER)
def referred() -> ResponseReturnValue:
    """Show what somebody has asked in companies' names, and how it stands."""
    return render_template(
        "referrals/referred.html",
        episodes=referred_by(g.actor.id),
        statuses=STATUS,
        sent="sent" in request.args,
    )


def _entered(form: BehalfForm) -> bool:
    """Enter the request; False when the company was written to often enough today."""
    actor_id = g.actor.id
    asked = behalf.InTheirName(
        company=company_of(form),
        addressees=addressees_of(published_services(form.chosen), settings(), clock.now()),
        idempotency_key=form.key.data or "",
        language=form.language.data or "en",
        is_warm=bool(form.is_warm.data),
    )
    db.session.rollback()
    with write_unit():
        try:
            behalf.enter(asked, by=db.session.get_one(Account, actor_id))
        except behalf.TooManyError:
            db.session.rollback()
            return False
        db.session.commit()
    return True
