"""Pages behind links that a company is mailed before anything is sent. A GET changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import public
from portal.referrals.acting import act
from portal.referrals.addressees import consent_to, navigator_name
from portal.referrals.models import CONFIRM, CONSENT, TRACK, Episode, Referral
from portal.referrals.moving import OWNER
from portal.referrals.operations import make_link, open_link
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Status
from portal.referrals.wording import need_in_words

# What a button of the confirming page says; any other only leads on.
_DECISIONS = {"send": Status.SENT, "withdraw": Status.WITHDRAWN}

bp = Blueprint("referral_links", __name__, url_prefix="/referrals")
bp.after_request(keep_private)


@bp.get("/confirm/<string(maxlength=64):token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Show what is sent to whom once it is confirmed."""
    episode = _episode(token, CONFIRM)
    if episode is None:
        return _over()
    return render_template(
        "referrals/confirm.html",
        episode=episode,
        waiting=_in_status(episode, Status.AWAITING_CONFIRMATION),
        need_in_words=need_in_words,
        token=token,
    )


@bp.post("/confirm/<string(maxlength=64):token>")
@public
def confirm_request(token: str) -> ResponseReturnValue:
    """Send what was confirmed, or take it back; pressed twice it leads to the same page."""
    target = _DECISIONS.get(request.form.get("do", ""))
    db.session.rollback()
    with write_unit():
        episode = _episode(token, CONFIRM)
        if episode is None:
            db.session.rollback()
            return _over()
        try:
            for referral in _in_status(episode, Status.AWAITING_CONFIRMATION):
                if target is not None:
                    act(referral.id, target, by=OWNER)
        except RefusedMoveError:  # the 14 days ended while the page was open
            db.session.rollback()
            return _over()
        track = make_link(episode, TRACK, now=clock.now())
        db.session.commit()
    return redirect(url_for("referral_tracking.track", token=track))


@bp.get("/consent/<string(maxlength=64):token>")
@public
def consent(token: str) -> ResponseReturnValue:
    """Show what somebody would ask in a company's name, and the exact text for each program."""
    return _consent_page(token)


@bp.post("/consent/<string(maxlength=64):token>")
@public
def decide_consent(token: str) -> ResponseReturnValue:
    """Take down for which programs the company agrees; the others are taken back."""
    marks, refuses = set(request.form.getlist("consent")), request.form.get("do") == "refuse"
    now = clock.now()
    db.session.rollback()
    with write_unit():
        episode = _episode(token, CONSENT)
        if episode is None:
            db.session.rollback()
            return _over()
        waiting = _in_status(episode, Status.AWAITING_CONSENT)
        agreed = [] if refuses else [one for one in waiting if _mark(one) in marks]
        if waiting and not refuses and not agreed:
            db.session.rollback()
            error = _("Tick at least one program, or press “No, do not ask in my name”.")
            return _consent_page(token, error=error)
        try:
            for referral in waiting:
                if referral not in agreed:
                    act(referral.id, Status.WITHDRAWN, by=OWNER)
            for referral in agreed:
                text = consent_to(referral)
                referral.consent_version, referral.consent_text = text.version, text.text
                referral.consent_at = now
                act(referral.id, Status.SENT, by=OWNER, facts={"consent": text.version})
        except RefusedMoveError:
            db.session.rollback()
            return _over()
        track = make_link(episode, TRACK, now=now)
        db.session.commit()
    return redirect(url_for("referral_tracking.track", token=track))


def _consent_page(token: str, error: str = "") -> ResponseReturnValue:
    episode = _episode(token, CONSENT)
    if episode is None:
        return _over()
    waiting = _in_status(episode, Status.AWAITING_CONSENT)
    page = render_template(
        "referrals/consent.html",
        episode=episode,
        waiting=[(one, consent_to(one), _mark(one)) for one in waiting],
        asker=episode.creator_organization,
        navigator=navigator_name(),
        error=error,
        token=token,
    )
    return page, 400 if error else 200


def _episode(token: str, purpose: str) -> Episode | None:
    """Return the request behind a link that may still be used and was not erased."""
    link = open_link(token, purpose=purpose, now=clock.now())
    return link.episode if link and not link.episode.details.erased_at else None


def _in_status(episode: Episode, status: Status) -> Sequence[Referral]:
    found = [referral for referral in episode.referrals if referral.status == status]
    return sorted(found, key=lambda referral: referral.service.name)


def _mark(referral: Referral) -> str:
    return f"{referral.id}:{consent_to(referral).mark}"


def _over() -> ResponseReturnValue:
    return render_template("referrals/link_over.html"), 410
