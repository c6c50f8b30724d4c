"""A test browser that signs people in and sends forms with their token."""

from __future__ import annotations

from flask import Flask
from werkzeug.test import TestResponse

from tests.browser import Browser, Page
from tests.factories import Make, Person


class SignedBrowser(Browser):
    """Asks for pages as somebody."""

    def __init__(self, app: Flask, make: Make) -> None:
        super().__init__(app)
        self.make = make

    def sign_in(self, person: Person, *, with_second_factor: bool = True) -> None:
        """Become somebody, without the pages that lead there."""
        token = self.make.session(person, with_second_factor=with_second_factor)
        self.client.set_cookie("session", token, domain="localhost")

    def sign_out(self) -> None:
        """Become nobody."""
        self.client.delete_cookie("session", domain="localhost")

    def send(self, path: str, *, form: str = "main form", **fields: object) -> TestResponse:
        """Open a page, fill in one of its forms and send it, hidden fields and token included."""
        page = self.get(path)
        return self.send_from(page, path, form=form, **fields)

    def send_from(
        self, page: Page, path: str, *, form: str = "main form", **fields: object
    ) -> TestResponse:
        """Send a form of an open page."""
        tag = page.select_one(form)
        assert tag is not None, (path, form)
        data: dict[str, object] = {
            field["name"]: field.get("value", "")
            for field in tag.select("input[type=hidden][name]")
        }
        data.update(fields)
        return self.client.post(tag.get("action") or path, data=data)
