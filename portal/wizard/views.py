"""The wizard: one question a page, then the plan; the address is the whole state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal import clock, typeset
from portal.database import write_unit
from portal.directory.fallback import fallback_contact, settings_with_contact
from portal.extensions import db
from portal.permissions import public
from portal.security import is_a_visit
from portal.wizard import operations
from portal.wizard.answers import FIELDS, STEPS, parameters
from portal.wizard.coverage import coverage_of
from portal.wizard.current import current_needs
from portal.wizard.demand import Hole, holes_of
from portal.wizard.forms import EmailForm
from portal.wizard.index import wizard_index
from portal.wizard.inquiry import (
    Inquiry,
    inquire,
    next_url,
    results_url,
    step_url,
)
from portal.wizard.letter import letter_of
from portal.wizard.matching import Match
from portal.wizard.pace import plan_pace
from portal.wizard.paper import document_of, lead_of, verdicts_in_words
from portal.wizard.plan_page import Plan, answer_rows, plan_of, situation_of
from portal.wizard.question_page import (
    back_url,
    carried,
    choices,
    first_ids,
    may_be_tidied,
    notices_of,
    onward_url,
)
from portal.wizard.questions import QUESTIONS
from portal.wizard.reasons import criteria_of
from portal.wizard.wording import plan_title

log = structlog.get_logger()

bp = Blueprint("wizard", __name__, url_prefix="/find")

PLAN_SENT = "plan-sent"  # in the session: a plan is on its way, which is said once
RECORDING_PATIENCE_MS = 100
SENT = "go"  # a question's page was sent, not only opened


@bp.after_request
def keep_private(response: Response) -> Response:
    """Keep answers about a company out of other people's caches and of search engines."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@public
def find() -> ResponseReturnValue:
    """Go to the first question that is still to be asked."""
    return redirect(next_url(inquire(request.args)))


@bp.get("/<any(need, company, place, industry, means):step>")
@public
def step(step: str) -> ResponseReturnValue:
    """Ask one question, or take its answer and go on."""
    inquiry = inquire(request.args)
    problems = inquiry.reading.of_step(step)
    was_sent = SENT in request.args
    if step not in inquiry.path.steps and not problems:
        return redirect(next_url(inquiry))
    if was_sent and not problems and inquiry.answers.has(step):
        return redirect(onward_url(inquiry, step))
    if not was_sent and may_be_tidied(inquiry, request.args):
        return redirect(step_url(step, inquiry.answers))
    nothing_chosen = was_sent and not problems
    offered = choices(step, inquiry)
    return render_template(
        f"wizard/{step}.html",
        inquiry=inquiry,
        question=QUESTIONS[step],
        answers=inquiry.answers,
        typed=inquiry.reading.typed,
        errors=[str(QUESTIONS[step].nothing_chosen)] if nothing_chosen else [],
        problems=problems,
        notices=notices_of(inquiry, request.args, step),
        rows=[row for row in answer_rows(inquiry) if row.step != step],
        carried=carried(inquiry, step),
        number=inquiry.path.number_of(step) if step in inquiry.path.steps else 1,
        about=len(inquiry.path.steps),
        plan_url=results_url(inquiry.answers) if inquiry.has_a_plan else None,
        back_url=back_url(inquiry, step),
        first_ids=first_ids(offered),
        first_field=FIELDS[step][0],
        **offered,
    )


@bp.get("/results")
@public
def results() -> ResponseReturnValue:
    """Show the plan."""
    inquiry = inquire(request.args)
    if may_be_tidied(inquiry, request.args):
        return redirect(results_url(inquiry.answers))
    step, plan = inquiry.path.next_step(inquiry.answers), plan_of(inquiry)
    page = render_template(
        "wizard/results.html",
        plan=plan,
        lead=lead_of(plan),
        words_of_verdict=verdicts_in_words(),
        answers=inquiry.answers,
        notices=notices_of(inquiry, request.args),
        next_question=QUESTIONS[step] if step else None,
        next_url=next_url(inquiry),
        again_url=url_for("wizard.step", step=STEPS[0]),
        parameters=parameters(inquiry.answers),
        code=typeset.qr_code(plan.address),
    )
    holes = holes_of(
        inquiry.answers,
        inquiry.profile,
        has_dedicated=plan.has_dedicated,
        form_of=current_needs().form_of,
    )
    response = make_response(page)
    if holes and is_a_visit():
        # Once it is sent: whoever reads a plan does not wait for a disk.
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy
        response.call_on_close(partial(_record, holes, app))
    return response


