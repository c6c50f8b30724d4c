"""Words that stand beside the same words come to mean alike."""

from __future__ import annotations

import numpy as np
import pytest

from portal.search import meaning
from portal.search.formula import Formula
from tests.search.catalogues import document, engine

DOCUMENTS = (
    document("a", description="welding torch metal"),
    document("b", description="welding metal brazing"),
    document("c", description="brazing torch metal"),
    document("d", description="export customs tariff"),
    document("e", description="export tariff broker"),
)


def test_a_program_without_the_word_is_near_when_it_uses_the_words_beside_it():
    learned = meaning.learn(engine(*DOCUMENTS).snapshot, Formula(dimensions=2))

    near = learned.nearness(["weld"], [])

    assert near[2] > 0.9  # has no "welding", but torch, brazing and metal
    assert near[3:] == pytest.approx([0, 0], abs=1e-5)


def test_nearness_lies_between_nothing_and_one():
    learned = meaning.learn(engine(*DOCUMENTS).snapshot)

    near = learned.nearness(["export"], ["weld", "no such word"])

    assert np.all((near >= 0) & (near <= 1 + 1e-6))
    assert learned.nearness(["no such word"], []) == pytest.approx([0] * 5)


def test_nothing_is_learned_from_a_single_program():
    assert meaning.learn(engine(DOCUMENTS[0]).snapshot) is None
