"""Managers: requests that looked suspicious and wait for a person's eye; one click lets them go."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import asking
from portal.referrals.held_forms import KeepForm
from portal.referrals.models import Episode
from portal.referrals.queries_asking import held_episodes
from portal.referrals.wording import SIGNAL, need_in_words

bp = Blueprint("referral_held", __name__, url_prefix="/manage/held-requests")
bp.after_request(keep_private)


@bp.get("")
@requires(Permission.REFERRAL_MANAGE)
def held_requests() -> ResponseReturnValue:
    """Show what is held and why, the oldest first; who asked is not shown."""
    return _page()


@bp.post("/<uuid:id_>/release")
@requires(Permission.REFERRAL_MANAGE)
def release(id_: uuid.UUID) -> ResponseReturnValue:
    """Let a request go its way: the company is asked to confirm it."""
    actor_id = g.actor.id
    db.session.rollback()
    with write_unit():
        episode = _held(id_)
        if episode is None:  # somebody was quicker
            db.session.rollback()
            return redirect(url_for("referral_held.held_requests", notice="decided"))
        asking.release(episode, by=db.session.get_one(Account, actor_id))
        db.session.commit()
    return redirect(url_for("referral_held.held_requests", notice="released"))


@bp.post("/<uuid:id_>/keep")
@requires(Permission.REFERRAL_MANAGE)
def keep(id_: uuid.UUID) -> ResponseReturnValue:
    """Keep a request held, with a reason."""
    actor_id, form = g.actor.id, KeepForm()
    if not form.validate_on_submit():
        return _page(keeping=id_, form=form), 400
    db.session.rollback()
    with write_unit():
        episode = _held(id_)
        if episode is None:
            db.session.rollback()
            return redirect(url_for("referral_held.held_requests", notice="decided"))
        asking.keep_held(episode, why=form.why.data or "", by=db.session.get_one(Account, actor_id))
        db.session.commit()
    return redirect(url_for("referral_held.held_requests", notice="kept"))


def _page(keeping: uuid.UUID | None = None, form: KeepForm | None = None) -> str:
    found = held_episodes()
    return render_template(
        "referrals/held.html",
        waiting=[one for one in found if asking.KEPT not in one.held_for.split("|")],
        kept=[one for one in found if asking.KEPT in one.held_for.split("|")],
        signals=SIGNAL,
        need_in_words=need_in_words,
        keeping=keeping,
        form=form or KeepForm(formdata=None),
        notice=request.args.get("notice", ""),
        today=clock.today(),
    )


def _held(id_: uuid.UUID) -> Episode | None:
    """Return a request that is held; None: it was released. 404: there never was one."""
    episode = db.session.get(Episode, id_)
    if episode is None or episode.held_at is None:
        abort(404)
    return None if episode.released_at else episode
