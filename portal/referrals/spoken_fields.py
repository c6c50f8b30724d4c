"""Fields that say in the language of the page what cannot be read as a day or a number."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, IntegerField


class DayField(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a day as browsers send it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Choose a day.")) from None


class DaysField(IntegerField):
    """A number of days, from 1 to `most`."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        """Take the greatest number."""
        super().__init__(*args, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a whole number in its limits."""
        text = (valuelist[0] if valuelist else "").strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 4
        if not is_number or not 1 <= int(text) <= self.most:
            self.data = None
            raise ValueError(_("Type a whole number from 1 to %(most)s.", most=self.most))
        self.data = int(text)
