"""What happens between a form about a listing and its draft: reading, keeping, measuring."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, request
from flask_babel import gettext as _

from portal import clock
from portal.extensions import db
from portal.listings import completeness, operations, queries, vocabularies
from portal.listings.content import FIELDS, SERVICE, Content
from portal.listings.diffs import FieldChange, changes_between, pieces
from portal.listings.discrimination import Meter, Tag, company_of, meter
from portal.listings.forms import ListingForm
from portal.listings.models import OPEN, ListingChange
from portal.listings.targets import FACET_OF_FIELD, Target, writing
from portal.listings.wording import HINTS, VERDICTS, field_label, value_text

NOT_TYPED = {"csrf_token", "do"}
FIELD_OF_FACET = {facet: name for name, facet in FACET_OF_FIELD.items()}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A field that differs, in words."""

    field: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Any]:
        """The change word by word."""
        return list(pieces(self.before, self.after))


def shown_changes(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], *, more: Sequence[str] = ()
) -> list[ShownChange]:
    """Return in words what differs between two contents, in `more` than what people may edit."""
    return [_shown(change) for change in changes_between(before, after, (*FIELDS[kind], *more))]


def _shown(change: FieldChange) -> ShownChange:
    return ShownChange(
        change.field,
        str(field_label(change.field)),
        value_text(change.field, change.before),
        value_text(change.field, change.after),
    )


def sent_fields() -> dict[str, list[str]]:
    """Return the form's fields as they were sent."""
    return {
        name: values for name, values in request.form.lists() if name not in NOT_TYPED and values
    }


def own_change(target: Target) -> ListingChange | None:
    """Return the actor's open change of a target; of a new service, the one the request names.

    404 where it names one of somebody else.
    """
    if target.subject.listing_id is not None:
        return queries.open_change(g.actor.id, target.subject.listing_id)
    named = named_draft()
    found = queries.change(named) if named else None
    if found is None:
        return None
    is_ours = found.author_id == g.actor.id and found.listing_id is None
    is_fitting = found.organization_id == target.subject.organization_id and found.status in OPEN
    if not (is_ours and is_fitting):
        abort(404)
    return found


def named_draft() -> uuid.UUID | None:
    """Return the id of the draft that a request for a new service names."""
    text = request.form.get("draft") or request.args.get("draft") or ""
    try:
        return uuid.UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def keep(target: Target, form: ListingForm) -> uuid.UUID:
    """Keep what was typed as the actor's draft and commit.

    Raises:
        NotOpenError: it was sent or decided meanwhile.
    """
    typed, title = sent_fields(), (form.name.data or target.name or str(_("New program")))[:300]
    named = named_draft()
    with writing() as by:
        change = operations.keep_draft(
            target.subject,
            typed,
            change=own_change(target),
            change_id=(target.is_new and named) or uuid.uuid4(),
            title=title,
            base=form.base_number,
            by=by,
            now=clock.now(),
        )
        id_ = change.id
        db.session.commit()
    return id_


def tags_of(content: Mapping[str, Any]) -> list[Tag]:
    """Return the tags that a content chooses, as the meter counts them."""
    found: list[Tag] = []
    for name, facet in FACET_OF_FIELD.items():
        value = content.get(name) or []
        found += [(facet, code) for code in (value if isinstance(value, list) else [value])]
    return found


@dataclass(frozen=True, slots=True)
class Advice:
    """What the editor says about a listing's tags and gaps; counts for every tag on offer."""

    meter: Meter
    together: str
    others: Mapping[str, Mapping[str, int]]
    hints: list[str]

    @property
    def lines(self) -> list[str]:
        """What the meter says, in sentences."""
        found = [self.together]
        if self.meter.is_scattered:
            found.append(
                _(
                    "You say that it is made for %(count)s industries. Pick at most three that you "
                    "are dedicated to; for the others say that it is open to any.",
                    count=self.meter.dedicated,
                )
            )
        return found


def advice(target: Target, content: Content) -> Advice | None:
    """Measure a service's tags and say what it lacks; None for an organization."""
    if target.kind != SERVICE:
        return None
    holders, total = vocabularies.tag_holders()
    own = target.subject.listing_id
    measured = meter(tags_of(content), holders, total=total, own=own)
    others: dict[str, dict[str, int]] = {}
    for (facet, code), having in holders.items():
        if facet in FIELD_OF_FACET:
            count = company_of(having, total=total, own=own).others
            others.setdefault(FIELD_OF_FACET[facet], {})[code] = count
    together = _(
        "All your choices together put this program beside %(count)s others of %(total)s: "
        "that %(verdict)s.",
        count=measured.together.others,
        total=total - (own is not None),
        verdict=VERDICTS[measured.together.verdict],
    )
    hints = [str(HINTS[key]) for key in completeness.missing(content)]
    return Advice(measured, together, others, hints)
