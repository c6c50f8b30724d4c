"""The typed input layer: what arrives in an address becomes checked values or clear errors."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField
from wtforms.validators import Length, ValidationError

POSTAL_CODE = re.compile(r"\d{5}")
MAX_TEXT = 300


def one_line(text: str | None) -> str:
    """Return a text as one trimmed line of composed characters, control characters as blanks."""
    composed = unicodedata.normalize("NFC", text or "")
    plain = "".join(" " if unicodedata.category(c).startswith("C") else c for c in composed)
    return " ".join(plain.split())


def text_line(label: Any, **kwargs: Any) -> StringField:
    """Return a field for one line of text, cleaned, at most MAX_TEXT characters."""
    too_long = _l("Please use at most %(most)s characters.", most=MAX_TEXT)
    return StringField(
        label,
        filters=[one_line],
        validators=[Length(max=MAX_TEXT, message=too_long)],
        **kwargs,
    )


def check_mail_address(_form: Form, field: Field) -> None:
    """Refuse an address that no message can carry: signs beyond ASCII, or one in code words."""
    text = field.data or ""
    if not text.isascii() or "=?" in text:
        raise ValidationError(
            _("We can only write to addresses of plain letters without accents: name@example.com.")
        )


def check_postal_code(_form: Form, field: Field) -> None:
    """Accept nothing, or five digits."""
    if field.data and not POSTAL_CODE.fullmatch(field.data):
        raise ValidationError(_("A ZIP code has five digits, like 01608."))
