"""The inbox: requests that companies sent to the programs of whoever is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private, settings
from portal.forms import one_line
from portal.paging import PageLink, page_numbers
from portal.permissions import Actor, Permission, may, requires
from portal.referrals import queries_inbox as queries
from portal.referrals.about_words import need_of
from portal.referrals.calendars import calendar_of
from portal.referrals.clock_words import late_days, late_words, move_words
from portal.referrals.models import Referral
from portal.referrals.queries_inbox import VIEWS, Wanted
from portal.referrals.queries_measures import own_figures
from portal.referrals.standing import PROGRAM
from portal.referrals.states import Status
from portal.referrals.wording import STATUS
from portal.work import Need, work_of

bp = Blueprint("referral_inbox", __name__, url_prefix="/staff/requests")
bp.after_request(keep_private)
LONGEST_SEARCH = 100


@bp.get("")
@requires(Permission.REFERRAL_ANSWER)
def inbox() -> ResponseReturnValue:
    """Show the requests to one's own programs: who must move, and by when."""
    own = [membership.organization for membership in g.actor.memberships]
    wanted = _wanted(g.actor)
    counts = queries.counts(wanted)
    pages = max(1, -(-counts[wanted.view] // queries.A_PAGE))
    wanted = _wanted(g.actor, page=min(_page_number(), pages))
    return render_template(
        "referrals/inbox.html",
        figures=own_figures(
            g.actor.organization_ids, now=clock.now(), calendar=calendar_of(settings())
        ),
        lines=[_line(referral) for referral in queries.inbox(wanted)],
        wanted=wanted,
        total=counts[wanted.view],
        views=[
            (view, name, counts[view], _address(wanted, view=view))
            for view, name in _view_names().items()
        ],
        pages=_page_links(wanted, pages),
        organizations=sorted(own, key=lambda organization: organization.name),
        programs=queries.programs(wanted.organization_ids),
        is_chosen=bool(wanted.words or wanted.service_slug or wanted.organization_slug),
    )


def _view_names() -> dict[str, str]:
    return dict(
        zip(
            VIEWS,
            (
                _("Open"),
                _("Mine"),
                _("Nobody’s yet"),
                _("Waiting for us"),
                _("Waiting for the company"),
                _("Ended"),
            ),
            strict=True,
        )
    )


def _wanted(account: Account, *, page: int = 1) -> Wanted:
    view = request.args.get("show", "")
    return Wanted(
        organization_ids=account.organization_ids,
        is_navigator=may(account, Permission.REFERRAL_NAVIGATE),
        account_id=account.id,
        view=view if view in VIEWS else VIEWS[0],
        service_slug=request.args.get("program", "")[:LONGEST_SEARCH],
        organization_slug=request.args.get("organization", "")[:LONGEST_SEARCH],
        words=one_line(request.args.get("q", "")[:LONGEST_SEARCH]),
        page=page,
    )


def _page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _address(wanted: Wanted, *, view: str = "", page: int = 1) -> str:
    shown = view or wanted.view
    return url_for(
        "referral_inbox.inbox",
        show=shown if shown != VIEWS[0] else None,
        program=wanted.service_slug or None,
        organization=wanted.organization_slug or None,
        q=wanted.words or None,
        page=page if page > 1 else None,
    )


def _page_links(wanted: Wanted, pages: int) -> list[PageLink]:
    if pages == 1:
        return []
    return [
        PageLink(number, _address(wanted, page=number) if number else "", number == wanted.page)
        for number in page_numbers(wanted.page, pages)
    ]


def _line(referral: Referral) -> dict[str, Any]:
    """Return what the list shows of a request."""
    now, calendar = clock.now(), calendar_of(settings())
    standing = referral.standing
    late = late_days(referral.due_at, now=now, calendar=calendar)
    is_ours = standing.mover == PROGRAM
    return {
        "referral": referral,
        "need": need_of(referral.episode),
        "who": referral.episode.details.company or referral.episode.details.name,
        "status": STATUS[standing.status],
        "turn": move_words(standing, now=now, calendar=calendar),
        "late": late_words(late) if is_ours and late is not None else "",
        "is_ours": is_ours,
    }


def _needs(actor: Actor) -> list[Need]:
    """Return the requests that need somebody, for the top of the home."""
    if not may(actor, Permission.REFERRAL_ANSWER) or not actor.organization_ids:
        return []
    now, calendar = clock.now(), calendar_of(settings())
    found = []
    for referral in queries.to_do(actor.organization_ids, now=now):
        late = late_days(referral.due_at, now=now, calendar=calendar)
        turn = move_words(referral.standing, now=now, calendar=calendar)
        is_new = referral.status in (Status.SENT, Status.RECEIVED)
        found.append(
            Need(
                since=referral.due_at.isoformat() if referral.due_at else "",
                title=referral.service.name,
                why=f"{need_of(referral.episode)} · {turn}",
                note=late_words(late) if late is not None else "",
                button=_("Answer now") if is_new else _("Go on"),
                url=url_for("referral_page.show", reference=referral.reference),
            )
        )
    return found


def _number(actor: Actor) -> int:
    """Return how many requests need somebody, for the navigation."""
    if not may(actor, Permission.REFERRAL_ANSWER) or not actor.organization_ids:
        return 0
    return queries.to_do_count(actor.organization_ids, now=clock.now())


def init_app(app: Flask) -> None:
    """Say to the home, the navigation and the page of onboarding what waits here."""
    work = work_of(app)
    work.first.append(_needs)
    work.numbers["referral_inbox.inbox"] = _number
    work.answering = lambda: queries.answering(now=clock.now(), calendar=calendar_of(settings()))
