"""What people choose and type to change many programs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError

from portal.directory.vocabulary import slug_of
from portal.forms import one_line
from portal.listings import fields
from portal.listings.bulk import CHANGES, CHOSEN, MAY_BE_BLANK

MOST = 200  # programs at once
WORDS = {
    "phone": _l("Set the phone"),
    "email": _l("Set the e-mail address"),
    "url": _l("Set the web page"),
    "application-url": _l("Set the page to apply"),
    "cost": _l("Set the cost"),
    "delivery": _l("Set how companies get it"),
    "add-region": _l("Add a region"),
    "remove-region": _l("Take a region off"),
    "add-topic": _l("Add a topic"),
    "remove-topic": _l("Take a topic off"),
    "status": _l("Open, doubt or close"),
}
CHECKS: dict[str, Any] = {
    "phone": fields.PHONE,
    "email": fields.MAIL,
    "url": fields.WEB,
    "application-url": fields.WEB,
}


class BulkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Which programs, which change, and why."""

    listing = SelectMultipleField(validate_choice=False)
    change = fields.radio(_l("Choose what to change."))
    value = fields.line(most=1_000)
    reason = fields.line()

    def __init__(self, *args: Any, choices: fields.Choices, **kwargs: Any) -> None:
        """Take what may be chosen."""
        super().__init__(*args, **kwargs)
        self.offered = choices
        self.change.choices = fields.as_choices(WORDS)

    @property
    def slugs(self) -> list[str]:
        """The programs, each once, in the order of the form."""
        return list(dict.fromkeys(self.listing.data or ()))

    @property
    def value_choices(self) -> Sequence[Any]:
        """What the value may be chosen from; empty where it is typed."""
        change = self.change.data or ""
        return self.offered.of(CHANGES[change]) if change in CHOSEN else []

    def validate_listing(self, field: Field) -> None:
        """Some, and not too many."""
        if not field.data:
            raise ValidationError(_("Choose at least one program."))
        if len(field.data) > MOST:
            raise ValidationError(_("Choose at most %(most)s programs at once.", most=MOST))

    def validate_value(self, field: Field) -> None:
        """What the editor would take in that field."""
        change, text = self.change.data or "", one_line(field.data)
        if change not in CHANGES:
            raise StopValidation
        if change in CHOSEN:
            if text not in {choice.value for choice in self.value_choices}:
                raise ValidationError(_("Choose one."))
            return
        if not text:
            if change not in MAY_BE_BLANK:
                raise ValidationError(str(fields.REQUIRED))
            return
        if change in CHECKS:
            CHECKS[change](self, field)
        elif change in ("add-topic", "remove-topic") and (
            not slug_of(text) or len(text) > 100 or "|" in text
        ):
            raise ValidationError(_("“%(topic)s” cannot be a topic.", topic=text[:40]))
