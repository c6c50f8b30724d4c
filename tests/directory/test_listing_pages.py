"""A listing says what an owner asks, in order, and how it is known; organizations are listed."""

from __future__ import annotations

import json

SECTIONS = ["what", "who", "cost", "start", "where", "contact", "source"]


def test_listing_answers_what_an_owner_asks_in_order(browser):
    page = browser.get("/services/massmep-lean")

    assert page.status == 200
    assert page.heading == "Lean and operational excellence projects"
    sections = [s["aria-labelledby"] for s in page.select(".listing__body > section")]
    assert sections[:7] == SECTIONS


def test_listing_says_that_it_is_not_confirmed_and_of_when_its_source_is(browser):
    page = browser.get("/services/massmep-lean")

    source = page.select_one("[aria-labelledby=source]")
    said = "Not yet confirmed by the organization; public source of October 2021"
    assert said in source.get_text()
    assert source.select_one("time")["datetime"] == "2021-10"
    assert "worcesterchamber.org" in source.get_text()


def test_listing_written_from_knowledge_says_so(browser):
    page = browser.get("/services/massmep-quality")

    assert "general knowledge" in page.select_one("[aria-labelledby=source]").get_text()


def test_listing_has_one_accent_action_that_asks_for_contact(browser):
    page = browser.get("/services/das-sponsor")

    (action,) = page.select(".action")
    assert action["href"] == "/services/das-sponsor/refer"


def test_the_application_page_is_marked_as_another_website(browser):
    page = browser.get("/services/das-sponsor")

    (link,) = page.select(".start a[rel=noopener]")
    assert link["href"] == "https://www.mass.gov/becoming-a-sponsor-for-apprentices"
    assert "another website" in link.get_text()


def test_listing_without_known_rounds_says_to_ask(browser):
    page = browser.get("/services/massmep-lean")

    assert "Ask whether applications are open today" in page.text


def test_listing_without_a_known_contact_names_a_person_to_call(browser):
    page = browser.get("/services/massmep-lean")

    assert "800-252-1591" in page.select_one("[aria-labelledby=contact]").get_text()


def test_listing_that_may_have_changed_says_to_ask_first(browser):
    page = browser.get("/services/ampitup")

    assert "May have changed, ask first" in page.select_one(".usa-alert").get_text()
    assert not browser.get("/services/massmep-lean").select(".usa-alert")


def test_listing_tells_dedicated_from_open(browser):
    dedicated = browser.get("/services/massmedic-member").select_one("[aria-labelledby=who]")
    open_to_all = browser.get("/services/massmep-lean").select_one("[aria-labelledby=who]")
    best_known = browser.get("/services/massmep-quality").select_one("[aria-labelledby=who]")

    assert "Dedicated to:" in dedicated.get_text()
    assert "Open to any kind of manufacturing" in open_to_all.get_text()
    assert "best known in:" in best_known.get_text()


def test_listing_shows_other_names_next_steps_and_similar_programs(browser):
    page = browser.get("/services/massmep-lean")

    assert "Mass MEP" in page.select_one(".listing__also").get_text()
    after = [a["href"] for a in page.select("[aria-labelledby=after] a")]
    similar = [a["href"] for a in page.select("[aria-labelledby=similar] a")]
    assert after == ["/services/wtfp-general", "/services/gbmp-shingo"]
    assert similar
    assert not {*after, "/services/massmep-lean"} & set(similar)


def test_listing_describes_itself_to_machines(browser):
    page = browser.get("/services/massmep-lean")

    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    service, way = data["@graph"]
    assert service["@type"] == "Service"
    assert service["provider"]["name"] == "Massachusetts Manufacturing Extension Partnership"
    assert [step["position"] for step in way["itemListElement"]] == [1, 2]


def test_listing_in_spanish_keeps_the_language_in_its_links(browser):
    page = browser.get("/es/services/massmep-lean")

    assert page.soup.html["lang"] == "es"
    assert page.select_one(".listing__owner a")["href"].startswith("/es/organizations/")


def test_an_unknown_listing_is_not_found(browser):
    assert browser.get("/services/nobody-offers-this").status == 404


def test_every_listing_is_a_sound_page(browser):
    listed = browser.json("/services.json?sort=name")

    for number in range(1, listed["pages"] + 1):
        for found in browser.json(f"/services.json?sort=name&page={number}")["results"]:
            assert browser.get(f"/services/{found['slug']}").status == 200


def test_organizations_are_listed_by_letter(browser):
    page = browser.get("/organizations")

    assert page.status == 200
    assert len(page.select(".organizations li")) == 119
    targets = {a["href"].removeprefix("#") for a in page.select(".letters a")}
    assert targets == {h["id"] for h in page.select("h2.letter")}


def test_organization_page_shows_its_programs(browser):
    page = browser.get("/organizations/massmep")

    assert page.status == 200
    assert page.heading == "Massachusetts Manufacturing Extension Partnership"
    assert page.select("a[href='/services/massmep-lean']")
    assert "Worcester" in page.select_one(".facts").get_text()


def test_organization_page_says_that_its_place_is_approximate(browser):
    page = browser.get("/organizations/massmep")

    assert "the city only" in page.select_one(".facts").get_text()


def test_an_unknown_organization_is_not_found(browser):
    assert browser.get("/organizations/nobody").status == 404


def test_freshness_page_counts_confirmations_only(browser):
    page = browser.get("/freshness")

    assert page.select_one(".figure__number").get_text(strip=True) == "0 of 208"
    counts = [int(cell.get_text()) for cell in page.select(".years tbody td.number")]
    assert sum(counts) == 208
