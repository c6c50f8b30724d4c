"""The needs of the catalogue's present state, for whoever puts a code into words."""

from __future__ import annotations

from flask import g, has_app_context, has_request_context

from portal.wizard.index import wizard_index
from portal.wizard.offered_needs import SHIPPED, Needs


def current_needs() -> Needs:
    """Return the needs of the catalogue's present state, read once a request."""
    if not has_app_context():
        return SHIPPED
    if has_request_context() and "wizard_needs" in g:
        known: Needs = g.wizard_needs
        return known
    found = wizard_index().refresh().needs
    if has_request_context():
        g.wizard_needs = found
    return found
