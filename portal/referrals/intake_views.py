"""What a navigator reads out to a company, and writes down of its consent, program by program."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.directory.models import Service
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.referrals import navigating, navigator_page
from portal.referrals import queries_navigator as queries
from portal.referrals.addressees import addressees_of, consent_to
from portal.referrals.consent import Consent
from portal.referrals.models import INTRODUCTION, Referral
from portal.referrals.moving import ChangedMeanwhileError, last_move, locked
from portal.referrals.navigator_views import CODE
from portal.referrals.queries_next_best import program_named
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import Status

bp = Blueprint("referral_intake", __name__, url_prefix="/staff/navigator")
bp.after_request(keep_private)

YES, NO = "yes", "no"


@bp.get("/<string(length=9):reference>/consent")
@requires(Permission.REFERRAL_NAVIGATE)
def read_out(reference: str) -> ResponseReturnValue:
    """Show the text to read out for each program that the company asked."""
    return _consent_page(_phone_request(reference))


@bp.post("/<string(length=9):reference>/consent")
@requires(Permission.REFERRAL_NAVIGATE)
def spoken_consent(reference: str) -> ResponseReturnValue:
    """Write down what the company said to each text, and make its code."""
    actor_id = g.actor.id
    db.session.rollback()
    try:
        with write_unit():
            referral = _phone_request(reference)
            drafts = queries.phone_drafts(referral)
            answers = {}
            for draft in drafts:
                said = request.form.get(f"said-{draft.reference}", "")
                if said not in (YES, NO):
                    db.session.rollback()
                    return _consent_page(_phone_request(reference), is_missing=True)
                if request.form.get(f"mark-{draft.reference}") != _consent(draft).mark:
                    raise ChangedMeanwhileError  # another text was read out
                answers[draft] = said == YES, _number(f"seen-{draft.reference}")
            code = navigating.take_spoken_consent(answers, account_id=actor_id)
            db.session.commit()
    except (ChangedMeanwhileError, RefusedMoveError):
        db.session.rollback()
        found = queries.visible(reference) or abort(404)
        return navigator_page.page(found, meanwhile=True)
    if not code:
        return redirect(url_for("referral_navigator.queue", done=reference))
    session[CODE] = code
    return redirect(url_for("referral_navigator.show_code"))


@bp.get("/<string(length=9):reference>/next")
@requires(Permission.REFERRAL_NAVIGATE)
def next_program(reference: str) -> ResponseReturnValue:
    """Show another program, and how the company can agree to it."""
    referral = _to_pass_on(reference)
    text = request.args.get("other", "").strip() or request.args.get("program", "")
    service = program_named(text)
    if service is None:
        return navigator_page.page(referral, status=400, no_program=text)
    return _next_page(referral, service)


@bp.post("/<string(length=9):reference>/next")
@requires(Permission.REFERRAL_NAVIGATE)
def pass_on(reference: str) -> ResponseReturnValue:
    """Send the request on to another program, once the company agrees."""
    actor_id, way = g.actor.id, request.form.get("way", "")
    seen = _number("seen")
    db.session.rollback()
    try:
        with write_unit():
            referral = locked(_to_pass_on(reference).id) or abort(404)
            service = program_named(request.form.get("program", "")) or abort(400)
            by_link, by_phone = ways_of(referral)
            if not (by_phone if way == "spoken" else by_link):
                abort(400)
            consent = _consent_of(service, referral)
            if way == "spoken" and request.form.get("mark") != consent.mark:
                raise ChangedMeanwhileError
            navigating.pass_on(
                referral,
                service,
                consent if way == "spoken" else None,
                account_id=actor_id,
                seen=seen,
            )
            db.session.commit()
    except (ChangedMeanwhileError, RefusedMoveError):
        db.session.rollback()
        found = queries.visible(reference) or abort(404)
        return navigator_page.page(found, meanwhile=True)
    return redirect(url_for("referral_navigator.queue", done=reference))


def ways_of(referral: Referral) -> tuple[bool, bool]:
    """Return whether a company can agree by a link, and whether on the phone."""
    details = referral.episode.details
    return bool(details.email), bool(details.phone) and queries.is_covered(referral)


def _consent_page(referral: Referral, *, is_missing: bool = False) -> ResponseReturnValue:
    drafts = queries.phone_drafts(referral)
    page = render_template(
        "referrals/navigator_consent.html",
        referral=referral,
        details=referral.episode.details,
        drafts=[(draft, _consent(draft), last_move(draft)) for draft in drafts],
        is_missing=is_missing,
        chosen={d.reference: request.form.get(f"said-{d.reference}", "") for d in drafts},
    )
    return page, 400 if is_missing else 200


def _next_page(referral: Referral, service: Service) -> ResponseReturnValue:
    by_link, by_phone = ways_of(referral)
    return render_template(
        "referrals/navigator_next.html",
        referral=referral,
        service=service,
        consent=_consent_of(service, referral),
        details=referral.episode.details if queries.is_covered(referral) else None,
        by_link=by_link,
        by_phone=by_phone,
        seen=last_move(referral),
    )


def _phone_request(reference: str) -> Referral:
    found = queries.visible(reference)
    if found is None or found.status != Status.DRAFT:
        abort(404)
    return found


def _to_pass_on(reference: str) -> Referral:
    found = queries.visible(reference)
    if found is None or not navigator_page.may_pass_on(found):
        abort(404)
    return found


def _consent(draft: Referral) -> Consent:
    return consent_to(draft)


def _consent_of(service: Service, referral: Referral) -> Consent:
    introduces = referral.episode.kind == INTRODUCTION
    return addressees_of([service], settings(), clock.now(), introduces=introduces)[0].consent


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
