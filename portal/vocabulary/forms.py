"""What managers type about an entry; a form and a content say the same, in two shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from portal.directory.vocabulary import FORMS, slug_of
from portal.listings import fields
from portal.search.analysis import all_words, words
from portal.search.synonyms import LONGEST
from portal.vocabulary.kinds import Content
from portal.wizard.answers import NONE_OF_THESE, NOT_SURE

MOST_NEXT = 12
NOT_KEYS = {"new", NONE_OF_THESE, NOT_SURE, *(form.code for form in FORMS)}
FORM_CHOICES = fields.as_choices({form.code: form.label for form in FORMS})


@dataclass(frozen=True, slots=True)
class Offered:
    """What forms may name: topics and programs, names by code."""

    topics: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)

    def slugs(self, typed: str | None) -> dict[str, str]:
        """Return the slug of each program that a text names line by line; blank for none."""
        known = fields.Choices({}, self.programs)
        return {text: known.program(text) for text in fields.items(typed)}

    def written(self, slugs: Iterable[str]) -> str:
        """Return programs as a form writes them, one on each line."""
        known = fields.Choices({}, self.programs)
        return "\n".join(known.written(slug) for slug in slugs)


class EntryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types
    """What the forms of all kinds share."""

    base = HiddenField()
    reason = fields.line()

    def __init__(self, *args: Any, offered: Offered, key: str = "", **kwargs: Any) -> None:
        """Take what may be chosen, and the key of the entry; blank for a new one."""
        super().__init__(*args, **kwargs)
        self.offered, self.key = offered, key

    @property
    def base_number(self) -> int:
        """The version that the form started from; -1 when it does not say."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    @property
    def own_key(self) -> str:
        """The key that a new entry gets."""
        return self.key

    def content(self) -> Content:
        """Return what was typed."""
        skipped = ("base", "reason", "csrf_token")
        return {
            name: field.data or "" for name, field in self._fields.items() if name not in skipped
        }

    @classmethod
    def typed(cls, content: Content, offered: Offered) -> dict[str, Any]:  # noqa: ARG003  for others
        """Return what the fields of the form hold for a content."""
        return {n: "\n".join(v) if isinstance(v, list) else v for n, v in content.items()}


class ContactForm(EntryForm):
    """Whom to call."""

    name = fields.line(required=True)
    phone = fields.line(most=40, check=fields.PHONE)
    url = fields.line(most=1_000, check=fields.WEB)
    hours = fields.line()
    hours_es = fields.line()
    hours_pt = fields.line()

    def validate_url(self, field: Field) -> None:
        """Somebody whom no one can reach is no way out."""
        if not field.data and not self.phone.data:
            raise ValidationError(_("Give a phone number or a web page: people need a way out."))


class SynonymForm(EntryForm):
    """A word and what stands for it."""

    term = fields.line(most=60)
    synonyms = fields.text(most=1_000)
    is_removed = BooleanField()

    @property
    def own_key(self) -> str:
        """The key of the word."""
        return self.key or slug_of(self.term.data or "")

    def validate_term(self, field: Field) -> None:
        """A word of an owner; that of a known entry stays as it is."""
        typed = field.data or ""
        if self.key and slug_of(typed) != self.key:
            raise ValidationError(_("The word itself cannot change: add another one."))
        if not slug_of(typed) or "|" in typed or not words(typed) or slug_of(typed) in NOT_KEYS:
            raise ValidationError(_("Write a word that owners type."))
        if len(all_words(typed)) > LONGEST:
            raise ValidationError(_("Use at most %(most)s words.", most=LONGEST))

    def validate_synonyms(self, field: Field) -> None:
        """At least one, unless the word goes."""
        found = fields.items(field.data)
        if self.is_removed.data:
            return
        if not found:
            raise ValidationError(_("Write at least one word that programs use."))
        if len(found) > fields.MAX_ITEMS or any(len(text) > 60 for text in found):
            raise ValidationError(_("Write one short wording on each line."))
        empty = next((text for text in found if not words(text)), None)
        if empty:
            raise ValidationError(_("“%(words)s” has no word to look for.", words=empty))

    def content(self) -> Content:
        """Return the word, or nothing where it goes."""
        if self.is_removed.data:
            return {}
        return {"term": self.term.data, "synonyms": fields.items(self.synonyms.data)}


