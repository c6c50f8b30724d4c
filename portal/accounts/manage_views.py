"""What managers and administrators do with accounts: invite, decide, suspend, look back."""

from __future__ import annotations

import uuid
from collections import Counter

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import claims, letters, operations, queries
from portal.accounts.contacts_file import BadRow, Contact, read_contacts
from portal.accounts.forms import ActionForm, ContactsForm, InviteForm, RoleForm
from portal.accounts.models import Account, Claim
from portal.accounts.operations import Invited
from portal.accounts.queries import STAGES
from portal.accounts.signing import keep_private, settings
from portal.database import write_unit
from portal.extensions import db
from portal.forms import one_line
from portal.i18n import current_language
from portal.mail import queries as mail
from portal.mail.folder import written_message, written_messages
from portal.mail.operations import queue_message
from portal.permissions import ROLES, Permission, Role, actor, may, requires
from portal.work import answering_organizations

bp = Blueprint("manage_accounts", __name__, url_prefix="/manage")
bp.after_request(keep_private)

LAST_PAGE = 10_000
LONGEST_WORDS = 100


@bp.get("/accounts")
@requires(Permission.ACCOUNT_READ)
def accounts() -> ResponseReturnValue:
    """List the accounts, by pages; `q` looks for some of them."""
    words = one_line(request.args.get("q", "")[:LONGEST_WORDS])
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found, total = queries.accounts(words=words, page=page)
    return render_template(
        "manage/accounts.html",
        accounts=found,
        total=total,
        words=words,
        page=page,
        pages=-(-total // queries.A_PAGE),
        form=ActionForm(),
        said=request.args.get("said", ""),
        may_change=may(g.actor, Permission.ACCOUNT_CHANGE),
        roles=list(ROLES),
    )


@bp.route("/accounts/invite", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_INVITE)
def invite() -> ResponseReturnValue:
    """Invite one person by mail."""
    form = InviteForm(
        organizations=queries.organization_choices(),
        organization=request.args.get("organization", ""),
    )
    if form.validate_on_submit():
        role = Role(form.role.data or Role.STAFF)
        if role is not Role.STAFF and not may(g.actor, Permission.ACCOUNT_CHANGE):
            abort(403)  # managers invite staff; managers and administrators are made above them
        slugs = [form.organization.data] if form.organization.data else []
        if _invited([(form.email.data or "", slugs)], role):
            return redirect(url_for("manage_accounts.accounts", said="invited"))
        form.email.errors = [*form.email.errors, letters.already_invited()]
    page = render_template(
        "manage/invite.html", form=form, may_choose_role=may(g.actor, Permission.ACCOUNT_CHANGE)
    )
    return page, 400 if form.errors else 200


@bp.route("/accounts/invite-many", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_INVITE)
def invite_many() -> ResponseReturnValue:
    """Invite the contacts of a CSV file; it is read and shown before anybody is written to."""
    form = ContactsForm()
    good: list[Contact] = []
    bad: list[BadRow] = []
    if form.validate_on_submit():
        known = [slug for slug, _ in queries.organization_choices()]
        content = form.file.data.read() if form.file.data else (form.rows.data or "").encode()
        good, bad = read_contacts(content, known)
        if form.confirmed.data == "yes" and good and not bad:
            rows = [(contact.email, [contact.organization]) for contact in good]
            number = len(_invited(rows, Role.STAFF))
            return redirect(url_for("manage_accounts.accounts", said="invited", number=number))
        form.rows.data = "email,organization\n" + "\n".join(
            f"{contact.email},{contact.organization}" for contact in good
        )
    page = render_template("manage/invite_many.html", form=form, good=good, bad=bad)
    return page, 400 if form.errors or bad else 200


def _invited(rows: list[tuple[str, list[str]]], role: Role) -> list[uuid.UUID]:
    """Invite people in one transaction; those with an account already are left as they are."""
    by_id, invited = g.actor.id, []
    db.session.rollback()
    with write_unit():
        by = db.session.get_one(Account, by_id)
        for email, slugs in rows:
            organizations = queries.organizations_by_slugs(slugs)
            try:
                made = operations.invite(
                    email,
                    role=role,
                    organizations=organizations,
                    language=current_language(),
                    now=clock.now(),
                    by=by,
                )
            except operations.AlreadyInvitedError:
                continue
            _write_invitation(made, [organization.name for organization in organizations])
            invited.append(made.account.id)
        db.session.commit()
    return invited


def _write_invitation(made: Invited, organizations: list[str]) -> None:
    url = url_for("account_links.accept", token=made.token, _external=True)
    letter = letters.invitation_letter(url, settings(), organizations=organizations)
    key = current_app.config["SECRET_KEY"]
    queue_message(letter, to=made.account.email, key=key, now=clock.now())


@bp.post("/accounts/<uuid:id_>/suspend")
@requires(Permission.ACCOUNT_CHANGE)
def suspend(id_: uuid.UUID) -> ResponseReturnValue:
    """Close an account; its sessions end at once."""
    return _changed(id_, lambda account, by: operations.suspend(account, by=by, now=clock.now()))


@bp.post("/accounts/<uuid:id_>/reopen")
@requires(Permission.ACCOUNT_CHANGE)
def reopen(id_: uuid.UUID) -> ResponseReturnValue:
    """Open a suspended account again."""
    return _changed(id_, lambda account, by: operations.reopen(account, by=by, now=clock.now()))


@bp.post("/accounts/<uuid:id_>/role")
@requires(Permission.ACCOUNT_CHANGE)
def change_role(id_: uuid.UUID) -> ResponseReturnValue:
    """Give an account another role; its sessions end at once."""
    form = RoleForm()
    if not form.validate_on_submit():
        abort(400)
    role = Role(form.role.data or Role.STAFF)
    return _changed(
        id_, lambda account, by: operations.change_role(account, role, by=by, now=clock.now())
    )


def _changed(id_: uuid.UUID, change) -> ResponseReturnValue:  # type: ignore[no-untyped-def]
    by_id = g.actor.id
    db.session.rollback()
    with write_unit():
        account = queries.account(id_) or abort(404)
        try:
            change(account, db.session.get_one(Account, by_id))
        except operations.LastAdministratorError:
            db.session.rollback()
            return redirect(url_for("manage_accounts.accounts", said="last"))
        db.session.commit()
    return redirect(url_for("manage_accounts.accounts", said="changed"))


@bp.get("/onboarding")
@requires(Permission.ACCOUNT_READ)
def onboarding() -> ResponseReturnValue:
    """Show how far every organization has come, and the claims that wait."""
    rows = queries.onboarding(answering_organizations())
    stages = Counter(row.stage for row in rows)
    stage = request.args.get("stage", "")
    return render_template(
        "manage/onboarding.html",
        rows=[row for row in rows if stage in (row.stage, "") or stage not in STAGES],
        total=len(rows),
        joined=sum(row.active > 0 for row in rows),
        stage=stage if stage in STAGES else "",
        stages=[(name, stages[name]) for name in STAGES],
        claims=queries.open_claims(),
        form=ActionForm(),
    )


@bp.post("/claims/<uuid:id_>/<any(accept, decline):decision>")
@requires(Permission.CLAIM_DECIDE)
def decide_claim(id_: uuid.UUID, decision: str) -> ResponseReturnValue:
    """Let somebody in who claims to work for an organization, or turn them down."""
    by_id = g.actor.id
    db.session.rollback()
    with write_unit():
        claim = db.session.get(Claim, id_)
        if claim is None or claim.confirmed_at is None or claim.decided_at is not None:
            db.session.rollback()
            abort(404)
        by = db.session.get_one(Account, by_id)
        if decision == "decline":
            claims.decline(claim, by=by, now=clock.now())
        else:
            try:
                made = claims.accept(claim, by=by, language=current_language(), now=clock.now())
                _write_invitation(made, [claim.organization.name])
            except operations.AlreadyInvitedError:
                pass  # they have an account and were made staff of the organization
        db.session.commit()
    return redirect(url_for("manage_accounts.onboarding"))


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def audit_trail() -> ResponseReturnValue:
    """Show who did what, the latest first."""
    page = request.args.get("page", 1, type=int)
    pages = max(1, -(-queries.audit_total() // queries.A_PAGE))
    page = min(max(page, 1), pages, LAST_PAGE)
    return render_template(
        "manage/audit.html", lines=queries.audit_lines(page=page), page=page, pages=pages
    )


@bp.get("/mail")
@requires(Permission.MAIL_STATE_READ)
def outbox() -> ResponseReturnValue:
    """Show what waits in the outbox and what could not be delivered; letters to administrators."""
    may_read = may(actor(), Permission.MAIL_READ)
    return render_template(
        "manage/mail.html",
        counts=mail.counts(),
        troubled=mail.troubled(),
        is_folder=not settings().smtp_url,
        folder=settings().instance / "mail",
        written=written_messages(settings().instance / "mail") if may_read else [],
    )


@bp.get("/mail/<string(length=32):key>")
@requires(Permission.MAIL_READ)
def letter(key: str) -> ResponseReturnValue:
    """Show a message that was written to the folder."""
    message = written_message(settings().instance / "mail", key) or abort(404)
    return render_template("manage/letter.html", message=message)
