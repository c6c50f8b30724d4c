"""What people type to keep listings true: a correction, a decision, a contact, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from portal.accounts.forms import address_field
from portal.forms import one_line
from portal.i18n import NAMES

LONGEST_TEXT = 2_000
LONGEST_NOTE = 500
FIELD_LABELS = {
    "name": _l("Name"),
    "short_description": _l("In one sentence"),
    "description": _l("What you get"),
    "eligibility_description": _l("Who can use it"),
    "fees_description": _l("What it costs"),
    "url": _l("Website"),
    "application_url": _l("Application page"),
    "email": _l("E-mail address"),
    "phone": _l("Phone"),
}
END_LABEL = _l("It is not offered any more")
OTHER_LABEL = _l("Something else")
LADDER_LABELS = {
    "green": _l("Fresh until day"),
    "amber": _l("Still counted as confirmed until day"),
    "hide": _l("Marked and ranked lower until day; hidden after it"),
    "remind": _l("First letter on day"),
    "remind_again": _l("Second letter on day"),
    "remind_alternate": _l("Letter to the alternate contact on day"),
    "call": _l("On the call list from day"),
}


def choices_of(labels: Mapping[str, Any]) -> list[SelectChoice]:
    """Return the choices of a field from what each value is called."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def kept_lines(text: str | None) -> str:
    """Return a text with its lines, without blanks at their ends and other control characters."""
    lines = [one_line(line) for line in (text or "").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _note(label: Any, **kwargs: Any) -> TextAreaField:
    too_long = _l("Please use at most %(most)s characters.", most=LONGEST_NOTE)
    return TextAreaField(
        label,
        filters=[kept_lines],
        validators=[Length(max=LONGEST_NOTE, message=too_long)],
        **kwargs,
    )


class FixForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """One field of a listing and what it should say."""

    field = SelectField(_l("What is wrong?"), choices=choices_of(FIELD_LABELS))
    after = TextAreaField(
        _l("What should it say?"),
        filters=[kept_lines],
        validators=[
            Length(
                max=LONGEST_TEXT,
                message=_l("Please use at most %(most)s characters.", most=LONGEST_TEXT),
            )
        ],
    )
    note = _note(_l("Anything to add?"))

    def __init__(self, *args: Any, accepts: Callable[[str, str], bool], **kwargs: Any) -> None:
        """Take what decides whether a field can hold a text."""
        super().__init__(*args, **kwargs)
        self.accepts = accepts

    def validate_after(self, field: Field) -> None:
        """Refuse what the field cannot hold."""
        name, text = self.field.data or "", field.data or ""
        if name not in FIELD_LABELS:
            return
        if not text:
            raise ValidationError(_("Type what it should say."))
        if not self.accepts(name, text):
            raise ValidationError(_unfit(name))


def _unfit(name: str) -> str:
    if name in ("url", "application_url"):
        return str(_("Type a web address that begins with https://."))
    if name == "email":
        return str(_("Type one e-mail address, like name@example.com."))
    if name == "phone":
        return str(_("Type one phone number, like 413-555-0100."))
    if name == "short_description":
        return str(_("Use one line of at most 160 characters."))
    return str(_("This text cannot stand there. Use plain words, a name on one line."))


class PublicFixForm(FixForm):
    """The same for anybody: what is wrong may also be the whole listing, or something else."""

    field = SelectField(
        _l("What is wrong?"),
        choices=choices_of({**FIELD_LABELS, "status": END_LABEL, "other": OTHER_LABEL}),
    )
    website = StringField(_l("Leave this empty"))  # only machines fill it in

    def validate_note(self, field: Field) -> None:
        """Ask for words where nothing else says what is meant."""
        if self.field.data == "other" and not field.data:
            raise ValidationError(_("Say in a few words what is wrong."))


class EndForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Why a program is not offered any more."""

    note = _note(_l("Since when, and what instead?"))


class DeclineForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Why a suggestion is declined."""

    reason = StringField(
        _l("Why not?"),
        filters=[one_line],
        validators=[DataRequired(_l("Say in a few words why not.")), Length(max=LONGEST_NOTE)],
    )


class ContactForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Whom to ask about an organization's listings."""

    organization = SelectField(
        _l("Organization"), validators=[DataRequired(_l("Choose an organization."))]
    )
    name = StringField(_l("Name"), filters=[one_line], validators=[Length(max=120)])
    email = address_field()
    language = SelectField(_l("Language of the letters"), choices=choices_of(NAMES))
    is_alternate = BooleanField(_l("Is asked only when the others do not answer"))
    takes_requests = BooleanField(_l("Has said that requests of companies may come here"))


def _days(name: str) -> IntegerField:
    return IntegerField(
        LADDER_LABELS[name],
        validators=[
            InputRequired(_l("Type a whole number of days.")),
            NumberRange(min=1, max=3_650, message=_l("Type a number of days from 1 to 3650.")),
        ],
    )


class LadderForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """The days of the ladder."""

    green = _days("green")
    amber = _days("amber")
    hide = _days("hide")
    remind = _days("remind")
    remind_again = _days("remind_again")
    remind_alternate = _days("remind_alternate")
    call = _days("call")
