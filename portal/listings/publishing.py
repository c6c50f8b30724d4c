"""Makes a content what the public sees, and writes down the version. The caller commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from portal.accounts import audit
from portal.accounts.models import Account
from portal.directory.beside import Story, Successor
from portal.directory.catalog_rows import OrganizationRow, ProgramRow
from portal.directory.exporting import stored_catalogue
from portal.directory.identity import LONGEST_SLUG, stable_id
from portal.directory.models import Organization, Round, Service
from portal.directory.operations import store_rows
from portal.directory.vocabulary import ENTERED, slug_of
from portal.extensions import db
from portal.listings import queries
from portal.listings.content import (
    CLOSED,
    ORGANIZATION,
    SERVICE,
    Content,
    edited,
    row_with,
    with_former_name,
)
from portal.listings.models import ListingRevision


class StaleError(Exception):
    """The listing changed since the form was opened; nothing was written."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a listing that exists is to be."""

    listing_id: uuid.UUID
    content: Mapping[str, Any]  # only what people may edit of it is used
    base: int  # the revision that whoever wrote it had seen
    organization: str = ""  # slug of the one that a program goes to; blank: it stays


def publish(
    kind: str,
    listing_id: uuid.UUID,
    content: Mapping[str, Any],
    *,
    base: int,
    by: Account,
    reason: str,
    now: datetime,
    state_code: str,
) -> ListingRevision:
    """Publish a content of one listing that exists; as `publish_all` does."""
    edit = Edit(listing_id, content, base)
    (revision,) = publish_all(kind, [edit], by=by, reason=reason, now=now, state_code=state_code)
    return revision


def publish_all(
    kind: str,
    edits: Sequence[Edit],
    *,
    by: Account,
    reason: str,
    now: datetime,
    state_code: str,
) -> list[ListingRevision]:
    """Publish contents of listings that exist, each as a revision of its own.

    Args:
        kind: of all of them.
        edits: no listing twice.
        by: who wrote them.
        reason: in their words; may be blank.
        now: the present moment.
        state_code: as for a load of the catalogue.

    Raises:
        StaleError: somebody else has published one of them since; nothing was written.
    """
    ids = [edit.listing_id for edit in edits]
    before = queries.standings(kind, ids)
    if any(before[edit.listing_id].number != edit.base for edit in edits):
        raise StaleError
    wanted: dict[uuid.UUID, Content] = {}
    for edit in edits:
        present = before[edit.listing_id]
        latest = queries.latest_revision(edit.listing_id)
        if latest is None or latest.number < present.number:
            _write_down(kind, edit.listing_id, present.number, present.content, now=now)
        content = {**present.content, **edited(kind, edit.content)}
        if kind == SERVICE:
            content = with_former_name(content, present.content)
        wanted[edit.listing_id] = content
    owners = {edit.listing_id: edit.organization for edit in edits if edit.organization}
    _store(kind, wanted, owners, now=now, state_code=state_code)
    after = queries.standings(kind, ids)
    for id_ in ids:
        audit.record(
            "listing:publish",
            object_kind=kind,
            object_id=id_,
            now=now,
            by=by,
            revision=before[id_].number + 1,
        )
    return [
        _write_down(
            kind, id_, before[id_].number + 1, after[id_].content, by=by, reason=reason, now=now
        )
        for id_ in ids
    ]


def publish_new(
    organization: Organization,
    content: Mapping[str, Any],
    *,
    by: Account,
    reason: str,
    now: datetime,
    state_code: str,
) -> Service:
    """Publish a service that did not exist; its slug is made from its name, once and for all."""
    slug = _free_slug(slug_of(content["name"]))
    row = ProgramRow(
        id=slug,
        organization_id=organization.slug,
        name=content["name"],
        short_description=content["short_description"],
        description=content["description"],
        forms=(),
        audiences=(),
        min_employees=None,
        max_employees=None,
        industries=(),
        regions=(),
        delivery="",
        cost_kind="",
        cost_note="",
        eligibility="",
        topics=(),
        application_url="",
        url=content["url"],
        phone="",
        email="",
        level="point-solution",
        side="supply",
        connects=(),
        evidence=ENTERED,
        source_url=content["url"],
        as_of=f"{now:%Y-%m}",
        status="active",
        alternate_name=(),
        pathway_next=(),
    )
    store_rows([row_with(row, edited(SERVICE, content))], state_code=state_code, now=now)
    listing_id = stable_id("service", slug)
    _store_beside(listing_id, slug, dict(content))
    after = queries.standing(SERVICE, listing_id).content
    audit.record("listing:publish", object_kind=SERVICE, object_id=listing_id, now=now, by=by)
    _write_down(SERVICE, listing_id, 0, after, by=by, reason=reason, now=now)
    return db.session.get_one(Service, listing_id)


def _store(
    kind: str,
    wanted: Mapping[uuid.UUID, Content],
    owners: Mapping[uuid.UUID, str],
    *,
    now: datetime,
    state_code: str,
) -> None:
    catalogue = stored_catalogue()
    rows: list[OrganizationRow | ProgramRow] = []
    if kind == ORGANIZATION:
        organizations = {row.id: row for row in catalogue.organizations}
        rows += [row_with(organizations[content["id"]], content) for content in wanted.values()]
    else:
        programs = {row.id: row for row in catalogue.programs}
        for id_, content in wanted.items():
            row = row_with(programs[content["id"]], content)
            rows.append(replace(row, organization_id=owners.get(id_, row.organization_id)))
    store_rows(rows, state_code=state_code, now=now)
    if kind == SERVICE:
        for id_, content in wanted.items():
            _store_beside(id_, content["id"], content)


def _store_beside(listing_id: uuid.UUID, slug: str, wanted: Content) -> None:
    """Store what a service has and the catalogue's files have not: rounds, story, successor."""
    for model in (Round, Story, Successor):
        db.session.execute(delete(model).where(model.service_id == listing_id))
    for opens, closes, recurs in sorted({tuple(r) for r in wanted.get("rounds") or ()}):
        db.session.add(
            Round(
                id=stable_id("round", slug, opens, closes, recurs),
                service_id=listing_id,
                opens_on=date.fromisoformat(opens) if opens else None,
                closes_on=date.fromisoformat(closes) if closes else None,
                recurs=recurs,
            )
        )
    if wanted.get("story"):
        db.session.add(Story(service_id=listing_id, text=wanted["story"]))
    successor = wanted.get("replaced_by")
    if successor and wanted.get("status") == CLOSED:
        newer = db.session.scalars(select(Service.id).where(Service.slug == successor)).one()
        db.session.add(Successor(service_id=listing_id, successor_id=newer))
    db.session.flush()
    db.session.expire_all()


def _free_slug(wanted: str) -> str:
    taken = {"new", *db.session.scalars(select(Service.slug))}
    stem = wanted[: LONGEST_SLUG - 4].strip("-") or "program"
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _write_down(
    kind: str,
    listing_id: uuid.UUID,
    number: int,
    content: Content,
    *,
    now: datetime,
    by: Account | None = None,
    reason: str = "",
) -> ListingRevision:
    revision = ListingRevision(
        id=uuid.uuid4(),
        kind=kind,
        listing_id=listing_id,
        number=number,
        at=now,
        author_id=by.id if by else None,
        author_label=(by.name or by.email) if by else "",
        reason=reason,
        snapshot=json.dumps(content, sort_keys=True, ensure_ascii=False),
    )
    db.session.add(revision)
    db.session.flush()
    return revision
