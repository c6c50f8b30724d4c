"""Topics: what they are called, which are one, which are no longer offered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from portal import clock
from portal.directory.exporting import stored_catalogue
from portal.directory.listed import PUBLISHED
from portal.directory.models import Attribute, Service, Taxonomy, TaxonomyTerm
from portal.directory.operations import store_rows
from portal.directory.overrides import TOPIC, overrides_of, set_override
from portal.directory.topic_names import TopicNames
from portal.directory.vocabulary import slug_of
from portal.extensions import db
from portal.search import queries as search_queries
from portal.search.engine import Engine, assemble
from portal.search.query import SearchQuery
from portal.vocabulary.as_shipped import shipped_catalogue
from portal.vocabulary.in_use import present_engine
from portal.vocabulary.kinds import FIRST, Compared, Content, Effect, Entry, Found
from portal.vocabulary.pathways import program_names

MOST_NAMED = 5  # programs in a refusal


class TopicKind:
    """Terms of the catalogue's topics; the key is the code, which never changes."""

    fields = ("label", "programs", "merged_into", "is_retired")

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
        name = _names().get(key)
        if name is None:
            return None
        return {**_unchanged(name), **overrides_of(TOPIC).get(key, {}), "programs": _carriers(key)}

    def shipped(self, key: str) -> Content:
        """Return a topic as the catalogue that ships has it, its programs those still listed."""
        catalogue, published = shipped_catalogue(), program_names()
        rows = catalogue.programs if catalogue else ()
        named = [row for row in rows if key in map(slug_of, row.topics)]
        if not named:
            return {}
        name = next(topic for topic in named[0].topics if slug_of(topic) == key)
        carriers = sorted(row.id for row in named if row.id in published)
        return {**_unchanged(name), "programs": carriers}

    def title(self, key: str, content: Content) -> str:
        """Return the topic's name."""
        return content.get("label") or key

    def effect(self, key: str, before: Content, after: Content) -> Effect:
        """Count the programs of the topics that it touches, in a search with the change."""
        changed = overrides_of(TOPIC)
        new = TopicNames({**changed, key: after}, {key: after["programs"]})
        now, then = present_engine(), assemble(search_queries.catalogue(new))
        touched = [key, *filter(None, (before.get("merged_into"), after["merged_into"]))]
        names = _names()
        lines = [
            Compared(new.label(code, names.get(code, code)), _found(now, code), _found(then, code))
            for code in dict.fromkeys(touched)
        ]
        refusals = _refusals(key, new, then, names, before.get("programs", ()))
        return Effect(lines=lines, refusals=refusals)

    def store(self, key: str, content: Content) -> None:
        """Store what listings name, and beside them what is said otherwise of the topic."""
        name = _names().get(key)
        carriers = _carriers(key)
        changes = {n: v for n, v in content.items() if n != "programs"}
        set_override(TOPIC, key, {} if changes == _unchanged(name or content["label"]) else changes)
        moved = set(carriers) ^ set(content["programs"])
        rows = {row.id: row for row in stored_catalogue().programs if row.id in moved}
        store_rows(
            [
                replace(row, topics=_topics_with(row.topics, key, name or content["label"]))
                if row.id in content["programs"]
                else replace(row, topics=_topics_with(row.topics, key, ""))
                for row in rows.values()
            ],
            state_code=current_app.config["PORTAL"].state_code,
            now=clock.now(),
        )


def topic_choices(key: str) -> dict[str, str]:
    """Return the topics that another can be merged into: those offered, by name."""
    changed, names = TopicNames(overrides_of(TOPIC)), _names()
    offered = {
        code: changed.label(code, name)
        for code, name in names.items()
        if code != key and changed.is_offered(code)
    }
    return dict(sorted(offered.items(), key=lambda pair: pair[1].casefold()))


def _refusals(
    key: str,
    topics: TopicNames,
    engine: Engine,
    names: dict[str, str],
    before: Collection[str],
) -> list[str]:
    """Say why a change cannot be: names that are not apart, programs left without any topic."""
    found: list[str] = []
    labels = {code: topics.label(code, n).casefold() for code, n in names.items() if code != key}
    label = topics.label(key, names.get(key, key))
    if topics.is_offered(key) and label.casefold() in labels.values():
        found.append(_("There is a topic “%(topic)s”. Merge the two instead.", topic=label))
    target = topics.target(key)
    if target != key and not topics.is_offered(target):
        found.append(_("The topic to merge into is not offered itself."))
    stranded = [
        document.name
        for document in engine.snapshot.documents
        if (key in document.values.get(TOPIC, {}) or document.slug in before)
        and not any(topics.is_offered(code) for code in document.values.get(TOPIC, {}))
    ]
    has_program = any(key in d.values.get(TOPIC, {}) for d in engine.snapshot.documents)
    if topics.is_offered(key) and not has_program:
        found.append(_("No program has this topic: no longer offer it instead."))
    if stranded:
        found.append(
            _(
                "These programs would be left without any topic: %(names)s",
                names=", ".join(stranded[:MOST_NAMED]),
            )
        )
    return found


def _unchanged(name: str) -> Content:
    return {"label": name, "merged_into": "", "is_retired": False}


def _topics_with(topics: tuple[str, ...], key: str, name: str) -> tuple[str, ...]:
    """Return a listing's topics without one, or with it at the end under a name."""
    others = tuple(topic for topic in topics if slug_of(topic) != key)
    return (*others, name) if name else others


def _carriers(key: str) -> list[str]:
    """Return the slugs of the published programs whose listings name a topic, sorted."""
    query = (
        select(Service.slug)
        .join(Attribute, Attribute.service_id == Service.id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.slug == TOPIC, TaxonomyTerm.code == key, PUBLISHED)
        .order_by(Service.slug)
    )
    return list(db.session.scalars(query))


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
