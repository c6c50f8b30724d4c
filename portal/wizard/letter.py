"""The plan as a letter to whoever asked for it: plain text with an HTML twin."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from portal.config import Settings
from portal.i18n import current_language
from portal.mail.operations import Letter
from portal.wizard.paper import contact_line, lead_of, person_line, verdict_in_words, way_to
from portal.wizard.plan_page import Plan

PURPOSE = "plan"


def letter_of(plan: Plan, title: str, settings: Settings) -> Letter:
    """Write the letter with a plan.

    Args:
        plan: of the asker.
        title: of the plan, without words of the asker's own: a letter that holds what somebody
            typed could be used to write to strangers.
        settings: of this portal.
    """
    shown = {
        "plan": plan,
        "title": title,
        "lead": lead_of(plan),
        "person": person_line(settings),
        "contact_of": lambda program: contact_line(program.service, settings),
        "verdict_of": verdict_in_words,
        "way_to": way_to,
        "settings": settings,
    }
    return Letter(
        purpose=PURPOSE,
        language=current_language(),
        subject=_("%(title)s (%(site)s)", title=title, site=settings.site_name),
        text=render_template("email/plan.txt", **shown),
        html=render_template("email/plan.html", **shown),
    )
