"""What waits for whoever is signed in: features say it here, home and navigation show it.

So the home of listings need not know the features that stand above it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app

from portal.permissions import Actor

EXTENSION = "portal-work"


@dataclass(frozen=True, slots=True)
class Need:
    """A thing to do; `since` orders those of one feature and is not shown."""

    since: str
    title: str
    why: str
    note: str
    button: str
    url: str


@dataclass(slots=True)
class Work:
    """What features have said.

    Attributes:
        first: give things to do that stand above all others, each feature's the oldest first.
        numbers: by endpoint, how much waits behind an entry of the navigation.
        answering: which organizations answer requests in time; nobody knows where it is None.
    """

    first: list[Callable[[Actor], list[Need]]] = field(default_factory=list)
    numbers: dict[str, Callable[[Actor], int]] = field(default_factory=dict)
    answering: Callable[[], frozenset[uuid.UUID]] | None = None


def work_of(app: Flask) -> Work:
    """Return what the features of an app have said, to add to it."""
    work: Work = app.extensions.setdefault(EXTENSION, Work())
    return work


def first_needs(actor: Actor) -> list[Need]:
    """Return what somebody has to do first."""
    return [need for give in work_of(current_app).first for need in give(actor)]


def number_of(endpoint: str, actor: Actor) -> int:
    """Return how much waits behind an entry of the navigation; 0 where nothing is counted."""
    count = work_of(current_app).numbers.get(endpoint)
    return count(actor) if count else 0


def answering_organizations() -> frozenset[uuid.UUID]:
    """Return which organizations answer requests in time."""
    answering = work_of(current_app).answering
    return answering() if answering else frozenset()
