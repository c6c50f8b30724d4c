"""Pathways: which programs an adviser would suggest after one, the likeliest first."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal import clock
from portal.directory.exporting import stored_catalogue
from portal.directory.listed import PUBLISHED
from portal.directory.models import PathwayStep, Service
from portal.directory.operations import store_rows
from portal.extensions import db
from portal.vocabulary.as_shipped import shipped_catalogue
from portal.vocabulary.kinds import FIRST, Compared, Content, Effect, Entry, Found
from portal.wizard.candidates import columns
from portal.wizard.index import Programs, wizard_index
from portal.wizard.profile import CompanyProfile


class PathwayKind:
    """A column of the listings; the key is the slug of the program that comes first."""

    fields = ("next",)

    def entries(self) -> list[Entry]:
        """Return all published programs by name, with what follows each."""
        names, steps, shipped = program_names(), _steps(), _shipped()
        return [
            Entry(
                slug,
                name,
                ", ".join(names.get(following, following) for following in steps.get(slug, ())),
                is_edited=slug in shipped and list(shipped[slug]) != steps.get(slug, []),
            )
            for slug, name in names.items()
        ]

    def present(self, key: str) -> Content | None:
        """Return what follows a program; None for one that is not published."""
        return {"next": _steps().get(key, [])} if key in program_names() else None

    def shipped(self, key: str) -> Content:
        """Return what follows it in the catalogue that ships."""
        found = _shipped().get(key)
        if found is None:
            return {}
        known = program_names()
        return {"next": [slug for slug in found if slug in known]}

    def title(self, key: str, content: Content) -> str:  # noqa: ARG002  the program's own name
        """Return the program's name."""
        return program_names().get(key, key)

    def effect(self, key: str, before: Content, after: Content) -> Effect:  # noqa: ARG002
        """Show which needs begin with other programs."""
        now = wizard_index().refresh()
        records = [
            replace(record, next_slugs=tuple(after["next"])) if record.slug == key else record
            for record in now.candidates.records
        ]
        then = replace(now, candidates=columns(records))
        lines = [
            Compared(str(need.label), _plan(now, profile), _plan(then, profile))
            for need in now.needs.offered
            for profile in [CompanyProfile(needs=(need.rule,))]
        ]
        return Effect(
            lines=lines, shown=[_("On the program's own page, as what often comes next.")]
        )

    def store(self, key: str, content: Content) -> None:
        """Store it as a load of the catalogue with that row would."""
        rows = {row.id: row for row in stored_catalogue().programs}
        row = replace(rows[key], pathway_next=tuple(content["next"]))
        state_code = current_app.config["PORTAL"].state_code
        store_rows([row], state_code=state_code, now=clock.now())


def program_names() -> dict[str, str]:
    """Return the names of the published programs by slug, in the order of their names."""
    rows = db.session.execute(
        select(Service.slug, Service.name).where(PUBLISHED).order_by(func.lower(Service.name))
    )
    return {row.slug: row.name for row in rows}


def _steps() -> dict[str, list[str]]:
    following = aliased(Service)
    rows = db.session.execute(
        select(Service.slug, following.slug)
        .join(PathwayStep, PathwayStep.service_id == Service.id)
        .join(following, following.id == PathwayStep.next_service_id)
        .order_by(PathwayStep.position)
    )
    found: dict[str, list[str]] = {}
    for slug, next_slug in rows:
        found.setdefault(slug, []).append(next_slug)
    return found


def _shipped() -> dict[str, tuple[str, ...]]:
    catalogue = shipped_catalogue()
    return {row.id: row.pathway_next for row in catalogue.programs} if catalogue else {}


def _plan(programs: Programs, profile: CompanyProfile) -> Found:
    results = programs.match(profile).results
    return Found(len(results), tuple(match.candidate.name for match in results[:FIRST]))
