"""The first page says what there is, offers two ways in, and never hides how fresh it is."""

from __future__ import annotations

from portal.directory.vocabulary import FORMS


def test_home_says_how_many_programs_there_are(browser):
    page = browser.get("/")

    assert page.status == 200
    assert page.heading == "Help for Massachusetts manufacturers"
    assert "208 programs" in page.text


def test_home_leads_to_help_for_a_company_and_to_the_search(browser):
    page = browser.get("/")

    assert page.select_one(".action")["href"] == "/find"
    form = page.select_one("main form[role=search]")
    assert form["action"] == "/services"
    assert form.select_one("input[name=q]")


def test_home_shows_the_six_forms_in_order_with_counts(browser):
    page = browser.get("/")

    rows = page.select(".help-kinds__item")
    links = [row.select_one("h3 a")["href"] for row in rows]
    assert links == [f"/services?form={form.code}" for form in FORMS]
    counts = [int(row.select_one(".help-kinds__count").get_text().split()[0]) for row in rows]
    assert counts == [37, 76, 75, 68, 60, 50]


def test_a_form_count_on_home_is_what_its_link_finds(browser):
    page = browser.get("/")

    for row in page.select(".help-kinds__item"):
        count = int(row.select_one(".help-kinds__count").get_text().split()[0])
        found = browser.get(row.select_one("h3 a")["href"])
        assert found.select_one("#found").get_text(strip=True) == f"{count} programs"


def test_home_says_that_nobody_confirmed_a_listing_yet(browser):
    page = browser.get("/")

    link = page.select_one(".fresh a")
    assert link.get_text() == "0 of 208 confirmed by the organization"
    assert link["href"] == "/freshness"


def test_home_offers_itself_in_three_languages(browser):
    page = browser.get("/")

    links = {a["hreflang"]: a["href"] for a in page.select("#languages a")}
    assert links == {"en": "/", "es": "/es/", "pt": "/pt/"}
    assert {a["hreflang"] for a in page.select("link[rel=alternate]")} >= {"en", "es", "pt"}


def test_home_of_an_empty_portal_is_a_page(app):
    answer = app.test_client().get("/")

    assert answer.status_code == 200
