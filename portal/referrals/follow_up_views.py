"""The page behind the letter that asks a company how it went. A GET changes nothing."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import csrf, db
from portal.permissions import public
from portal.referrals import follow_up_wording as words
from portal.referrals import following_up
from portal.referrals.follow_up_codes import DOLLARS
from portal.referrals.follow_up_forms import EarlyForm, LateForm
from portal.referrals.follow_up_models import FollowUp
from portal.referrals.follow_up_times import LATE
from portal.referrals.queries_follow_ups import answered, is_stopped, open_follow_up

bp = Blueprint("referral_follow_ups", __name__, url_prefix="/follow-up")
bp.after_request(keep_private)


@bp.route("/<string(maxlength=64):token>", methods=["GET", "POST"])
@public
def follow_up(token: str) -> ResponseReturnValue:
    """Ask two questions, and take the answers down as often as they change."""
    found = open_follow_up(token, now=clock.now())
    if found is None:
        return _over()
    form: EarlyForm | LateForm = LateForm() if found.stage in LATE else EarlyForm()
    if form.validate_on_submit():
        facts, said = form.facts(), form.words()
        db.session.rollback()
        with write_unit():
            found = open_follow_up(token, now=clock.now())
            if found is None:
                db.session.rollback()
                return _over()
            following_up.answer(found, facts=facts, words=said, now=clock.now())
            db.session.commit()
        return redirect(url_for("referral_follow_ups.follow_up", token=token, saved=1))
    if not form.is_submitted():
        form.fill(*answered(found))
    page = _page(found, form, token)
    return page, 400 if form.is_submitted() else 200


def _page(found: FollowUp, form: EarlyForm | LateForm, token: str) -> str:
    return render_template(
        "referrals/follow_up.html",
        form=form,
        follow_up=found,
        referral=found.referral,
        is_late=found.stage in LATE,
        is_saved=request.args.get("saved") == "1" and not form.is_submitted(),
        is_stopped=is_stopped(found.referral.episode_id),
        contacts=words.CONTACT,
        helped=words.HELPED,
        results=words.RESULTS,
        amounts=words.AMOUNT,
        in_dollars=DOLLARS,
        anyway=words.ANYWAY,
        stop_url=url_for("referral_follow_ups.stop", token=token),
    )


@bp.route("/<string(maxlength=64):token>/stop", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator,unused-ignore]  # mail programs post it (RFC 8058)
def stop(token: str) -> ResponseReturnValue:
    """Send no more of these letters, by the button or by a mail program's one click."""
    found = open_follow_up(token, now=clock.now())
    if found is None:
        return _over()
    if request.method == "POST":
        db.session.rollback()
        with write_unit():
            found = open_follow_up(token, now=clock.now())
            if found is not None:
                following_up.stop(found.referral.episode, found.referral, now=clock.now())
            db.session.commit()
        return redirect(url_for("referral_follow_ups.stop", token=token))
    return render_template(
        "referrals/follow_up_stop.html",
        referral=found.referral,
        is_stopped=is_stopped(found.referral.episode_id),
        back_url=url_for("referral_follow_ups.follow_up", token=token),
    )


def _over() -> ResponseReturnValue:
    return render_template("referrals/follow_up_over.html"), 410
