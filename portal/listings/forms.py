"""What people type about a listing; a form and a content say the same, in two shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, ValidationError

from portal.directory import catalog_cells as cells
from portal.directory.catalog_rows import SUMMARY_CHARACTERS
from portal.directory.vocabulary import STATEWIDE, slug_of
from portal.listings import fields
from portal.listings.content import Content, kept_order

MOST_LINES = 12  # of next steps, of rounds


class ListingForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What the forms of a service and of an organization share."""

    base = HiddenField()
    draft = HiddenField()
    reason = fields.line()

    @property
    def base_number(self) -> int:
        """The revision that the form started from; -1 when it does not say."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class ServiceForm(ListingForm):
    """A program."""

    name = fields.line(required=True)
    alternate_name = fields.text()
    short_description = fields.line(required=True, most=SUMMARY_CHARACTERS)
    description = fields.text(required=True)
    main_form = fields.radio(_l("Choose the main kind of help."))
    forms = SelectMultipleField()
    topics = fields.text()
    audiences = SelectMultipleField(validators=[InputRequired(_l("Choose at least one."))])
    eligibility = fields.text()
    min_employees = fields.line(most=9, check=fields.EMPLOYEES)
    max_employees = fields.line(most=9, check=fields.EMPLOYEES)
    industries = SelectMultipleField(validators=[InputRequired(_l("Choose at least one."))])
    regions = SelectMultipleField(validators=[InputRequired(_l("Choose at least one."))])
    delivery = fields.radio(_l("Choose one."))
    cost_kind = fields.radio(_l("Choose one."))
    cost_note = fields.text()
    url = fields.line(required=True, most=1_000, check=fields.WEB)
    application_url = fields.line(most=1_000, check=fields.WEB)
    phone = fields.line(most=40, check=fields.PHONE)
    email = fields.line(most=254, check=fields.MAIL)
    status = fields.radio(_l("Choose one."))
    rounds = FieldList(
        FormField(fields.RoundForm), min_entries=fields.ROUNDS, max_entries=MOST_LINES
    )
    pathway_next = FieldList(fields.line(), min_entries=fields.NEXT_STEPS, max_entries=MOST_LINES)
    story = fields.text(most=fields.MAX_STORY)
    story_consented = BooleanField()

    def __init__(self, *args: Any, choices: fields.Choices, own: str = "", **kwargs: Any) -> None:
        """Take what may be chosen; `own` is the listing's own slug."""
        super().__init__(*args, **kwargs)
        self.offered, self.own = choices, own
        for name in ("audiences", "industries", "regions", "delivery", "cost_kind", "status"):
            self[name].choices = choices.of(name)
        self.main_form.choices = self.forms.choices = choices.of("forms")
        if all(self.pathway_next.data) and len(self.pathway_next) < MOST_LINES:
            self.pathway_next.append_entry()
        is_full = all(known["opens"] or known["closes"] for known in self.rounds.data)
        if is_full and len(self.rounds) < MOST_LINES:
            self.rounds.append_entry()

    def validate_topics(self, field: Field) -> None:
        """Topics have addresses of their own."""
        found = fields.items(field.data)
        if len(found) > fields.MAX_ITEMS:
            raise ValidationError(_("Please name at most %(most)s topics.", most=fields.MAX_ITEMS))
        for topic in found:
            if not slug_of(topic) or len(topic) > 100:
                raise ValidationError(_("“%(topic)s” cannot be a topic.", topic=topic[:40]))
        if len({slug_of(topic) for topic in found}) < len(found):
            raise ValidationError(_("Two of these are the same topic."))

    def validate_alternate_name(self, field: Field) -> None:
        """Names are short."""
        found = fields.items(field.data)
        if len(found) > fields.MAX_ITEMS or any(len(name) > fields.MAX_LINE for name in found):
            raise ValidationError(_("Write one name on each line."))

    def validate_max_employees(self, field: Field) -> None:
        """Not below the fewest."""
        low, high = fields.number(self.min_employees.data), fields.number(field.data)
        if low is not None and high is not None and high < low:
            raise ValidationError(_("This is less than the fewest employees."))

    def validate_regions(self, field: Field) -> None:
        """The whole state stands alone."""
        if STATEWIDE in (field.data or ()) and len(field.data) > 1:
            raise ValidationError(_("Choose the whole state, or regions, not both."))

    def validate_pathway_next(self, field: Field) -> None:
        """Programs of the directory, others than this one."""
        for typed in filter(None, field.data):
            slug = self.offered.program(typed)
            if not slug:
                message = _("There is no program “%(name)s”. Choose one of the list.", name=typed)
                raise ValidationError(message)
            if slug == self.own:
                raise ValidationError(_("A program does not come after itself."))

    def validate_story_consented(self, field: Field) -> None:
        """A story needs the company's consent."""
        if self.story.data and not field.data:
            raise ValidationError(_("Ask the company first, then tick this."))

    def content(self, before: Mapping[str, Any]) -> Content:
        """Return what was typed; what was there before keeps its place in lists."""
        named = [self.main_form.data or ""]
        forms = kept_order(
            [*named, *(self.forms.data or ())],
            [*named, *before.get("forms", ())],
        )
        ordered = {
            name: kept_order(self[name].data or (), before.get(name, ()))
            for name in ("audiences", "industries", "regions")
        }
        lines = {name: self[name].data or "" for name in _LINES}
        steps = (self.offered.program(typed) for typed in self.pathway_next.data if typed)
        rounds = {
            (known["opens"] or "", known["closes"] or "", known["recurs"] or "")
            for known in self.rounds.data
        }
        return {
            **lines,
            **ordered,
            "forms": [code for code in forms if code],
            "alternate_name": fields.items(self.alternate_name.data),
            "topics": fields.items(self.topics.data),
            "min_employees": fields.number(self.min_employees.data),
            "max_employees": fields.number(self.max_employees.data),
            "pathway_next": list(dict.fromkeys(step for step in steps if step)),
            "rounds": [list(known) for known in sorted(rounds) if any(known)],
            "replaced_by": before.get("replaced_by", ""),
        }


