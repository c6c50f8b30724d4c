"""The ladder that a listing goes down with the age of its last confirmation (pure)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class Rung(StrEnum):
    """How fresh a listing is; one that nobody ever confirmed stands on a rung of its own."""

    NOT_YET = "not-yet"
    GREEN = "green"
    AMBER = "amber"
    OLD = "old"  # marked, and ranked lower
    HIDDEN = "hidden"  # from the public


class Reminder(StrEnum):
    """The letters that ask for a confirmation, in their order."""

    FIRST = "first"
    AGAIN = "again"
    ALTERNATE = "alternate"  # goes to somebody else at the organization


@dataclass(frozen=True, slots=True)
class LadderDays:
    """Days since the last confirmation; a rung lasts to its day and includes it.

    `hide` is eighteen months. `remind`, `remind_again` and `remind_alternate` are when letters go
    out, `call` is when a manager calls instead.
    """

    green: int = 180
    amber: int = 365
    hide: int = 548
    remind: int = 150
    remind_again: int = 180
    remind_alternate: int = 200
    call: int = 220

    @property
    def is_in_order(self) -> bool:
        """Whether each rung and each letter comes after the one before."""
        letters = self.remind, self.remind_again, self.remind_alternate, self.call
        rungs = self.green, self.amber, self.hide
        return all(
            0 < earlier < later for days in (rungs, letters) for earlier, later in pairwise(days)
        )

    def as_numbers(self) -> dict[str, int]:
        """Return the days by name."""
        return asdict(self)


def rung_of(assured_on: date | None, *, today: date, days: LadderDays) -> Rung:
    """Return where a listing stands.

    Args:
        assured_on: the day of its last confirmation, None when there was none.
        today: the day from which its age is counted.
        days: of the ladder.
    """
    if assured_on is None:
        return Rung.NOT_YET  # whatever the age of its evidence
    age = (today - assured_on).days
    for rung, last in ((Rung.GREEN, days.green), (Rung.AMBER, days.amber), (Rung.OLD, days.hide)):
        if age <= last:
            return rung
    return Rung.HIDDEN


def reminder_due(assured_on: date | None, *, today: date, days: LadderDays) -> Reminder | None:
    """Return the letter that a listing's age asks for, whether or not it was sent already.

    Letters whose day has passed unseen are left out: only the latest counts. From the day of the
    call on there is none, and none for a listing that nobody ever confirmed.
    """
    if assured_on is None:
        return None
    age = (today - assured_on).days
    if age >= days.call:
        return None
    for reminder, first in (
        (Reminder.ALTERNATE, days.remind_alternate),
        (Reminder.AGAIN, days.remind_again),
        (Reminder.FIRST, days.remind),
    ):
        if age >= first:
            return reminder
    return None


def is_to_be_called(assured_on: date | None, *, today: date, days: LadderDays) -> bool:
    """Whether a manager should call about a listing."""
    return assured_on is None or (today - assured_on).days >= days.call
