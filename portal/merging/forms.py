"""What managers type about listings that look alike."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from portal.listings import fields


class ReasonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Why two listings are not the same."""

    reason = fields.line()


class MergeForm(ReasonForm):
    """The decision to make two listings one; which values stay is read beside it."""

    kept_base = HiddenField()
    gone_base = HiddenField()
    sure = BooleanField(validators=[InputRequired(_l("Please tick this first."))])

    @property
    def bases(self) -> tuple[int, int]:
        """The revisions that whoever decides had seen; -1 where the form does not say."""
        kept, gone = fields.number(self.kept_base.data), fields.number(self.gone_base.data)
        return (-1 if kept is None else kept, -1 if gone is None else gone)
