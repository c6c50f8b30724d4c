"""The navigator's queue and the page of one request; anything else answers 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import navigating, navigator_page
from portal.referrals import queries_navigator as queries
from portal.referrals.models import Referral
from portal.referrals.moving import ChangedMeanwhileError, locked
from portal.referrals.navigator_forms import AnswerForm, NoteForm, SaidForm, UnmetForm
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Status

bp = Blueprint("referral_navigator", __name__, url_prefix="/staff/navigator")
bp.after_request(keep_private)

SHOWN = 50  # a queue is worked off from its top
CODE = "referral-code"  # in the navigator's own cookie until it was shown once


@bp.get("")
@requires(Permission.REFERRAL_NAVIGATE)
def queue() -> ResponseReturnValue:
    """Show what waits for a navigator, the longest due first."""
    lines = navigator_page.queue_lines()
    return render_template(
        "referrals/navigator_queue.html",
        lines=lines[:SHOWN],
        total=len(lines),
        done=request.args.get("done", ""),
    )


@bp.get("/<string(length=9):reference>")
@requires(Permission.REFERRAL_NAVIGATE)
def request_page(reference: str) -> ResponseReturnValue:
    """Show one request: whom to call, what to ask, what has happened."""
    return navigator_page.page(_visible(reference))


@bp.post("/<string(length=9):reference>/said")
@requires(Permission.REFERRAL_NAVIGATE)
def said(reference: str) -> ResponseReturnValue:
    """Write down what the program said."""
    referral = _visible(reference)
    form = SaidForm(status=Status(referral.status))
    if not form.validate_on_submit():
        return navigator_page.page(referral, status=400, said=form)
    actor_id, target = g.actor.id, Status(form.target.data)
    facts, words = form.facts, form.words
    return _written(
        reference,
        lambda found: navigating.program_said(
            found,
            target,
            account_id=actor_id,
            facts=facts,
            words=words,
            seen=form.seen_number,
        ),
        said=form,
    )


@bp.post("/<string(length=9):reference>/answer")
@requires(Permission.REFERRAL_NAVIGATE)
def answer(reference: str) -> ResponseReturnValue:
    """Write down what the company answered to the program's question."""
    referral, form, actor_id = _visible(reference), AnswerForm(), g.actor.id
    if not queries.is_covered(referral):
        abort(404)
    if not form.validate_on_submit():
        return navigator_page.page(referral, status=400, answer=form)
    return _written(
        reference,
        lambda found: navigating.company_said(
            found, form.answer.data or "", account_id=actor_id, seen=form.seen_number
        ),
        answer=form,
    )


@bp.post("/<string(length=9):reference>/unmet")
@requires(Permission.REFERRAL_NAVIGATE)
def unmet(reference: str) -> ResponseReturnValue:
    """Write down why no program was found."""
    referral, form, actor_id = _visible(reference), UnmetForm(), g.actor.id
    if not form.validate_on_submit():
        return navigator_page.page(referral, status=400, unmet=form)
    return _written(
        reference,
        lambda found: navigating.say_unmet(
            found, form.unmet.data, account_id=actor_id, seen=form.seen_number
        ),
        unmet=form,
    )


@bp.post("/<string(length=9):reference>/note")
@requires(Permission.REFERRAL_NAVIGATE)
def note(reference: str) -> ResponseReturnValue:
    """Add a note."""
    referral, form, actor_id = _visible(reference), NoteForm(), g.actor.id
    if not form.validate_on_submit():
        return navigator_page.page(referral, status=400, note=form)
    return _written(
        reference,
        lambda found: navigating.add_note(found, form.note.data or "", account_id=actor_id),
        note=form,
    )


@bp.get("/code")
@requires(Permission.REFERRAL_NAVIGATE)
def show_code() -> ResponseReturnValue:
    """Show the code that is read out to a company, once."""
    code = session.pop(CODE, "")
    if not code:
        return redirect(url_for("referral_navigator.queue"))
    return render_template("referrals/navigator_code.html", code=f"{code[:4]}-{code[4:]}")


def _written(
    reference: str, write: Callable[[Referral], object], **forms: Any
) -> ResponseReturnValue:
    """Write in one transaction and go back to the queue, or say what has happened meanwhile."""
    db.session.rollback()
    try:
        with write_unit():
            write(locked(_visible(reference).id) or abort(404))
            db.session.commit()
    except (ChangedMeanwhileError, RefusedMoveError):
        db.session.rollback()
        return navigator_page.page(_visible(reference), meanwhile=True, **forms)
    if "note" in forms:
        return redirect(url_for("referral_navigator.request_page", reference=reference))
    return redirect(url_for("referral_navigator.queue", done=reference))


def _visible(reference: str) -> Referral:
    """Return a request that navigators may open; 404 for any other."""
    return queries.visible(reference) or abort(404)
