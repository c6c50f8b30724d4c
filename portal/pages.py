"""Pages that belong to no feature: home, a page for each kind of visitor, the statements."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.directory import queries
from portal.directory.freshness import freshness_of
from portal.directory.vocabulary import CONNECTS, FORM_TERMS, FORMS, Term
from portal.permissions import public
from portal.search import ranking
from portal.wizard import weighing

bp = Blueprint("pages", __name__)

ACTORS = ("sme", "startup", "oem", "university")


@dataclass(frozen=True, slots=True)
class HelpKind:
    """One of the six forms with the number of programs that give it."""

    term: Term
    study_name: object
    count: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """Programs that bring a visitor's kind together with another kind."""

    code: str
    other: str
    count: int
    services: list[queries.ServiceLine]


def help_kinds(counts: dict[str, int]) -> list[HelpKind]:
    """Return the six forms in their order, with counts."""
    return [HelpKind(term, FORM_TERMS[term.code], counts.get(term.code, 0)) for term in FORMS]


def other_actor(link: str, actor: str) -> str:
    """Return whom a link such as `sme-oem` joins an actor with; blank if it is not about them."""
    ends = link.split("-")
    return next((end for end in ends if end != actor), "") if actor in ends else ""


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Open the two ways in: find help, or search."""
    return render_template(
        "pages/home.html",
        kinds=help_kinds(queries.term_counts("form")),
        organization_total=queries.organization_total(),
        figures=freshness_of(queries.evidence_of_services(), today=clock.today()),
        actors=ACTORS,
    )


@bp.get("/for/<any(sme, startup, oem, university):actor>")
@public
def actor(actor: str) -> ResponseReturnValue:
    """Show one kind of visitor what fits them and who connects them with the others."""
    counts = queries.term_counts("connects")
    bridges = [
        Bridge(term.code, other, counts.get(term.code, 0), queries.connecting_services(term.code))
        for term in CONNECTS
        if (other := other_actor(term.code, actor))
    ]
    return render_template(
        "pages/actor.html",
        actor=actor,
        others=[other for other in ACTORS if other != actor],
        total=queries.audience_total(actor),
        kinds=help_kinds(queries.term_counts("form", audience=actor)),
        bridges=bridges,
    )


@bp.get("/how-ranking-works")
@public
def how_ranking_works() -> ResponseReturnValue:
    """Say how results and plans are ordered, with the constants that the code uses."""
    return render_template(
        "pages/how_ranking_works.html", constants=ranking.published(), plan=weighing.published()
    )


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """State how accessible the portal is and whom to tell where it is not."""
    return render_template("pages/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """State what is kept of a visit: nothing that tells who came."""
    return render_template("pages/privacy.html")
