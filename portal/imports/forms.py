"""The forms of an import: the files, their encodings, what the preview was made for."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import Field, IntegerField, MultipleFileField
from wtforms.validators import InputRequired, ValidationError

from portal.forms import one_line
from portal.imports.encodings import Encoding

MOST_FILES = 20
LONGEST_NAME = 120

ENCODING_LABELS = {
    "": _l("Find out"),
    Encoding.UTF_8: "UTF-8",
    Encoding.UTF_8_WITH_MARK: _l("UTF-8 with a mark at the beginning"),
    Encoding.UTF_16: "UTF-16",
    Encoding.WINDOWS_1252: _l("Windows-1252 (Western European)"),
}


class UploadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Files to import."""

    files = MultipleFileField(_l("Files"))

    def validate_files(self, _field: Field) -> None:
        """Ask for at least one file, and not for a whole folder of them."""
        if not self.chosen:
            raise ValidationError(_("Choose at least one file."))
        if len(self.chosen) > MOST_FILES:
            raise ValidationError(_("Choose at most %(most)s files.", most=MOST_FILES))

    @property
    def chosen(self) -> list[FileStorage]:
        """The files, without the blank that a browser sends when none is chosen."""
        return [file for file in self.files.data or [] if getattr(file, "filename", "")]

    @property
    def names(self) -> list[str]:
        """The names of the files, without folders, fit to be shown."""
        return [name_of(file.filename or "") for file in self.chosen]


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """Which state of the catalogue the preview on the page was made for."""

    seen = IntegerField(validators=[InputRequired()])


def name_of(filename: str) -> str:
    """Return the name of a file without its folders, on one line."""
    plain = one_line(filename).replace("\\", "/").rpartition("/")[2]
    return plain[-LONGEST_NAME:] or "?"


def chosen_encodings(values: Sequence[str]) -> list[Encoding | None]:
    """Return the encodings that were chosen, in the order of the files; None: find out."""
    known = {str(encoding): encoding for encoding in Encoding}
    return [known.get(value) for value in values]
