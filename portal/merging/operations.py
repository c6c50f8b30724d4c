"""Writes about listings that look alike: told apart, or merged. The caller commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory.beside import OrganizationSuccessor
from portal.directory.operations import mark_catalogue_changed
from portal.extensions import db
from portal.listings import operations as listing_operations
from portal.listings import queries as listing_queries
from portal.listings.content import CLOSED, ORGANIZATION, SERVICE
from portal.listings.models import OPEN
from portal.listings.publishing import Edit, StaleError, publish_all
from portal.listings.queries import Standing
from portal.merging import queries
from portal.merging.joining import joined, names_given_up, next_steps_without
from portal.merging.models import DistinctPair, MergedListing
from portal.merging.queries import Moving
from portal.referrals.following import follow


class GoneError(Exception):
    """One of the two is closed or was merged meanwhile; nothing was written."""


def tell_apart(
    kind: str, one: uuid.UUID, other: uuid.UUID, *, reason: str, by: Account, now: datetime
) -> DistinctPair:
    """Note that two listings are not the same; the same decision twice is one."""
    first, second = queries.ordered(one, other)
    standing = db.session.scalar(
        select(DistinctPair).where(
            DistinctPair.kind == kind,
            DistinctPair.first_id == first,
            DistinctPair.second_id == second,
            DistinctPair.undone_at.is_(None),
        )
    )
    if standing is not None:
        return standing
    pair = DistinctPair(
        id=uuid.uuid4(),
        kind=kind,
        first_id=first,
        second_id=second,
        decided_by_id=by.id,
        decided_at=now,
        reason=reason,
        undone_at=None,
    )
    db.session.add(pair)
    audit.record(
        "listing:tell-apart", object_kind=kind, object_id=first, now=now, by=by, other=second
    )
    db.session.flush()
    return pair


def compare_again(pair: DistinctPair, *, by: Account, now: datetime) -> None:
    """Undo the decision that two listings are not the same; undone twice is once."""
    if pair.undone_at is not None:
        return
    pair.undone_at = now
    audit.record(
        "listing:compare-again",
        object_kind=pair.kind,
        object_id=pair.first_id,
        now=now,
        by=by,
        other=pair.second_id,
    )
    db.session.flush()


def merge(
    kind: str,
    kept_id: uuid.UUID,
    gone_id: uuid.UUID,
    *,
    taken: Sequence[str],
    bases: tuple[int, int],
    reason: str,
    by: Account,
    now: datetime,
    state_code: str,
) -> MergedListing:
    """Make two listings one: the other is closed, and its address leads to the one that stays.

    Args:
        kind: of both.
        kept_id: the one that stays.
        gone_id: the other one.
        taken: fields whose value is the other one's.
        bases: the revisions of the two that whoever decides had seen.
        reason: in their words; may be blank.
        by: who decides.
        now: the present moment.
        state_code: as for a load of the catalogue.

    Raises:
        GoneError: one of them is closed.
        StaleError: one of them was changed since.
    """
    if kept_id == gone_id or queries.is_gone(kind, kept_id) or queries.is_gone(kind, gone_id):
        raise GoneError
    standings = listing_queries.standings(kind, [kept_id, gone_id])
    kept, gone = standings[kept_id], standings[gone_id]
    if (kept.number, gone.number) != bases:
        raise StaleError
    moved = queries.moving(kind, gone_id)
    content = joined(kind, kept.content, gone.content, taken)
    edits = [Edit(kept_id, content, kept.number)]
    why: dict[str, Any] = {"by": by, "now": now, "state_code": state_code}
    if kind == SERVICE:
        closed = {**gone.content, "status": CLOSED, "replaced_by": kept.content["id"]}
        edits += [Edit(gone_id, closed, gone.number), *_renamed(moved, kept_id, gone, kept)]
        publish_all(kind, edits, reason=reason, **why)
    else:
        edits.append(Edit(gone_id, gone.content, gone.number))
        publish_all(kind, edits, reason=reason, **why)
        programs = listing_queries.standings(SERVICE, [service.id for service in moved.services])
        going = [
            Edit(id_, found.content, found.number, organization=kept.content["id"])
            for id_, found in programs.items()
        ]
        if going:
            publish_all(SERVICE, going, reason=reason, **why)
            _keep_up(moved, programs)
        db.session.add(
            OrganizationSuccessor(
                organization_id=gone_id,
                successor_id=kept_id,
                given_up="|".join(names_given_up(kept.content, content)),
            )
        )
        db.session.flush()
        mark_catalogue_changed()
    ids = _move(queries.moving(kind, gone_id), kept_id, by=by, now=now)
    if kind == ORGANIZATION:
        follow(gone_id, kept_id)
    ids["services"] = [service.id for service in moved.services]
    return _noted(kind, kept_id, gone_id, ids, reason=reason, by=by, now=now)


def _keep_up(moved: Moving, programs: Mapping[uuid.UUID, Standing]) -> None:
    """Let open changes of moved programs go on: nothing that they may edit is different."""
    for change in moved.other_changes:
        found = programs.get(change.listing_id) if change.listing_id else None
        if found and change.status in OPEN and change.base_number == found.number:
            change.base_number += 1


def _renamed(moved: Moving, kept_id: uuid.UUID, gone: Standing, kept: Standing) -> list[Edit]:
    """Return the programs that name the closed one as a next step, with the other one instead."""
    others = [service.id for service in moved.before_it if service.id != kept_id]
    edits = []
    for id_, found in listing_queries.standings(SERVICE, others).items():
        steps = next_steps_without(
            found.content["pathway_next"],
            own=found.content["id"],
            gone=gone.content["id"],
            kept=kept.content["id"],
        )
        edits.append(Edit(id_, {**found.content, "pathway_next": steps}, found.number))
    return edits


def _move(
    moved: Moving, kept_id: uuid.UUID, *, by: Account, now: datetime
) -> dict[str, list[object]]:
    """Give what belongs to a listing to the one that stays; what that has already is dropped."""
    theirs = queries.moving(ORGANIZATION, kept_id)
    ids: dict[str, list[object]] = {}
    known: Mapping[str, set[object]] = {
        "contacts": {contact.email for contact in theirs.contacts},
        "stops": {stop.email for stop in theirs.stops},
        "memberships": {membership.account_id for membership in theirs.memberships},
    }
    owned: dict[str, Sequence[Any]] = {
        "contacts": moved.contacts,
        "stops": moved.stops,
        "memberships": moved.memberships,
        "claims": moved.claims,
        "links": moved.links,
        "changes": moved.other_changes,
    }
    for name, things in owned.items():
        for thing in things:
            said = thing.account_id if name == "memberships" else getattr(thing, "email", "")
            if said in known.get(name, ()):
                db.session.delete(thing)
            else:
                thing.organization_id = kept_id
                if name != "links":  # whose key is a secret's digest
                    ids.setdefault(name, []).append(thing.id)
    for suggestion in moved.suggestions:
        suggestion.service_id = kept_id
        ids.setdefault("suggestions", []).append(suggestion.id)
    for change in moved.thrown_away:
        listing_operations.discard(change, by=by, now=now)
        ids.setdefault("thrown-away", []).append(change.id)
    db.session.flush()
    return ids


def _noted(
    kind: str,
    kept_id: uuid.UUID,
    gone_id: uuid.UUID,
    ids: Mapping[str, Sequence[object]],
    *,
    reason: str,
    by: Account,
    now: datetime,
) -> MergedListing:
    audit.record("listing:merge", object_kind=kind, object_id=gone_id, now=now, by=by, into=kept_id)
    merged = MergedListing(
        gone_id=gone_id,
        kind=kind,
        kept_id=kept_id,
        merged_by_id=by.id,
        merged_at=now,
        reason=reason,
        moved_json=json.dumps(ids, default=str, sort_keys=True),
    )
    db.session.add(merged)
    db.session.flush()
    return merged
