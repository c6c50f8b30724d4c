"""What managers see of listings that may be there twice: the pairs, and making two of them one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.accounts.signing import keep_private
from portal.directory.duplicate_words import reason_text
from portal.directory.duplicates import Pair
from portal.directory.models import Organization, Service
from portal.extensions import db
from portal.listings import editing, targets
from portal.listings import queries as listing_queries
from portal.listings.checking import faults_of
from portal.listings.content import ORGANIZATION, SERVICE
from portal.listings.editing import ShownChange
from portal.listings.publishing import StaleError
from portal.listings.queries import Standing
from portal.listings.targets import writing
from portal.listings.wording import field_label, value_text
from portal.merging import operations, queries
from portal.merging.forms import MergeForm, ReasonForm
from portal.merging.joining import choices_between, joined, taken_first
from portal.merging.operations import GoneError
from portal.permissions import Permission, requires

bp = Blueprint("merging", __name__, url_prefix="/manage")
bp.after_request(keep_private)

KINDS = {"organizations": ORGANIZATION, "services": SERVICE}
SHOWN_PAIRS = 50  # a list is worked off from its top
COMPARED = {
    SERVICE: ("name", "short_description", "phone", "url", "email"),
    ORGANIZATION: ("name", "short_name", "kind", "url", "city"),
}


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Two listings side by side, and why they may be one."""

    kinds: str
    first: Organization | Service
    second: Organization | Service
    reasons: list[str]
    facts: list[tuple[str, str, str]]  # label, of the first, of the second


@bp.get("/duplicates")
@requires(Permission.LISTING_APPROVE)
def duplicates() -> ResponseReturnValue:
    """List the pairs that may be one, the surest first, and those that were told apart."""
    found = [(kinds, pair) for kinds, kind in KINDS.items() for pair in queries.pairs(kind)]
    found.sort(key=lambda line: -line[1].score)
    shown = [
        _shown(kinds, [pair for known, pair in found[:SHOWN_PAIRS] if known == kinds])
        for kinds in KINDS
    ]
    apart = queries.distinct_pairs()
    return render_template(
        "merging/duplicates.html",
        pairs=[pair for some in shown for pair in some],
        total=len(found),
        apart=apart,
        names=queries.names([id_ for pair in apart for id_ in (pair.first_id, pair.second_id)]),
        form=ReasonForm(),
    )


def _shown(kinds: str, pairs: Sequence[Pair]) -> list[ShownPair]:
    kind = KINDS[kinds]
    known = queries.listings(kind, [slug for pair in pairs for slug in (pair.first, pair.second)])
    contents = listing_queries.standings(kind, [found.id for found in known.values()])
    return [
        ShownPair(
            kinds,
            known[pair.first],
            known[pair.second],
            [reason_text(reason) for reason in pair.reasons],
            [
                (
                    str(field_label(field)),
                    value_text(field, contents[known[pair.first].id].content[field]),
                    value_text(field, contents[known[pair.second].id].content[field]),
                )
                for field in COMPARED[kind]
            ],
        )
        for pair in pairs
    ]


@bp.post("/duplicates/<any(organizations, services):kinds>/<slug:first>/<slug:second>/apart")
@requires(Permission.LISTING_APPROVE)
def tell_apart(kinds: str, first: str, second: str) -> ResponseReturnValue:
    """Decide that two listings are not the same."""
    kind, form = KINDS[kinds], ReasonForm()
    one, other = _listing(kind, first), _listing(kind, second)
    if one.id == other.id or not form.validate():
        abort(400)
    ids = one.id, other.id
    with writing() as by:
        operations.tell_apart(kind, *ids, reason=form.reason.data or "", by=by, now=clock.now())
        db.session.commit()
    return redirect(url_for("merging.duplicates", done="apart"))


@bp.post("/duplicates/decisions/<uuid:id_>/undo")
@requires(Permission.LISTING_APPROVE)
def compare_again(id_: uuid.UUID) -> ResponseReturnValue:
    """Undo such a decision."""
    with writing() as by:
        pair = queries.distinct_pair(id_) or abort(404)
        operations.compare_again(pair, by=by, now=clock.now())
        db.session.commit()
    return redirect(url_for("merging.duplicates", done="again"))


