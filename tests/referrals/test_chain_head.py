"""The head of the chain goes to the log once a day, so that a chain written anew shows."""

from __future__ import annotations

from structlog.testing import capture_logs

from portal.referrals import chaining
from portal.referrals.daily import chain_head_step
from tests.referrals.courses import SENT


def test_the_head_of_the_chain_is_logged_once_a_day(course, at):
    def step() -> None:
        course.read(lambda: chain_head_step(course.app.config["PORTAL"]))

    course.asked(*SENT)
    with capture_logs() as logs:
        step()
        step()
        course.asked(*SENT)
        at(1)
        step()

    number, digest = course.read(chaining.head)
    assert [line["events"] for line in logs] == [3, 6]
    assert (logs[-1]["events"], logs[-1]["head"]) == (number, digest)
