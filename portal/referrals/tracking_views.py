"""The page on which a company follows its request, and says how it goes. A GET changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts import limits
from portal.accounts.signing import keep_private, settings, subject_of
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import public
from portal.referrals import short_codes
from portal.referrals.acting import act
from portal.referrals.calendars import calendar_of
from portal.referrals.chaining import append
from portal.referrals.erasing import erase
from portal.referrals.models import ANSWER, CONFIRM, CONSENT, FOLLOW_UP, TRACK, Episode, Referral
from portal.referrals.models import NOTE as NOTE_EVENT
from portal.referrals.moving import OWNER, ChangedMeanwhileError, locked
from portal.referrals.operations import make_link, open_link, revoke_links
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Role, Status, targets
from portal.referrals.telling import tell
from portal.referrals.tracking import SHARED, tracks_of
from portal.referrals.tracking_forms import (
    MOVES,
    NOTE,
    DayForm,
    ReasonForm,
    ReferralCodeForm,
    SayForm,
    WordsForm,
)
from portal.referrals.wording import need_in_words

bp = Blueprint("referral_tracking", __name__, url_prefix="/referrals")
bp.after_request(keep_private)


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed about one referral and could not be taken down, to be shown again."""

    id: uuid.UUID
    do: str
    form: SayForm
    meanwhile: bool = False


