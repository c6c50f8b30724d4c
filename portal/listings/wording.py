"""What people read for the fields of a listing, their values, its states and what it lacks."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.directory.labels import shown_label
from portal.directory.vocabulary import ORGANIZATION_KINDS, slug_of
from portal.i18n import long_date
from portal.listings import models
from portal.listings.dates import day_of

LABELS: dict[str, LazyString] = {
    "name": _l("Name"),
    "alternate_name": _l("Other names"),
    "short_description": _l("In one sentence"),
    "description": _l("What companies get"),
    "forms": _l("Kinds of help, the main one first"),
    "topics": _l("Topics"),
    "audiences": _l("Who it is for"),
    "eligibility": _l("Who can use it"),
    "min_employees": _l("Fewest employees"),
    "max_employees": _l("Most employees"),
    "industries": _l("Industries"),
    "regions": _l("Regions"),
    "delivery": _l("How you get it"),
    "cost_kind": _l("Cost"),
    "cost_note": _l("More about the cost"),
    "url": _l("Web page"),
    "application_url": _l("Page to apply"),
    "phone": _l("Phone"),
    "email": _l("E-mail"),
    "status": _l("State"),
    "pathway_next": _l("What often comes next"),
    "rounds": _l("Times to apply"),
    "story": _l("Story of a company you helped"),
    "replaced_by": _l("Replaced by"),
    "short_name": _l("Short name"),
    "kind": _l("Kind of organization"),
    "city": _l("City of the main office"),
    "county": _l("County of the main office"),
    "founded_year": _l("Founded in"),
    "organization_id": _l("Organization"),
}

STATUSES: dict[str, LazyString] = {
    "active": _l("Open: companies can use it"),
    "uncertain": _l("In doubt: shown with “may have changed, ask first”"),
    "inactive": _l("Closed: not shown any more"),
}
STATES: dict[str, LazyString] = {
    "active": _l("Shown"),
    "uncertain": _l("Shown, in doubt"),
    "inactive": _l("Closed"),
}
CHANGE_STATES: dict[str, LazyString] = {
    models.DRAFT: _l("Draft"),
    models.WAITING: _l("Waits for a manager"),
    models.RETURNED: _l("Returned by a manager"),
    models.PUBLISHED: _l("Published"),
    models.DISCARDED: _l("Thrown away"),
}
HINTS: dict[str, LazyString] = {
    "contact": _l("A phone number or e-mail address: owners want to ask a person."),
    "description": _l("A longer description: what happens, how long it takes, what is left after."),
    "cost_note": _l("A line about the cost: how much, and who pays part of it."),
    "eligibility": _l("Who can use it, in your own words."),
    "application_url": _l("The page to apply or to write to you."),
    "rounds": _l("When companies can apply, or that they can at any time."),
    "topics": _l("At least three topics, in words that owners use."),
    "story": _l("A short story of a company you helped."),
    "pathway_next": _l("What often comes next."),
}
VERDICTS: dict[str, LazyString] = {
    "sharp": _l("sets you apart"),
    "fair": _l("narrows it down"),
    "dull": _l("says little"),
}
RECURS: dict[str, LazyString] = {
    "": _l("once"),
    "yearly": _l("each year"),
    "rolling": _l("at any time"),
}

_FACET_OF = {
    "forms": "form",
    "audiences": "audience",
    "industries": "industry",
    "regions": "region",
    "delivery": "delivery",
    "cost_kind": "cost",
}


def field_label(field: str) -> LazyString | str:
    """Return what people read for a field."""
    return LABELS.get(field, field)


def value_text(field: str, value: Any) -> str:
    """Return a field's value as people read it; blank for none."""
    if value in (None, "", []):
        return ""
    if field == "rounds":
        return "; ".join(_round_text(*known) for known in value)
    values = value if isinstance(value, list) else [value]
    if field in _FACET_OF:
        return ", ".join(_term_text(_FACET_OF[field], one) for one in values)
    words = {"status": STATUSES, "kind": ORGANIZATION_KINDS}.get(field, {})
    return ", ".join(str(words.get(one, one)) for one in values)


def _term_text(facet: str, value: str) -> str:
    code = slug_of(value) if facet == "region" else value
    return shown_label(facet, code, value)


def _round_text(opens: str, closes: str, recurs: str) -> str:
    first, last = day_of(opens), day_of(closes)
    if first and last:
        text = _("from %(opens)s to %(closes)s", opens=long_date(first), closes=long_date(last))
    elif last:
        text = _("until %(closes)s", closes=long_date(last))
    elif first:
        text = _("from %(opens)s", opens=long_date(first))
    else:
        return str(RECURS["rolling"])
    return f"{text}, {RECURS[recurs]}" if recurs == "yearly" else str(text)
