"""What people type into the wizard: a number of people, a ZIP code, an address for the plan."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField
from wtforms.validators import DataRequired, Email, Length, ValidationError

from portal.forms import check_mail_address, one_line
from portal.i18n import number
from portal.wizard.answers import NOT_SURE

MOST_EMPLOYEES = 1_000_000
LONGEST_ADDRESS = 254  # characters, RFC 5321
# "25", "1,200", "about 25", "25 people", and the same in Spanish and Portuguese.
PEOPLE = re.compile(
    r"(?:(?:about|around|approx\.?|approximately|circa|ca\.?|some|~|≈"
    r"|unos|unas|cerca de|aprox\.?|aproximadamente|más o menos|uns|umas|mais ou menos) ?)?"
    r"(?P<number>[0-9]{1,15}|[0-9]{1,3}(?:[., ][0-9]{3}){1,4})"
    r"(?: ?(?:people|persons?|employees?|workers?|personas?|empleados?|trabajadores"
    r"|pessoas?|funcionários?|empregados?|trabalhadores))?\.?",
    re.IGNORECASE,
)


def check_employees(_form: Form, its: Field) -> None:
    """Accept nothing, "not sure", or a whole number of people."""
    text = its.data or ""
    if text in ("", NOT_SURE):
        return
    count = people_in(text)
    if not count:
        raise ValidationError(_("Type a whole number of people from 1 up, like 25."))
    if count > MOST_EMPLOYEES:
        raise ValidationError(_("Type at most %(most)s people.", most=number(MOST_EMPLOYEES)))


def people_in(text: str) -> int:
    """Return the whole number of people that a text writes, 0 for none."""
    found = PEOPLE.fullmatch(text)
    return int(re.sub(r"[^0-9]", "", found["number"])) if found else 0


class AnswersForm(Form):
    """The answers that are typed; those that are chosen are looked up by `read_answers`."""

    employees = StringField(
        _l("How many people work there?"), filters=[one_line], validators=[check_employees]
    )
    zip = StringField(_l("ZIP code"), filters=[one_line])


class EmailForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Where a plan is sent: one address."""

    email = StringField(
        _l("Your e-mail address"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type your e-mail address, like name@example.com.")),
            Length(max=LONGEST_ADDRESS, message=_l("This address is too long.")),
            check_mail_address,
            Email(_l("Type one e-mail address, like name@example.com.")),
        ],
    )
