"""From where a company comes to the form: plan, shortlist, comparison; what comes along."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

PLAN = "/find/results?audience=sme&employees=25&industry=332710&need=scrap&v=1&zip=01608"
TWO = "service=massmep-lean&service=massmep-quality"


def test_the_plan_leads_to_its_first_steps_with_the_answers(browser):
    page = browser.get(PLAN)

    steps = [tag["href"].split("/")[2].split("?")[0] for tag in page.select(".first-step__name a")]
    address = urlsplit(page.select_one("section[aria-labelledby=first] > .ask-action a")["href"])
    parameters = parse_qs(address.query)

    assert address.path == "/refer"
    assert parameters["service"] == steps
    assert parameters["need"] == ["scrap"]
    assert parameters["employees"] == ["25"]


def test_each_first_step_can_be_asked_alone(browser):
    page = browser.get(PLAN)

    asked = [tag["href"].partition("?")[0] for tag in page.select(".first-step .ask-action a")]
    named = [tag["href"] for tag in page.select(".first-step__name a")]

    assert asked == [f"{address}/refer" for address in named]


def test_shortlist_and_comparison_lead_to_the_form_with_their_programs(browser):
    for path in (f"/shortlist?{TWO}", f"/compare?{TWO}"):
        link = browser.get(path).select_one(".ask-action a")

        assert urlsplit(link["href"]).path == "/refer"
        parameters = parse_qs(urlsplit(link["href"]).query)
        assert parameters["service"] == ["massmep-lean", "massmep-quality"]


def test_the_shortlist_is_not_lost_on_the_way(browser):
    page = browser.get("/services/massmep-lean/refer?saved=massmep-cnc")

    assert "massmep-cnc" in page.select_one(".site-header__shortlist")["href"]


def test_a_program_that_is_not_listed_leads_to_its_page_that_helps(browser):
    answer = browser.client.get("/services/no-such-program/refer")

    assert answer.status_code == 302
    assert answer.location == "/services/no-such-program"
