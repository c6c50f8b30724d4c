"""The table of moves equals the published one, row by row."""

from __future__ import annotations

import csv

from portal.referrals.states import TRANSITIONS, Role, Status, targets
from tests.conftest import ROOT


def test_the_table_of_moves_equals_the_published_one():
    with (ROOT / "tests/data/referral_transitions.csv").open(encoding="utf-8") as file:
        published = {
            (row["from"], row["to"], row["who"], row["needs"]) for row in csv.DictReader(file)
        }

    ours = {(row.source or "", row.target, "|".join(row.who), row.needs) for row in TRANSITIONS}

    assert ours == published
    assert len(TRANSITIONS) == len(published)


def test_every_status_can_be_reached_and_only_one_begins():
    assert {row.target for row in TRANSITIONS} == set(Status)
    assert [row.target for row in TRANSITIONS if row.source is None] == [Status.DRAFT]


def test_a_program_that_was_told_may_accept_decline_ask_redirect_or_acknowledge():
    assert set(targets(Status.SENT, Role.PROGRAM)) == {
        Status.RECEIVED,
        Status.ACCEPTED,
        Status.DECLINED,
        Status.INFORMATION_REQUESTED,
        Status.REDIRECTED,
    }