class NeedForm(EntryForm):
    """A need of the wizard."""

    label = fields.line(required=True, most=120)
    label_es = fields.line(most=120)
    label_pt = fields.line(most=120)
    short = fields.line(required=True, most=60)
    short_es = fields.line(most=60)
    short_pt = fields.line(most=60)
    hint = fields.line(most=160)
    hint_es = fields.line(most=160)
    hint_pt = fields.line(most=160)
    group = SelectField(choices=FORM_CHOICES)
    other_forms = SelectMultipleField(choices=FORM_CHOICES)
    topics = fields.text(required=True, most=2_000)
    is_common = BooleanField()
    is_offered = BooleanField()
    position = fields.line(most=3)

    @property
    def own_key(self) -> str:
        """The code: of a new need made from its English words, and never changed again."""
        return self.key or slug_of(self.label.data or "")[:60].strip("-")

    def validate_label(self, field: Field) -> None:  # noqa: ARG002  its key is looked at
        """A new need has an address of its own."""
        if not self.own_key or self.own_key in NOT_KEYS:
            raise ValidationError(_("Use other words for this need."))

    def validate_topics(self, field: Field) -> None:
        """Topics or words, one on each line."""
        found = fields.items(field.data)
        if len(found) > fields.MAX_ITEMS or any(not slug_of(text) for text in found):
            raise ValidationError(_("Write one topic on each line."))

    def validate_position(self, field: Field) -> None:
        """A place in the list, or blank."""
        if field.data and not fields.number(field.data):
            raise ValidationError(_("Write a whole number, like 25, or leave this blank."))

    def content(self) -> Content:
        """Return the need."""
        group = self.group.data or ""
        others = [code for code in self.other_forms.data or () if code != group]
        return {
            **super().content(),
            "other_forms": others,
            "topics": fields.items(self.topics.data),
            "is_common": bool(self.is_common.data),
            "is_offered": bool(self.is_offered.data),
        }

    @classmethod
    def typed(cls, content: Content, offered: Offered) -> dict[str, Any]:
        """Return what the fields hold; several choices stay a list."""
        return {**super().typed(content, offered), "other_forms": content["other_forms"]}


class TopicForm(EntryForm):
    """A topic."""

    label = fields.line(required=True, most=100)
    programs = fields.text(most=20_000)
    merged_into = SelectField(validate_choice=False)
    is_retired = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the topics to merge into."""
        super().__init__(*args, **kwargs)
        self.merged_into.choices = fields.as_choices({"": "–", **self.offered.topics})

    @property
    def own_key(self) -> str:
        """The code: of a new topic made from its name, as listings would make it."""
        return self.key or slug_of(self.label.data or "")

    def validate_label(self, field: Field) -> None:
        """A name that has letters; the catalogue's separator is none."""
        typed = field.data or ""
        if not slug_of(typed) or "|" in typed or self.own_key in NOT_KEYS:
            raise ValidationError(_("“%(topic)s” cannot be a topic.", topic=typed[:40]))

    def validate_programs(self, field: Field) -> None:
        """Programs of the directory; a new topic begins with one at least."""
        _check_programs(self.offered.slugs(field.data))
        if not self.key and not field.data:
            raise ValidationError(_("Name at least one program: a topic leads somewhere."))

    def validate_merged_into(self, field: Field) -> None:
        """Another topic that is offered."""
        if field.data and field.data not in self.offered.topics:
            raise ValidationError(_l("Choose one of the list."))

    def content(self) -> Content:
        """Return the topic."""
        programs = sorted(set(self.offered.slugs(self.programs.data).values()))
        retired = bool(self.is_retired.data)
        return {**super().content(), "programs": programs, "is_retired": retired}

    @classmethod
    def typed(cls, content: Content, offered: Offered) -> dict[str, Any]:
        """Return what the fields hold; programs by name."""
        return {**content, "programs": offered.written(content["programs"])}


class PathwayForm(EntryForm):
    """What comes after a program."""

    next = fields.text(most=4_000)

    def validate_next(self, field: Field) -> None:
        """Programs of the directory, others than this one."""
        found = self.offered.slugs(field.data)
        if len(found) > MOST_NEXT:
            raise ValidationError(_("Name at most %(most)s programs.", most=MOST_NEXT))
        _check_programs(found)
        if self.key in found.values():
            raise ValidationError(_("A program does not come after itself."))

    def content(self) -> Content:
        """Return the slugs in their order."""
        return {"next": list(dict.fromkeys(self.offered.slugs(self.next.data).values()))}

    @classmethod
    def typed(cls, content: Content, offered: Offered) -> dict[str, Any]:
        """Return the names, one on each line."""
        return {"next": offered.written(content["next"])}


def _check_programs(found: Mapping[str, str]) -> None:
    for typed, slug in found.items():
        if not slug:
            message = _("There is no program “%(name)s”. Choose one of the list.", name=typed)
            raise ValidationError(message)
