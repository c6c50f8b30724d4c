"""Answers from a mailed link, without an account: accept, ask, decline. A GET changes nothing.

The page shows need, place and size. Who asks is shown after signing in, or after a code that goes
to the same address, so that a letter that was passed on tells no name.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import db
from portal.mail.operations import queue_message
from portal.permissions import public
from portal.referrals import answering, queries_page
from portal.referrals.about_words import about
from portal.referrals.answer_forms import CodeForm
from portal.referrals.answer_words import MOVES, done_words, fact_words, part_words
from portal.referrals.answering import Answer, last_seen
from portal.referrals.calendars import calendar_of
from portal.referrals.clock_words import late_days, late_words, move_words
from portal.referrals.contact_codes import TooManyError, Tried, new_code, try_code
from portal.referrals.handing_off import AlreadyAskedError
from portal.referrals.models import MOVE, Link, Referral
from portal.referrals.move_forms import FORMS, MoveForm, SuggestingForm
from portal.referrals.moving import ChangedMeanwhileError, Mover, locked
from portal.referrals.offered import BY_LINK, offered
from portal.referrals.operations import open_link
from portal.referrals.program_letters import code_letter
from portal.referrals.receiving import answerers_of, asks_navigator
from portal.referrals.redacting import redacted
from portal.referrals.request_page import seen_number, today
from portal.referrals.standing import PROGRAM, RefusedMoveError
from portal.referrals.states import Role, Status
from portal.referrals.suggested_programs import Suggestions, label_of
from portal.referrals.wording import STATUS

bp = Blueprint("referral_answers", __name__, url_prefix="/answer/<string(maxlength=64):token>")
bp.after_request(keep_private)
_MOVES = ", ".join(f"'{str(target).replace('_', '-')}'" for target in BY_LINK)


@bp.get("")
@public
def show(token: str) -> ResponseReturnValue:
    """Show a request, without who asks, to whoever was told of it."""
    found = _opened(token)
    return _page(token, found) if found else _over()


@bp.post(f"/<any({_MOVES}):move>")
@public
def make_move(token: str, move: str) -> ResponseReturnValue:
    """Accept, ask or decline."""
    found = _opened(token)
    if found is None:
        return _over()
    referral, target, seen = found, Status(move.replace("-", "_")), seen_number()
    form = _form(referral, target, is_sent=True)
    if target not in _offered(referral):
        return _conflict(token, target, form, seen)
    if not form.validate_on_submit():
        return _page(token, referral, sent={target: form}), 400
    suggested = (
        Suggestions(referral).named(form.suggested) if isinstance(form, SuggestingForm) else None
    )
    given = Answer(target, form.facts, form.words, suggested)
    db.session.rollback()
    try:
        with write_unit():
            still = _opened(token)
            if still is None:
                raise ChangedMeanwhileError
            answering.answer(still.id, given, by=Mover(Role.PROGRAM), seen=seen)
            db.session.commit()
    except (RefusedMoveError, ChangedMeanwhileError, AlreadyAskedError):
        db.session.rollback()
        return _conflict(token, target, form, seen)
    return redirect(url_for("referral_answers.show", token=token, done=move))


@bp.post("/code")
@public
def send_code(token: str) -> ResponseReturnValue:
    """Send a code to the address that the link was sent to."""
    now, key = clock.now(), current_app.config["SECRET_KEY"]
    db.session.rollback()
    with write_unit():
        link = _link(token)
        if link is None:
            db.session.rollback()
            return _over()
        try:
            code = new_code(link, key=key, now=now)
        except TooManyError:
            db.session.rollback()
            return redirect(url_for("referral_answers.show", token=token, code="often"))
        letter = code_letter(link, code, token=token, settings=settings())
        queue_message(letter, to=link.email, key=key, now=now)
        db.session.commit()
    return redirect(url_for("referral_answers.show", token=token, code="sent", _anchor="who"))


@bp.post("/contact")
@public
def show_contact(token: str) -> ResponseReturnValue:
    """Show who asks to whoever types the code."""
    form = CodeForm(prefix="code-")
    if not form.validate_on_submit():
        found = _opened(token)
        return (_page(token, found, code_form=form), 400) if found else _over()
    db.session.rollback()
    with write_unit():
        link = _link(token)
        referral = locked(link.referral_id) if link and link.referral_id else None
        if link is None or referral is None:
            db.session.rollback()
            return _over()
        key = current_app.config["SECRET_KEY"]
        tried = try_code(link, referral, form.code.data or "", key=key, now=clock.now())
        db.session.commit()
    found = _opened(token)
    if found is None:
        return _over()
    if tried is Tried.RIGHT:
        return _page(token, found, shows_contact=True)
    return _page(token, found, code_form=form, tried=tried.name.lower()), 400


def _link(token: str) -> Link | None:
    """Return a link to answer whose address still belongs to somebody who may answer."""
    link = open_link(token, purpose="answer", now=clock.now())
    if link is None or link.referral is None or link.referral.sent_at is None:
        return None
    may_answer = any(person.email == link.email for person in answerers_of(link.referral))
    return link if may_answer else None


def _opened(token: str) -> Referral | None:
    link = _link(token)
    return link.referral if link else None


def _over() -> ResponseReturnValue:
    return render_template("referrals/answer_over.html"), 410


def _conflict(token: str, target: Status, form: MoveForm, seen: int) -> ResponseReturnValue:
    """Say what happened meanwhile, and keep what was typed."""
    fresh = _opened(token)
    if fresh is None:
        return _over()
    return _page(token, fresh, conflict_since=seen, sent={target: form}), 409


def _offered(referral: Referral) -> list[Status]:
    now = offered(referral.standing, now=clock.now())
    return [target for target in BY_LINK if target in now]


def _form(referral: Referral, target: Status, *, is_sent: bool = False, name: str = "") -> MoveForm:
    kind, suggestions = FORMS[target], Suggestions(referral)
    options: dict[str, Any] = {"today": today(), "prefix": f"{target}-"}
    if issubclass(kind, SuggestingForm):
        options |= {"best": suggestions.best, "fault_of": suggestions.fault_of}
    if is_sent:
        return kind(**options)
    data = {"contact_name": name} if target is Status.ACCEPTED else None
    return kind(formdata=None, data=data, **options)


def _name_of(token: str, referral: Referral) -> str:
    """Return the name of whoever has a link, to contact the company; a navigator does not."""
    link = _link(token)
    if link is None or asks_navigator(referral):
        return ""
    people = answerers_of(referral)
    return next((person.name for person in people if person.email == link.email), "")


def _page(
    token: str,
    referral: Referral,
    *,
    sent: dict[Status, MoveForm] | None = None,
    conflict_since: int | None = None,
    code_form: CodeForm | None = None,
    tried: str = "",
    shows_contact: bool = False,
) -> str:
    now, calendar, sent = clock.now(), calendar_of(settings()), sent or {}
    late = late_days(referral.due_at, now=now, calendar=calendar)
    moves, name = _offered(referral), _name_of(token, referral)
    details = referral.episode.details
    names = (details.name, details.company, *details.name.split())
    told = [
        (one, done_words(one), part_words(one), fact_words(one))
        for one in queries_page.happenings(referral.id)
        if one.kind == MOVE
        and not one.is_internal
        and referral.sent_at
        and referral.sent_at <= one.at
    ]
    for one, *_rest in told:
        one.words.update({name: redacted(text, names) for name, text in one.words.items()})
    return render_template(
        "referrals/answer.html",
        token=token,
        referral=referral,
        about=about(referral.episode),
        details=details if shows_contact else None,
        status=STATUS[Status(referral.status)],
        turn=move_words(referral.standing, now=now, calendar=calendar),
        late=late_words(late) if referral.mover == PROGRAM and late is not None else "",
        seen=last_seen(referral.id),
        moves=[
            (
                target,
                *MOVES[target],
                sent.get(target) or _form(referral, target, name=name),
                target in sent,
            )
            for target in moves
        ],
        told=told,
        meanwhile=[
            row
            for row in told
            if conflict_since is not None
            and row[0].number > conflict_since
            and not row[0].is_receipt
        ],
        is_conflict=conflict_since is not None,
        typed=[row for target, form in sent.items() if target not in moves for row in form.typed()],
        program_names=[label_of(service) for service in Suggestions(referral).services]
        if Status.DECLINED in moves
        else [],
        code_form=code_form or CodeForm(formdata=None, prefix="code-"),
        code=request.args.get("code", ""),
        tried=tried,
        done=request.args.get("done", ""),
    )
