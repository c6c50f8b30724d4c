"""A shortlist without an account, and up to four programs side by side."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.directory import queries as directory
from portal.directory.current_rounds import current_rounds
from portal.directory.facts import facts_of
from portal.permissions import public
from portal.shortlist import carrying, forms
from portal.shortlist.comparison import Program, compared
from portal.shortlist.selection import MOST_COMPARED, MOST_SAVED

bp = Blueprint("shortlist", __name__)
bp.before_app_request(carrying.read_shortlist)
bp.app_url_defaults(carrying.carry)
bp.add_app_template_global(carrying.shortlist, "shortlist")
bp.add_app_template_global(carrying.shortlist_url, "shortlist_url")
bp.add_app_template_global(carrying.toggle_url, "toggle_url")


@bp.get("/shortlist")
@public
def shortlist() -> ResponseReturnValue:
    """Show the programs that somebody chose, to keep, share or print."""
    chosen = carrying.shortlist()
    return render_template(
        "shortlist/shortlist.html",
        chosen=chosen,
        programs=_programs(chosen.slugs),
        most=MOST_SAVED,
        most_compared=MOST_COMPARED,
    )


@bp.get("/compare")
@public
def compare() -> ResponseReturnValue:
    """Show up to four programs side by side, or say how to choose them."""
    asked = forms.chosen(request.args).service
    chosen = carrying.selection(asked, most=MOST_COMPARED)
    programs = _programs(chosen.slugs)
    if len(programs) < 2:
        return render_template(
            "shortlist/choose.html",
            chosen=chosen,
            program=programs[0] if programs else None,
            similar=directory.similar_services(programs[0].service) if programs else [],
            most_compared=MOST_COMPARED,
        )
    only = forms.only_differences(request.args)
    rows = compared(programs)
    return render_template(
        "shortlist/compare.html",
        chosen=chosen,
        programs=programs,
        rows=[row for row in rows if row.differs or not only],
        same_count=sum(not row.differs for row in rows),
        only_differences=only,
        links={only: _compare_url(chosen.slugs, only=only) for only in (False, True)},
        remove_urls={slug: _compare_url(chosen.without(slug), only=only) for slug in chosen.slugs},
        most_compared=MOST_COMPARED,
    )


def _programs(slugs: tuple[str, ...]) -> list[Program]:
    today = clock.today()
    return [
        Program(found, facts_of(found), current_rounds(found.rounds, today=today))
        for found in directory.published_services(slugs)
    ]


def _compare_url(slugs: tuple[str, ...], *, only: bool) -> str:
    shown = forms.DIFFERENCES if only else None
    return url_for("shortlist.compare", service=list(slugs), only=shown)
