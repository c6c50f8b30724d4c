"""Who hears of what: after a move, letters to the company, the program, the navigator.

Letters are rows of the outbox in the transaction of the move itself.
"""

from __future__ import annotations

from flask import current_app

from portal.mail.operations import queue_message
from portal.referrals import company_letters, program_letters
from portal.referrals.models import Event, Referral


def tell(referral: Referral, event: Event) -> None:
    """Queue the letters that a move causes. The caller commits."""
    settings, key = current_app.config["PORTAL"], current_app.config["SECRET_KEY"]
    for write in (company_letters.after, program_letters.after):
        for address, letter in write(referral, event, settings):
            queue_message(letter, to=address, key=key, now=event.at)
