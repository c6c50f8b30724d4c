"""The worker's steps: once a day whatever number of workers, and none keeps mail back."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal.config import Settings, SettingsError
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.mail.worker import STEPS, take_steps
from portal.upkeep.daily import reminders_step
from portal.upkeep.models import DailyStep
from tests.upkeep.conftest import Upkeep

WORKERS = 6


def count(upkeep: Upkeep, model: type) -> int:
    return upkeep.read(lambda: db.session.scalar(select(func.count()).select_from(model)))


def test_of_several_workers_one_sends_the_letters_of_a_day(upkeep):
    upkeep.contact()
    upkeep.confirmed("massmep-lean", 160)
    ready, failed = Barrier(WORKERS), []

    def work() -> None:
        with upkeep.app.app_context():
            ready.wait()
            try:
                reminders_step(upkeep.app.config["PORTAL"])
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert count(upkeep, OutboxMessage) == 1
    assert count(upkeep, DailyStep) == 1


def test_a_step_that_fails_keeps_no_other_back(upkeep):
    taken = []

    def broken(_settings: Settings) -> None:
        raise ZeroDivisionError

    def whole(_settings: Settings) -> None:
        taken.append(1)

    upkeep.app.extensions[STEPS] = [broken, whole]
    upkeep.read(lambda: take_steps(upkeep.app.config["PORTAL"]))

    assert taken == [1]


def test_the_commands_of_a_day_take_its_step(upkeep):
    runner = upkeep.app.test_cli_runner()

    assert runner.invoke(args=["upkeep", "today"]).exit_code == 0
    assert runner.invoke(args=["worker", "--once"]).exit_code == 0

    done = upkeep.read(lambda: list(db.session.scalars(select(DailyStep.name))))
    assert {"rungs", "reminders"} <= set(done)
    assert len(done) == len(set(done))


@pytest.mark.parametrize(
    ("environ", "url", "asks"),
    [
        ({}, "http://localhost:8000", False),
        ({"PORTAL_TRUSTED_HOSTS": "help.example.gov"}, "https://help.example.gov", True),
        ({"PORTAL_BASE_URL": "https://help.example.gov/"}, "https://help.example.gov", True),
        (
            {"PORTAL_TRUSTED_HOSTS": "help.example.gov", "PORTAL_CHECK_LINKS": "no"},
            "https://help.example.gov",
            False,
        ),
        ({"PORTAL_CHECK_LINKS": "yes"}, "http://localhost:8000", True),
    ],
)
def test_letters_lead_to_the_portal_and_only_a_public_one_asks_others(environ, url, asks):
    settings = Settings.from_environment(environ)

    assert settings.public_url == url
    assert settings.check_links is asks
    host = url.split("/")[2].partition(":")[0]
    assert host in settings.trusted_hosts


@pytest.mark.parametrize(
    "environ", [{"PORTAL_BASE_URL": "help.example.gov"}, {"PORTAL_CHECK_LINKS": "maybe"}]
)
def test_settings_that_cannot_be_used_are_named(environ):
    with pytest.raises(SettingsError, match=next(iter(environ))):
        Settings.from_environment(environ)
