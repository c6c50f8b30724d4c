"""A listing as the public would see it, made from what was typed and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.directory import queries as directory
from portal.directory.current_rounds import current_rounds
from portal.directory.facts import facts_from
from portal.directory.models import Organization
from portal.directory.named_terms import NamedTerm
from portal.directory.rounds import Season
from portal.directory.vocabulary import ENTERED, STATEWIDE, slug_of
from portal.listings import queries, targets
from portal.listings.alike import alike
from portal.listings.content import Content, with_former_name
from portal.listings.dates import day_of
from portal.listings.discrimination import ANY
from portal.listings.targets import Target

_FACETS = {
    "form": "forms",
    "industry": "industries",
    "region": "regions",
    "audience": "audiences",
    "topic": "topics",
    "cost": "cost_kind",
    "delivery": "delivery",
    "connects": "connects",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A phone."""

    number: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the templates of a listing ask of a service."""

    organization: Organization
    name: str
    alternate_names: list[str]
    short_description: str
    description: str
    eligibility_description: str
    fees_description: str
    application_url: str
    url: str
    email: str
    status: str
    phones: list[Number]
    assured_date: date | None
    evidence: str
    evidence_as_of: str
    source_url: str


def page(target: Target) -> ResponseReturnValue:
    """Return the page of what was typed, right or wrong; its middle alone if the editor asks."""
    form = targets.form_of(target, None)
    before = target.standing.content
    content = with_former_name({**before, **form.content(before)}, before)
    organization = directory.organization(target.organization_slug)
    if organization is None:
        raise LookupError(target.organization_slug)
    rounds = [
        Season(day_of(opens), day_of(closes), recurs) for opens, closes, recurs in content["rounds"]
    ]
    is_beside = bool(request.args.get("beside"))
    stored = None if target.is_new else queries.service_of(target.slug)
    return render_template(
        "listings/_live.html" if is_beside else "listings/preview.html",
        at="live-" if is_beside else "",
        is_preview=True,
        target=target,
        alike=alike(target, form.data),
        service=_service(content, organization, stored.assured_date if stored else None),
        story=content["story"],
        facts=facts_from(_terms(content), content["min_employees"], content["max_employees"]),
        current_rounds=current_rounds(rounds, today=clock.today()),
        next_steps=directory.published_services(content["pathway_next"]),
    )


def _service(content: Content, organization: Organization, assured_date: date | None) -> Preview:
    return Preview(
        organization=organization,
        name=content["name"],
        alternate_names=content["alternate_name"],
        short_description=content["short_description"],
        description=content["description"],
        eligibility_description=content["eligibility"],
        fees_description=content["cost_note"],
        application_url=content["application_url"],
        url=content["url"],
        email=content["email"],
        status=content["status"],
        phones=[Number(content["phone"])] if content["phone"] else [],
        assured_date=assured_date,
        evidence=content.get("evidence", ENTERED),
        evidence_as_of=content.get("as_of", f"{clock.today():%Y-%m}"),
        source_url=content.get("source_url") or content["url"] or "",
    )


def _terms(content: Content) -> list[NamedTerm]:
    """Return the terms of a content, as its attributes would name them."""
    found = []
    for facet, name in _FACETS.items():
        value: Any = content.get(name) or []
        values = value if isinstance(value, list) else [value]
        everything = {"industry": ANY, "region": STATEWIDE}.get(facet)
        said = "open" if everything in values else "dedicated"
        for one in values:
            code = slug_of(one) if facet in ("region", "topic") else one
            label = targets.service_choices().terms.get(name, {}).get(one, one)
            found.append(NamedTerm(facet, code, label, one == everything, said))
    return found
