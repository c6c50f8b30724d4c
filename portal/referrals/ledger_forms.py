"""What somebody decides about a group of unmet needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.forms import text_line
from portal.referrals.ledger_models import ANSWERED, ASSIGNED, OPEN
from portal.upkeep.forms import choices_of, kept_lines

LONGEST_NOTE = 500
STATUS_LABELS = {
    OPEN: _l("Open"),
    ASSIGNED: _l("Assigned"),
    ANSWERED: _l("Answered"),
}


class NeedForm(FlaskForm):  # type: ignore[misc]  # untyped package
    """Status, owner, what answers the need, and a note."""

    seen = HiddenField()
    status = SelectField(_l("Status"), choices=choices_of(STATUS_LABELS))
    owner = SelectField(_l("Owner"))
    answered_by = SelectField(_l("Answered by this program"))
    answer = text_line(_l("Or in words"))
    note = TextAreaField(
        _l("Note"),
        filters=[kept_lines],
        validators=[Length(max=LONGEST_NOTE, message=_l("Please use at most 500 characters."))],
    )

    def __init__(
        self, *args: Any, owners: Mapping[str, str], programs: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = choices_of({"": _("nobody"), **owners})
        self.answered_by.choices = choices_of({"": _("no listed program"), **programs})

    def validate_owner(self, field: SelectField) -> None:
        """Ask for an owner where the group is assigned."""
        if self.status.data == ASSIGNED and not field.data:
            raise ValidationError(_("Choose who takes it on."))

    def validate_answer(self, field: Any) -> None:
        """Ask for an answer where there is said to be one."""
        if self.status.data == ANSWERED and not (self.answered_by.data or field.data):
            raise ValidationError(_("Choose the program that answers it, or say what does."))

    @property
    def seen_number(self) -> int:
        """The version that the page has shown; -1, which none has, for anything else."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1
