"""Size limits and web addresses in the words that people read."""

from __future__ import annotations

import pytest

from portal.directory.facts import employees_in_words, host_of


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        (None, None, "Any size"),
        (1, None, "Any size"),
        (1, 50, "Up to 50 employees"),
        (None, 500, "Up to 500 employees"),
        (200, None, "200 employees or more"),
        (10, 500, "10 to 500 employees"),
    ],
)
def test_size_limits_are_said_in_words(context, minimum, maximum, words):
    assert str(employees_in_words(minimum, maximum)) == words


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.mass.gov/bizworks", "mass.gov"),
        ("http://massmep.org", "massmep.org"),
        ("", ""),
        ("http://[bad", ""),
    ],
)
def test_a_host_is_shown_without_www(address, host):
    assert host_of(address) == host
