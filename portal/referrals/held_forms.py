"""Why a manager keeps a request held."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.forms import one_line

LONGEST = 300


class KeepForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """The reason, in a few words."""

    why = StringField(
        _l("Why does it stay held?"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Say in a few words why.")),
            Length(
                max=LONGEST, message=_l("Please use at most %(most)s characters.", most=LONGEST)
            ),
        ],
    )
