"""What a page about an entry works with: its kind, how it stands, its form, filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from portal.directory import fallback
from portal.vocabulary import forms, queries
from portal.vocabulary.contact import ContactKind
from portal.vocabulary.forms import Offered
from portal.vocabulary.kinds import Content, Kind
from portal.vocabulary.needs import NeedKind
from portal.vocabulary.operations import Standing, standing
from portal.vocabulary.pathways import PathwayKind, program_names
from portal.vocabulary.synonyms import SynonymKind
from portal.vocabulary.topics import TopicKind, topic_choices
from portal.vocabulary.wording import ShownChange, shown_changes

KINDS: Mapping[str, Kind] = {
    "contact": ContactKind(),
    "synonyms": SynonymKind(),
    "topics": TopicKind(),
    "needs": NeedKind(),
    "pathways": PathwayKind(),
}
FORMS: Mapping[str, type[forms.EntryForm]] = {
    "contact": forms.ContactForm,
    "synonyms": forms.SynonymForm,
    "topics": forms.TopicForm,
    "needs": forms.NeedForm,
    "pathways": forms.PathwayForm,
}
GROWING = ("synonyms", "topics", "needs")  # kinds to which managers add entries
ONLY_KEY = {"contact": fallback.KEY}  # kinds of one entry
SHIPPED = "shipped"  # instead of the number of a version
NEW_NEED: Content = {"group": "process-improvement", "other_forms": [], "is_offered": True}


@dataclass(frozen=True, slots=True)
class Target:
    """An entry that is edited; `key` is blank for a new one."""

    name: str
    key: str
    standing: Standing
    offered: Offered

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return KINDS[self.name]

    @property
    def title(self) -> str:
        """What people call it."""
        return self.kind.title(self.key, self.standing.content)

    def changes(self, before: Content, after: Content) -> list[ShownChange]:
        """Return in words what differs between two contents."""
        return shown_changes(self.name, self.kind.fields, before, after, self.offered)

    @property
    def differs_from_shipped(self) -> bool:
        """Whether there is a shipped value to go back to."""
        shipped = self.kind.shipped(self.key) if self.key else {}
        return bool(shipped) and shipped != self.standing.content


def target_of(name: str, key: str) -> Target:
    """Return an entry; 404 for one that never was."""
    stands = standing(name, KINDS[name], key)
    if stands is None:
        abort(404)
    return Target(name, key, stands, _offered(name, key))


def new_target(name: str) -> Target:
    """Return what a new entry begins as; 404 where none can be added."""
    if name not in GROWING:
        abort(404)
    return Target(name, "", Standing(0, {}), _offered(name, ""))


def at_key(target: Target, key: str) -> Target:
    """Return the entry that a new one would be: it may have versions, or exist by now."""
    stands = standing(target.name, target.kind, key) or Standing(0, {})
    return Target(target.name, key, stands, target.offered)


def sent_form(target: Target) -> forms.EntryForm:
    """Return the form as it was sent with this request."""
    return FORMS[target.name](offered=target.offered, key=target.key)


def filled_form(target: Target, content: Content) -> forms.EntryForm:
    """Return the form of an entry, filled with a content."""
    make = FORMS[target.name]
    if not content and target.name == "needs":
        content = {**dict.fromkeys(target.kind.fields, ""), **NEW_NEED}
    if not content and target.name == "topics":
        content = {"label": "", "programs": [], "merged_into": "", "is_retired": False}
    if not content and target.name == "synonyms" and target.key:
        content = {"term": target.title, "synonyms": []}
    data: dict[str, Any] = make.typed(content, target.offered) if content else {}
    data["base"] = str(target.standing.number)
    return make(formdata=None, data=data, offered=target.offered, key=target.key)


def asked_content(target: Target) -> Content:
    """Return what the form begins with: the entry as it stands, a version, or as it shipped."""
    asked = request.args.get("from", "")
    if asked == SHIPPED:
        return target.kind.shipped(target.key) or target.standing.content
    for revision in queries.revisions(target.name, target.key) if asked.isdigit() else ():
        if str(revision.number) == asked:
            return revision.content
    return target.standing.content


def _offered(name: str, key: str) -> Offered:
    if name not in ("topics", "pathways"):
        return Offered()
    return Offered(topic_choices(key) if name == "topics" else {}, program_names())
