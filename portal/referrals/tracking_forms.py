"""What a company types on its tracking page: an answer, a note, a day, a reason, a code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from portal.forms import one_line
from portal.referrals.ask_forms import words_field
from portal.referrals.codes import Reason
from portal.referrals.states import Status
from portal.referrals.wording import REASON
from portal.upkeep.forms import choices_of

LONGEST_NOTE = 1_000
NOTE = "note"
# What a company says with a button → where that moves the referral.
MOVES: Mapping[str, Status] = {
    "answer": Status.RECEIVED,
    "contact": Status.CONTACT_MADE,
    "not-joined": Status.NOT_ENROLLED,
    "ended": Status.DISCONTINUED,
}
# The company's own reasons; the others are the program's to give.
REASONS = (
    Reason.COMPANY_DECLINED,
    Reason.COST,
    Reason.WRONG_NEED,
    Reason.NOT_ELIGIBLE_SIZE,
    Reason.NOT_ELIGIBLE_INDUSTRY,
    Reason.NOT_ELIGIBLE_REGION,
    Reason.OTHER,
)
REASON_LABELS = {Reason.COMPANY_DECLINED: _l("We decided against it")}


class SayForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What a company says about one referral; `seen` is the last move that it saw."""

    do = HiddenField(validators=[AnyOf([*MOVES, NOTE])])
    seen = IntegerField(validators=[InputRequired()])


class WordsForm(SayForm):
    """An answer to a question, or a note."""

    text = words_field(
        _l("Your words"), DataRequired(_l("Type a few words.")), longest=LONGEST_NOTE
    )


class DayForm(SayForm):
    """The day on which company and program talked."""

    day = DateField(_l("Since when?"), validators=[InputRequired(_l("Choose a day."))])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the present day."""
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_day(self, field: Field) -> None:
        """Refuse days to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Choose today or a day before."))


class ReasonForm(SayForm):
    """Why it did not come about."""

    reason = SelectField(
        _l("Why?"),
        choices=choices_of({code: REASON_LABELS.get(code, REASON[code]) for code in REASONS}),
    )


class ReferralCodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A code that was read out on the phone."""

    code = StringField(
        _l("Code"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type the eight letters and digits that you were told.")),
            Length(max=40),
        ],
    )
