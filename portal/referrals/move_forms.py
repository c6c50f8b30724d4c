"""What people at a program fill in to move a request: one form for each move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    Optional,
    ValidationError,
)

from portal.forms import one_line
from portal.referrals.codes import HandOff, Outcome, Reason
from portal.referrals.states import Status
from portal.referrals.wording import OUTCOME, REASON
from portal.upkeep.forms import kept_lines

LONGEST_TEXT = 2_000
LONGEST_NAME = 120
EARLIEST_CONTACT_DAYS = 366
LATEST_DAYS = 3 * 366
_TOO_LONG = _l("Please use at most %(most)s characters.", most=LONGEST_TEXT)
# Facts and words of `conditions.py`; the other fields of a form stay on the page.
FACTS = ("reason", "expected_on", "starts_on", "contact_on", "outcome")
WORDS = ("contact_name", "question", "why", "note")
NAMED, NONE = "_named", "_none"  # no slug has an underscore


def _choices(labels: Mapping[Any, Any], first: Any) -> list[SelectChoice]:
    return [
        SelectChoice("", first),
        *(SelectChoice(str(code), label) for code, label in labels.items()),
    ]


def text_field(label: Any, *validators: Any) -> TextAreaField:
    """Return a field for some lines of text."""
    return TextAreaField(
        label,
        filters=[kept_lines],
        validators=[*validators, Length(max=LONGEST_TEXT, message=_TOO_LONG)],
    )


def _note() -> TextAreaField:
    return text_field(_l("A word to the company (you may leave it blank)"))


def _reason() -> SelectField:
    return SelectField(
        _l("Why?"),
        choices=_choices(REASON, _l("Choose a reason")),
        validators=[AnyOf(list(Reason), message=_l("Choose a reason."))],
    )


def _day(label: Any) -> DateField:
    return DateField(
        label,
        validators=[Optional()],  # what is wrong with it is said below
    )


def _pairs(field: Field) -> list[tuple[Any, Any]]:
    choices = getattr(field, "choices", None) or []
    return [(choice.value, choice.label) for choice in choices]


class MoveForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What all moves have: its fields as the move's facts and words; `today` bounds days."""

    first_day_of: Mapping[str, int] = {}  # field → days from today, for days that a form asks for

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the present day."""
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def facts(self) -> dict[str, str]:
        """Codes and days."""
        return {name: str(self[name].data) for name in FACTS if name in self and self[name].data}

    @property
    def words(self) -> dict[str, str]:
        """Texts."""
        return {name: self[name].data for name in WORDS if name in self and self[name].data}

    def typed(self) -> list[tuple[str, str]]:
        """Return labels and texts of all that was filled in, to show where it cannot be sent."""
        found = []
        for field in self:
            if field.data and field.type not in ("CSRFTokenField", "HiddenField"):
                choices = dict(_pairs(field))
                found.append((str(field.label.text), str(choices.get(field.data, field.data))))
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Check days, too: given, real, and neither long past nor far away."""
        is_right = bool(super().validate(extra_validators))
        for name, first in self.first_day_of.items():
            field = self[name]
            day = field.data
            if field.raw_data and field.raw_data[0] and day is None:
                field.errors = [_("This is no day. Type it like 2026-12-31.")]
            elif day is None:
                field.errors = [_("Choose a day.")]
            elif day < self.today + timedelta(days=first):
                field.errors = [_("This day is too long ago.")]
            elif day > self.today + timedelta(days=0 if name == "contact_on" else LATEST_DAYS):
                field.errors = [
                    _("This day has not come yet.")
                    if name == "contact_on"
                    else _("This day is too far away.")
                ]
            else:
                continue
            is_right = False
        return is_right


class AcceptForm(MoveForm):
    """Who will contact the company."""

    contact_name = StringField(
        _l("Who will contact the company?"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type the name of whoever will contact the company.")),
            Length(max=LONGEST_NAME),
        ],
    )
    note = _note()


class AskForm(MoveForm):
    """What the program must know first."""

    question = text_field(
        _l("Your question"), DataRequired(_l("Type what you want to know from the company."))
    )


