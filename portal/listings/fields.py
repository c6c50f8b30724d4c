"""Fields that the forms of listings share, and how what was typed in them is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # its types lack SelectChoice
    Field,
    Form,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from portal.directory import catalog_cells as cells
from portal.forms import one_line
from portal.listings.dates import day_of
from portal.listings.wording import RECURS

MAX_LINE = 300
MAX_PROSE = 6_000
MAX_STORY = 3_000
MAX_ITEMS = 40
NEXT_STEPS, ROUNDS = 4, 3  # lines offered
_PROGRAM_ADDRESS = re.compile(r"/services/([a-z0-9-]+)/?$")
REQUIRED = _l("Please fill this in.")
_TODAY = date(2000, 1, 1)  # the parsers used here do not look at it


def prose(typed: str | None) -> str:
    """Return text of any number of lines: composed, trimmed, without control characters."""
    composed = unicodedata.normalize("NFC", (typed or "").replace("\r\n", "\n"))
    kept = (
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in composed
    )
    return "".join(kept).strip()


def items(typed: str | None) -> list[str]:
    """Return the lines of a text, each once; the catalogue's separator ends an item, too."""
    lines = (one_line(part) for part in re.split(r"[\n|]", typed or ""))
    return list(dict.fromkeys(part for part in lines if part))


def line(*, required: bool = False, most: int = MAX_LINE, check: Any = None) -> StringField:
    """Return a field for one line, at most `most` characters that pass a check."""
    validators: list[Any] = [
        Length(max=most, message=_l("Please use at most %(most)s characters.", most=most))
    ]
    if required:
        validators.insert(0, InputRequired(REQUIRED))
    if check:
        validators.append(check)
    return StringField(filters=[one_line], validators=validators)


def text(*, required: bool = False, most: int = MAX_PROSE) -> TextAreaField:
    """Return a field for text of any number of lines."""
    validators: list[Any] = [
        Length(max=most, message=_l("Please use at most %(most)s characters.", most=most))
    ]
    if required:
        validators.insert(0, InputRequired(REQUIRED))
    return TextAreaField(filters=[prose], validators=validators)


def _as_cell(parse: cells.Parser, message: Any) -> Callable[[Form, Field], None]:
    """Return a check that takes what the catalogue's files may hold in that column."""

    def check(_form: Form, field: Field) -> None:
        try:
            if field.data:
                parse(field.data, _TODAY)
        except cells.CellError:
            raise ValidationError(str(message)) from None

    return check


WEB = _as_cell(cells.web_address, _l("Write the whole address, like https://example.org/program."))
MAIL = _as_cell(cells.email, _l("Write one e-mail address, like name@example.com."))
PHONE = _as_cell(cells.phone, _l("Write a phone number, like 508-555-0100."))
EMPLOYEES = _as_cell(cells.employees, _l("Write a whole number, like 25, or leave this blank."))


def as_choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    """Return what a field may choose from: value → label."""
    return [SelectChoice(value, label) for value, label in words.items()]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a listing may choose from: value → label, and the other programs by slug."""

    terms: Mapping[str, Mapping[str, str]]
    programs: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> list[SelectChoice]:
        """Return the choices of a field."""
        return as_choices(self.terms.get(name, {}))

    def program(self, typed: str) -> str:
        """Return the slug of a program by its slug, address or name; blank if there is none."""
        found = _PROGRAM_ADDRESS.search(typed)
        slug = found[1] if found else typed
        if slug in self.programs:
            return slug
        named = [s for s, name in self.programs.items() if name.casefold() == typed.casefold()]
        return named[0] if len(named) == 1 else ""

    def written(self, slug: str) -> str:
        """Return how a program is written in a form: its name, unless another has it."""
        name = self.programs.get(slug, slug)
        return name if self.program(name) == slug else slug


def chosen(message: Any) -> Callable[[Form, Any], None]:
    """Return a check that one of a field's choices was made."""

    def check(_form: Form, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError(str(message))

    return check


def radio(message: Any) -> RadioField:
    """Return a field of which one choice must be made."""
    return RadioField(validators=[chosen(message)], validate_choice=False)


def number(typed: str | None) -> int | None:
    """Return a whole number; None when there is none."""
    value = typed or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else None


class RoundForm(Form):
    """A time in which applications are taken."""

    opens = StringField(filters=[one_line])
    closes = StringField(filters=[one_line])
    recurs = SelectField(choices=as_choices(RECURS), default="", validate_choice=True)

    def validate_opens(self, field: Field) -> None:
        """A date, or nothing."""
        _check_day(field)

    def validate_closes(self, field: Field) -> None:
        """A date that is not before the first one."""
        _check_day(field)
        first, last = day_of(self.opens.data or ""), day_of(field.data or "")
        if first and last and last < first:
            raise ValidationError(_("The last day is before the first one."))


def _check_day(field: Field) -> None:
    if field.data and day_of(field.data) is None:
        raise ValidationError(_("Write a date like 2026-03-12."))
