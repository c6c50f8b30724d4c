"""Roles and permissions: one table, the same in the code and in the documentation."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest

from portal.permissions import OF_ONE_ORGANIZATION, ROLES, Permission, Role, may
from tooling.permissions_table import PAGE, page

OWN, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@dataclass(frozen=True)
class Somebody:
    role: Role
    organization_ids: frozenset[uuid.UUID] = frozenset({OWN})
    is_navigator: bool = False


def test_the_documentation_shows_the_table_of_the_code():
    assert PAGE.read_text("utf-8") == page()


def test_nobody_may_do_nothing():
    assert not any(may(None, permission) for permission in Permission)


@pytest.mark.parametrize("permission", sorted(OF_ONE_ORGANIZATION - {Permission.REFERRAL_ANSWER}))
def test_staff_may_do_it_for_their_own_organization_only(permission):
    staff = Somebody(Role.STAFF)

    assert may(staff, permission, organization_id=OWN)
    assert not may(staff, permission, organization_id=OTHER)
    assert may(Somebody(Role.MANAGER), permission, organization_id=OTHER)


def test_each_role_may_do_what_the_one_below_may():
    staff = ROLES[Role.STAFF] - {Permission.REFERRAL_ANSWER}

    assert staff < ROLES[Role.MANAGER] < ROLES[Role.ADMINISTRATOR]


def test_only_staff_of_the_organization_answer_requests_because_they_name_companies():
    permission = Permission.REFERRAL_ANSWER

    assert may(Somebody(Role.STAFF), permission, organization_id=OWN)
    assert not may(Somebody(Role.STAFF), permission, organization_id=OTHER)
    assert not may(Somebody(Role.MANAGER), permission, organization_id=OWN)
    assert not may(Somebody(Role.ADMINISTRATOR), permission, organization_id=OWN)


def test_the_navigator_takes_requests_and_no_other_staff_does():
    assert may(Somebody(Role.STAFF, is_navigator=True), Permission.REFERRAL_NAVIGATE)
    assert not any(may(Somebody(role), Permission.REFERRAL_NAVIGATE) for role in Role)


def test_only_administrators_change_accounts():
    assert [r for r in Role if Permission.ACCOUNT_CHANGE in ROLES[r]] == [Role.ADMINISTRATOR]
