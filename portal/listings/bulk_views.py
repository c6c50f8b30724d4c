"""One change to many programs: choose them, see what each would say, publish or send all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.directory.models import Service
from portal.extensions import db
from portal.listings import bulk_operations, editing, queries, targets
from portal.listings.bulk import changed
from portal.listings.bulk_forms import MOST, WORDS, BulkForm
from portal.listings.bulk_operations import Many
from portal.listings.checking import faults_of
from portal.listings.content import SERVICE, Content
from portal.listings.editing import ShownChange
from portal.listings.fields import number
from portal.listings.forms import typed_service
from portal.listings.operations import Subject
from portal.listings.targets import writing
from portal.permissions import Permission, may, requires

bp = Blueprint("listing_bulk", __name__, url_prefix="/staff")
bp.after_request(keep_private)
NAMED_LEFT = 20  # of those left out, in the address of the page that says so


@dataclass(frozen=True, slots=True)
class Line:
    """A program as it would be; `problem` says why it is left out, blank: it is not."""

    service: Service
    base: int
    content: Content
    changes: list[ShownChange]
    problem: str


@bp.route("/bulk", methods=["GET", "POST"])
@requires(Permission.LISTING_EDIT)
def bulk() -> ResponseReturnValue:
    """Change many programs at once."""
    form = BulkForm(choices=targets.service_choices())
    if request.method == "GET":
        return _choose(form)
    step = request.form.get("do", "")
    is_valid = form.validate()
    if form.listing.errors or form.change.errors:
        return _choose(form), 400
    services = _services(form.slugs)
    if step not in ("preview", "publish"):
        form.value.errors = ()
        return _ask_value(form, services)
    if not is_valid:
        return _ask_value(form, services), 400
    lines = _lines(form, services)
    if step == "preview":
        return _ask_value(form, services, lines)
    return _publish(form, lines)


def _choose(form: BulkForm) -> str:
    own = None if targets.sees_all() else g.actor.organization_ids
    words = " ".join(request.args.get("q", "")[:100].split())
    page = number(request.args.get("page")) or 1
    lines, total = queries.listings(own, words=words, page=min(page, MOST), size=MOST)
    return render_template(
        "listings/bulk.html",
        form=form,
        lines=lines,
        total=total,
        words=words,
        page=page,
        pages=-(-total // MOST),
        sees_all=own is None,
        left=_editable(request.args.getlist("left")[:NAMED_LEFT]),
        counts={
            name: number(request.args.get(name)) or 0 for name in ("published", "sent", "left_out")
        },
    )


def _ask_value(form: BulkForm, services: Sequence[Service], lines: Sequence[Line] = ()) -> str:
    return render_template(
        "listings/bulk_value.html",
        form=form,
        bulk_words=WORDS,
        services=services,
        good=[line for line in lines if not line.problem],
        bad=[line for line in lines if line.problem],
        is_preview=bool(lines),
        waits=sum(not line.problem and not _is_at_once(line.service) for line in lines),
    )


def _services(slugs: Sequence[str]) -> list[Service]:
    """Return the programs that were chosen; 404 where one is not theirs."""
    found = _editable(slugs)
    if len(found) < len(slugs):
        abort(404)
    return found


def _editable(slugs: Sequence[str]) -> list[Service]:
    known = {service.slug: service for service in queries.services_of(slugs)}
    return [
        known[slug]
        for slug in slugs
        if slug in known
        and may(g.actor, Permission.LISTING_EDIT, organization_id=known[slug].organization_id)
    ]


def _is_at_once(service: Service) -> bool:
    return targets.sees_all() or queries.is_published_at_once(service.organization_id)


def _lines(form: BulkForm, services: Sequence[Service]) -> list[Line]:
    standings = queries.standings(SERVICE, [service.id for service in services])
    busy = queries.with_open_change(g.actor.id, list(standings))
    lines = []
    for service in services:
        before = standings[service.id]
        content = changed(before.content, form.change.data or "", form.value.data or "")
        changes = editing.shown_changes(SERVICE, before.content, content)
        problem = ""
        if not changes:
            problem = str(_("It says this already."))
        elif service.id in busy:
            problem = str(_("You have a draft or a waiting change of it. Finish that first."))
        elif faults := faults_of(SERVICE, content):
            problem = " ".join(faults)
        lines.append(Line(service, before.number, content, changes, problem))
    return lines


def _publish(form: BulkForm, lines: Sequence[Line]) -> ResponseReturnValue:
    """Publish or send what is good and as it was shown; the rest is left out and said."""
    seen = {
        line.service.slug: number(request.form.get(f"base-{line.service.slug}")) for line in lines
    }
    shown = [line for line in lines if seen[line.service.slug] is not None]
    good = [line for line in shown if not line.problem and line.base == seen[line.service.slug]]
    many = [
        Many(
            Subject(SERVICE, line.service.id, line.service.organization_id),
            title=line.service.name,
            content=line.content,
            typed=typed_service(line.content, targets.service_choices()),
            base=line.base,
            is_at_once=_is_at_once(line.service),
        )
        for line in good
    ]
    slugs = {line.service.id: line.service.slug for line in shown}
    left = [line.service.slug for line in shown if line not in good]
    reason, now = form.reason.data or "", clock.now()
    with writing() as by:
        done = bulk_operations.send_many(
            many, reason=reason, by=by, now=now, state_code=targets.settings().state_code
        )
        db.session.commit()
    left += [slugs[id_] for id_ in done.left]
    return redirect(
        url_for(
            "listing_bulk.bulk",
            published=done.published,
            sent=done.sent,
            left_out=len(left),
            left=left[:NAMED_LEFT],
        )
    )
