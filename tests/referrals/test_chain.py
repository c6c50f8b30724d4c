"""Events are chained: none can be changed, taken out or cut off without a trace."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.database import write_unit
from portal.extensions import db
from portal.referrals import chaining
from portal.referrals.chain import personal_digest
from portal.referrals.erasing import erase
from portal.referrals.models import EventDetails
from portal.referrals.moving import OWNER
from tests.referrals.asking import ask


def test_a_chain_of_several_requests_verifies(writable_app):
    with writable_app.app_context(), write_unit():
        ask("massmep-lean", "massmep-cnc")
        ask("massmep-lean")
        db.session.commit()

        assert chaining.first_broken() is None


def test_the_database_refuses_to_change_or_delete_an_event(writable_app):
    with writable_app.app_context(), write_unit():
        ask()
        db.session.commit()

        for statement in (
            "update referral_event set action = 'accepted'",
            "delete from referral_event",
        ):
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(statement))
            db.session.rollback()


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("update referral_event set action = 'accepted' where number = 2", 2),
        ("update referral_event set at = '2020-01-01 00:00:00' where number = 3", 3),
        ("update referral_event set digest = 'f' || substr(digest, 2) where number = 1", 1),
        ("update referral_event set number = 9 where number = 4", 4),
        ("delete from referral_event where number = 4", 4),
    ],
)
def test_a_chain_that_was_tampered_with_shows_where(writable_app, tampering, broken):
    with writable_app.app_context(), write_unit():
        for _ in range(4):
            ask()
        db.session.commit()
        for verb in ("update", "delete"):
            db.session.execute(text(f"drop trigger referral_event_no_{verb}"))
        db.session.execute(text(tampering))

        assert chaining.first_broken() == broken


def test_erasing_leaves_no_word_and_a_chain_that_verifies(writable_app):
    with writable_app.app_context(), write_unit():
        episode = ask(name="Ada Unique", need_text="Our secret press")
        erase(episode, by=OWNER, now=clock.now())
        db.session.commit()

        dump = "\n".join(db.engine.raw_connection().driver_connection.iterdump())
        assert "Ada Unique" not in dump
        assert "secret press" not in dump
        assert all(not d.salt and not d.fields for d in db.session.query(EventDetails))
        assert chaining.first_broken() is None


def test_a_personal_digest_depends_on_its_salt():
    fields = {"note": "call Ada"}

    assert personal_digest("00" * 16, fields) != personal_digest("01" * 16, fields)
    assert personal_digest("00" * 16, {}) == ""
