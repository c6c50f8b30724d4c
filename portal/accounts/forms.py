"""What people type to sign in, to open an account, to invite somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    Field,
    HiddenField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, Email, Length, ValidationError

from portal.accounts.passwords import (
    LONGEST,
    SHORTEST_ALONE,
    SHORTEST_WITH_SECOND_FACTOR,
    Weakness,
    weakness_of,
)
from portal.forms import check_mail_address, one_line
from portal.permissions import Role

LONGEST_ADDRESS = 254
ROLE_LABELS = {
    Role.STAFF: _l("Staff of an organization"),
    Role.MANAGER: _l("Manager"),
    Role.ADMINISTRATOR: _l("Administrator"),
}


def address_field(**kwargs: Any) -> StringField:
    """Return a field for one e-mail address."""
    return StringField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type an e-mail address, like name@example.com.")),
            Length(max=LONGEST_ADDRESS, message=_l("This address is too long.")),
            check_mail_address,
            Email(_l("Type one e-mail address, like name@example.com.")),
        ],
        **kwargs,
    )


def role_field() -> StringField:
    """Return a field for one of the roles; staff when nothing is said."""
    return StringField(
        _l("Role"),
        filters=[lambda role: role or Role.STAFF],
        validators=[AnyOf(list(Role), message=_l("Choose one of the roles."))],
    )


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Address and password."""

    email = address_field()
    password = PasswordField(
        _l("Password"), validators=[DataRequired(_l("Type your password.")), Length(max=1_000)]
    )
    to = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A code of an app, or a recovery code."""

    code = StringField(
        _l("Code"),
        filters=[one_line],
        validators=[DataRequired(_l("Type the code that your app shows.")), Length(max=40)],
    )


class EnrolForm(CodeForm):
    """The first code of an app, with the secret that it was given."""

    secret = HiddenField(validators=[DataRequired(), Length(min=16, max=64)])


class PasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A new password."""

    password = PasswordField(_l("Password"), validators=[DataRequired(_l("Type a password."))])

    def __init__(
        self, *args: Any, beside_second_factor: bool, personal: Iterable[str], **kwargs: Any
    ) -> None:
        """Take what decides which passwords are accepted."""
        super().__init__(*args, **kwargs)
        self.beside_second_factor, self.personal = beside_second_factor, tuple(personal)

    @property
    def shortest(self) -> int:
        """How many characters it must have."""
        return SHORTEST_WITH_SECOND_FACTOR if self.beside_second_factor else SHORTEST_ALONE

    def validate_password(self, field: Field) -> None:
        """Refuse weak passwords, in words that help."""
        weakness = weakness_of(
            field.data or "",
            beside_second_factor=self.beside_second_factor,
            personal=self.personal,
        )
        if weakness is None:
            return
        words = {
            Weakness.TOO_SHORT: _(
                "Use at least %(shortest)s characters. Several words in a row are easy to keep.",
                shortest=self.shortest,
            ),
            Weakness.TOO_LONG: _("Use at most %(longest)s characters.", longest=LONGEST),
            Weakness.WELL_KNOWN: _("This password is on lists of common ones. Choose another."),
            Weakness.ABOUT_YOU: _("This password is too close to your name or address."),
            Weakness.REPETITIVE: _("This password repeats itself. Choose another."),
        }
        raise ValidationError(words[weakness])


class AcceptForm(PasswordForm):
    """Name and password of somebody who was invited."""

    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[DataRequired(_l("Type your name.")), Length(max=120)],
    )


class FirstForm(AcceptForm):
    """The same for the first administrator, whose address nobody knows yet."""

    email = address_field()


class AddressForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """An address to send a link to."""

    email = address_field()


class ActionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A button: nothing but the token against forged requests."""


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Another role for an account."""

    role = role_field()


class ContactsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A file of contacts; the second time its rows as they were read."""

    file = FileField(_l("CSV file"))
    rows = TextAreaField(_l("Rows"))
    confirmed = HiddenField()


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Whom to invite, as what, for which organizations."""

    email = address_field()
    role = role_field()
    organization = StringField(_l("Organization (for staff)"), filters=[one_line])
    roles = tuple(ROLE_LABELS.items())

    def __init__(self, *args: Any, organizations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the organizations to choose from: (slug, name)."""
        super().__init__(*args, **kwargs)
        self.organizations = organizations

    def validate_organization(self, field: Field) -> None:
        """Staff are staff of something that there is."""
        if field.data and field.data not in dict(self.organizations):
            raise ValidationError(_("There is no organization with this key."))
        if self.role.data == Role.STAFF and not field.data:
            raise ValidationError(_("Choose the organization that they work for."))
