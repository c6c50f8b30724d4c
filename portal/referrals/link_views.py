"""Pages behind links that a company is mailed before anything is sent. A GET changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import public
from portal.referrals import introducing
from portal.referrals.acting import act
from portal.referrals.addressees import consent_to, navigator_name
from portal.referrals.consent import consent_to_introduction
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
                text = consent_to(referral, settings())
                referral.consent_version, referral.consent_text = text.version, text.text
                referral.consent_at = now
                act(referral.id, Status.SENT, by=OWNER, facts={"consent": text.version})
        except RefusedMoveError:
            db.session.rollback()
            return _over()
        track = make_link(episode, TRACK, now=now)
        db.session.commit()
    return redirect(url_for("referral_tracking.track", token=track))


@bp.get("/introduction/<string(maxlength=64):token>")
@public
def introduction(token: str) -> ResponseReturnValue:
    """Show the other side of an introduction what is looked for, and not by whom."""
    referral = _introduced(token)
    if referral is None:
        return _over()
    return render_template(
        "referrals/introduction.html",
        referral=referral,
        is_asked=introducing.is_asked(referral),
        what=need_in_words(referral.episode.need),
        consent=consent_to_introduction(organization=referral.organization.name),
        token=token,
    )


@bp.post("/introduction/<string(maxlength=64):token>")
@public
def decide_introduction(token: str) -> ResponseReturnValue:
    """Take down whether the other side agrees; pressed twice it is once."""
    db.session.rollback()
    with write_unit():
        referral = _introduced(token)
        if referral is None:
            db.session.rollback()
            return _over()
        introducing.decide(referral, agrees=request.form.get("do") == "agree")
        db.session.commit()
    return redirect(url_for("referral_links.introduction", token=token))


def _introduced(token: str) -> Referral | None:
    """Return the referral whose other side has this link."""
    link = open_link(token, purpose=CONSENT, now=clock.now())
    if link is None or link.referral is None or link.referral.other_side is None:
        return None
    # The link of somebody who refused does not open what another was asked since.
    is_theirs = link.email and link.email == link.referral.other_side.email
    return link.referral if is_theirs else None


def _consent_page(token: str, error: str = "") -> ResponseReturnValue:
    episode = _episode(token, CONSENT)
    if episode is None:
        return _over()
    waiting = _in_status(episode, Status.AWAITING_CONSENT)
    page = render_template(
        "referrals/consent.html",
        episode=episode,
        waiting=[(one, consent_to(one, settings()), _mark(one)) for one in waiting],
        asker=episode.creator_organization,
        navigator=navigator_name(settings()),
        error=error,
        token=token,
    )
    return page, 400 if error else 200


def _episode(token: str, purpose: str) -> Episode | None:
    """Return the request behind a link that may still be used and was not erased."""
    link = open_link(token, purpose=purpose, now=clock.now())
    # One about a single referral is the other side's of an introduction: it opens nothing here.
    if link is None or link.referral_id is not None or link.episode.details.erased_at:
        return None
    return link.episode


def _in_status(episode: Episode, status: Status) -> Sequence[Referral]:
    found = [referral for referral in episode.referrals if referral.status == status]
    return sorted(found, key=lambda referral: referral.service.name)


def _mark(referral: Referral) -> str:
    return f"{referral.id}:{consent_to(referral, settings()).mark}"


def _over() -> ResponseReturnValue:
    return render_template("referrals/link_over.html"), 410
