"""Synonyms: a word that owners type, and what programs say instead."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import func, select

from portal import clock
from portal.directory.identity import stable_id
from portal.directory.models import Synonym
from portal.directory.operations import mark_catalogue_changed
from portal.directory.vocabulary import slug_of
from portal.extensions import db
from portal.search.engine import Engine
from portal.search.everyday import everyday_words
from portal.search.query import SearchQuery
from portal.search.synonyms import read
from portal.vocabulary import queries
from portal.vocabulary.as_shipped import shipped_catalogue
from portal.vocabulary.in_use import present_engine
from portal.vocabulary.kinds import FIRST, Compared, Content, Effect, Entry, Found

MOST_SEARCHES = 12  # recorded ones that a preview tries


def shipped_synonyms() -> dict[str, Content]:
    """Return the synonyms that ship with the portal, by key; none for another state."""
    catalogue = shipped_catalogue()
    rows = catalogue.synonyms if catalogue else ()
    return {slug_of(row.term): {"term": row.term, "synonyms": list(row.synonyms)} for row in rows}


class SynonymKind:
    """Rows of the catalogue; the key is the slug of the word."""

    fields = ("term", "synonyms")

    def entries(self) -> list[Entry]:
        """Return all words; those that were removed come last."""
        there = _stored()
        shipped = shipped_synonyms()
        found = [
            Entry(
                key,
                content["term"],
                ", ".join(content["synonyms"]),
                is_edited=content != shipped.get(key),
            )
            for key, content in there.items()
        ]
        gone = queries.titles("synonyms").items()
        return found + [Entry(k, t, is_there=False) for k, t in gone if k not in there]

    def present(self, key: str) -> Content | None:
        """Return a word with what stands for it."""
        found = _stored().get(key)
        if found is None and key not in queries.titles("synonyms"):
            return None
        return found or {}

    def shipped(self, key: str) -> Content:
        """Return a word as it ships."""
        return shipped_synonyms().get(key, {})

    def title(self, key: str, content: Content) -> str:
        """Return the word."""
        return content.get("term") or queries.titles("synonyms").get(key, key)

    def effect(self, key: str, before: Content, after: Content) -> Effect:
        """Try the words and the most frequent searches in a search with the change."""
        now = present_engine()
        then = _with(now, {**_stored(), key: after})
        words = [w for c in (before, after) for w in (c.get("term"), *c.get("synonyms", ()))]
        searches = dict.fromkeys([*filter(None, words), *queries.frequent_searches(MOST_SEARCHES)])
        lines = [Compared(text, _found(now, text), _found(then, text)) for text in searches]
        lost = [line.title for line in lines if line.before.count and not line.after.count]
        empty = [w for w in after.get("synonyms", ()) if not _found(then, w).count]
        warnings = [
            *(_("“%(words)s” would find nothing any more.", words=text) for text in lost),
            *(_("No program says “%(words)s”.", words=text) for text in empty),
        ]
        return Effect(lines=lines, warnings=warnings)

    def store(self, key: str, content: Content) -> None:
        """Write, change or take away the row; the next search sees it."""
        rows = db.session.scalars(select(Synonym)).all()
        row = next((row for row in rows if slug_of(row.term) == key), None)
        if not content:
            if row is not None:
                db.session.delete(row)
        elif row is not None:
            row.synonyms = "|".join(content["synonyms"])
        else:
            last = db.session.scalar(select(func.max(Synonym.position)))
            db.session.add(
                Synonym(
                    id=stable_id("synonym", content["term"]),
                    term=content["term"],
                    synonyms="|".join(content["synonyms"]),
                    position=0 if last is None else last + 1,
                )
            )
        mark_catalogue_changed()


def _stored() -> dict[str, Content]:
    rows = db.session.scalars(select(Synonym).order_by(Synonym.position))
    return {
        slug_of(row.term): {"term": row.term, "synonyms": row.synonyms.split("|")} for row in rows
    }


def _with(engine: Engine, rows: dict[str, Content]) -> Engine:
    """Return a search with other synonyms; all else is shared with the one in use."""
    pairs = [(c["term"], tuple(c["synonyms"])) for c in rows.values() if c]
    table = read(pairs, everyday_words(), rarity=engine.snapshot.rarity, formula=engine.formula)
    return replace(engine, synonyms=table)


def _found(engine: Engine, text: str) -> Found:
    page = engine.search(SearchQuery(text=text), today=clock.today())
    names = tuple(engine.snapshot.documents[hit.number].name for hit in page.hits[:FIRST])
    return Found(page.total, names)