@bp.route(
    "/merge/<any(organizations, services):kinds>/<slug:kept>/<slug:gone>", methods=["GET", "POST"]
)
@requires(Permission.LISTING_APPROVE)
def merge(kinds: str, kept: str, gone: str) -> ResponseReturnValue:
    """Choose what stays, see everything that moves, then make two listings one."""
    kind, form = KINDS[kinds], MergeForm()
    one, other = _listing(kind, kept), _listing(kind, gone)
    if one.id == other.id:
        abort(404)
    standings = listing_queries.standings(kind, [one.id, other.id])
    page = MergePage(kinds, one, other, standings[one.id], standings[other.id], form)
    if request.method == "GET":
        return page.choices()
    if page.is_stale:
        return page.choices(is_stale=True), 409
    faults = faults_of(kind, page.content)
    if faults:
        return page.choices(faults=faults), 400
    if request.form.get("do") != "merge" or not form.validate():
        return page.preview(), 400 if request.form.get("do") == "merge" else 200
    return _merge(page)


def _merge(page: MergePage) -> ResponseReturnValue:
    """Make the two one; where something came between, nothing is written and it is shown anew."""
    reason = page.form.reason.data or str(_("Merged with %(name)s", name=page.gone.name))
    kept, gone, taken = page.kept.id, page.gone.id, sorted(page.taken)
    again = url_for("merging.merge", kinds=page.kinds, kept=page.kept.slug, gone=page.gone.slug)
    try:
        with writing() as by:
            operations.merge(
                page.kind,
                kept,
                gone,
                taken=taken,
                bases=page.form.bases,
                reason=reason,
                by=by,
                now=clock.now(),
                state_code=targets.settings().state_code,
            )
            db.session.commit()
    except GoneError:
        db.session.rollback()
        return redirect(url_for("merging.duplicates"))
    except StaleError:
        db.session.rollback()
        return redirect(again)
    return redirect(url_for("merging.duplicates", done="merged"))


@dataclass(frozen=True, slots=True)
class MergePage:
    """The two pages of a merge, of what was sent so far."""

    kinds: str
    kept: Organization | Service
    gone: Organization | Service
    kept_standing: Standing
    gone_standing: Standing
    form: MergeForm

    @property
    def kind(self) -> str:
        """Of both."""
        return KINDS[self.kinds]

    @property
    def is_stale(self) -> bool:
        """Whether one of the two was changed since the form was made."""
        return self.form.bases != (self.kept_standing.number, self.gone_standing.number)

    @property
    def taken(self) -> set[str]:
        """The fields whose value is the other one's: as was chosen, or as is offered first."""
        different = choices_between(
            self.kind, self.kept_standing.content, self.gone_standing.content
        )
        first = taken_first(different)
        return {
            choice.field
            for choice in different
            if request.form.get(f"take-{choice.field}", "gone" if choice.field in first else "kept")
            == "gone"
        }

    @property
    def content(self) -> dict[str, object]:
        """What the one that stays would say."""
        return joined(self.kind, self.kept_standing.content, self.gone_standing.content, self.taken)

    def choices(self, *, is_stale: bool = False, faults: Sequence[str] = ()) -> str:
        """Show both, field by field."""
        different = choices_between(
            self.kind, self.kept_standing.content, self.gone_standing.content
        )
        self._set_bases()
        return render_template(
            "merging/choices.html",
            page=self,
            form=self.form,
            fields=[
                ShownChange(
                    choice.field,
                    str(field_label(choice.field)),
                    value_text(choice.field, choice.before),
                    value_text(choice.field, choice.after),
                )
                for choice in different
            ],
            is_stale=is_stale,
            faults=faults,
        )

    def preview(self) -> str:
        """Show what the one that stays would say, and everything that moves."""
        self._set_bases()
        shown = editing.shown_changes(self.kind, self.kept_standing.content, self.content)
        return render_template(
            "merging/preview.html",
            page=self,
            form=self.form,
            changes=shown,
            chosen={
                change.field: "gone" if change.field in self.taken else "kept"
                for change in choices_between(
                    self.kind, self.kept_standing.content, self.gone_standing.content
                )
            },
            moving=queries.moving(self.kind, self.gone.id),
        )

    def _set_bases(self) -> None:
        self.form.kept_base.data = str(self.kept_standing.number)
        self.form.gone_base.data = str(self.gone_standing.number)


def _listing(kind: str, slug: str) -> Organization | Service:
    return queries.listing(kind, slug) or abort(404)
