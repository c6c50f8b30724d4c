"""Who may open what: a route that says nothing is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """The kinds of visitors that a route may be open to."""

    PUBLIC = "public"


def public(view: View) -> View:
    """Open a view to everybody."""
    view.__dict__["access"] = Access.PUBLIC
    return view


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Return what a route has said, or None when it has said nothing."""
    access: Access | None = getattr(app.view_functions[endpoint], "access", None)
    return access


def refuse_undeclared() -> None:
    """Answer 403 for any route that has not said who may open it."""
    if request.endpoint and access_of(current_app, request.endpoint) is None:
        abort(403)
