"""Amounts as people write them, their bands, and where company and program disagree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.referrals.agreement import CompanySays, Disagreement, ProgramSays, disagreements
from portal.referrals.follow_up_codes import amount_of, band_of

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("25000", 25_000),
        ("$25,000", 25_000),
        ("25.000", 25_000),
        ("$ 1,250,000.50", 1_250_000),
        ("25k", 25_000),
        ("1.5m", 1_500_000),
        ("1,5 M", 1_500_000),
        ("0", 0),
        ("", None),
        ("a lot", None),
        ("-5", None),
        ("2,50,000", None),
        ("1000000001", None),
        ("9" * 12 + "m", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert amount_of(text) == amount


@pytest.mark.parametrize(
    ("outcome", "amount", "band"),
    [
        ("sales", 0, ""),
        ("sales", 9_999, "under-10k"),
        ("cost_saved", 10_000, "10k-50k"),
        ("investment", 999_999, "250k-1m"),
        ("sales", 1_000_000, "1m-plus"),
        ("jobs", 4, "1-4"),
        ("jobs", 5, "5-19"),
        ("jobs", 20, "20-plus"),
    ],
)
def test_an_amount_lies_in_one_band(outcome, amount, band):
    assert band_of(outcome, amount) == band


@pytest.mark.parametrize(
    ("program", "answer", "found"),
    [
        ({"contact_at": NOON}, {"contact": "no"}, (Disagreement.CONTACT,)),
        ({"contact_at": NOON}, {"contact": "yes"}, ()),
        ({"contact_at": NOON}, {"contact": "arranged"}, ()),
        ({"began_at": NOON}, {"contact": "no"}, (Disagreement.CONTACT,)),
        ({"unreachable_at": NOON}, {"contact": "yes"}, (Disagreement.UNREACHABLE,)),
        ({"began_at": NOON}, {"outcomes": ("no_part",)}, (Disagreement.PART,)),
        ({}, {"outcomes": ("no_part",)}, ()),
        (
            {"began_at": NOON, "completed_at": NOON, "outcome": "jobs"},
            {"outcomes": ("no_change_yet",)},
            (Disagreement.OUTCOME,),
        ),
        (
            {"began_at": NOON, "completed_at": NOON, "outcome": "no_change_yet"},
            {"outcomes": ("no_change_yet",)},
            (),
        ),
        (
            {"began_at": NOON, "completed_at": NOON, "outcome": "jobs"},
            {"contact": "no", "outcomes": ("no_part",)},
            (Disagreement.CONTACT, Disagreement.PART),
        ),
    ],
)
def test_company_and_program_disagree_where_both_cannot_be_right(program, answer, found):
    assert disagreements(ProgramSays(**program), [CompanySays(LATER, **answer)]) == found


def test_an_answer_from_before_the_program_spoke_contradicts_nothing():
    said = CompanySays(NOON, contact="no")

    assert disagreements(ProgramSays(contact_at=LATER), [said]) == ()


def test_the_latest_answer_counts():
    answers = [CompanySays(LATER, contact="yes"), CompanySays(NOON, contact="no")]

    assert disagreements(ProgramSays(contact_at=NOON), answers) == ()