@bp.route("", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    """Open the tracking page by the code that was read out on the phone."""
    form, too_often = ReferralCodeForm(), False
    if form.validate_on_submit():
        token, too_often = _token_of(form.code.data or "")
        if token:
            return redirect(url_for("referral_tracking.track", token=token))
        if not too_often:
            form.code.errors = [
                _("No request has this code. Look at it again, or ask for another.")
            ]
    page = render_template("referrals/code.html", form=form, too_often=too_often)
    return page, 429 if too_often else 400 if form.errors else 200


@bp.get("/<string(maxlength=64):token>")
@public
def track(token: str) -> ResponseReturnValue:
    """Show how a request stands."""
    return _page(token)


@bp.post("/<string(maxlength=64):token>/<uuid:id_>")
@public
def say(token: str, id_: uuid.UUID) -> ResponseReturnValue:
    """Take down what the company says: an answer, a note, or how it went on."""
    do = request.form.get("do", "")
    if do not in (*MOVES, NOTE):
        abort(400)
    form = _form_of(do)
    if not form.validate_on_submit():
        return _page(token, said=Said(id_, do, form))
    db.session.rollback()
    try:
        with write_unit():
            episode = _episode(token)
            if episode is None:
                db.session.rollback()
                return _over()
            referral = _own(episode, id_)
            if do == NOTE:
                _add_note(referral, form.text.data)
            else:
                facts, words = _brought(form)
                act(id_, MOVES[do], by=OWNER, facts=facts, personal=words, seen=form.seen.data)
            db.session.commit()
    except (RefusedMoveError, ChangedMeanwhileError):
        db.session.rollback()
        return _page(token, said=Said(id_, do, form, meanwhile=True))
    return redirect(
        url_for("referral_tracking.track", token=token, done=do, _anchor=f"referral-{id_}")
    )


@bp.route("/<string(maxlength=64):token>/<uuid:id_>/withdraw", methods=["GET", "POST"])
@public
def withdraw(token: str, id_: uuid.UUID) -> ResponseReturnValue:
    """Ask once more, then take a referral back."""
    if request.method == "GET":
        episode = _episode(token)
        if episode is None:
            return _over()
        referral = _own(episode, id_)
        may = Status.WITHDRAWN in targets(Status(referral.status), Role.OWNER)
        return render_template("referrals/withdraw.html", referral=referral, token=token, may=may)
    db.session.rollback()
    try:
        with write_unit():
            episode = _episode(token)
            if episode is None:
                db.session.rollback()
                return _over()
            if _own(episode, id_).status != Status.WITHDRAWN:  # pressed twice is once
                act(id_, Status.WITHDRAWN, by=OWNER)
            db.session.commit()
    except RefusedMoveError:
        db.session.rollback()
        return _page(token, said=Said(id_, "withdraw", SayForm(), meanwhile=True))
    return redirect(
        url_for("referral_tracking.track", token=token, done="withdrawn", _anchor=f"referral-{id_}")
    )


@bp.route("/<string(maxlength=64):token>/delete", methods=["GET", "POST"])
@public
def delete(token: str) -> ResponseReturnValue:
    """Ask once more, then empty everything that names the company."""
    if request.method == "GET":
        episode = _episode(token)
        return (
            render_template("referrals/delete.html", episode=episode, token=token)
            if episode
            else _over()
        )
    now = clock.now()
    db.session.rollback()
    with write_unit():
        episode = _episode(token)
        if episode is None:
            db.session.rollback()
            return _over()
        for referral in episode.referrals:
            if Status.WITHDRAWN in targets(Status(referral.status), Role.OWNER):
                act(referral.id, Status.WITHDRAWN, by=OWNER)
        erase(episode, by=OWNER, now=now)
        revoke_links(episode, now=now, purposes=(CONFIRM, CONSENT, TRACK, ANSWER, FOLLOW_UP))
        db.session.commit()
    return redirect(url_for("referral_tracking.deleted"))


@bp.get("/deleted")
@public
def deleted() -> ResponseReturnValue:
    """Say that the data is gone, and what stays."""
    return render_template("referrals/deleted.html")


def _page(token: str, said: Said | None = None) -> ResponseReturnValue:
    episode = _episode(token)
    if episode is None:
        return _over()
    if said is not None:
        _own(episode, said.id)
    page = render_template(
        "referrals/track.html",
        episode=episode,
        details=episode.details,
        tracks=tracks_of(episode, settings(), clock.now()),
        need_in_words=need_in_words,
        reasons=ReasonForm(formdata=None).reason.choices,
        said=said,
        done=request.args.get("done", ""),
        today=_today(),
        token=token,
    )
    return page, 200 if said is None else 409 if said.meanwhile else 400


def _episode(token: str) -> Episode | None:
    link = open_link(token, purpose=TRACK, now=clock.now())
    return link.episode if link and not link.episode.details.erased_at else None


def _own(episode: Episode, id_: uuid.UUID) -> Referral:
    """Return a referral of this request; 404 for another company's."""
    return next((one for one in episode.referrals if one.id == id_), None) or abort(404)


def _today() -> date:
    """Return the day of the offices, which a moment at night may not be elsewhere."""
    return calendar_of(settings()).day_of(clock.now())


def _form_of(do: str) -> Any:
    if do == "contact":
        return DayForm(today=_today())
    return WordsForm() if do in ("answer", NOTE) else ReasonForm()


def _brought(form: Any) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the facts and the words that a form brings to its move."""
    if isinstance(form, DayForm):
        return {"contact_on": str(form.day.data)}, {}
    if isinstance(form, ReasonForm):
        return {"reason": form.reason.data}, {}
    return {}, {"answer": form.text.data}


def _add_note(referral: Referral, text: str) -> None:
    """Add a note that company and program both read."""
    locked(referral.id)
    event = append(
        referral,
        kind=NOTE_EVENT,
        action=SHARED,
        role=Role.OWNER,
        now=clock.now(),
        personal={"note": text},
    )
    tell(referral, event)


def _token_of(code: str) -> tuple[str, bool]:
    """Return a token for what a code opens, blank for none, and whether it was tried too often."""
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    counted = [
        (short_codes.TRIES_FROM_ONE, subject_of(request.remote_addr or "")),
        (short_codes.TRIES_IN_ALL, subject_of("all")),
    ]
    db.session.rollback()
    with write_unit():
        if any(limits.is_over(limit, subject, now) for limit, subject in counted):
            db.session.rollback()
            return "", True
        episode = short_codes.episode_of(code, key=key, now=now)
        if episode is None or episode.details.erased_at:
            for limit, subject in counted:
                limits.count(limit, subject, now)
            db.session.commit()
            return "", False
        token = make_link(episode, TRACK, now=now)
        db.session.commit()
    return token, False


def _over() -> ResponseReturnValue:
    return render_template("referrals/link_over.html"), 410
