"""Pages behind the links that contacts are mailed: confirm, correct, stop. A GET never writes."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory.changes import TEXT_FIELDS, fault_of, text_of
from portal.directory.models import Service
from portal.extensions import csrf, db
from portal.permissions import public
from portal.upkeep import operations, queries, suggesting
from portal.upkeep.confirming import confirm_page
from portal.upkeep.forms import FIELD_LABELS, EndForm, FixForm
from portal.upkeep.models import CONFIRM, STOP, UpkeepLink

bp = Blueprint("upkeep_links", __name__)
bp.after_request(keep_private)


@bp.get("/confirm/<string(maxlength=64):token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Show an organization's listings to whoever was asked about them."""
    link = queries.open_link(token, purpose=CONFIRM, now=clock.now())
    if link is None:
        return render_template("upkeep/link_over.html"), 410
    return confirm_page(
        link.organization,
        confirm_url=url_for("upkeep_links.confirm_listings", token=token),
        ways_of=lambda service: [
            (url_for("upkeep_links.fix", token=token, slug=service.slug), _("Fix a field")),
            (
                url_for("upkeep_links.end", token=token, slug=service.slug),
                _("Not offered any more"),
            ),
        ],
        is_looked_at=True,
        sent=request.args.get("sent", ""),
    )


@bp.post("/confirm/<string(maxlength=64):token>")
@public
def confirm_listings(token: str) -> ResponseReturnValue:
    """Take down that one listing is correct, or that all of them are."""
    now, slug = clock.now(), request.form.get("listing", "")
    db.session.rollback()
    with write_unit():
        link = queries.open_link(token, purpose=CONFIRM, now=now)
        if link is None:
            db.session.rollback()
            return render_template("upkeep/link_over.html"), 410
        services = queries.listings_of(link.organization_id)
        if slug:
            services = [service for service in services if service.slug == slug]
        operations.confirm(services, by_email=link.email, now=now, how="link")
        db.session.commit()
    anchor = f"listing-{slug}" if slug and services else None
    return redirect(url_for("upkeep_links.confirm", token=token, _anchor=anchor))


@bp.route("/confirm/<string(maxlength=64):token>/<slug:slug>/fix", methods=["GET", "POST"])
@public
def fix(token: str, slug: str) -> ResponseReturnValue:
    """Take down what one field of a listing should say; staff or a manager decide."""
    found = _listing(token, slug)
    if found is None:
        return render_template("upkeep/link_over.html"), 410
    link, service = found
    chosen = request.args.get("field", "")
    form = FixForm(accepts=accepts, field=chosen if chosen in TEXT_FIELDS else None)
    if not form.is_submitted() and chosen in TEXT_FIELDS:
        form.after.data = text_of(service, chosen)
    if form.validate_on_submit():
        return _suggested(
            token, slug, field=form.field.data, after=form.after.data or "", note=form.note.data
        )
    page = render_template(
        "upkeep/fix.html",
        form=form,
        link=link,
        service=service,
        token=token,
        texts=[(name, label, text_of(service, name)) for name, label in FIELD_LABELS.items()],
    )
    return page, 400 if form.errors else 200


@bp.route("/confirm/<string(maxlength=64):token>/<slug:slug>/end", methods=["GET", "POST"])
@public
def end(token: str, slug: str) -> ResponseReturnValue:
    """Take down that a program is not offered any more; staff or a manager decide."""
    found = _listing(token, slug)
    if found is None:
        return render_template("upkeep/link_over.html"), 410
    form = EndForm()
    if form.validate_on_submit():
        return _suggested(
            token,
            slug,
            field=suggesting.STATUS,
            after=suggesting.NOT_OFFERED,
            note=form.note.data,
        )
    page = render_template("upkeep/end.html", form=form, service=found[1], token=token)
    return page, 400 if form.errors else 200


@bp.route("/reminders/<string(maxlength=64):token>/stop", methods=["GET", "POST"])
@public
@csrf.exempt  # type: ignore[untyped-decorator,unused-ignore]  # mail programs post it (RFC 8058)
def stop(token: str) -> ResponseReturnValue:
    """Turn the reminders off, by the button or by a mail program's one click."""
    now = clock.now()
    link = queries.open_link(token, purpose=STOP, now=now)
    if link is None:
        return render_template("upkeep/link_over.html"), 410
    if request.method == "POST":
        db.session.rollback()
        with write_unit():
            link = queries.open_link(token, purpose=STOP, now=now)
            if link is not None:
                operations.stop_reminders(link, now=now)
            db.session.commit()
        return redirect(url_for("upkeep_links.stop", token=token, stopped=1))
    is_stopped = (link.organization_id, link.email) in queries.stopped()
    return render_template("upkeep/stop.html", link=link, is_stopped=is_stopped)


def accepts(field: str, text: str) -> bool:
    """Whether a field of a listing can hold a text."""
    return not fault_of(field, text, today=clock.today())


def _listing(token: str, slug: str) -> tuple[UpkeepLink, Service] | None:
    """Return a link and one of its listings; None when the link is over."""
    link = queries.open_link(token, purpose=CONFIRM, now=clock.now())
    if link is None:
        return None
    return link, queries.listing_of(link.organization_id, slug) or abort(404)


def _suggested(
    token: str, slug: str, *, field: str, after: str, note: str | None
) -> ResponseReturnValue:
    db.session.rollback()
    with write_unit():
        found = _listing(token, slug)
        if found is None:
            db.session.rollback()
            return render_template("upkeep/link_over.html"), 410
        link, service = found
        try:
            suggesting.suggest(
                service,
                field=field,
                after=after,
                note=note or "",
                now=clock.now(),
                contact_email=link.email,
            )
        except suggesting.TooManyError:
            db.session.rollback()
            abort(429)
        db.session.commit()
    return redirect(url_for("upkeep_links.confirm", token=token, sent=slug))
