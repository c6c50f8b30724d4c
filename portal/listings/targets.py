"""What a signed-in person may edit: found by its address, or 404; its form, filled."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, g
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.accounts.models import Account
from portal.config import Settings
from portal.database import write_unit
from portal.directory.labels import shown_label
from portal.directory.models import Organization
from portal.directory.vocabulary import ORGANIZATION_KINDS, slug_of
from portal.extensions import db
from portal.listings import queries, vocabularies
from portal.listings.content import ORGANIZATION, SERVICE, Content
from portal.listings.fields import Choices
from portal.listings.forms import (
    ListingForm,
    OrganizationForm,
    ServiceForm,
    typed_organization,
    typed_service,
)
from portal.listings.operations import Subject
from portal.listings.queries import Standing
from portal.listings.wording import STATUSES
from portal.permissions import Permission, may

NEW = Standing(0, {"status": "active"})
FACET_OF_FIELD = {
    "forms": "form",
    "audiences": "audience",
    "industries": "industry",
    "delivery": "delivery",
    "cost_kind": "cost",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A listing that the actor may edit; `slug` is blank for a new service."""

    subject: Subject
    slug: str
    name: str
    organization_slug: str
    organization_name: str
    standing: Standing

    @property
    def kind(self) -> str:
        """Service or organization."""
        return self.subject.kind

    @property
    def is_new(self) -> bool:
        """Whether it does not exist yet."""
        return self.subject.listing_id is None


def service_target(slug: str) -> Target:
    """Return a service that the actor may edit; 404 for any other."""
    found = queries.service_of(slug)
    if found is None:
        abort(404)
    _require(found.organization_id)
    return Target(
        Subject(SERVICE, found.id, found.organization_id),
        slug,
        found.name,
        found.organization.slug,
        found.organization.name,
        queries.standing(SERVICE, found.id),
    )


def organization_target(slug: str) -> Target:
    """Return an organization that the actor may edit; 404 for any other."""
    found = editable_organization(slug)
    return Target(
        Subject(ORGANIZATION, found.id, found.id),
        slug,
        found.name,
        slug,
        found.name,
        queries.standing(ORGANIZATION, found.id),
    )


def new_target(organization: Organization) -> Target:
    """Return what a new service of an organization begins as."""
    return Target(
        Subject(SERVICE, None, organization.id), "", "", organization.slug, organization.name, NEW
    )


def editable_organization(slug: str) -> Organization:
    """Return an organization whose listings the actor may edit; 404 for any other."""
    found = queries.organization_of(slug)
    if found is None:
        abort(404)
    _require(found.id)
    return found


def _require(organization_id: uuid.UUID) -> None:
    if not may(g.actor, Permission.LISTING_EDIT, organization_id=organization_id):
        abort(404)


def sees_all() -> bool:
    """Whether the actor keeps the listings of every organization."""
    return may(g.actor, Permission.LISTING_APPROVE)


def is_at_once(target: Target) -> bool:
    """Whether what the actor sends is published without anybody's approval."""
    return sees_all() or queries.is_published_at_once(target.subject.organization_id)


def settings() -> Settings:
    """Return the settings of the portal that serves this request."""
    found: Settings = current_app.config["PORTAL"]
    return found


@contextmanager
def writing() -> Iterator[Account]:
    """Begin a write unit after the reads of this request; yields who acts, read anew."""
    account_id = g.actor.id
    db.session.rollback()
    with write_unit():
        yield db.session.get_one(Account, account_id)


def form_of(target: Target, typed: Mapping[str, list[str]] | None) -> ListingForm:
    """Return the form of a target.

    Args:
        target: what is edited.
        typed: what its fields hold; None: what was sent with this request.
    """
    given: dict[str, Any] = {}
    if typed is not None:
        fields: MultiDict[str, str] = MultiDict(dict(typed))
        given["formdata"] = fields
    if target.kind == ORGANIZATION:
        return OrganizationForm(
            choices=organization_choices(), this_year=clock.today().year, **given
        )
    return ServiceForm(choices=service_choices(), own=target.slug, **given)


def typed_of(target: Target) -> dict[str, list[str]]:
    """Return the fields of the form for a listing as it stands."""
    return typed_from(target, target.standing.content)


def typed_from(target: Target, content: Content) -> dict[str, list[str]]:
    """Return the fields of a target's form for a content."""
    if target.kind == ORGANIZATION:
        return typed_organization(content)
    return typed_service(content, service_choices())


def service_choices() -> Choices:
    """Return what a service may choose from, in the language of the page."""
    if "listing_choices" not in g:
        terms: dict[str, dict[str, str]] = {
            name: {
                code: shown_label(facet, code, label)
                for code, label in vocabularies.term_names(facet).items()
            }
            for name, facet in FACET_OF_FIELD.items()
        }
        # The catalogue's files write regions by name, except for the whole state.
        regions = vocabularies.term_names("region")
        terms["regions"] = {
            (code if slug_of(name) != code else name): shown_label("region", code, name)
            for code, name in regions.items()
        }
        terms["status"] = {code: str(label) for code, label in STATUSES.items()}
        g.listing_choices = Choices(terms, vocabularies.service_names())
    found: Choices = g.listing_choices
    return found


def organization_choices() -> Choices:
    """Return what an organization may choose from."""
    kinds = {code: str(label) for code, label in ORGANIZATION_KINDS.items()}
    counties: dict[str, Any] = {"": "–", **{name: name for name in vocabularies.county_names()}}
    return Choices({"kind": kinds, "county": counties})
