"""Random actors make random moves: nothing illegal passes, and the log tells what is stored."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portal.database import write_unit
from portal.extensions import db
from portal.referrals import chaining
from portal.referrals.business_days import Calendar
from portal.referrals.codes import HandOff, Outcome, Reason, UnmetCode
from portal.referrals.moving import Mover, folded, move
from portal.referrals.standing import RefusedMoveError
from portal.referrals.states import ENDED, Role, Status
from tests.conftest import ROOT
from tests.referrals.asking import ask

EXAMPLES, STEPS = 220, 100  # of which Hypothesis takes about half: 10,000 moves in all
START = datetime(2026, 11, 2, 15, tzinfo=UTC)

with (ROOT / "tests/data/referral_transitions.csv").open(encoding="utf-8") as _file:
    PUBLISHED = {(r["from"], r["to"]): set(r["who"].split("|")) for r in csv.DictReader(_file)}

FACTS: dict[str, Any] = {
    "reason": st.sampled_from([*Reason, "made_up"]),
    "hand_off": st.sampled_from(list(HandOff)),
    "outcome": st.sampled_from(list(Outcome)),
    "unmet": st.sampled_from(list(UnmetCode)),
    "child": st.just("a child"),
    "consent": st.just("1"),
    "expected_on": st.sampled_from(["2026-12-01", "2020-01-01", "soon"]),
    "starts_on": st.sampled_from(["2027-01-04", "2020-01-01"]),
    "contact_on": st.just("2026-11-20"),
}
WORDS = st.fixed_dictionaries(
    {}, optional={name: st.just("…") for name in ("contact_name", "question", "answer", "why")}
)
# Mostly all that a move could need, so that many moves pass; sometimes nothing.
BROUGHT = st.one_of(st.fixed_dictionaries(FACTS), st.just({}))
PAUSES = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=30)),
    st.timedeltas(timedelta(0), timedelta(hours=30)),
    st.timedeltas(timedelta(days=10), timedelta(days=40)),
    st.just(timedelta(days=-1)),
)


class Moves(RuleBasedStateMachine):
    """Moves one referral after the other in the database of an app."""

    app: ClassVar[Flask]
    calendar: ClassVar[Calendar]
    seen: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.unit = write_unit()
        self.unit.__enter__()
        self.now = START
        self.referral = ask(now=START).referrals[0]

    @rule(
        to=st.sampled_from(list(Status)),
        role=st.sampled_from(list(Role)),
        pause=PAUSES,
        facts=BROUGHT,
        words=WORDS,
    )
    def try_any(self, to, role, pause, facts, words):
        self.attempt(to, role, pause, facts, words)

    @rule(data=st.data(), pause=PAUSES, facts=st.fixed_dictionaries(FACTS))
    def try_the_table_more_often(self, data, pause, facts):
        self.try_one_of_the_table(data, pause, facts)

    @rule(data=st.data(), pause=PAUSES, facts=st.fixed_dictionaries(FACTS))
    def try_the_table(self, data, pause, facts):
        self.try_one_of_the_table(data, pause, facts)

    def try_one_of_the_table(self, data, pause, facts):
        rows = [
            (target, role)
            for (source, target), roles in sorted(PUBLISHED.items())
            for role in sorted(roles)
            if source == self.referral.status and target != Status.ENTERED_IN_ERROR
        ]
        if not rows:  # nothing follows: another request begins
            self.referral = ask(now=self.now).referrals[0]
            return
        target, role = data.draw(st.sampled_from(rows))
        words = dict.fromkeys(("contact_name", "question", "answer", "why"), "…")
        self.attempt(Status(target), Role(role), pause, facts, words)

    @rule()
    def begin_another_where_one_has_ended(self):
        if self.referral.status in ENDED:
            self.referral = ask(now=self.now).referrals[0]

    def attempt(self, target, role, pause, facts, words):
        before, at = self.referral.standing, self.now + pause
        try:
            move(
                self.referral,
                target,
                by=Mover(role),
                now=at,
                calendar=self.calendar,
                facts=facts,
                personal=words,
            )
        except RefusedMoveError as refused:
            self.count(refused.reason)
            assert self.referral.standing == before
            return
        self.count("made")
        assert role in PUBLISHED[before.status, target]
        assert at >= before.since_at
        self.now = at

    def count(self, what):
        self.seen[what] = self.seen.get(what, 0) + 1

    @invariant()
    def the_log_tells_what_is_stored(self):
        assert folded(self.referral, self.calendar) == self.referral.standing

    @invariant()
    def no_clock_is_negative(self):
        standing = self.referral.standing
        begun = standing.sent_at or standing.begun_at
        assert standing.since_at >= standing.begun_at
        assert standing.left_days is None or standing.left_days >= 0
        assert standing.due_at is None or standing.due_at > begun
        assert standing.response_due_at is None or standing.response_due_at > begun
        assert standing.answered_at is None or standing.answered_at >= begun
        assert bool(standing.mover) == (standing.due_at is not None)

    def teardown(self):
        assert chaining.first_broken() is None
        db.session.rollback()
        self.unit.__exit__(None, None, None)
        self.context.pop()


def test_ten_thousand_random_moves_leave_no_illegal_state(writable_app, calendar):
    counted: dict[str, int] = {}

    class Here(Moves):
        app = writable_app
        seen = counted

    Here.calendar = calendar
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    # The dice reach both sides of every condition.
    assert sum(counted.values()) >= 10_000, counted
    assert counted["made"] >= 1000, counted
    assert {"no_such_move", "not_theirs", "missing", "too_early", "too_late"} <= set(counted)