class SuggestingForm(MoveForm):
    """Another program: one of those that fit best, or any by its name.

    `best` are slug and name of those that fit; `fault_of` says what is wrong with a slug or name.
    """

    other = RadioField(
        _l("Who else may help?"),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    program = StringField(_l("Name of the program"), filters=[one_line])
    knows_none = True

    def __init__(
        self,
        *args: Any,
        best: Sequence[tuple[str, str]] = (),
        fault_of: Callable[[str], str] = lambda _text: "",
        **kwargs: Any,
    ) -> None:
        """Take what may be chosen."""
        super().__init__(*args, **kwargs)
        self.fault_of = fault_of
        self.other.choices = [
            *(SelectChoice(slug, name) for slug, name in best),
            *([SelectChoice(NONE, _("None that I know of"))] if self.knows_none else []),
            SelectChoice(NAMED, _("Another program, which I name here:")),
        ]

    @property
    def suggested(self) -> str:
        """Slug or name of the program that is suggested; blank: none is known."""
        chosen = self.other.data or ""
        if chosen == NAMED:
            return self.program.data or ""
        return "" if chosen == NONE else chosen

    def validate_program(self, field: Field) -> None:
        """Refuse a name that is no program's, and a program that was asked already."""
        if self.other.data in (None, NONE):
            return
        if self.other.data == NAMED and not field.data:
            raise ValidationError(_("Type the name of a program, or choose another answer."))
        if fault := self.fault_of(self.suggested):
            raise ValidationError(fault)


class DeclineForm(SuggestingForm):
    """Why not, and who else may help."""

    reason = _reason()
    note = _note()

    @property
    def facts(self) -> dict[str, str]:
        """Reason, and whether another program is suggested."""
        hand_off = HandOff.SUGGESTED if self.suggested else HandOff.NONE_KNOWN
        return {"reason": str(self.reason.data), "hand_off": str(hand_off)}


class RedirectForm(SuggestingForm):
    """Who should have the request instead."""

    note = _note()
    knows_none = False


class ContactForm(MoveForm):
    """When both sides spoke or wrote."""

    contact_on = _day(_l("When did you talk with them?"))
    note = _note()
    first_day_of = {"contact_on": -EARLIEST_CONTACT_DAYS}  # noqa: RUF012  a table


class WaitlistForm(MoveForm):
    """Until when they probably wait."""

    expected_on = _day(_l("When do you expect a place?"))
    note = _note()
    first_day_of = {"expected_on": 0}  # noqa: RUF012  a table


class EnrollForm(MoveForm):
    """When the service begins."""

    starts_on = _day(_l("When does it begin?"))
    note = _note()
    first_day_of = {"starts_on": -EARLIEST_CONTACT_DAYS}  # noqa: RUF012  a table


class EndForm(MoveForm):
    """Why it came to nothing, or ended early."""

    reason = _reason()
    note = _note()


class CompleteForm(MoveForm):
    """What it brought."""

    outcome = SelectField(
        _l("What did it bring?"),
        choices=_choices(OUTCOME, _l("Choose what fits best")),
        validators=[AnyOf(list(Outcome), message=_l("Choose what fits best."))],
    )
    note = _note()


class ReopenForm(MoveForm):
    """Why it is opened again."""

    why = text_field(_l("Why do you open it again?"), DataRequired(_l("Say in a few words why.")))


class ErrorForm(MoveForm):
    """Nothing to fill in."""


FORMS: Mapping[Status, type[MoveForm]] = {
    Status.ACCEPTED: AcceptForm,
    Status.INFORMATION_REQUESTED: AskForm,
    Status.DECLINED: DeclineForm,
    Status.REDIRECTED: RedirectForm,
    Status.CONTACT_MADE: ContactForm,
    Status.WAITLISTED: WaitlistForm,
    Status.ENROLLED: EnrollForm,
    Status.NOT_ENROLLED: EndForm,
    Status.DISCONTINUED: EndForm,
    Status.COMPLETED: CompleteForm,
    Status.RECEIVED: ReopenForm,
    Status.ENTERED_IN_ERROR: ErrorForm,
}
