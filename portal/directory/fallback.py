"""Whom a visitor can call when no program fits: as managers wrote it, or as the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from flask import Flask, current_app, g, has_request_context
from sqlalchemy.exc import SQLAlchemyError

from portal.config import Contact, Settings
from portal.directory.edited_text import EditedText, written_in
from portal.directory.overrides import CONTACT, Content, overrides_of

KEY = "fallback"  # there is one
LAST_KNOWN = "portal-last-known-contact"

log = structlog.get_logger()


def fallback_contact() -> Contact:
    """Return whom to call, once a request; where the database fails, whoever was known last."""
    if has_request_context() and "fallback_contact" in g:
        known: Contact = g.fallback_contact
        return known
    try:
        changed = overrides_of(CONTACT).get(KEY, {})
    except SQLAlchemyError as error:
        # A page that says what went wrong names a person all the same.
        log.warning("the fallback contact could not be read", kind=type(error).__name__)
        return last_known_contact()
    found = contact_with(_settings().contact, changed)
    current_app.extensions[LAST_KNOWN] = found
    if has_request_context():
        g.fallback_contact = found
    return found


def last_known_contact() -> Contact:
    """Return whom to call without a look at the database."""
    found: Contact = current_app.extensions.get(LAST_KNOWN) or _settings().contact
    return found


def contact_with(contact: Contact, changed: Mapping[str, Any]) -> Contact:
    """Return a contact with what managers changed of it, in the language of the page.

    Args:
        contact: as the settings have it.
        changed: empty, or all fields: name, phone, url, hours, hours_es, hours_pt.
    """
    if not changed:
        return contact
    return Contact(
        name=changed["name"],
        phone=changed["phone"],
        url=changed["url"],
        hours=EditedText(written_in(changed, "hours")).shown(),
    )


def shipped_contact() -> Content:
    """Return the contact of the settings as a content."""
    contact = _settings().contact
    return {
        "name": contact.name,
        "phone": contact.phone,
        "url": contact.url,
        "hours": contact.hours,
        "hours_es": "",
        "hours_pt": "",
    }


def settings_with_contact() -> Settings:
    """Return the settings with the contact as it is now."""
    return replace(_settings(), contact=fallback_contact())


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL"]
    return settings


def init_app(app: Flask) -> None:
    """Let every template name the person, also those that are given nothing."""
    app.jinja_env.globals.update(
        fallback_contact=fallback_contact, last_known_contact=last_known_contact
    )
