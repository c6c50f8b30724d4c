"""One ZIP code, three questions: who serves it, who has an office near it, who does both."""

from __future__ import annotations

import pytest


def slugs(browser, asked):
    first = browser.json(f"/services.json?{asked}")
    return {
        result["slug"]
        for page in range(1, first["pages"] + 1)
        for result in browser.json(f"/services.json?{asked}&page={page}")["results"]
    }


@pytest.mark.parametrize("zip_code", ["02601", "01608", "01201"])
def test_both_is_what_serves_the_place_and_has_an_office_near_it(browser, zip_code):
    serving = slugs(browser, f"near={zip_code}")
    near = slugs(browser, f"near={zip_code}&within=office-25")
    both = slugs(browser, f"near={zip_code}&within=25")

    assert both == serving & near
    assert both < serving


def test_an_office_may_be_near_that_does_not_serve_the_place(browser):
    near = slugs(browser, "near=01608&within=office-50")

    assert near - slugs(browser, "near=01608")


@pytest.mark.parametrize(
    ("asked", "chosen"), [("", ""), ("&within=25", "25"), ("&within=office-25", "office-25")]
)
def test_the_form_keeps_which_of_them_was_chosen(browser, asked, chosen):
    page = browser.get(f"/services?near=01608{asked}")

    options = [option["value"] for option in page.select("#within option")]
    selected = [option["value"] for option in page.select("#within option[selected]")]
    assert options == ["", "10", "25", "50", "office-10", "office-25", "office-50"]
    assert selected == ([chosen] if chosen else [])
    assert [option.text for option in page.select("#within option")][::3] == [
        "Programs that serve it",
        "Serve it, office within 50 miles",
        "Office within 50 miles",
    ]


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        ("near=01608", {"Serves ZIP: 01608": "/services"}),
        (
            "near=01608&within=25",
            {
                "Serves ZIP: 01608": "/services?near=01608&within=office-25",
                "Office near 01608: 25 miles": "/services?near=01608",
            },
        ),
        ("near=01608&within=office-25", {"Office near 01608: 25 miles": "/services"}),
    ],
)
def test_each_of_them_is_a_tag_that_can_be_taken_off_alone(browser, asked, tags):
    page = browser.get(f"/services?{asked}")

    found = {
        tag.text.replace("Remove filter:", "").strip(): tag["href"]
        for tag in page.select(".chosen__tag")
    }
    assert found == tags


def test_links_and_the_feed_of_such_a_search_ask_the_same(browser):
    page = browser.get("/services?q=training&near=01608&within=office-50")

    assert page.select_one("#feed")["href"].endswith("?q=training&near=01608&within=office-50")


def test_a_search_near_no_office_says_to_leave_out_the_place(browser):
    page = browser.get("/services?q=cybersecurity&near=01247&within=office-10")

    assert page.select_one(".no-results a.usa-button")["href"] == "/services?q=cybersecurity"
