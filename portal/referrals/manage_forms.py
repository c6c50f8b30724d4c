"""What managers type about requests: why one is marked or reopened, how long all are kept."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portal.referrals.retention import FEWEST_MONTHS, MOST_MONTHS
from portal.upkeep.forms import kept_lines

LONGEST_WHY = 500


def _number(text: Any) -> int:
    """Return a number of an event; 0, which no page has shown, for anything else."""
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 10 else 0


class MarkForm(FlaskForm):  # type: ignore[misc]  # untyped package
    """Why a referral is marked as an error, or reopened."""

    seen = HiddenField()
    why = TextAreaField(
        _l("Why?"),
        filters=[kept_lines],
        validators=[
            DataRequired(_l("Say why in a few words.")),
            Length(max=LONGEST_WHY, message=_l("Please use at most 500 characters.")),
        ],
    )

    @property
    def seen_number(self) -> int:
        """The number of the last move that the page has shown."""
        return _number(self.seen.data)


class RetentionForm(FlaskForm):  # type: ignore[misc]  # untyped package
    """For how many months a closed request keeps what names somebody."""

    seen = HiddenField()
    months = IntegerField(
        _l("Months after closing"),
        validators=[
            InputRequired(_l("Type a number of months.")),
            NumberRange(FEWEST_MONTHS, MOST_MONTHS, _l("Type a number of months from 6 to 120.")),
        ],
    )

    @property
    def seen_number(self) -> int:
        """What was set when the page was opened."""
        return _number(self.seen.data)
