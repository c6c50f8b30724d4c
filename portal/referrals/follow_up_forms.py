"""What a company ticks when it is asked how it went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import AnyOf, ValidationError

from portal.forms import one_line
from portal.referrals.follow_up_codes import (
    ALONE,
    OUTCOMES,
    SEPARATOR,
    WITH_AMOUNT,
    Anyway,
    Contact,
    Helped,
    amount_of,
    band_of,
)

LONGEST_AMOUNT = 30


def _one_of(codes: Any) -> StringField:
    return StringField(
        filters=[lambda code: code or ""],
        validators=[AnyOf(["", *codes], message=_l("Choose one of the answers."))],
    )


class _FollowUpForm(FlaskForm):  # type: ignore[misc]  # untyped package
    """Two questions, of which at least one is answered."""

    def facts(self) -> dict[str, str]:
        """Return what was ticked, as codes; what was left out is left out."""
        raise NotImplementedError

    def words(self) -> dict[str, str]:
        """Return exact amounts."""
        return {}

    def fill(self, facts: Mapping[str, str], words: Mapping[str, str]) -> None:
        """Show an answer that was given before."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse an answer that says nothing."""
        if not super().validate(extra_validators):
            return False
        if not self.facts():
            self.form_errors.append(_("Answer at least one of the two questions."))
            return False
        return True


class EarlyForm(_FollowUpForm):
    """Were you in contact, and did it help?"""

    contact = _one_of(Contact)
    helped = _one_of(Helped)

    def facts(self) -> dict[str, str]:
        """Return what was ticked, as codes."""
        said = {"contact": self.contact.data, "helped": self.helped.data}
        return {name: code for name, code in said.items() if code}

    def fill(self, facts: Mapping[str, str], words: Mapping[str, str]) -> None:  # noqa: ARG002
        """Show an answer that was given before."""
        self.contact.data, self.helped.data = facts.get("contact", ""), facts.get("helped", "")


def _check_amount(_form: FlaskForm, field: StringField) -> None:
    if field.data and amount_of(field.data) is None:
        raise ValidationError(_("Type a number, like 25,000, or leave it blank."))


def _amount() -> StringField:
    return StringField(
        filters=[lambda text: one_line(text)[:LONGEST_AMOUNT]], validators=[_check_amount]
    )


class LateForm(_FollowUpForm):
    """What did it bring, and would it have happened anyway?"""

    outcomes = SelectMultipleField(
        choices=[SelectChoice(str(code), str(code)) for code in OUTCOMES],
        validate_choice=True,
    )
    anyway = _one_of(Anyway)
    sales = _amount()
    jobs = _amount()
    cost_saved = _amount()
    investment = _amount()

    def validate_outcomes(self, field: SelectMultipleField) -> None:
        """Refuse "nothing changed" beside something that changed."""
        ticked = set(field.data or ()) | self._with_amount()
        if ticked & ALONE and len(ticked) > 1:
            raise ValidationError(
                _("Choose either what has changed, or one of the last two answers.")
            )

    def _with_amount(self) -> set[str]:
        return {code for code in WITH_AMOUNT if amount_of(self[code].data or "")}

    def facts(self) -> dict[str, str]:
        """Return what was ticked as codes, amounts as bands; an amount ticks its own box."""
        ticked = set(self.outcomes.data or ()) | self._with_amount()
        said = {
            "outcomes": SEPARATOR.join(code for code in OUTCOMES if code in ticked),
            "anyway": self.anyway.data,
        }
        for code in WITH_AMOUNT:
            said[f"{code}_band"] = band_of(code, amount_of(self[code].data or "") or 0)
        return {name: text for name, text in said.items() if text}

    def words(self) -> dict[str, str]:
        """Return the exact amounts."""
        amounts = {code: amount_of(self[code].data or "") for code in WITH_AMOUNT}
        return {str(code): str(amount) for code, amount in amounts.items() if amount}

    def fill(self, facts: Mapping[str, str], words: Mapping[str, str]) -> None:
        """Show an answer that was given before."""
        self.outcomes.data = facts.get("outcomes", "").split(SEPARATOR)
        self.anyway.data = facts.get("anyway", "")
        for code in WITH_AMOUNT:
            self[code].data = words.get(code, "")
