"""What navigators fill in: what a program or a company said, another program, why none."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from portal.forms import text_line
from portal.referrals.codes import HandOff, Outcome, Reason, UnmetCode
from portal.referrals.conditions import needed_facts, needed_words
from portal.referrals.spoken_fields import DayField
from portal.referrals.states import Role, Status, targets
from portal.referrals.wording import OUTCOME, REASON, UNMET

LONGEST_TEXT = 2000

SAID = {
    Status.ACCEPTED: _l("Yes: they will contact the company"),
    Status.DECLINED: _l("No: they cannot help"),
    Status.INFORMATION_REQUESTED: _l("They have a question for the company"),
    Status.CONTACT_MADE: _l("They are in contact with the company"),
    Status.WAITLISTED: _l("The company is on their waiting list"),
    Status.ENROLLED: _l("The company is in the program"),
    Status.NOT_ENROLLED: _l("The company did not join"),
    Status.COMPLETED: _l("It is completed"),
    Status.DISCONTINUED: _l("It ended early"),
}
HAND_OFF = {
    HandOff.NONE_KNOWN: _l("They know of no other program"),
    HandOff.SUGGESTED: _l("They named another program (write it into a note)"),
}
_DAY_OF = {
    Status.CONTACT_MADE: "contact_on",
    Status.WAITLISTED: "expected_on",
    Status.ENROLLED: "starts_on",
}


class SeenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A form about a request as it was seen: `seen` is the number of its last move."""

    seen = HiddenField()

    @property
    def seen_number(self) -> int:
        """The number; 0 when somebody has tampered with it, which no request has."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


class SaidForm(SeenForm):
    """What a program said; which fields count depends on the answer."""

    target = RadioField(
        _l("What did they say?"), validators=[DataRequired(_l("Choose what they said."))]
    )
    contact_name = text_line(_l("Name of their contact person"))
    reason = SelectField(_l("Reason, if it is a no or an end"), validate_choice=False)
    hand_off = SelectField(_l("Other programs, if it is a no"), validate_choice=False)
    question = TextAreaField(_l("Their question"), validators=[Length(max=LONGEST_TEXT)])
    day = DayField(_l("Day"), validators=[Optional()])
    outcome = SelectField(_l("What it brought, if it is completed"), validate_choice=False)

    def __init__(self, *args: Any, status: Status, **kwargs: Any) -> None:
        """Offer what the table of moves allows from here."""
        super().__init__(*args, **kwargs)
        self._status = status
        self.may = [target for target in targets(status, Role.PROGRAM) if target in SAID]
        self.target.choices = [SelectChoice(target.value, SAID[target]) for target in self.may]
        blank = SelectChoice("", _("Choose"))
        self.reason.choices = [blank, *(SelectChoice(r.value, REASON[r]) for r in Reason)]
        self.hand_off.choices = [blank, *(SelectChoice(h.value, HAND_OFF[h]) for h in HandOff)]
        self.outcome.choices = [blank, *(SelectChoice(o.value, OUTCOME[o]) for o in Outcome)]

    def needs(self, field: str) -> bool:
        """Whether some answer that is offered needs a field."""
        return any(field in self._fields_of(target) for target in self.may)

    def _fields_of(self, target: Status) -> list[str]:
        names = [*needed_facts(self._status, target), *needed_words(self._status, target)]
        return ["day" if name in _DAY_OF.values() else name for name in names]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields that the chosen answer needs, and no others."""
        if not super().validate(extra_validators):
            return False
        is_valid = True
        for name in self._fields_of(Status(self.target.data)):
            if not self[name].data:
                self[name].errors = [_MISSING[name]]
                is_valid = False
        return is_valid

    @property
    def facts(self) -> dict[str, str]:
        """The codes and dates that go with the answer."""
        target = Status(self.target.data)
        found = {}
        for name in needed_facts(self._status, target):
            field = self["day"] if name in _DAY_OF.values() else self[name]
            found[name] = field.data.isoformat() if field.name == "day" else field.data
        return found

    @property
    def words(self) -> dict[str, str]:
        """The words that go with the answer."""
        target = Status(self.target.data)
        return {name: self[name].data or "" for name in needed_words(self._status, target)}


_MISSING = {
    "contact_name": _l("Type the name of a person."),
    "reason": _l("Choose a reason."),
    "hand_off": _l("Choose what they said about other programs."),
    "question": _l("Type their question."),
    "day": _l("Choose a day."),
    "outcome": _l("Choose what it brought."),
}


class AnswerForm(SeenForm):
    """What the company answered on the phone."""

    answer = TextAreaField(
        _l("Their answer"),
        validators=[DataRequired(_l("Type their answer.")), Length(max=LONGEST_TEXT)],
    )


class NoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """A note for those who work on a request."""

    note = TextAreaField(
        _l("Note"), validators=[DataRequired(_l("Type a note.")), Length(max=LONGEST_TEXT)]
    )


class UnmetForm(SeenForm):
    """Why no program was found."""

    unmet = SelectField(_l("Why was none found?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the codes."""
        super().__init__(*args, **kwargs)
        self.unmet.choices = [SelectChoice(code.value, UNMET[code]) for code in UnmetCode]
