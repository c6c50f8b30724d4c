"""The page of one request for those who answer it; each move is a form that needs no script.

Opening the page changes nothing. That a new request was opened is noted by a small POST of the
page's script; without it the first answer says as much.
"""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import answering, queries_page
from portal.referrals.answer_forms import NoteForm
from portal.referrals.answering import Answer
from portal.referrals.handing_off import AlreadyAskedError
from portal.referrals.models import Referral
from portal.referrals.move_forms import FORMS, MoveForm, SuggestingForm
from portal.referrals.moving import ChangedMeanwhileError, Mover, locked
from portal.referrals.request_page import REPLY_FIELDS, RequestPage, request_or_404, seen_number
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Role, Status

bp = Blueprint("referral_page", __name__, url_prefix="/staff/requests/<string(length=9):reference>")
bp.after_request(keep_private)
_MOVES = ", ".join(f"'{str(target).replace('_', '-')}'" for target in FORMS)


@bp.get("")
@requires(Permission.REFERRAL_ANSWER)
def show(reference: str) -> ResponseReturnValue:
    """Show a request to those who answer it."""
    return RequestPage(request_or_404(reference), g.actor).render()


@bp.post("/receipt")
@requires(Permission.REFERRAL_ANSWER)
def receive(reference: str) -> ResponseReturnValue:
    """Note that the program has opened a request; it is no answer."""
    id_, actor_id = request_or_404(reference).id, g.actor.id
    db.session.rollback()
    with write_unit():
        answering.receive(id_, by=Mover(Role.PROGRAM, actor_id))
        db.session.commit()
    return "", 204


@bp.post(f"/<any({_MOVES}):move>")
@requires(Permission.REFERRAL_ANSWER)
def make_move(reference: str, move: str) -> ResponseReturnValue:
    """Answer a request, or say how it went on."""
    target = Status(move.replace("-", "_"))
    page = RequestPage(request_or_404(reference), g.actor)
    form = page.form_of(target, is_sent=True)
    if request.form.get("do") == "insert":
        _insert_reply(page.referral, target, form)
        return page.render(sent={target: form})
    seen = seen_number()
    if target not in page.offered:
        return _conflict(page, target, form, seen)
    if not form.validate_on_submit():
        return page.render(sent={target: form}), 400
    suggested = page.suggestions.named(form.suggested) if isinstance(form, SuggestingForm) else None
    given = Answer(target, form.facts, form.words, suggested)
    id_, actor_id = page.referral.id, g.actor.id
    role = Role.CREATOR if target is Status.ENTERED_IN_ERROR else Role.PROGRAM
    db.session.rollback()
    try:
        with write_unit():
            answering.answer(id_, given, by=Mover(role, actor_id), seen=seen)
            db.session.commit()
    except (RefusedMoveError, ChangedMeanwhileError, AlreadyAskedError):
        db.session.rollback()
        fresh = RequestPage(request_or_404(reference), g.actor)
        return _conflict(fresh, target, form, seen)
    return redirect(url_for("referral_page.show", reference=reference, done=move))


@bp.post("/notes")
@requires(Permission.REFERRAL_ANSWER)
def add_note(reference: str) -> ResponseReturnValue:
    """Keep a note, for colleagues alone or for the company, too."""
    referral = request_or_404(reference)
    form = NoteForm(prefix="note-")
    if not form.validate_on_submit():
        return RequestPage(referral, g.actor).render(note_form=form), 400
    id_, actor_id = referral.id, g.actor.id
    db.session.rollback()
    with write_unit():
        answering.note(
            locked(id_) or abort(404),
            form.text.data or "",
            is_shared=form.is_shared.data,
            by=Mover(Role.PROGRAM, actor_id),
            now=clock.now(),
        )
        db.session.commit()
    return redirect(url_for("referral_page.show", reference=reference, done="note"))


@bp.post("/assignee")
@requires(Permission.REFERRAL_ANSWER)
def assign(reference: str) -> ResponseReturnValue:
    """Say who looks after a request."""
    page = RequestPage(request_or_404(reference), g.actor)
    form = page.assign_form(is_sent=True)
    if not form.validate_on_submit():
        return page.render(assign_form=form), 400
    id_, actor_id, chosen = page.referral.id, g.actor.id, form.assignee.data
    db.session.rollback()
    try:
        with write_unit():
            answering.assign(
                locked(id_) or abort(404),
                db.session.get(Account, uuid.UUID(chosen)) if chosen else None,
                by=Mover(Role.PROGRAM, actor_id),
                was=request.form.get("was", ""),
                now=clock.now(),
            )
            db.session.commit()
    except ChangedMeanwhileError:
        db.session.rollback()
        fresh = RequestPage(request_or_404(reference), g.actor)
        return fresh.render(assign_form=form, conflict_since=seen_number()), 409
    return redirect(url_for("referral_page.show", reference=reference, done="assignee"))


def _insert_reply(referral: Referral, target: Status, form: MoveForm) -> None:
    """Put a saved reply beneath what was typed; whoever asked for it looks at it and sends it."""
    chosen = request.form.get("reply", "")
    reply = next(
        (
            one
            for one in queries_page.saved_replies(referral.organization_id)
            if str(one.id) == chosen
        ),
        None,
    )
    name = REPLY_FIELDS.get(target)
    if reply is not None and name is not None:
        field = form[name]
        field.data = "\n\n".join(filter(None, (field.data, reply.text)))


def _conflict(page: RequestPage, target: Status, form: MoveForm, seen: int) -> tuple[str, int]:
    """Say what happened meanwhile, and keep what was typed."""
    if target in page.offered:
        return page.render(sent={target: form}, conflict_since=seen), 409
    return page.render(conflict_since=seen, typed=form.typed()), 409
