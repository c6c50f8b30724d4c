"""The constants that order the programs of a plan; /how-ranking-works prints them (pure)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part adds to a program's score; the verdict never depends on it.

    A *wish* is a need of the list or a topic of the company's own.

    Attributes:
        dedicated_industry: made for the company's industry.
        dedicated_size: made for companies of its size.
        need: the share of the needs that the program meets.
        main_form: the program's main form is one that was asked for.
        named: the share of the wishes that the listing names as topics, rare ones counting more.
        each_wish: the mean over the wishes, named ones in full, others by the listing's words.
        all_words: nearness of the listing's words to all wishes together; the best match is 1.
        local: works in the company's region.
        statewide: serves the whole state.
        cost: fits what the company can spend; half where the price must be asked.
        delivery: comes the way it was asked for; half where that must be asked.
        fresh: confirmed today, falling to nothing in a year.
        uncertain: taken off a listing that may have changed.
        paused: taken off a program that takes no new companies at present.
        next_step: an adviser suggests it after one of the first `leaders`.
        leaders: how many of the best programs pull others along.
        variety: taken off for wishes that the programs above have met already.
        form_variety: taken off for a main form that stands above already.
        varied: how many of the best are put in an order with variety.
    """

    dedicated_industry: float = 0.5
    dedicated_size: float = 0.2
    need: float = 0.3
    main_form: float = 0.3
    named: float = 1.0
    each_wish: float = 1.0
    all_words: float = 1.0
    local: float = 0.3
    statewide: float = 0.2
    cost: float = 0.4
    delivery: float = 0.1
    fresh: float = 0.02
    uncertain: float = 0.1
    paused: float = 0.5
    next_step: float = 0.5
    leaders: int = 5
    variety: float = 1.0
    form_variety: float = 0.2
    varied: int = 30


WEIGHTS = Weights()
WORDS_COUNT = 0.7  # a wish met by the listing's words, beside 1 for one that it names as a topic
