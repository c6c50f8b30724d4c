"""`flask accounts`: invite somebody from the command line, the first administrator among them."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from portal import clock
from portal.accounts import operations
from portal.accounts.models import INVITED, Account
from portal.database import write_unit
from portal.directory.models import Organization
from portal.extensions import db
from portal.permissions import Role

accounts = AppGroup("accounts", help="People who sign in.")


@accounts.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="staff")
@click.option("--organization", "slugs", multiple=True, help="Slug; may be given several times.")
@click.option("--base-url", default="http://localhost:8000", help="Where the portal is reached.")
def invite(email: str, role: str, slugs: tuple[str, ...], base_url: str) -> None:
    """Make an account for EMAIL and print the link that opens it, once, for 14 days."""
    with write_unit():
        organizations = list(
            db.session.scalars(select(Organization).where(Organization.slug.in_(slugs)))
        )
        unknown = set(slugs) - {organization.slug for organization in organizations}
        if unknown:
            raise click.ClickException(f"There is no organization {', '.join(sorted(unknown))}.")
        if role == Role.STAFF and not organizations:
            raise click.ClickException("Staff work for an organization: name it.")
        try:
            invited = operations.invite(
                email,
                role=Role(role),
                organizations=organizations,
                language="en",
                now=clock.now(),
            )
        except operations.AlreadyInvitedError as error:
            raise click.ClickException(f"{email} has an account already.") from error
        db.session.commit()
    click.echo(f"{base_url.rstrip('/')}/account/invitations/{invited.token}")


def first_administrator_link(base_url: str) -> str | None:
    """Return a one-time link for the first administrator; None once somebody opened an account.

    Each start prints a new one, and the one before ends.
    """
    opened = select(Account.id).where(Account.status != INVITED).limit(1)
    if db.session.scalar(opened) is not None:
        return None
    invited = operations.invite(
        operations.NOBODYS_ADDRESS,
        role=Role.ADMINISTRATOR,
        language="en",
        now=clock.now(),
    )
    return f"{base_url}/account/invitations/{invited.token}"
