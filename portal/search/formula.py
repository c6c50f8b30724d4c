"""The constants of the ranking, in one place; /how-ranking-works prints them (pure)."""

from __future__ import annotations

from dataclasses import dataclass

# What helps to act: how to reach them, for whom, at what cost. A listing with all is complete.
COMPLETE_FACTS = (
    "phone",
    "email",
    "application_url",
    "url",
    "eligibility_description",
    "fees_description",
    "size",
)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How much a field counts: `boost` multiplies its BM25, `b` says how much length matters."""

    name: str
    boost: float
    b: float = 0.75


@dataclass(frozen=True, slots=True)
class Formula:
    """All constants; relevance is 1 for the best match by words, plus the small parts.

    `k1` and `fields` are BM25F's. `forward` and `backward` weigh synonyms: what an owner types →
    what programs say, and the other way. `enough` is the share of a longer request, by rarity,
    that a program must have. `everyday` weighs an owner's wording of which a request has at least
    `everyday_share`, by rarity. `meaning` weighs nearness in meaning, learned in `dimensions`
    dimensions, in which a synonym counts `widened` beside 1 for a word that was typed.
    `named` is added for a name that was said whole, or its share for a part of it.
    `uncertain` multiplies the score of a listing that may have changed, `paused` that of one that
    takes no new companies at present. `dedicated` (made for a
    chosen industry or size), `fresh` and `complete` are added; they only decide near ties,
    `dedicated` against the other two together.
    """

    fields: tuple[FieldRule, ...] = (
        FieldRule("name", 2.0, 0.5),
        FieldRule("alternate_name", 1.6, 0.3),
        FieldRule("topics", 2.4, 0.5),
        FieldRule("summary", 1.6, 0.6),
        FieldRule("description", 1.2),
        FieldRule("conditions", 0.7),
        FieldRule("organization", 0.9, 0.4),
        FieldRule("industries", 0.7, 0.6),
        FieldRule("tags", 0.5, 0.3),
    )
    k1: float = 1.2
    forward: float = 0.3
    backward: float = 0.5
    everyday: float = 0.7
    everyday_share: float = 0.5
    enough: float = 0.15
    corrected: float = 0.9
    meaning: float = 1.0
    dimensions: int = 25
    widened: float = 1.0
    named: float = 1.0
    uncertain: float = 0.9
    paused: float = 0.7
    dedicated: float = 0.04
    fresh: float = 0.02
    complete: float = 0.01


FORMULA = Formula()