_LINES = (
    "name",
    "short_description",
    "description",
    "eligibility",
    "delivery",
    "cost_kind",
    "cost_note",
    "url",
    "application_url",
    "phone",
    "email",
    "status",
    "story",
)


def typed_service(content: Mapping[str, Any], choices: fields.Choices) -> dict[str, list[str]]:
    """Return the fields of a form that says what a content says."""
    typed = {name: [content.get(name) or ""] for name in _LINES}
    for name in ("audiences", "industries", "regions", "forms"):
        typed[name] = list(content.get(name) or ())
    typed["main_form"], typed["forms"] = typed["forms"][:1], typed["forms"][1:]
    for name in ("min_employees", "max_employees"):
        number = content.get(name)
        typed[name] = ["" if number is None else str(number)]
    for name in ("alternate_name", "topics"):
        typed[name] = ["\n".join(content.get(name) or ())]
    for place, slug in enumerate(content.get("pathway_next") or ()):
        typed[f"pathway_next-{place}"] = [choices.written(slug)]
    for place, (opens, closes, recurs) in enumerate(content.get("rounds") or ()):
        typed[f"rounds-{place}-opens"] = [opens]
        typed[f"rounds-{place}-closes"] = [closes]
        typed[f"rounds-{place}-recurs"] = [recurs]
    if content.get("story"):
        typed["story_consented"] = ["y"]
    return typed


def one_field(typed: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the first value of a field; blank if there is none."""
    return next(iter(typed.get(name, ())), "")


class OrganizationForm(ListingForm):
    """An organization."""

    name = fields.line(required=True)
    short_name = fields.line(most=60)
    kind = SelectField(validate_choice=True)
    description = fields.text(required=True)
    url = fields.line(most=1_000, check=fields.WEB)
    city = fields.line(most=100)
    county = SelectField(validate_choice=True)
    founded_year = fields.line(most=4)

    def __init__(self, *args: Any, choices: fields.Choices, this_year: int, **kwargs: Any) -> None:
        """Take what may be chosen, and the year that no founding lies behind."""
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        self.kind.choices = choices.of("kind")
        self.county.choices = choices.of("county")

    def validate_founded_year(self, field: Field) -> None:
        """A year that has begun."""
        year = fields.number(field.data)
        if field.data and (year is None or not cells.FIRST_YEAR <= year <= self.this_year):
            raise ValidationError(_("Write a year, like 1987, or leave this blank."))

    def content(self, before: Mapping[str, Any]) -> Content:  # noqa: ARG002  as of a service
        """Return what was typed."""
        lines = {name: self[name].data or "" for name in _ORGANIZATION_LINES}
        return {**lines, "founded_year": fields.number(self.founded_year.data)}


_ORGANIZATION_LINES = ("name", "short_name", "kind", "description", "url", "city", "county")


def typed_organization(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the fields of a form that says what a content says."""
    typed = {name: [content.get(name) or ""] for name in _ORGANIZATION_LINES}
    year = content.get("founded_year")
    return {**typed, "founded_year": ["" if year is None else str(year)]}


class NoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What a manager says to whoever wrote a change."""

    note = fields.text(required=True, most=1_000)


class CloseForm(ListingForm):
    """Closing a program."""

    replaced_by = fields.line()

    def __init__(self, *args: Any, choices: fields.Choices, own: str, **kwargs: Any) -> None:
        """Take the programs that may replace it."""
        super().__init__(*args, **kwargs)
        self.offered, self.own = choices, own

    def validate_replaced_by(self, field: Field) -> None:
        """Another program, or none."""
        if field.data and self.offered.program(field.data) in ("", self.own):
            raise ValidationError(_("Choose another program of the list, or leave this blank."))

    def content(self, before: Mapping[str, Any]) -> Content:
        """Return the listing, closed."""
        successor = self.offered.program(self.replaced_by.data or "")
        return {**before, "status": "inactive", "replaced_by": successor}


class ModeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """How an organization's changes are published."""

    mode = fields.radio(_l("Choose one."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the two modes."""
        super().__init__(*args, **kwargs)
        self.mode.choices = fields.as_choices(
            {"approval": _("After a manager approved them"), "at-once": _("At once")}
        )
