"""Tables of what listings have beside the catalogue's files: stories and successors; all ours."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model


class Story(Model):
    """How a company was helped, in markdown; kept only with that company's consent."""

    __tablename__ = "story"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    text: Mapped[str]


class Successor(Model):
    """The service that replaces a closed one: the old address leads to the new one."""

    __tablename__ = "successor"
    __table_args__ = (CheckConstraint("service_id <> successor_id", name="another"),)

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    successor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)


class OrganizationSuccessor(Model):
    """The organization that a closed one was merged into; whoever has no row is not closed.

    Only one without a row may succeed and only one without a row may get one, so lines of them
    end: there is no circle.
    """

    __tablename__ = "organization_successor"
    __table_args__ = (CheckConstraint("organization_id <> successor_id", name="another"),)

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organization.id"), primary_key=True
    )
    successor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    given_up: Mapped[str]  # names that the successor gave up for this one's, separated by "|"
