"""The unmet-need ledger: where help is missing, who takes it on, what answers it."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.database import write_unit
from portal.directory.formula_cells import neutralized
from portal.directory.labels import shown_label
from portal.directory.models import Service
from portal.directory.vocabulary import FORMS
from portal.extensions import db
from portal.permissions import Permission, may, requires
from portal.referrals import queries_ledger as queries
from portal.referrals import wording
from portal.referrals.ledger import Group, Key, filtered, shown
from portal.referrals.ledger_forms import STATUS_LABELS, NeedForm
from portal.referrals.ledger_models import OPEN, UnmetNeed
from portal.referrals.ledgering import Decision, NeedChangedError, change_need
from portal.referrals.manage_rows import page_of

bp = Blueprint("unmet_needs", __name__, url_prefix="/manage/unmet-needs")
bp.after_request(keep_private)

A_PAGE = 50
FILTERS = ("form", "industry", "region", "status", "source")
SOURCES = ("requests", "plans", "searches")
COLUMNS = (
    "form",
    "industry",
    "region",
    "requests",
    "plans",
    "none_of_these",
    "searches",
    "status",
    "owner",
    "answered_by",
)


@bp.get("")
@requires(Permission.UNMET_NEED_MANAGE)
def ledger() -> ResponseReturnValue:
    """Show the groups, the most pressing first."""
    wanted, needs = _wanted(), queries.unmet_needs()
    found = _found(wanted, needs)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(page_of(request.args), pages)
    return render_template(
        "referrals/unmet_needs.html",
        groups=found[(page - 1) * A_PAGE : page * A_PAGE],
        needs=needs,
        total=len(found),
        page=page,
        pages=pages,
        wanted=wanted,
        shown=shown,
        days=queries.WINDOW_DAYS,
        statuses=STATUS_LABELS,
        **_labels(),
    )


@bp.get("/export.csv")
@requires(Permission.UNMET_NEED_MANAGE)
def export() -> ResponseReturnValue:
    """Give the same list as a file. It leaves the portal, so all small counts are hidden in it."""
    needs = queries.unmet_needs()
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in _found(_wanted(), needs):
        need = needs.get(group.key)
        counts = (group.requests, group.plans, group.none_of_these, group.searches)
        cells = (
            group.key.form,
            group.key.industry,
            group.key.region,
            *map(shown, counts),
            need.status if need else OPEN,
            need.owner.email if need and need.owner else "",
            _answer_of(need),
        )
        writer.writerow([neutralized(cell) for cell in cells])
    return Response(
        target.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="unmet-needs.csv"'},
    )


@bp.route("/group", methods=["GET", "POST"])
@requires(Permission.UNMET_NEED_MANAGE)
def group() -> ResponseReturnValue:
    """Show one group with its history, and take down what somebody makes of it."""
    key = _key_or_404()
    need = queries.unmet_need(key)
    form = _form(need)
    if form.validate_on_submit():
        seen, actor_id = form.seen_number, g.actor.id
        db.session.rollback()
        try:
            with write_unit():
                change_need(
                    key,
                    _decision(form),
                    seen=seen,
                    now=clock.now(),
                    by=db.session.get_one(Account, actor_id),
                )
                db.session.commit()
            return redirect(_group_url(key, saved=1))
        except NeedChangedError:
            db.session.rollback()
            need = queries.unmet_need(key)
            return _page(key, need, form, is_stale=True), 409
    return _page(key, need, form), 400 if form.errors else 200


def _key_or_404() -> Key:
    """Return the group of an address; its codes are words of the catalogue, or blank."""
    labels = _labels()
    for name, known in (("form", "forms"), ("industry", "industries"), ("region", "regions")):
        value = request.args.get(name, "")
        if value and value not in labels[known]:
            abort(404)
    return Key(*(request.args.get(name, "") for name in ("form", "industry", "region")))


def _form(need: UnmetNeed | None) -> NeedForm:
    owners = {str(each.id): each.name or each.email for each in queries.possible_owners()}
    if need and need.owner:  # one who may not work on it any more stays named until changed
        owners.setdefault(str(need.owner_id), need.owner.name or need.owner.email)
    data = None
    if need:
        data = {
            "status": need.status,
            "owner": str(need.owner_id or ""),
            "answered_by": need.answered_by.slug if need.answered_by else "",
            "answer": need.answer,
        }
    programs = dict(queries.programs())
    if need and need.answered_by:
        programs.setdefault(need.answered_by.slug, need.answered_by.name)
    return NeedForm(data=data, owners=owners, programs=programs)


def _decision(form: NeedForm) -> Decision:
    slug = form.answered_by.data
    return Decision(
        status=form.status.data,
        owner=db.session.get(Account, uuid.UUID(form.owner.data)) if form.owner.data else None,
        answered_by=db.session.scalars(select(Service).filter_by(slug=slug)).first()
        if slug
        else None,
        answer=form.answer.data or "",
        note=form.note.data or "",
    )


def _page(key: Key, need: UnmetNeed | None, form: NeedForm, *, is_stale: bool = False) -> str:
    now = clock.now()
    form.seen.data = str(need.version if need else 0)
    found = next((each for each in queries.groups(now=now) if each.key == key), Group(key))
    since_at = now - timedelta(days=queries.WINDOW_DAYS)
    return render_template(
        "referrals/unmet_need.html",
        group=found,
        need=need,
        form=form,
        is_stale=is_stale,
        is_saved=request.args.get("saved") == "1" and request.method == "GET",
        changes=queries.changes_of(need),
        requests=queries.closed_requests(since_at=since_at, key=key),
        may_open=may(g.actor, Permission.REFERRAL_MANAGE),
        action=_group_url(key),
        shown=shown,
        days=queries.WINDOW_DAYS,
        unmet=wording.UNMET,
        statuses=STATUS_LABELS,
        **_labels(),
    )


def _found(wanted: Mapping[str, str], needs: Mapping[Key, UnmetNeed]) -> list[Group]:
    return filtered(
        queries.groups(now=clock.now()),
        wanted=wanted,
        status_of=lambda key: needs[key].status if key in needs else OPEN,
    )


def _wanted() -> dict[str, str]:
    wanted = {name: request.args.get(name, "")[:60] for name in FILTERS}
    if wanted["source"] not in SOURCES:
        wanted["source"] = ""
    return wanted


def _answer_of(need: UnmetNeed | None) -> str:
    if need is None:
        return ""
    return need.answered_by.name if need.answered_by else need.answer


def _group_url(key: Key, **more: Any) -> str:
    values = {"form": key.form, "industry": key.industry, "region": key.region}
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for("unmet_needs.group", **given | more)


def _labels() -> dict[str, Any]:
    """Return what people read for the codes of a group."""
    names = {facet: queries.names_of(facet) for facet in ("industry", "region")}
    return {
        "forms": {form.code: shown_label("form", form.code, form.code) for form in FORMS},
        "industries": {c: shown_label("industry", c, n) for c, n in names["industry"].items()},
        "regions": {c: shown_label("region", c, n) for c, n in names["region"].items()},
        "group_url": _group_url,
        "answer_of": _answer_of,
    }
