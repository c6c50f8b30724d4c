"""What tests of the editor share: its form as a browser would send it, and looks at what stands."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from portal.directory.exporting import stored_catalogue
from portal.directory.models import Service
from portal.extensions import db
from portal.listings.models import ListingChange, ListingRevision
from tests.browser import Page

LEAN = "/staff/services/massmep-lean"


def filled(page: Page, form: str = "form.editor") -> dict[str, list[str]]:
    """Return what a browser would send with a form as it is filled."""
    found: dict[str, list[str]] = {}
    for field in page.select_one(form).select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "textarea":
            value = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            value = chosen["value"]
        else:
            value = field.get("value", "")
        found.setdefault(field["name"], []).append(value)
    return found


def send(browser, path: str, *, do: str = "send", to: str = "", **fields: object):
    """Open the editor, change some fields, and send all of it."""
    data = {**filled(browser.get(path)), "do": do, **fields}
    return browser.client.post(to or path, data=data)


def service(app: Flask, slug: str = "massmep-lean") -> Service:
    """Return a service as it stands."""
    with app.app_context():
        found = db.session.scalars(select(Service).where(Service.slug == slug)).one()
        db.session.expunge(found)
        db.session.remove()
    return found


def row(app: Flask, slug: str = "massmep-lean"):
    """Return a service as the catalogue's files would write it."""
    with app.app_context():
        catalogue = stored_catalogue()
        db.session.remove()
    return next(row for row in catalogue.programs if row.id == slug)


def revisions(app: Flask) -> list[ListingRevision]:
    """Return all revisions, by number."""
    with app.app_context():
        found = list(db.session.scalars(select(ListingRevision).order_by(ListingRevision.number)))
        db.session.expunge_all()
        db.session.remove()
    return found


def changes(app: Flask) -> list[ListingChange]:
    """Return all changes, oldest first."""
    with app.app_context():
        query = select(ListingChange).order_by(ListingChange.created_at)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        db.session.remove()
    return found
