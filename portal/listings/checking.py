"""Whether a content would pass the editor's form, so that no other way in has rules of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.listings import targets
from portal.listings.content import ORGANIZATION
from portal.listings.forms import (
    ListingForm,
    OrganizationForm,
    ServiceForm,
    typed_organization,
    typed_service,
)
from portal.listings.wording import field_label


def faults_of(kind: str, content: Mapping[str, Any]) -> list[str]:
    """Return what the editor would say of a content, each with the field's name; empty: nothing.

    Args:
        kind: of listing.
        content: whole; its `id` is its own slug.
    """
    no_token = {"csrf": False}
    form: ListingForm
    typed: MultiDict[str, str]
    if kind == ORGANIZATION:
        typed = MultiDict(typed_organization(content))
        form = OrganizationForm(
            formdata=typed,
            choices=targets.organization_choices(),
            this_year=clock.today().year,
            meta=no_token,
        )
    else:
        choices = targets.service_choices()
        typed = MultiDict(typed_service(content, choices))
        form = ServiceForm(formdata=typed, choices=choices, own=content["id"], meta=no_token)
    if form.validate():
        return []
    # The errors of fields within fields are no texts; there the name of the field must do.
    return [
        f"{field_label(name)}: {error}" if isinstance(error, str | LazyString) else name_of(name)
        for name, errors in form.errors.items()
        for error in errors
    ]


def name_of(field: str) -> str:
    """Return a field's name in words."""
    return str(field_label(field))
