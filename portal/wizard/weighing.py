"""The constants of the plan's order as people may read them, taken from the code that uses them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.wizard.weights import WEIGHTS, WORDS_COUNT

MEANINGS: dict[str, LazyString] = {
    "dedicated_industry": _l("Made for your industry."),
    "dedicated_size": _l("Made for companies of your size."),
    "need": _l("All of your needs met; some of them count their share."),
    "main_form": _l("Its main kind of help is one that you asked for."),
    "named": _l("The share of your wishes that it names as topics, rare ones counting more."),
    "each_wish": _l("How well it meets your wishes on average, by its topics or its words."),
    "all_words": _l("How near its words are to all your wishes together; the best has 1."),
    "local": _l("It works in your region."),
    "statewide": _l("It serves the whole state."),
    "cost": _l("It fits what you can spend; half of this where the price must be asked."),
    "delivery": _l("It comes the way you asked for; half of this where that must be asked."),
    "fresh": _l("Confirmed today; it falls to nothing in a year."),
    "uncertain": _l(
        "Taken off when a program may have changed, or its last confirmation is over a year old."
    ),
    "paused": _l("Taken off while a program takes no new companies."),
    "next_step": _l("An adviser suggests it after one of the best programs."),
    "leaders": _l("So many of the best programs pull others along."),
    "variety": _l("Taken off for what the programs above it give already."),
    "form_variety": _l("Taken off when its kind of help stands above it already."),
    "varied": _l("So many programs at the top are ordered with variety."),
    "words_count": _l("What a wish counts that its words meet and its topics do not name."),
}


@dataclass(frozen=True, slots=True)
class PlanConstant:
    """A constant of the plan's order and what it does."""

    meaning: LazyString
    value: float


def published() -> tuple[PlanConstant, ...]:
    """Return the constants that plans use now."""
    own = [PlanConstant(MEANINGS[f.name], getattr(WEIGHTS, f.name)) for f in fields(WEIGHTS)]
    return (*own, PlanConstant(MEANINGS["words_count"], WORDS_COUNT))
