"""/how-ranking-works says what the code does, constant by constant."""

from __future__ import annotations

from dataclasses import fields

import pytest

from portal.search.formula import COMPLETE_FACTS, FORMULA
from portal.search.meaning import FIELD_WEIGHTS
from portal.search.ranking import FACT_LABELS, FIELD_LABELS


@pytest.fixture
def page(browser):
    return browser.get("/how-ranking-works")


@pytest.mark.parametrize("name", [f.name for f in fields(FORMULA) if f.name != "fields"])
def test_each_constant_of_the_formula_has_a_row_with_its_value(page, name):
    row = page.select_one(f"#constant-{name}")

    assert row.select_one("td").text == f"{getattr(FORMULA, name):g}"
    assert row.select_one(".usa-hint").text


@pytest.mark.parametrize("rule", FORMULA.fields, ids=lambda rule: rule.name)
def test_each_searched_field_has_a_row_with_its_weights(page, rule):
    by_words, by_meaning = (
        [cell.text for cell in page.select(f"#{table}-{rule.name} td")]
        for table in ("field", "meaning")
    )

    assert by_words == [f"{rule.boost:g}", f"{rule.b:g}"]
    assert by_meaning == [f"{FIELD_WEIGHTS.get(rule.name, 0):g}"]


def test_all_weights_of_meaning_belong_to_searched_fields():
    assert set(FIELD_WEIGHTS) <= {rule.name for rule in FORMULA.fields} == set(FIELD_LABELS)


def test_the_sum_is_written_out_with_its_constants(page):
    assert page.select_one("#sum").text.strip() == (
        f"(words / words of the best match + {FORMULA.meaning:g} · nearness in meaning"
        f" + {FORMULA.named:g} · share of the name) · u + {FORMULA.dedicated:g} · dedicated"
        f" + {FORMULA.fresh:g} · fresh + {FORMULA.complete:g} · complete"
    )


def test_the_facts_of_a_complete_listing_are_named(page):
    said = page.select_one("#complete").text

    assert set(FACT_LABELS) == set(COMPLETE_FACTS)
    assert all(str(label) in said for label in FACT_LABELS.values())


def test_the_places_said_to_count_most_are_those_with_the_greatest_weights(page):
    # topics 2.4, name 2, former names and summary 1.6
    assert "most in: topics, name, former names, summary." in page.text


def test_dedicated_is_promised_first_only_where_an_industry_or_a_size_is_chosen(page):
    assert "Programs that are dedicated" not in page.text
    assert "If you chose an industry or a size, those dedicated to it come before them" in page.text
