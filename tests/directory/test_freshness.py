"""The freshness figure counts what a person confirmed within a year, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from portal.directory.freshness import CONFIRMED_WITHIN_DAYS, Evidence, Year, freshness_of

TODAY = date(2026, 3, 12)


def listing(assured_date=None, as_of="2024-05", kind="page", status="active"):
    return Evidence(assured_date, as_of, kind, status)


def test_a_new_source_is_no_confirmation():
    figures = freshness_of([listing(as_of="2026-03")], today=TODAY)

    assert (figures.confirmed, figures.total) == (0, 1)


def test_a_confirmation_counts_for_a_year_and_not_longer():
    last_day = TODAY - timedelta(days=CONFIRMED_WITHIN_DAYS)

    assert freshness_of([listing(TODAY)], today=TODAY).confirmed == 1
    assert freshness_of([listing(last_day)], today=TODAY).confirmed == 1
    assert freshness_of([listing(last_day - timedelta(days=1))], today=TODAY).confirmed == 0


def test_a_confirmation_of_tomorrow_does_not_count():
    tomorrow = TODAY + timedelta(days=1)

    assert freshness_of([listing(tomorrow)], today=TODAY).confirmed == 0


def test_years_come_newest_first_and_add_up():
    figures = freshness_of(
        [listing(as_of="2019-01"), listing(as_of="2024-05"), listing(as_of="2024-12")], today=TODAY
    )

    assert figures.years == (Year("2024", 2), Year("2019", 1))
    assert figures.most_in_a_year == 2


def test_kinds_of_evidence_and_doubt_are_counted():
    figures = freshness_of([listing(kind="knowledge", status="uncertain"), listing()], today=TODAY)

    assert (figures.read_on_a_page, figures.known_otherwise, figures.uncertain) == (1, 1, 1)


def test_an_empty_directory_has_figures():
    figures = freshness_of([], today=TODAY)

    assert (figures.confirmed, figures.total, figures.most_in_a_year) == (0, 0, 0)
