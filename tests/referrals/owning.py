"""An owner who asks on the web: fills in the form, reads the letters, follows the links in them."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.extensions import db
from portal.mail.models import OutboxMessage
from portal.referrals import stamps
from tests.browser import Browser, Page

REFER = "/services/massmep-lean/refer"
EMAIL = "ada@shop.example"
TYPED = {
    "need_text": "Scrap at our lathes is too high.",
    "name": "Ada Smith",
    "email": EMAIL,
}
READING_TIME = timedelta(seconds=30)


class Owner(Browser):
    """Asks as somebody without an account."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.app = app

    def stamp(self, *, age: timedelta = READING_TIME, key: str = "") -> str:
        """Return the stamp of a form that was opened some time ago."""
        stamp = stamps.new_stamp(clock.now() - age, key=key)
        return stamps.signed(stamp, self.app.config["SECRET_KEY"])

    def ask(
        self,
        path: str = REFER,
        *,
        tick: bool = True,
        after: timedelta = READING_TIME,
        **fields: object,
    ) -> TestResponse:
        """Open a form, fill it in and send it some time after, all programs ticked."""
        page = self.get(path)
        form = page.select_one("#form")
        ticks = [tag["value"] for tag in page.select("input[name=consent]")] if tick else []
        data = {**TYPED, "stamp": self.stamp(age=after), "consent": ticks, **fields}
        return self.client.post(form["action"], data=data)

    def letters(self) -> list[OutboxMessage]:
        """Return the letters that wait, the oldest first."""
        with self.app.app_context():
            found = list(
                db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))
            )
            db.session.expunge_all()
            db.session.remove()
        return found

    def link(self, text: str) -> str:
        """Return the path behind the button of a letter."""
        return re.search(r"https?://[^/\s]+(/\S+)", text)[1]

    def press(self, path: str, *, form: str = "main form", **fields: object) -> Page:
        """Open a page, press the button of one of its forms, and return where it leads."""
        page = self.get(path)
        tag = page.select_one(form)
        data = {
            field["name"]: field.get("value", "")
            for field in tag.select("input[type=hidden][name]")
        }
        data.update(fields)
        answer = self.client.post(tag.get("action") or path, data=data, follow_redirects=True)
        return Page(answer)

    def confirmed(self, **fields: object) -> str:
        """Ask, confirm by the letter's link, and return the path of the tracking page."""
        self.ask(**fields)
        self.press(self.link(self.letters()[-1].text), do="send")
        return self.link(self.letters()[-1].text)
