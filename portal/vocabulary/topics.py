"""Topics: what they are called, which are one, which are no longer offered."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from portal import clock
from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from portal.directory.operations import mark_catalogue_changed
from portal.directory.overrides import TOPIC, overrides_of, set_override
from portal.directory.topic_names import TopicNames
from portal.extensions import db
from portal.search import queries as search_queries
from portal.search.engine import Engine, assemble
from portal.search.query import SearchQuery
from portal.vocabulary.in_use import present_engine
from portal.vocabulary.kinds import FIRST, Compared, Content, Effect, Entry, Found

MOST_NAMED = 5  # programs in a refusal


class TopicKind:
    """Terms of the catalogue's topics; the key is the code, which never changes."""

    fields = ("label", "merged_into", "is_retired")

    def entries(self) -> list[Entry]:
        """Return all topics by name; those that are not offered come last."""
        changed, names = TopicNames(overrides_of(TOPIC)), _names()
        counts = _counts()
        found = []
        for code, name in names.items():
            label = changed.label(code, name)
            target = changed.target(code)
            into = changed.label(target, names.get(target, target))
            summary = _("now one with “%(topic)s”", topic=into) if target != code else ""
            entry = Entry(
                code,
                label,
                summary or _programs(counts.get(code, 0)),
                changed.is_offered(code),
                code in changed.changed,
            )
            found.append(entry)
        return sorted(found, key=lambda entry: (not entry.is_there, entry.title.casefold()))

    def present(self, key: str) -> Content | None:
        """Return a topic as it stands."""
        return overrides_of(TOPIC).get(key) or self.shipped(key) or None

    def shipped(self, key: str) -> Content:
        """Return a topic as the catalogue has it."""
        name = _names().get(key)
        return {"label": name, "merged_into": "", "is_retired": False} if name else {}

    def title(self, key: str, content: Content) -> str:
        """Return the topic's name."""
        return content.get("label") or key

    def effect(self, key: str, before: Content, after: Content) -> Effect:
        """Count the programs of the topics that it touches, in a search with the change."""
        changed = overrides_of(TOPIC)
        new = TopicNames({**changed, key: after})
        now, then = present_engine(), assemble(search_queries.catalogue(new))
        touched = [key, *filter(None, (before["merged_into"], after["merged_into"]))]
        names = _names()
        lines = [
            Compared(new.label(code, names.get(code, code)), _found(now, code), _found(then, code))
            for code in dict.fromkeys(touched)
        ]
        return Effect(lines=lines, refusals=_refusals(key, new, then, names))

    def store(self, key: str, content: Content) -> None:
        """Store it; one that says what the catalogue says is kept as no change."""
        set_override(TOPIC, key, {} if content == self.shipped(key) else content)
        mark_catalogue_changed()


def topic_choices(key: str) -> dict[str, str]:
    """Return the topics that another can be merged into: those offered, by name."""
    changed, names = TopicNames(overrides_of(TOPIC)), _names()
    offered = {
        code: changed.label(code, name)
        for code, name in names.items()
        if code != key and changed.is_offered(code)
    }
    return dict(sorted(offered.items(), key=lambda pair: pair[1].casefold()))


def _refusals(key: str, topics: TopicNames, engine: Engine, names: dict[str, str]) -> list[str]:
    """Say why a change cannot be: names that are not apart, programs left without any topic."""
    found: list[str] = []
    labels = {code: topics.label(code, n).casefold() for code, n in names.items() if code != key}
    label = topics.label(key, names[key])
    if topics.is_offered(key) and label.casefold() in labels.values():
        found.append(_("There is a topic “%(topic)s”. Merge the two instead.", topic=label))
    target = topics.target(key)
    if target != key and not topics.is_offered(target):
        found.append(_("The topic to merge into is not offered itself."))
    stranded = [
        document.name
        for document in engine.snapshot.documents
        if key in document.values.get(TOPIC, {})
        and not any(topics.is_offered(code) for code in document.values[TOPIC])
    ]
    if stranded:
        found.append(
            _(
                "These programs would be left without any topic: %(names)s",
                names=", ".join(stranded[:MOST_NAMED]),
            )
        )
    return found


def _found(engine: Engine, code: str) -> Found:
    """Return what the box of topics says: nothing for one that it does not show."""
    page = engine.search(SearchQuery(), today=clock.today())
    shown = {value.value for value in page.facets.get(TOPIC, ())}
    if code not in shown:
        return Found(0)
    page = engine.search(SearchQuery(facets=((TOPIC, (code,)),)), today=clock.today())
    names = tuple(engine.snapshot.documents[hit.number].name for hit in page.hits[:FIRST])
    return Found(page.total, names)


def _names() -> dict[str, str]:
    rows = db.session.execute(
        select(TaxonomyTerm.code, TaxonomyTerm.name)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == TOPIC)
        .order_by(TaxonomyTerm.position)
    )
    return {row.code: row.name for row in rows}


def _counts() -> dict[str, int]:
    rows = db.session.execute(
        select(TaxonomyTerm.code, func.count(Service.id))
        .join(TaxonomyTerm.taxonomy)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(Service, Service.id == Attribute.service_id)
        .where(Taxonomy.slug == TOPIC, PUBLISHED)
        .group_by(TaxonomyTerm.code)
    )
    return {row[0]: row[1] for row in rows}


def _programs(count: int) -> str:
    return str(ngettext("%(num)s program", "%(num)s programs", count))
