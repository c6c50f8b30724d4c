"""Introductions: staff name the other side, which agrees or declines by a mailed link."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, public, requires
from portal.referrals import introducing
from portal.referrals.about_words import about
from portal.referrals.answer_forms import IntroductionForm
from portal.referrals.answer_models import Introduction
from portal.referrals.moving import Mover, locked
from portal.referrals.request_page import RequestPage, request_or_404
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Role

bp = Blueprint("referral_introductions", __name__)
bp.after_request(keep_private)


@bp.post("/staff/requests/<string(length=9):reference>/introduction")
@requires(Permission.REFERRAL_ANSWER)
def begin(reference: str) -> ResponseReturnValue:
    """Ask somebody whether they want to meet the company."""
    page = RequestPage(request_or_404(reference), g.actor)
    form = IntroductionForm(prefix="introduction-")
    if not form.validate_on_submit():
        return page.render(introduction_form=form), 400
    other = introducing.Other(
        form.name.data or "", form.organization.data or "", (form.email.data or "").lower()
    )
    id_, actor_id = page.referral.id, g.actor.id
    db.session.rollback()
    try:
        with write_unit():
            referral = locked(id_) or abort(404)
            introducing.begin(referral, other, by=Mover(Role.PROGRAM, actor_id), now=clock.now())
            db.session.commit()
    except RefusedMoveError:
        db.session.rollback()
        fresh = RequestPage(request_or_404(reference), g.actor)
        typed = [(str(_("Name")), other.name), (str(_("E-mail")), other.email)]
        return fresh.render(conflict_since=0, typed=typed), 409
    return redirect(url_for("referral_page.show", reference=reference, done="introduction"))


@bp.get("/introduced/<string(maxlength=64):token>")
@public
def show(token: str) -> ResponseReturnValue:
    """Ask the other side; nothing is told yet of who the company is."""
    found = introducing.opened(token, now=clock.now())
    if found is None:
        return render_template("referrals/introduction_over.html"), 410
    return render_template(
        "referrals/introduced.html",
        introduction=found,
        about=about(found.referral.episode),
        consent=consent_text(found),
        token=token,
    )


@bp.post("/introduced/<string(maxlength=64):token>")
@public
def decide(token: str) -> ResponseReturnValue:
    """Take the other side's yes or no."""
    is_yes, now = request.form.get("answer") == "yes", clock.now()
    db.session.rollback()
    try:
        with write_unit():
            found = introducing.opened(token, now=now)
            if found is None:
                db.session.rollback()
                return render_template("referrals/introduction_over.html"), 410
            locked(found.referral_id)
            if is_yes:
                introducing.agree(found, consent_text(found), now=now)
            elif found.consented_at is None:
                introducing.refuse(found, now=now)
            db.session.commit()
    except RefusedMoveError:
        db.session.rollback()
        return render_template("referrals/introduction_over.html"), 410
    if is_yes:
        return redirect(url_for("referral_introductions.show", token=token))
    return render_template("referrals/introduction_over.html", is_refused=True)


def consent_text(introduction: Introduction) -> str:
    """Return what the other side agrees to, as the page shows it and as it is kept."""
    return str(
        _(
            "The company that %(organization)s wants to bring you together with may have my name, "
            "my e-mail address and where I work, through %(site)s.",
            organization=introduction.referral.organization.name,
            site=settings().site_name,
        )
    )
