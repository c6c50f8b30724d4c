"""What a company wishes for in words, and how well each program speaks of it (pure).

A wish is a need of the list (by its topics) or a topic of the company's own. A program *names* a
wish when its topics do; otherwise the words of its listing may answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from portal.wizard.candidates import Candidates, Flags
from portal.wizard.profile import CompanyProfile
from portal.wizard.weights import WORDS_COUNT

Scores = NDArray[np.float32]
Words = Callable[[str], "Scores | None"]
"""A text → how well each program's words answer it, the best 1; None when none does."""

SPEAKS_OF = 0.5  # of the best match by words: from here on a listing speaks of a topic


def no_words(_text: str) -> Scores | None:
    """Answer no text: for matching without a search."""
    return None


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: which programs name it, how well words answer it (0 to 1), how rare it is."""

    names: tuple[str, ...]
    named: Flags
    words: Scores
    rarity: float
    is_own_topic: bool

    @property
    def met(self) -> Scores:
        """How well each program meets it: 1 if it names it, else by its words."""
        return np.where(self.named, np.float32(1), np.float32(WORDS_COUNT) * self.words)


@dataclass(frozen=True, slots=True)
class Wishes:
    """All wishes of a company; `together` is how well words answer all of them at once."""

    all: tuple[Wish, ...]
    together: Scores

    def topic_outcomes(self) -> NDArray[np.int8]:
        """Return 1 for programs that speak of one of the company's own topics, -1 for others.

        0 for all when it named no topic.
        """
        own = [wish for wish in self.all if wish.is_own_topic]
        if not own:
            return np.zeros(len(self.together), np.int8)
        speaks = np.logical_or.reduce([w.named | (w.words >= SPEAKS_OF) for w in own])
        return np.where(speaks, 1, -1).astype(np.int8)

    def named_share(self) -> Scores:
        """Return the share of the wishes, rare ones counting more, that each program names."""
        total = np.zeros(len(self.together), np.float32)
        for wish in self.all:
            total += np.float32(wish.rarity) * wish.named
        return total / np.float32(sum(wish.rarity for wish in self.all) or 1)

    def mean_met(self) -> Scores:
        """Return how well each program meets the wishes on average."""
        if not self.all:
            return np.zeros(len(self.together), np.float32)
        mean: Scores = np.mean([wish.met for wish in self.all], axis=0, dtype=np.float32)
        return mean


def wishes_of(profile: CompanyProfile, services: Candidates, words: Words) -> Wishes:
    """Read a company's wishes.

    Args:
        profile: its needs and topics.
        services: the programs.
        words: how well programs answer a text.
    """
    named = [(need.topics, False) for need in profile.needs if need.topics]
    named += [((topic,), True) for topic in profile.topics]
    wishes = tuple(_wish(names, own, services, words) for names, own in named)
    text = " ".join(name for names, _ in named for name in names)
    return Wishes(wishes, _found(text, services, words))


def _wish(names: Sequence[str], own: bool, services: Candidates, words: Words) -> Wish:
    named = services.on_topic(names)
    # How much a word tells, as in BM25: log(size / (frequency + 1)) + 1.
    rarity = log(max(1, len(services)) / (int(named.sum()) + 1)) + 1
    return Wish(
        names=tuple(names),
        named=named,
        words=_found(" ".join(names), services, words),
        rarity=max(rarity, 0.0),
        is_own_topic=own,
    )


def _found(text: str, services: Candidates, words: Words) -> Scores:
    scores = words(text) if text else None
    return np.zeros(len(services), np.float32) if scores is None else scores
