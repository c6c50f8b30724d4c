"""When clocks bring something; days are counted by hand on a calendar of March 2026."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.referrals.reminding import Act, Due, next_due, unmet_code
from portal.referrals.standing import COMPANY, NAVIGATOR, PROGRAM, Standing
from portal.referrals.states import Status

MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)  # 9 am in Boston
WEDNESDAY = datetime(2026, 3, 4, 22, tzinfo=UTC)  # 5 pm in Boston


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sent(**changes: object) -> Standing:
    facts: dict[str, object] = {
        "status": Status.SENT,
        "since_at": MONDAY,
        "begun_at": MONDAY,
        "sent_at": MONDAY,
        "waiting_since": MONDAY,
        "response_due_at": WEDNESDAY,
        "mover": PROGRAM,
        "due_at": WEDNESDAY,
    }
    return Standing(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reminders", "due"),
    [
        (0, Due(WEDNESDAY, Act.INTAKE)),
        (1, Due(at("2026-03-05T22:00"), Act.ALTERNATE)),
        (2, Due(at("2026-03-06T22:00"), Act.NAVIGATOR)),
        # Monday after a weekend, and after the clocks went forward on 8 March.
        (3, Due(at("2026-03-09T21:00"), Act.MANAGERS)),
        (4, Due(MONDAY + timedelta(days=30), Act.LAPSE)),
    ],
)
def test_an_unanswered_request_climbs_from_intake_to_the_managers_list(calendar, reminders, due):
    assert next_due(sent(), reminders=reminders, calendar=calendar) == due


def test_a_request_that_is_reopened_late_is_reminded_of_from_then_on(calendar):
    reopened = MONDAY + timedelta(days=20)
    standing = sent(status=Status.RECEIVED, since_at=reopened, waiting_since=reopened)

    assert next_due(standing, reminders=0, calendar=calendar) == Due(reopened, Act.INTAKE)


def test_a_program_in_contact_is_reminded_twice_and_then_left_alone(calendar):
    standing = sent(status=Status.CONTACT_MADE)

    acts = [next_due(standing, reminders=n, calendar=calendar) for n in range(3)]

    assert [due.act if due else None for due in acts] == [Act.INTAKE, Act.ALTERNATE, None]


@pytest.mark.parametrize(
    ("status", "days"),
    [
        (Status.AWAITING_CONFIRMATION, 13),
        (Status.AWAITING_CONSENT, 13),
        (Status.INFORMATION_REQUESTED, 20),
    ],
)
def test_a_company_is_reminded_once_a_day_before_its_request_ends(calendar, status, days):
    standing = Standing(status, MONDAY, MONDAY, mover=COMPANY)

    first = next_due(standing, reminders=0, calendar=calendar)
    second = next_due(standing, reminders=1, calendar=calendar)

    assert first == Due(MONDAY + timedelta(days=days), Act.COMPANY)
    assert second == Due(MONDAY + timedelta(days=days + 1), Act.LAPSE)


def test_a_declined_request_is_closed_after_fourteen_days(calendar):
    standing = sent(status=Status.DECLINED, mover=NAVIGATOR)

    due = next_due(standing, reminders=0, calendar=calendar)

    assert due == Due(MONDAY + timedelta(days=14), Act.LAPSE)


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN, Status.CLOSED_UNMET])
def test_what_has_ended_brings_nothing_more(calendar, status):
    assert next_due(sent(status=status, mover="", due_at=None), reminders=0, calendar=calendar) is (
        None
    )


def test_a_request_never_confirmed_ends_for_good(calendar):
    standing = Standing(Status.EXPIRED, MONDAY, MONDAY)

    assert next_due(standing, reminders=0, calendar=calendar) is None


def test_after_a_stop_reminders_keep_their_distance_and_the_end_does_not_wait(calendar):
    tomorrow = MONDAY + timedelta(days=29)
    late = MONDAY + timedelta(days=31)

    reminder = next_due(sent(), reminders=1, calendar=calendar, not_before=tomorrow)
    end = next_due(sent(), reminders=1, calendar=calendar, not_before=late)

    assert reminder == Due(tomorrow, Act.ALTERNATE)
    assert end == Due(MONDAY + timedelta(days=30), Act.LAPSE)


@pytest.mark.parametrize(
    ("status", "facts", "source", "code"),
    [
        ("declined", {"reason": "not_eligible_size", "hand_off": "none_known"}, "sent", "none_for"),
        ("declined", {"reason": "cost", "hand_off": "none_known"}, "received", "not_affordable"),
        ("declined", {"reason": "other", "hand_off": "none_known"}, "sent", "no_program"),
        ("declined", {"reason": "other", "hand_off": "suggested"}, "sent", "other"),
        ("not_enrolled", {"reason": "company_declined"}, "contact_made", "other"),
        ("expired", {}, "received", "wait_too_long"),
        ("expired", {}, "information_requested", "other"),
    ],
)
def test_an_unmet_need_is_named_by_how_its_last_request_ended(status, facts, source, code):
    assert unmet_code(Status(status), facts, source).startswith(code)
