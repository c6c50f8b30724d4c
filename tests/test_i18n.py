"""English without prefix, Spanish and Portuguese under /es/ and /pt/; links keep the language."""

from __future__ import annotations

from datetime import date

import pytest

from portal.i18n import long_date

PAGES = (
    "/",
    "/services",
    "/services/massmep-quality",
    "/organizations",
    "/for/sme",
    "/freshness",
    "/how-ranking-works",
    "/accessibility",
    "/privacy",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("prefix", "lang"), [("", "en"), ("/es", "es"), ("/pt", "pt-BR")])
def test_every_page_stands_in_three_languages(browser, path, prefix, lang):
    page = browser.get(prefix + path)

    assert page.status == 200
    assert page.select_one("html")["lang"] == lang


@pytest.mark.parametrize("prefix", ["/es", "/pt"])
def test_links_keep_the_language(browser, prefix):
    page = browser.get(f"{prefix}/services?q=lean")

    own = [a["href"] for a in page.select("main a[href^='/']")]
    assert own
    assert all(href.startswith(prefix + "/") for href in own), own


def test_the_language_switch_keeps_page_and_query(browser):
    page = browser.get("/es/services?q=lean&form=marketing")

    links = {a.get("hreflang"): a["href"] for a in page.select("link[rel=alternate][hreflang]")}
    assert links["en"].endswith("/services?q=lean&form=marketing")
    assert links["pt"].endswith("/pt/services?q=lean&form=marketing")


def test_a_bare_prefix_leads_to_its_home(browser):
    answer = browser.client.get("/es")

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/es/"


def test_a_bare_prefix_keeps_what_the_visitor_carries_along(browser):
    answer = browser.client.get("/es?saved=massmep-lean&saved=caf%C3%A9")

    assert answer.headers["Location"] == "/es/?saved=massmep-lean&saved=caf%C3%A9"


@pytest.mark.parametrize("path", ["/fr/services", "/en/services", "/ES/services"])
def test_a_language_that_is_not_offered_is_no_address(browser, path):
    assert browser.get(path).status == 404


def test_built_files_have_one_address_for_all_languages(browser):
    spanish, english = browser.get("/es/"), browser.get("/")

    styles = [page.select_one("link[rel=stylesheet]")["href"] for page in (spanish, english)]
    assert styles[0] == styles[1]
    assert styles[0].startswith("/static/build/")


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "12 March 2026"), ("/es", "12 de marzo de 2026"), ("/pt", "12 de março de 2026")],
)
def test_dates_are_written_as_people_say_them(catalogue_app, prefix, words):
    environ = {"portal.language": prefix.strip("/") or "en"}
    with catalogue_app.test_request_context("/", environ_overrides=environ):
        assert long_date(date(2026, 3, 12)) == words
