"""The documentation shows the table of moves as the code has it."""

from __future__ import annotations

import re

from tooling.referral_states import PAGE, page


def test_the_documentation_shows_the_moves_of_the_code():
    assert PAGE.read_text("utf-8") == page()


def test_the_diagram_has_an_arrow_for_each_move_but_those_to_an_error():
    text = page()
    rows = re.findall(r"^\| (\S+) \| (\w+) \| [a-z, ]+ \|", text, re.MULTILINE)
    arrows = re.findall(r"^    (\S+) --> (\w+):", text, re.MULTILINE)

    expected = {
        ("[*]" if source == "(begins)" else source, target)
        for source, target in rows
        if target != "entered_in_error" and source not in ("from", "---")
    }
    assert set(arrows) == expected
    assert ("sent", "accepted") in expected
