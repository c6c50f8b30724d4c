"""What an address asks of the shortlist and of a comparison, as checked values."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import AnyOf

from portal.forms import one_line
from portal.shortlist.selection import SAVED

DIFFERENCES = "differences"


class ComparisonForm(Form):
    """How a comparison is shown; what it compares is read by `chosen`."""

    only = StringField(filters=[one_line], validators=[AnyOf(("", DIFFERENCES))])


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values of an address, not looked up yet: those it shows and those it carries along."""

    service: tuple[str, ...]
    saved: tuple[str, ...]


def chosen(args: MultiDict[str, str]) -> Chosen:
    """Read what an address names, each as one line."""
    named = {name: tuple(one_line(v) for v in args.getlist(name)) for name in ("service", SAVED)}
    return Chosen(service=named["service"], saved=named[SAVED])


def only_differences(args: MultiDict[str, str]) -> bool:
    """Whether rows that are the same for all are to be left out; anything unknown: no."""
    form = ComparisonForm(args)
    return form.validate() and form.only.data == DIFFERENCES
