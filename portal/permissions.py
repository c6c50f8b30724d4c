"""Who may do what: one table of roles and permissions; a route that says nothing is closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What an account is for; each role has the permissions of ROLES."""

    STAFF = "staff"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What may be done, as `resource:action`."""

    OWN_ACCOUNT = "account:own"
    LISTING_READ = "listing:read"
    LISTING_EDIT = "listing:edit"
    LISTING_CONFIRM = "listing:confirm"
    LISTING_APPROVE = "listing:approve"
    SUGGESTION_DECIDE = "suggestion:decide"
    VOCABULARY_EDIT = "vocabulary:edit"
    IMPORT_RUN = "import:run"
    ACCOUNT_READ = "account:read"
    ACCOUNT_INVITE = "account:invite"
    ACCOUNT_CHANGE = "account:change"
    CLAIM_DECIDE = "claim:decide"
    AUDIT_READ = "audit:read"
    MAIL_READ = "mail:read"
    MAIL_STATE_READ = "mail-state:read"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_REFER = "referral:refer"
    REFERRAL_NAVIGATE = "referral:navigate"
    REFERRAL_MANAGE = "referral:manage"
    UNMET_NEED_MANAGE = "unmet-need:manage"


_STAFF = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.LISTING_READ,
        Permission.LISTING_EDIT,
        Permission.LISTING_CONFIRM,
        Permission.SUGGESTION_DECIDE,
        Permission.REFERRAL_ANSWER,
        Permission.REFERRAL_REFER,
    }
)
# Managers see counts and timelines of referrals, and not the inboxes of organizations.
_MANAGER = (_STAFF - {Permission.REFERRAL_ANSWER}) | {
    Permission.LISTING_APPROVE,
    Permission.REFERRAL_MANAGE,
    Permission.UNMET_NEED_MANAGE,
    Permission.VOCABULARY_EDIT,
    Permission.IMPORT_RUN,
    Permission.ACCOUNT_READ,
    Permission.ACCOUNT_INVITE,
    Permission.CLAIM_DECIDE,
    Permission.AUDIT_READ,
    Permission.MAIL_STATE_READ,
}
ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.STAFF: _STAFF,
    Role.MANAGER: _MANAGER,
    Role.ADMINISTRATOR: _MANAGER | {Permission.ACCOUNT_CHANGE, Permission.MAIL_READ},
}
# Staff may do these for organizations of their own only; the other roles for all.
OF_ONE_ORGANIZATION = frozenset(
    {
        Permission.LISTING_READ,
        Permission.LISTING_EDIT,
        Permission.LISTING_CONFIRM,
        Permission.SUGGESTION_DECIDE,
        Permission.REFERRAL_ANSWER,
    }
)
# What staff of the organization that is named as navigator may do besides.
NAVIGATOR = frozenset({Permission.REFERRAL_NAVIGATE, Permission.UNMET_NEED_MANAGE})
# Who has one of these roles signs in with a second factor.
WITH_SECOND_FACTOR = frozenset({Role.MANAGER, Role.ADMINISTRATOR})

PUBLIC = "public"


class Actor(Protocol):
    """Who is signed in, as permissions see them."""

    @property
    def role(self) -> Role:
        """Return the role of the account."""
        ...

    @property
    def organization_ids(self) -> frozenset[uuid.UUID]:
        """Return the organizations whose staff it is."""
        ...

    @property
    def is_navigator(self) -> bool:
        """Whether it is staff of the organization that is named as navigator."""
        ...


def may(actor: Actor | None, permission: Permission, *, organization_id: Any = None) -> bool:
    """Whether somebody may do something.

    Args:
        actor: who is signed in; None may do nothing.
        permission: what is to be done.
        organization_id: whose listing it is done to; left out for what belongs to nobody.
    """
    if actor is None:
        return False
    if permission in NAVIGATOR and actor.is_navigator:
        return True
    if permission not in ROLES[actor.role]:
        return False
    if actor.role is Role.STAFF and permission in OF_ONE_ORGANIZATION and organization_id:
        return organization_id in actor.organization_ids
    return True


def public(view: View) -> View:
    """Open a view to everybody."""
    view.__dict__["access"] = PUBLIC
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view to those who have a permission; the view itself checks whose object it is."""

    def declare(view: View) -> View:
        view.__dict__["access"] = permission
        return view

    return declare


def access_of(app: Flask, endpoint: str) -> str | None:
    """Return what a route has said, or None when it has said nothing."""
    access: str | None = getattr(app.view_functions[endpoint], "access", None)
    return access


def actor() -> Actor | None:
    """Return who is signed in and has passed what their role asks for."""
    found: Actor | None = g.get("actor")
    return found


def refuse_undeclared() -> ResponseReturnValue | None:
    """Answer 403 for any route that has not said who may open it, or not to this visitor.

    Somebody who is not signed in is led to sign in, and comes back.
    """
    if not request.endpoint:
        return None
    access = access_of(current_app, request.endpoint)
    if access == PUBLIC:
        return None
    if access is None:
        abort(403)
    if actor() is None:
        return redirect(url_for("accounts.sign_in", to=request.full_path.rstrip("?")))
    if not may(actor(), Permission(access)):
        abort(403)
    return None
