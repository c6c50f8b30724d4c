"""Pages of the directory: a program, the organizations, how fresh it all is."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal import clock
from portal.directory import listed, queries, successors
from portal.directory.current_rounds import current_rounds
from portal.directory.facts import facts_of, host_of
from portal.directory.freshness import CONFIRMED_WITHIN_DAYS, confirmed_of, freshness_of
from portal.directory.linked_data import breadcrumb_data, graph, service_data
from portal.directory.models import Organization
from portal.directory.vocabulary import ORGANIZATION_KINDS
from portal.permissions import public

bp = Blueprint("directory", __name__)
bp.add_app_template_filter(host_of, "host")


@bp.app_template_filter("kind")
def kind_label(kind: str) -> str:
    """Return what people read for a kind of organization."""
    return str(ORGANIZATION_KINDS.get(kind, kind))


@bp.get("/services/<slug:slug>")
@public
def service(slug: str) -> ResponseReturnValue:
    """Show one program."""
    found = queries.published_service(slug)
    if found is None:
        newer = successors.successor_of(slug)
        if newer is not None:
            return redirect(url_for("directory.service", slug=newer), 301)
        hidden = queries.hidden_service(slug) or abort(404)
        return render_template("directory/not_shown.html", service=hidden), 404
    facts = facts_of(found)
    # For machines: what the visitor saved is no part of these addresses.
    address = url_for("directory.service", slug=slug, saved=None, _external=True)
    way = [
        (_("Programs"), url_for("search.services", saved=None, _external=True)),
        (found.name, address),
    ]
    areas = [str(choice.label) for choice in facts.of("region")]
    data = graph(service_data(found, address=address, areas=areas), breadcrumb_data(way))
    return render_template(
        "directory/service.html",
        service=found,
        facts=facts,
        story=queries.story_of(found.id),
        current_rounds=current_rounds(found.rounds, today=clock.today()),
        is_old=queries.is_old(found),
        paused_until=queries.paused_until(found),
        next_steps=queries.published_next_steps(found),
        similar=queries.similar_services(found),
        linked_data=data,
    )


@bp.get("/organizations")
@public
def organizations() -> ResponseReturnValue:
    """List all organizations by the first letter of their names."""
    rows = queries.organizations()
    letters: dict[str, list[queries.OrganizationLine]] = {}
    for row in rows:
        letters.setdefault(row.initial, []).append(row)
    return render_template(
        "directory/organizations.html",
        letters=letters,
        total=len(rows),
        service_total=sum(row.service_count for row in rows),
    )


@bp.get("/organizations/<slug:slug>")
@public
def organization(slug: str) -> ResponseReturnValue:
    """Show one organization and its programs; one that was merged leads to where it is now."""
    newer = successors.organization_successor_of(slug)
    if newer is not None:
        return redirect(url_for("directory.organization", slug=newer), 301)
    found = queries.organization(slug) or abort(404)
    services = listed.services_of(found.id)
    return render_template(
        "directory/organization.html",
        organization=found,
        former_names=_former_names(found),
        services=services,
        confirmed=confirmed_of([row.assured_date for row in services], today=clock.today()),
    )


def _former_names(found: Organization) -> list[str]:
    """Return the names of what was merged into an organization that it has not itself."""
    own = {found.name, *found.alternate_name.split("|")}
    names = successors.former_names().get(found.id, ())
    return [name for name in dict.fromkeys(names) if name not in own]


@bp.get("/freshness")
@public
def freshness() -> ResponseReturnValue:
    """Say how many listings were confirmed, and how old the evidence of the others is."""
    figures = freshness_of(queries.evidence_of_services(), today=clock.today())
    return render_template(
        "directory/freshness.html", figures=figures, within_days=CONFIRMED_WITHIN_DAYS
    )
