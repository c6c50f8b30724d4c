"""A test browser: asks the app for pages and checks the HTML of every page it is given."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LANGUAGES = {"en", "es", "pt", "pt-BR"}


class Page:
    """A checked HTML page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")

    def select(self, selector: str) -> list[Tag]:
        return list(self.soup.select(selector))

    def select_one(self, selector: str) -> Tag | None:
        return self.soup.select_one(selector)

    @property
    def text(self) -> str:
        """What people read, on one line."""
        body = BeautifulSoup(str(self.soup.body), "html.parser")
        for hidden in body.select("script, template, [hidden]"):
            hidden.decompose()
        return re.sub(r"\s+", " ", body.get_text(" "))

    @property
    def heading(self) -> str:
        return re.sub(r"\s+", " ", self.soup.h1.get_text(" ")).strip()

    def faults(self) -> list[str]:
        """Return what is wrong with the HTML; empty when nothing is."""
        soup, found = self.soup, []
        titles = soup.select("head > title")
        if len(titles) != 1 or not titles[0].get_text(strip=True):
            found.append("there must be one title")
        if soup.html is None or soup.html.get("lang") not in LANGUAGES:
            found.append("the page has no lang")
        if len(soup.select("h1")) != 1:
            found.append(f"{len(soup.select('h1'))} h1 elements")
        ids = Counter(tag["id"] for tag in soup.select("[id]"))
        found += [f"id {name!r} stands {n} times" for name, n in ids.items() if n > 1]
        found += [
            f"unlabelled {tag}"
            for tag in soup.select("input, select, textarea")
            if not _is_labelled(tag, soup)
        ]
        found += [
            f"inline style or handler in {tag.name}"
            for tag in soup.find_all(True)
            if any(a == "style" or a.startswith("on") for a in tag.attrs)
        ]
        found += [
            f"inline script {tag}"
            for tag in soup.select("script:not([src])")
            if tag.get("type") != "application/ld+json"
        ]
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            for tag in soup.select(f"[{attribute}]"):
                found += [
                    f"{attribute} names {name!r}, which is not there"
                    for name in tag[attribute].split()
                    if name not in ids
                ]
        return found


def _is_labelled(tag: Tag, soup: BeautifulSoup) -> bool:
    if tag.get("type") in ("hidden", "submit", "button"):
        return True
    named = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label")
    return bool(named or (tag.get("id") and soup.find("label", attrs={"for": tag["id"]})))


class Browser:
    """Asks for pages; a page with faulty HTML fails the test."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **kwargs: object) -> Page:
        response = self.client.get(path, follow_redirects=True, **kwargs)
        page = Page(response)
        if response.mimetype == "text/html":
            assert not page.faults(), (path, page.faults())
        return page

    def json(self, path: str, status: int = 200) -> dict:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response.get_json()
