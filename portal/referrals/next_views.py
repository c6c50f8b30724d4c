"""The page on which a company asks the next programs, from its own link. A GET changes nothing."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import public
from portal.referrals.addressees import addressees_of
from portal.referrals.addresses import tracking_path
from portal.referrals.asking_next import ask_next
from portal.referrals.models import INTRODUCTION, TRACK, Episode, Referral
from portal.referrals.moving import OWNER, locked
from portal.referrals.next_programs import NextProgram, may_ask_next, next_best
from portal.referrals.operations import open_link

bp = Blueprint("referral_next", __name__, url_prefix="/referrals")
bp.after_request(keep_private)
bp.add_app_template_global(next_best, "next_best")
bp.add_app_template_global(may_ask_next, "may_ask_next")


@bp.get("/<string(maxlength=64):token>/next/<uuid:id_>")
@public
def choose(token: str, id_: uuid.UUID) -> ResponseReturnValue:
    """Show the next best programs, and what would be agreed to for each."""
    referral = _own(token, id_)
    if referral is None:
        return render_template("referrals/next_over.html"), 410
    return _page(token, referral)


@bp.post("/<string(maxlength=64):token>/next/<uuid:id_>")
@public
def ask(token: str, id_: uuid.UUID) -> ResponseReturnValue:
    """Send the request to the programs that were ticked."""
    ticked = set(request.form.getlist("program"))
    db.session.rollback()
    with write_unit():
        referral = _own(token, id_)
        if referral is None:
            db.session.rollback()
            return render_template("referrals/next_over.html"), 410
        parent = locked(referral.id) or abort(404)
        offered = addressees_of(
            [program.service for program in next_best(parent)],
            settings(),
            clock.now(),
            introduces=parent.episode.kind == INTRODUCTION,
        )
        agreed = {one.service: one.consent for one in offered if one.consent.mark in ticked}
        if not agreed:
            db.session.rollback()
            # Pressed twice: what was ticked is asked already, and the page shows how it stands.
            if ticked and not offered:
                return redirect(tracking_path(token))
            return _page(token, _own(token, id_) or abort(404), is_missing=True)
        ask_next(parent, agreed, by=OWNER)
        db.session.commit()
    return redirect(tracking_path(token))


def _page(token: str, referral: Referral, *, is_missing: bool = False) -> ResponseReturnValue:
    programs = next_best(referral)
    readers = addressees_of(
        [program.service for program in programs],
        settings(),
        clock.now(),
        introduces=referral.episode.kind == INTRODUCTION,
    )
    offered: list[tuple[NextProgram, object]] = list(zip(programs, readers, strict=True))
    page = render_template(
        "referrals/next.html",
        referral=referral,
        offered=offered,
        may=may_ask_next(referral),
        is_missing=is_missing,
        send_url=url_for("referral_next.ask", token=token, id_=referral.id),
        back_url=tracking_path(token),
    )
    return page, 400 if is_missing else 200


def _own(token: str, id_: uuid.UUID) -> Referral | None:
    """Return a referral of the link's request; None when the link is over."""
    link = open_link(token, purpose=TRACK, now=clock.now())
    if link is None or link.episode.details.erased_at is not None:
        return None
    episode: Episode = link.episode
    return next((one for one in episode.referrals if one.id == id_), None) or abort(404)
