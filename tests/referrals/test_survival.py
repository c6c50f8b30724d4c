"""Processes of the real portal are killed and crowded; the long forms are benches of their own."""

from __future__ import annotations

from tests.bench.kills import killed
from tests.bench.moves import moved


def test_nothing_acknowledged_is_lost_when_every_process_is_killed_under_load(tmp_path):
    found = killed(tmp_path / "instance", times=2)

    assert found.is_whole, found
    assert found.requests > 0


def test_staff_who_move_the_same_requests_at_once_lose_no_move(tmp_path):
    found = moved(tmp_path / "instance", clients=6, moves=5, requests=8)

    assert (found["5xx"], found["not as acknowledged"], found["chain broken at"]) == (0, 0, "")
    assert found["acknowledged"] > 0
