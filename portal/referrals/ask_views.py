"""Asking programs to make contact: one short form, then a page that says what happens next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import limits
from portal.accounts.signing import settings, subject_of
from portal.database import write_unit
from portal.directory.identity import is_slug
from portal.directory.models import Service
from portal.extensions import csrf, db
from portal.permissions import public
from portal.referrals import asking, stamps
from portal.referrals.addressees import Addressee, addressees_of
from portal.referrals.ask_forms import AskForm
from portal.referrals.consent import Consent, consent_to_name
from portal.referrals.introductions import introductions_of
from portal.referrals.prefilling import KNEW, asked_of, industry_choices, knew_of, prefill
from portal.referrals.queries_asking import askable_services, connects_of
from portal.referrals.requesting import request_of, signals_of_form
from portal.referrals.wording import INTRODUCTION
from portal.wizard.answers import parameters
from portal.wizard.inquiry import Inquiry, inquire

bp = Blueprint("referrals", __name__)

MOST = 3  # programs at once: more would be a mailing, and nobody could follow it
MOST_SHOWN = 12
INTRODUCE = "introduction"  # a parameter: an introduction is asked for, not help


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    """Keep what was typed out of caches and the form out of search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True, slots=True)
class Asking:
    """One form: whom it may go to, what the address says of the company, whether to introduce."""

    addressees: list[Addressee]
    inquiry: Inquiry
    introductions: tuple[str, ...]
    url: str

    @property
    def consents(self) -> dict[str, Consent]:
        """Slug → what is agreed to."""
        return {one.service.slug: one.consent for one in self.addressees}


@bp.route("/services/<slug:slug>/refer", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator,unused-ignore]  # its stamp needs no cookie
def request_referral(slug: str) -> ResponseReturnValue:
    """Ask one program for contact, or for an introduction that its listing says it makes."""
    services = askable_services([slug])
    if not services:
        return redirect(url_for("directory.service", slug=slug))
    wanted = introductions_of(connects_of(services[0])) if INTRODUCE in request.args else ()
    address: dict[str, Any] = {"slug": slug} | ({INTRODUCE: 1} if wanted else {})
    return _ask(services, offered=wanted, address=address)


@bp.route("/refer", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator,unused-ignore]  # its stamp needs no cookie
def request_several() -> ResponseReturnValue:
    """Ask up to three programs of a shortlist or plan for contact."""
    named = list(dict.fromkeys(request.args.getlist("service")))
    slugs = [slug for slug in named if is_slug(slug)][:MOST_SHOWN]
    services = askable_services(slugs)
    known = {service.slug for service in services}
    unknown = [name for name in named[:MOST_SHOWN] if name not in known]
    if not services or len(services) > MOST:
        page = render_template(
            "referrals/choose.html",
            services=services,
            unknown=unknown,
            most=MOST,
            carried=_carried(inquire(request.args)),
        )
        return page, 404 if named and not services else 200
    return _ask(
        services, unknown=unknown, address={"service": [service.slug for service in services]}
    )


@bp.get("/refer/sent")
@public
def asked() -> ResponseReturnValue:
    """Say what happens next; the same page for everybody, whatever was asked before."""
    by_phone = request.args.get("way") == "phone"
    return render_template("referrals/asked.html", by_phone=by_phone)


def _ask(
    services: list[Service],
    *,
    offered: tuple[str, ...] = (),
    unknown: Sequence[str] = (),
    address: Mapping[str, Any],
) -> ResponseReturnValue:
    """Show the form, or take it in and lead on."""
    now, inquiry = clock.now(), inquire(request.args)
    knew = [f"{slug}:{answer}" for slug, answer in knew_of(request.args, services).items()]
    url = url_for(
        str(request.endpoint),
        **(_parameters(inquiry) | ({KNEW: knew} if knew else {}) | dict(address)),
    )
    addressees = addressees_of(services, settings(), now, introduces=bool(offered))
    it = Asking(addressees, inquiry, offered, url)
    form = AskForm() if request.method == "POST" else AskForm(data=prefill(inquiry))
    form.offer(
        consents=it.consents,
        industries=industry_choices(inquiry.programs.industries),
        needs=[(code, INTRODUCTION[code]) for code in offered],
    )
    secret = current_app.config["SECRET_KEY"]
    stamp = stamps.read(form.stamp.data or "", secret)
    is_over = request.method == "POST" and (stamp is None or stamp.is_over(now))
    too_often = False
    if form.validate_on_submit() and stamp is not None and not is_over:
        if _taken_in(it, form, stamp):
            way = "mail" if form.email.data else "phone"
            return redirect(url_for("referrals.asked", way=way))
        too_often = True
    if stamp is None or is_over:
        stamp = stamps.new_stamp(now, key=stamp.key if stamp else "")
    page = render_template(
        "referrals/request.html",
        form=form,
        it=it,
        stamp=stamps.signed(stamp, secret),
        state_consent=consent_to_name(settings().state_name),
        is_over=is_over and not form.errors,
        too_often=too_often,
        unknown=unknown,
        most=MOST,
    )
    return page, 429 if too_often else 400 if form.errors or is_over else 200


def _taken_in(it: Asking, form: AskForm, stamp: stamps.Stamp) -> bool:
    """Take the request in; False when too many came from this network."""
    asked_for = request_of(
        form,
        it.addressees,
        stamp=stamp,
        asked=asked_of(
            it.inquiry, it.addressees[0].service, form.need.data if it.introductions else ""
        ),
        knew=knew_of(request.args, [one.service for one in it.addressees]),
        state_consent=consent_to_name(settings().state_name),
    )
    signals = signals_of_form(form, stamp, clock.now())
    subject, now = subject_of(request.remote_addr or ""), clock.now()
    for one in it.addressees:  # they are read already, and need not be again
        db.session.expunge(one.service)
    db.session.rollback()
    with write_unit():
        if limits.is_over(asking.FROM_ONE, subject, now):
            db.session.rollback()
            return False
        limits.count(asking.FROM_ONE, subject, now)
        asking.enter(asked_for, signals=signals)
        db.session.commit()
    return True


def _parameters(inquiry: Inquiry) -> dict[str, Any]:
    """Return the wizard's answers as an address carries them; none where none was given."""
    found = parameters(inquiry.answers)
    return found if len(found) > 1 else {}


def _carried(inquiry: Inquiry) -> list[tuple[str, str]]:
    return [(name, value) for name, values in _parameters(inquiry).items() for value in values]
