"""Pages of managers: the words of the portal, edited, previewed, published, taken back."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.models import Account
from portal.accounts.signing import keep_private
from portal.config import Contact
from portal.database import write_unit
from portal.directory.fallback import contact_with
from portal.extensions import db
from portal.permissions import Permission, requires
from portal.vocabulary import editing, operations, queries, wording
from portal.vocabulary.editing import KINDS, ONLY_KEY, Target
from portal.vocabulary.forms import EntryForm
from portal.vocabulary.kinds import Content, Effect
from portal.vocabulary.operations import StaleError

bp = Blueprint("vocabulary", __name__, url_prefix="/manage/vocabulary")
bp.after_request(keep_private)

KIND = "<any(contact, synonyms, topics, needs, pathways):kind>"
PUBLISH, BACK = "publish", "back"


@bp.get("")
@requires(Permission.VOCABULARY_EDIT)
def overview() -> ResponseReturnValue:
    """Show the kinds of words, how many there are and who changed them last."""
    last = queries.last_changes()
    rows = [
        (name, len([entry for entry in kind.entries() if entry.is_there]), last.get(name))
        for name, kind in KINDS.items()
    ]
    return render_template("vocabulary/overview.html", rows=rows, words=wording)


@bp.get(f"/{KIND}")
@requires(Permission.VOCABULARY_EDIT)
def entries(kind: str) -> ResponseReturnValue:
    """List the entries of a kind; the one of a kind that has one is opened."""
    if kind in ONLY_KEY:
        return redirect(url_for("vocabulary.edit", kind=kind, key=ONLY_KEY[kind]))
    words = request.args.get("words", "").strip()[:60]
    found = [
        entry
        for entry in KINDS[kind].entries()
        if words.casefold() in f"{entry.title}\n{entry.summary}".casefold()
    ]
    return render_template(
        "vocabulary/entries.html",
        kind=kind,
        entries=found,
        typed=words,
        can_grow=kind in editing.GROWING,
        done=request.args.get("done", ""),
        words=wording,
    )


@bp.route(f"/{KIND}/new", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def add(kind: str) -> ResponseReturnValue:
    """Add an entry."""
    return _edit(editing.new_target(kind))


@bp.route(f"/{KIND}/<slug:key>", methods=["GET", "POST"])
@requires(Permission.VOCABULARY_EDIT)
def edit(kind: str, key: str) -> ResponseReturnValue:
    """Edit an entry: form, preview, publication."""
    return _edit(editing.target_of(kind, key))


@bp.get(f"/{KIND}/<slug:key>/versions")
@requires(Permission.VOCABULARY_EDIT)
def versions(kind: str, key: str) -> ResponseReturnValue:
    """List the versions of an entry, newest first."""
    return render_template(
        "vocabulary/versions.html",
        target=editing.target_of(kind, key),
        revisions=queries.revisions(kind, key),
        words=wording,
    )


@bp.get(f"/{KIND}/<slug:key>/versions/<int:number>")
@requires(Permission.VOCABULARY_EDIT)
def version(kind: str, key: str, number: int) -> ResponseReturnValue:
    """Show what a version changed, field by field."""
    target = editing.target_of(kind, key)
    known = {found.number: found for found in queries.revisions(kind, key)}
    found = known.get(number) or abort(404)
    earlier = known.get(number - 1)
    return render_template(
        "vocabulary/version.html",
        target=target,
        revision=found,
        changes=target.changes(earlier.content if earlier else {}, found.content),
        differs=found.content != target.standing.content,
        words=wording,
    )


def _edit(target: Target) -> ResponseReturnValue:
    if request.method == "GET":
        content = editing.asked_content(target)
        return _form_page(target, editing.filled_form(target, content))
    form = editing.sent_form(target)
    if not form.validate():
        return _form_page(target, form), 400
    if request.form.get("do") == BACK:
        return _form_page(target, form)
    content = form.content()
    stands = target if target.key else editing.at_key(target, form.own_key)
    is_taken = not target.key and bool(stands.standing.content)
    if is_taken or (target.key and form.base_number != stands.standing.number):
        return _stale_page(target, stands, form, content)
    effect = stands.kind.effect(stands.key, stands.standing.content, content)
    is_sure = request.form.get("do") == PUBLISH
    if not is_sure or effect.refusals or content == stands.standing.content:
        return _preview_page(target, stands, form, content, effect)
    return _publish(target, stands, form, content)


def _publish(
    target: Target, stands: Target, form: EntryForm, content: Content
) -> ResponseReturnValue:
    account_id = g.actor.id
    db.session.rollback()
    try:
        with write_unit():
            operations.publish(
                stands.name,
                stands.kind,
                stands.key,
                content,
                base=stands.standing.number,
                by=db.session.get_one(Account, account_id),
                reason=form.reason.data or "",
                now=clock.now(),
            )
            db.session.commit()
    except StaleError:
        db.session.rollback()
        return _stale_page(target, editing.at_key(stands, stands.key), form, content)
    if stands.name in ONLY_KEY:
        return redirect(url_for("vocabulary.edit", kind=stands.name, key=stands.key, done=1))
    return redirect(url_for("vocabulary.entries", kind=stands.name, done=stands.key))


def _form_page(target: Target, form: EntryForm) -> str:
    return render_template(
        "vocabulary/edit.html",
        target=target,
        form=form,
        conflict=[],
        asked=request.args.get("from", ""),
        done=request.args.get("done", ""),
        words=wording,
    )


def _preview_page(
    target: Target, stands: Target, form: EntryForm, content: Content, effect: Effect
) -> ResponseReturnValue:
    page = render_template(
        "vocabulary/preview.html",
        target=target,
        form=form,
        fields=_sent_fields(),
        changes=stands.changes(stands.standing.content, content),
        is_removed=not content,
        effect=effect,
        title=stands.kind.title(stands.key, content or stands.standing.content),
        preview_contact=contact_with(Contact(), content) if stands.name in ONLY_KEY else None,
        words=wording,
    )
    return page, 422 if effect.refusals else 200


def _stale_page(
    target: Target, stands: Target, form: EntryForm, content: Content
) -> ResponseReturnValue:
    """Show both texts; sent again, the form starts from the version that is shown."""
    known = replace(stands, key=target.key or stands.key)
    form.base.data, form.key = str(stands.standing.number), known.key
    page = render_template(
        "vocabulary/edit.html",
        target=known,
        form=form,
        conflict=stands.changes(stands.standing.content, content),
        asked="",
        done="",
        words=wording,
    )
    return page, 409


def _sent_fields() -> list[tuple[str, str]]:
    """Return the form's fields as they were sent, to be sent again."""
    return [
        (name, value)
        for name, values in request.form.lists()
        if name not in ("csrf_token", "do")
        for value in values
    ]
