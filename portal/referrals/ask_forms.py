"""What a company types to ask: the need, who asks, how to reach them, and consent per program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import (
    DataRequired,
    Email,
    Length,
    StopValidation,
    ValidationError,
)

from portal.forms import check_mail_address, check_postal_code, one_line
from portal.referrals.consent import Consent
from portal.referrals.private_numbers import PrivateNumber, private_number_in
from portal.upkeep.forms import kept_lines
from portal.wizard.forms import LONGEST_ADDRESS, check_employees, people_in

LONGEST_NEED = 2_000
LONGEST_LINE = 120
FEWEST_DIGITS = 10
MOST_DIGITS = 15  # ITU-T E.164


def check_no_private_number(_form: FlaskForm, field: Field) -> None:
    """Refuse social security and card numbers, and say why."""
    found = private_number_in(field.data or "")
    if found is PrivateNumber.SOCIAL_SECURITY:
        raise ValidationError(
            _(
                "This looks like a social security number. Please take it out: no program needs it "
                "to answer you, and we do not want to keep it."
            )
        )
    if found is PrivateNumber.CARD:
        raise ValidationError(
            _(
                "This looks like a payment card number. Please take it out: asking costs nothing, "
                "and we do not want to keep it."
            )
        )


def check_phone(_form: FlaskForm, field: Field) -> None:
    """Accept nothing, or a number that can be called."""
    text = field.data or ""
    digits = sum(map(str.isdigit, text))
    odd = [c for c in text if not (c.isdigit() or c in "+-.() /x" or c in "ext")]
    if text and (odd or not FEWEST_DIGITS <= digits <= MOST_DIGITS):
        raise ValidationError(_("Type a phone number with its area code, like 413-555-0100."))


def check_reachable(form: FlaskForm, field: Field) -> None:
    """Ask for an address or a number; a blank address beside a number is well."""
    if field.data:
        return
    if not form.phone.data:
        raise StopValidation(_("Type an e-mail address or a phone number: one is enough."))
    raise StopValidation


def line_field(label: Any, *validators: Any, longest: int = LONGEST_LINE) -> StringField:
    """Return a field for one short line of somebody's own words."""
    too_long = _l("Please use at most %(most)s characters.", most=longest)
    return StringField(
        label,
        filters=[one_line],
        validators=[*validators, Length(max=longest, message=too_long), check_no_private_number],
    )


def words_field(label: Any, *validators: Any, longest: int = LONGEST_NEED) -> TextAreaField:
    """Return a field for several lines of somebody's own words."""
    too_long = _l("Please use at most %(most)s characters.", most=longest)
    return TextAreaField(
        label,
        filters=[kept_lines],
        validators=[*validators, Length(max=longest, message=too_long), check_no_private_number],
    )


class CompanyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Who needs what, and how to reach them; other forms add to whom it goes."""

    need_text = words_field(
        _l("What do you need?"),
        DataRequired(_l("Say in a sentence or two what you need.")),
    )
    name = line_field(
        _l("Name"), DataRequired(_l("Type a name, so that they know whom to ask for."))
    )
    email = StringField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[
            check_reachable,
            Length(max=LONGEST_ADDRESS, message=_l("This address is too long.")),
            check_mail_address,
            Email(_l("Type one e-mail address, like name@example.com.")),
        ],
    )
    phone = StringField(
        _l("Phone"),
        filters=[one_line],
        validators=[Length(max=40, message=_l("This number is too long.")), check_phone],
    )
    company = line_field(_l("Company"))
    postal_code = StringField(_l("ZIP code"), filters=[one_line], validators=[check_postal_code])
    employees = StringField(
        _l("Number of employees"), filters=[one_line], validators=[check_employees]
    )
    industry = SelectField(_l("Industry"), validate_choice=False)
    best_time = line_field(_l("Best time to reach you"))

    @property
    def employee_count(self) -> int | None:
        """How many people work there; None: not said."""
        return people_in(self.employees.data or "") or None


class AskForm(CompanyForm):
    """A request to one to three programs; `website` is filled in by machines only.

    It needs no cookie: `stamp` is what says that the form is ours (`stamps.py`).
    """

    class Meta:  # WTForms' own name
        """Settings of WTForms."""

        csrf = False

    stamp = HiddenField()
    need = SelectField(_l("Whom do you want to meet?"), validate_choice=False)
    consent = SelectMultipleField(_l("Who may read it"), validate_choice=False)
    shares = BooleanField()
    website = StringField(_l("Leave this empty"))

    def offer(
        self,
        *,
        consents: Mapping[str, Consent],
        industries: Sequence[tuple[str, Any]],
        needs: Sequence[tuple[str, Any]] = (),
    ) -> None:
        """Take what can be chosen.

        Args:
            consents: slug of a program → the text that is ticked for it.
            industries: (code, label).
            needs: (code, label) of introductions; none: it is a request for help.
        """
        self.consents = dict(consents)
        self.needs = [code for code, _label in needs]
        self.industry.choices = [SelectChoice(code, label) for code, label in industries]
        self.need.choices = [SelectChoice(code, label) for code, label in needs]

    @property
    def ticked(self) -> tuple[str, ...]:
        """The programs that were ticked with the text that is valid now."""
        marks = set(self.consent.data or ())
        return tuple(slug for slug, one in self.consents.items() if f"{slug}:{one.mark}" in marks)

    def validate_need(self, field: Field) -> None:
        """Ask whom somebody wants to meet, where an introduction is wanted."""
        if self.needs and field.data not in self.needs:
            raise ValidationError(_("Choose one."))

    def validate_consent(self, field: Field) -> None:
        """Ask for one tick at least, and again where the words have changed meanwhile."""
        sent = {mark.partition(":")[0] for mark in field.data or ()}
        if sent & self.consents.keys() != set(self.ticked):
            raise ValidationError(
                _("What you agree to has changed since this page was opened. Read it again.")
            )
        if not self.ticked:
            raise ValidationError(
                _("Tick at least one program: without your consent nobody may read your request.")
            )
