"""Makes the things that tests need, with only the facts that matter to them."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts import sessions
from portal.accounts.models import ACTIVE, Account, Membership, Navigator
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import WITH_SECOND_FACTOR, Role

PASSWORD = "three blue lathes hum"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Person:
    """An account as tests use it."""

    id: uuid.UUID
    email: str
    password: str = PASSWORD
    totp_secret: str = SECRET


class Make:
    """One method for each kind of thing; each writes in a transaction of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.numbers = itertools.count(1)

    def account(
        self,
        role: Role = Role.STAFF,
        *,
        of: tuple[str, ...] = (),
        status: str = ACTIVE,
        email: str = "",
        name: str = "",
        password_hash: str = "",
        with_app: bool | None = None,
    ) -> Person:
        """Make an account; `of` are slugs of organizations.

        Managers and administrators have an app with SECRET unless `with_app` says otherwise.
        """
        has_app = role in WITH_SECOND_FACTOR if with_app is None else with_app
        with self.app.app_context(), write_unit():
            account = Account(
                id=uuid.uuid4(),
                email=email or f"{role}-{next(self.numbers)}@example.org",
                name=name or f"{role.capitalize()} Person",
                role_code=role,
                status=status,
                language="en",
                password_hash=password_hash,
                totp_secret=SECRET if has_app else "",
                totp_step=0,
                sign_on_subject="",
                created_at=clock.now(),
                activated_at=clock.now(),
            )
            for organization in db.session.scalars(
                select(Organization).where(Organization.slug.in_(of))
            ):
                account.memberships.append(
                    Membership(id=uuid.uuid4(), organization_id=organization.id)
                )
            db.session.add(account)
            db.session.commit()
            person = Person(account.id, account.email)
            db.session.remove()
        return person

    def staff(self, of: str = "massmep") -> Person:
        """Make staff of one organization."""
        return self.account(Role.STAFF, of=(of,))

    def navigator(self, of: str = "nemc") -> Person:
        """Make staff of an organization, and name it as navigator."""
        with self.app.app_context(), write_unit():
            organization = db.session.scalars(
                select(Organization).where(Organization.slug == of)
            ).one()
            db.session.merge(Navigator(id=1, organization_id=organization.id, named_at=clock.now()))
            db.session.commit()
            db.session.remove()
        return self.account(Role.STAFF, of=(of,), with_app=True)

    def manager(self) -> Person:
        """Make a manager."""
        return self.account(Role.MANAGER)

    def administrator(self) -> Person:
        """Make an administrator."""
        return self.account(Role.ADMINISTRATOR)

    def session(self, person: Person, *, with_second_factor: bool = True) -> str:
        """Sign somebody in and return what the cookie holds."""
        with self.app.app_context(), write_unit():
            token = sessions.begin(
                db.session.get_one(Account, person.id),
                now=clock.now(),
                browser="test browser",
                with_second_factor=with_second_factor,
            )
            db.session.commit()
            db.session.remove()
        return token
