"""What staff type who ask in a company's name: its contact, the need, up to three programs."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Email, Length, Regexp, ValidationError

from portal.config import LANGUAGES
from portal.forms import check_mail_address, one_line
from portal.i18n import NAMES
from portal.referrals.ask_forms import CompanyForm
from portal.upkeep.forms import choices_of
from portal.wizard.forms import LONGEST_ADDRESS

PROGRAM_FIELDS = ("first", "second", "third")


class BehalfForm(CompanyForm):
    """A request in a company's name; `key` makes two clicks one request."""

    key = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z")])
    email = StringField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type the company’s address: its consent is asked for there.")),
            Length(max=LONGEST_ADDRESS, message=_l("This address is too long.")),
            check_mail_address,
            Email(_l("Type one e-mail address, like name@example.com.")),
        ],
    )
    language = SelectField(
        _l("Language of the letters"), choices=choices_of({c: NAMES[c] for c in LANGUAGES})
    )
    first = SelectField(_l("Program"), validate_choice=False)
    second = SelectField(_l("Second program"), validate_choice=False)
    third = SelectField(_l("Third program"), validate_choice=False)
    is_warm = BooleanField(_l("I introduce them to each other in person (a warm introduction)"))

    def offer(
        self, *, programs: Sequence[tuple[str, str]], industries: Sequence[tuple[str, str]]
    ) -> None:
        """Take what can be chosen: (slug, name) of programs, (code, label) of industries."""
        self.slugs = {slug for slug, _name in programs}
        choices = [SelectChoice("", _("None")), *(SelectChoice(s, name) for s, name in programs)]
        for name in PROGRAM_FIELDS:
            self[name].choices = choices
        self.industry.choices = [SelectChoice(code, label) for code, label in industries]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The slugs that were chosen, each once, in their order."""
        values = (self[name].data or "" for name in PROGRAM_FIELDS)
        return tuple(dict.fromkeys(slug for slug in values if slug in self.slugs))

    def validate_first(self, _field: Field) -> None:
        """Ask for one program at least."""
        if not self.chosen:
            raise ValidationError(_("Choose at least one program."))
