"""What people at a program fill in beside moves: a note, a reply, a code, an introduction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Regexp

from portal.accounts.forms import address_field
from portal.forms import one_line
from portal.referrals.move_forms import LONGEST_NAME, text_field


class NoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A note, for colleagues or for the company, too."""

    text = text_field(_l("Your note"), DataRequired(_l("Type a note.")))
    is_shared = BooleanField(_l("The company may read it, too"))


class AssignForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Who looks after a request."""

    assignee = SelectField(_l("Who looks after it?"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take who may be chosen."""
        super().__init__(*args, **kwargs)
        self.assignee.choices = [
            SelectChoice("", _("Nobody in particular")),
            *(SelectChoice(id_, name) for id_, name in people),
        ]


class ReplyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A text that an organization keeps."""

    name = StringField(
        _l("Name, for you and your colleagues"),
        filters=[one_line],
        validators=[DataRequired(_l("Give it a name.")), Length(max=LONGEST_NAME)],
    )
    text = text_field(_l("Text"), DataRequired(_l("Type the text.")))


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """The code of a letter."""

    code = StringField(
        _l("Code from the letter"),
        filters=[lambda text: "".join((text or "").split())],
        validators=[Regexp(r"\d{6}\Z", message=_l("The code has six digits."))],
    )


class IntroductionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Whom the company is to meet."""

    name = StringField(
        _l("Name of the other person"),
        filters=[one_line],
        validators=[DataRequired(_l("Type a name.")), Length(max=LONGEST_NAME)],
    )
    organization = StringField(
        _l("Their company or laboratory"),
        filters=[one_line],
        validators=[DataRequired(_l("Type where they work.")), Length(max=300)],
    )
    email = address_field()
