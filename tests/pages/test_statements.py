"""The trust pages and the error pages can be read and help on."""

from __future__ import annotations

import pytest
from flask import render_template

STATEMENTS = ("/accessibility", "/privacy", "/freshness", "/how-ranking-works")


@pytest.mark.parametrize("path", STATEMENTS)
@pytest.mark.parametrize(("prefix", "lang"), [("", "en"), ("/es", "es"), ("/pt", "pt-BR")])
def test_statement_can_be_read(browser, path, prefix, lang):
    page = browser.get(prefix + path)

    assert page.status == 200
    assert page.soup.html["lang"] == lang


def test_every_page_leads_to_the_trust_pages_and_to_a_person(browser):
    page = browser.get("/privacy")

    links = {a["href"] for a in page.select("footer a")}
    assert links >= {*STATEMENTS, "tel:+18002521591"}


def test_no_page_sets_a_cookie(browser):
    for path in ("/", "/services", "/services/massmep-lean", "/for/sme", *STATEMENTS):
        assert "Set-Cookie" not in browser.get(path).response.headers, path


def test_a_missing_page_helps_on(browser):
    page = browser.get("/nowhere")

    assert page.status == 404
    assert page.select_one("main form[role=search]")
    assert page.select_one("main a[href='/services']")


def test_an_unreadable_address_helps_on(browser):
    page = browser.get("/services?q=a%00b")

    assert page.status == 400
    assert page.heading == "This address cannot be read"


def test_the_page_for_our_faults_needs_neither_database_nor_translations(catalogue_app):
    with catalogue_app.test_request_context("/"):
        html = render_template("errors/500.html")

    assert html.count('lang="') == 5
    assert "Something broke on our side" in html