@bp.get("/results.json")
@public
def results_json() -> ResponseReturnValue:
    """Answer the same as JSON: every program with every criterion."""
    inquiry = inquire(request.args)
    matching = inquiry.programs.match(inquiry.profile)
    situation = situation_of(inquiry)

    def told(match: Match) -> dict[str, Any]:
        return {
            "slug": match.candidate.slug,
            "verdict": match.verdict,
            "dedicated": match.dedicated,
            "criteria": [
                {
                    "criterion": criterion.name,
                    "outcome": criterion.outcome.name.lower(),
                    "reason": criterion.reason,
                }
                for criterion in criteria_of(match, situation)
            ],
        }

    contact = fallback_contact()
    return jsonify(
        {
            "results": [told(match) for match in matching.results],
            "not_now": [
                {**told(match), "excluded_by": match.excluded_by} for match in matching.not_now
            ],
            "fallback": {"name": contact.name, "phone": contact.phone, "url": contact.url},
            "notices": [notice.text for notice in notices_of(inquiry, request.args)],
        }
    )


@bp.get("/count.json")
@public
def count_json() -> ResponseReturnValue:
    """Count the programs that still fit, for the line at the foot of a question."""
    inquiry = inquire(request.args)
    return jsonify({"fitting": inquiry.path.fitting})


@bp.get("/results.pdf")
@public
def results_pdf() -> ResponseReturnValue:
    """Give the plan as a PDF."""
    inquiry = inquire(request.args)
    plan = plan_of(inquiry)
    response = make_response(
        typeset.pdf(
            "wizard/plan.typ", document_of(plan, settings_with_contact()), code=plan.address
        )
    )
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="plan.pdf"'
    return response


@bp.route("/email", methods=["GET", "POST"])
@public
def email() -> ResponseReturnValue:
    """Send the plan of this address to whoever asks for it."""
    inquiry = inquire(request.args)
    form, too_many = EmailForm(), False
    asked = parameters(inquiry.answers)
    if form.validate_on_submit():
        letter = letter_of(_mailed(inquiry), _titled(inquiry), settings_with_contact())
        db.session.rollback()  # the letter is written: its reads end before the write begins
        try:
            if not plan_pace().allows(request.remote_addr or "", clock.now()):
                raise operations.TooManyPlansError
            with write_unit():
                key = current_app.config["SECRET_KEY"]
                operations.send_plan(letter, to=form.email.data or "", key=key, now=clock.now())
                db.session.commit()
            session[PLAN_SENT] = True
            return redirect(url_for("wizard.email", **asked, sent=1))
        except operations.TooManyPlansError:
            db.session.rollback()
            too_many = True
    page = render_template(
        "wizard/email.html",
        form=form,
        title=plan_title(inquiry.answers, inquiry.places),
        sent="sent" in request.args and session.pop(PLAN_SENT, False),
        too_many=too_many,
        has_own_words=bool(inquiry.profile.topics),
        plan_url=results_url(inquiry.answers),
        parameters=asked,
    )
    return page, 429 if too_many else 400 if form.errors else 200


@bp.get("/coverage")
@public
def coverage() -> ResponseReturnValue:
    """Show every question and answer with the programs behind it, and what nobody reaches."""
    programs = wizard_index().refresh()
    return render_template("wizard/coverage.html", coverage=coverage_of(programs))


def _record(holes: list[Hole], app: Flask) -> None:
    """Count what a plan lacked; it was shown whether or not this succeeds."""
    with app.app_context():
        try:
            with write_unit(patience_ms=RECORDING_PATIENCE_MS):
                operations.record_holes(holes, day=clock.today())
                db.session.commit()
        except SQLAlchemyError as error:
            db.session.rollback()
            log.warning("holes of a plan not recorded", error=type(error).__name__)


def _mailed(inquiry: Inquiry) -> Plan:
    """Return the plan with an address that holds none of the asker's own words."""
    without = replace(inquiry.answers, topic=())
    return replace(plan_of(inquiry), address=results_url(without, _external=True, saved=None))


def _titled(inquiry: Inquiry) -> str:
    """Return the plan's title without the asker's own words, which no stranger is to be sent."""
    return plan_title(replace(inquiry.answers, topic=()), inquiry.places)
