"""The constants of the ranking as people may read them, taken from the code that uses them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.search.formula import FORMULA

FIELD_LABELS = {
    "name": _l("Name of the program"),
    "alternate_name": _l("Former and short names"),
    "topics": _l("Topics"),
    "summary": _l("One-sentence summary"),
    "description": _l("Description"),
    "conditions": _l("Who can use it and what it costs"),
    "organization": _l("Name of the organization"),
    "industries": _l("Industries that the listing names"),
    "tags": _l("Kind of help, cost, region, city"),
}


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """A searched field: its label, weight, and how much length matters (0 to 1)."""

    label: str
    boost: float
    b: float


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant: what it is, its value, what it does."""

    label: str
    value: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Published:
    """All constants of the formula."""

    fields: tuple[FieldWeight, ...]
    others: tuple[Constant, ...]


def published() -> Published:
    """Return the constants that searches use now."""
    fields = tuple(FieldWeight(str(FIELD_LABELS[f.name]), f.boost, f.b) for f in FORMULA.fields)
    others = (
        Constant("k1", FORMULA.k1, _("How soon more of the same word stops counting.")),
        Constant(
            _("Synonyms"),
            FORMULA.forward,
            _("What a word counts that programs say instead of yours."),
        ),
        Constant(
            _("Synonyms, the other way"),
            FORMULA.backward,
            _("What an everyday word counts when you typed the programs' own word."),
        ),
        Constant(
            _("Everyday wordings"),
            FORMULA.everyday,
            _("What a wording of owners counts that programs put in other words."),
        ),
        Constant(
            _("Enough of a wording"),
            FORMULA.everyday_share,
            _("The share of such a wording, rare words counting more, that must be typed."),
        ),
        Constant(
            _("Corrected words"),
            FORMULA.corrected,
            _("What a corrected word counts when no listing has the word as you typed it."),
        ),
        Constant(
            _("Meaning"),
            FORMULA.meaning,
            _("What nearness in meaning counts, learned from the listings; the best match is 1."),
        ),
        Constant(
            _("Name"),
            FORMULA.named,
            _(
                "Added when your words are the name of a program or its organization; "
                "for a part of the name, as much of it as that part is."
            ),
        ),
        Constant(
            _("Enough words"),
            FORMULA.enough,
            _("The share of a longer request, rare words counting more, that a program must have."),
        ),
        Constant(
            _("May have changed"),
            FORMULA.uncertain,
            _("The score of a program that may have changed is multiplied by this."),
        ),
        Constant(
            _("Dedicated"),
            FORMULA.dedicated,
            _("Added when a program is made for the industry or size that you chose."),
        ),
        Constant(
            _("Fresh"),
            FORMULA.fresh,
            _("Added for a listing confirmed today; it falls to nothing in a year."),
        ),
        Constant(
            _("Complete"),
            FORMULA.complete,
            _("Added for a listing with all the facts that help you to act."),
        ),
    )
    return Published(fields, others)
