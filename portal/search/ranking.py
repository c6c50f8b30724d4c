"""The constants of the ranking as people may read them, taken from the code that uses them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.search.field_names import field_names
from portal.search.formula import COMPLETE_FACTS, FORMULA
from portal.search.meaning import FIELD_WEIGHTS
from portal.search.names import RUN
from portal.search.tie_breaks import FRESH_DAYS

MOST_WEIGHT = 3  # weights that the sentence on places names

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
FACT_LABELS = {
    "phone": _l("a phone number"),
    "email": _l("an e-mail address"),
    "application_url": _l("a link to apply"),
    "url": _l("a web page"),
    "eligibility_description": _l("who can use it"),
    "fees_description": _l("what it costs, in words"),
    "size": _l("for companies of what size"),
}


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """A searched field: its weight for words and for meaning, how much length matters (0 to 1)."""

    name: str
    label: str
    boost: float
    b: float
    meaning: float


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant: its name in the formula, what it is, its value, what it does."""

    name: str
    label: str
    value: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Published:
    """All constants of the formula.

    `places` are the fields in which a word counts most, `facts` what a complete listing states,
    `fresh_days` the age of a confirmation that counts nothing any more.
    """

    fields: tuple[FieldWeight, ...]
    others: tuple[Constant, ...]
    places: tuple[str, ...]
    facts: tuple[str, ...]
    fresh_days: int

    def value(self, name: str) -> float:
        """Return the value of a constant."""
        return next(constant.value for constant in self.others if constant.name == name)


def published() -> Published:
    """Return the constants that searches use now."""
    heaviest = sorted({rule.boost for rule in FORMULA.fields}, reverse=True)[:MOST_WEIGHT]
    by_weight = sorted(FORMULA.fields, key=lambda rule: -rule.boost)
    return Published(
        fields=tuple(
            FieldWeight(
                f.name, str(FIELD_LABELS[f.name]), f.boost, f.b, FIELD_WEIGHTS.get(f.name, 0.0)
            )
            for f in FORMULA.fields
        ),
        others=tuple(
            Constant(name, label, getattr(FORMULA, name), meaning)
            for name, label, meaning in (*_of_words(), *_of_meaning(), *_added())
        ),
        places=tuple(field_names()[f.name] for f in by_weight if f.boost >= heaviest[-1]),
        facts=tuple(str(FACT_LABELS[fact]) for fact in COMPLETE_FACTS),
        fresh_days=FRESH_DAYS,
    )


def _of_words() -> list[tuple[str, str, str]]:
    """Return (name, label, what it does) of what words count, other words included."""
    return [
        ("k1", "k1", _("How soon more of the same word stops counting.")),
        ("forward", _("Synonyms"), _("What a word counts that programs say instead of yours.")),
        (
            "backward",
            _("Synonyms, the other way"),
            _("What an everyday word counts when you typed the programs' own word."),
        ),
        (
            "everyday",
            _("Everyday wordings"),
            _("What a wording of owners counts that programs put in other words."),
        ),
        (
            "everyday_share",
            _("Enough of a wording"),
            _("The share of such a wording, rare words counting more, that must be typed."),
        ),
        (
            "corrected",
            _("Corrected words"),
            _("What a corrected word counts when no listing has the word as you typed it."),
        ),
        (
            "enough",
            _("Enough words"),
            _("The share of a longer request, rare words counting more, that a program must have."),
        ),
    ]


def _of_meaning() -> list[tuple[str, str, str]]:
    return [
        (
            "meaning",
            _("Meaning"),
            _("What nearness in meaning counts, learned from the listings; the best match is 1."),
        ),
        (
            "dimensions",
            _("Dimensions of meaning"),
            _("How many directions meaning is learned in; fewer lump more words together."),
        ),
        (
            "widened",
            _("Synonyms in meaning"),
            _("What a synonym counts for nearness in meaning beside 1 for a word of yours."),
        ),
    ]


def _added() -> list[tuple[str, str, str]]:
    return [
        (
            "named",
            _("Name"),
            _(
                "Added when your words are the name of a program or of its organization, or "
                "%(words)s or more of them in a row are; for a part of a name, its share.",
                words=RUN,
            ),
        ),
        (
            "uncertain",
            _("May have changed"),
            _(
                "The score of a program that may have changed, or whose last confirmation is over "
                "a year old, is multiplied by this."
            ),
        ),
        (
            "paused",
            _("Takes no new companies"),
            _("The score of a program that takes no new companies now is multiplied by this."),
        ),
        (
            "dedicated",
            _("Dedicated"),
            _("Added when a program is made for the industry or size that you chose."),
        ),
        (
            "fresh",
            _("Fresh"),
            _(
                "Added for a listing confirmed today; it falls evenly to nothing in %(days)s days.",
                days=FRESH_DAYS,
            ),
        ),
        (
            "complete",
            _("Complete"),
            _("Added for a listing with all the facts that help you to act; else their share."),
        ),
    ]
