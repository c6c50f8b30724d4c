"""A shortlist: its page, and how it travels through the others."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

LEAN, GRANT, MEMBER = "massmep-lean", "wtfp-general", "massmedic-member"
KEPT = f"saved={LEAN}&saved={GRANT}"
TWELVE = (
    "massmep-lean",
    "massmep-quality",
    "wtfp-general",
    "wtfp-express",
    "massmedic-member",
    "das-sponsor",
    "ampitup",
    "apex-help",
    "fitchburg-cps",
    "gbmp-consulting",
    "gbmp-shingo",
    "massmep-cnc",
)
# Pages to which links do not carry a shortlist.
ELSEWHERE = ("/account", "/shortlist", "/services.json", "/suggestions.json", "/feeds/", "/static/")


def saved_in(address: str) -> list[str]:
    return [value for name, value in parse_qsl(urlsplit(address).query) if name == "saved"]


def own_links(page) -> list[str]:
    hrefs = [a["href"] for a in page.select("body a[href^='/']")]
    return [href for href in hrefs if not href.removeprefix("/es").startswith(ELSEWHERE)]


def shortlist(*slugs: str) -> str:
    return "/shortlist?" + "&".join(f"service={slug}" for slug in slugs)


def test_the_page_lists_the_programs_in_the_order_of_the_address(browser):
    page = browser.get(shortlist(GRANT, LEAN, GRANT))

    assert page.status == 200
    assert [a["href"] for a in page.select(".result__name a")] == [
        f"/services/{GRANT}?saved={GRANT}&saved={LEAN}",
        f"/services/{LEAN}?saved={GRANT}&saved={LEAN}",
    ]
    assert "10 to 500 employees" in page.text
    assert not page.select(".usa-alert")


def test_the_page_shows_its_own_address_to_copy(browser):
    page = browser.get(shortlist(GRANT, LEAN))

    link = page.select_one(".share__link")
    assert link["href"] == link.get_text() == "http://localhost" + shortlist(GRANT, LEAN)
    button = page.select_one("button[data-copy]")
    assert button["data-copy"] == link["href"]
    assert button.has_attr("hidden")  # until a script makes it work


def test_each_program_can_be_taken_off_and_all_at_once(browser):
    page = browser.get(shortlist(GRANT, LEAN))

    removes = [a["href"] for a in page.select(".kept__tools a")]
    assert removes == [shortlist(LEAN), shortlist(GRANT)]
    assert page.select(".share a[href='/shortlist']")


def test_the_programs_can_be_chosen_for_comparison_without_scripts(browser):
    page = browser.get(shortlist(GRANT, LEAN))

    form = page.select_one("form.kept")
    assert (form["action"], form["method"]) == ("/compare", "get")
    boxes = form.select("input[type=checkbox][name=service]")
    assert [box["value"] for box in boxes] == [GRANT, LEAN]
    assert all(box.has_attr("checked") for box in boxes)
    carried = [field["value"] for field in form.select("input[type=hidden][name=saved]")]
    assert carried == [GRANT, LEAN]


def test_more_than_four_are_not_chosen_beforehand(browser):
    page = browser.get(shortlist(*TWELVE[:5]))

    assert len(page.select("input[name=service]")) == 5
    assert not page.select("input[name=service][checked]")


def test_one_program_alone_is_not_offered_for_comparison(browser):
    page = browser.get(shortlist(LEAN))

    assert not page.select("input[name=service], form.kept button")


def test_an_empty_shortlist_says_how_to_fill_it(browser):
    page = browser.get("/shortlist")

    assert page.status == 200
    assert "Add to shortlist" in page.text
    assert page.select("main input[name=q]")
    assert not page.select(".site-header__shortlist")


def test_unknown_programs_and_those_past_twelve_are_left_out_with_a_notice(browser):
    page = browser.get(shortlist("no-such-program", *TWELVE, "mmap-grants", "das-sponsor"))

    assert len(page.select(".result")) == 12
    said = page.select_one(".usa-alert").get_text()
    assert "no-such-program" in said


def test_a_thirteenth_program_is_left_out_with_a_notice(browser):
    listed = [result["slug"] for result in browser.json("/services.json")["results"]]
    thirteen = [*TWELVE, next(slug for slug in listed if slug not in TWELVE)]

    page = browser.get(shortlist(*thirteen))

    assert len(page.select(".result")) == 12
    assert "up to 12 programs" in page.select_one(".usa-alert").get_text()


def test_contact_numbers_can_be_tapped(browser):
    with_phone = next(
        slug
        for number in range(1, 12)
        for slug in (r["slug"] for r in browser.json(f"/services.json?page={number}")["results"])
        if browser.get(f"/services/{slug}").select(
            "main [aria-labelledby=contact] .contacts .phone"
        )
    )

    page = browser.get(shortlist(with_phone))

    assert page.select(".kept__ways a[href^='tel:']")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/services",
        "/services?q=lean&form=marketing&form=workforce-training&region=central&page=1",
        "/services?q=machning",
        "/services?q=osha&region=cape-islands&cost=tax-credit",
        "/services?near=99999&page=99",
        "/services/massmep-quality",
        "/organizations",
        "/organizations/massmep",
        "/for/sme",
        "/freshness",
        "/regions",
        "/how-ranking-works",
        "/es/services?q=cnc",
    ],
)
def test_every_link_to_a_page_of_ours_carries_the_shortlist(browser, path):
    page = browser.get(f"{path}{'&' if '?' in path else '?'}{KEPT}")

    links = own_links(page)
    toggles = {a["href"] for a in page.select("a.keep")}
    assert links
    for href in links:
        if href not in toggles:
            assert saved_in(href) == [LEAN, GRANT], href


def test_forms_carry_the_shortlist(browser):
    for path in ("/", "/services?q=cnc", "/organizations", "/compare", "/services/nobody"):
        page = browser.get(f"{path}{'&' if '?' in path else '?'}{KEPT}")
        (form,) = page.select("main form[role=search]")
        carried = [field["value"] for field in form.select("input[type=hidden][name=saved]")]
        assert carried == [LEAN, GRANT], path


def test_without_a_shortlist_no_address_names_one(browser):
    for path in ("/", "/services?q=cnc", "/services/massmep-lean", "/organizations/massmep"):
        page = browser.get(path)
        toggles = {a["href"] for a in page.select("a.keep")}
        assert not [h for h in own_links(page) if "saved" in h and h not in toggles]
        assert not page.select(".site-header__shortlist, input[name=saved]")


def test_the_header_leads_to_the_shortlist_and_counts_it(browser):
    page = browser.get(f"/services?{KEPT}")

    link = page.select_one(".site-header__shortlist")
    assert link["href"] == shortlist(LEAN, GRANT)
    assert link.get_text().endswith("2")


def test_a_result_can_be_put_on_the_shortlist_and_taken_off(browser):
    page = browser.get(f"/services?q=workforce+training+fund&form=workforce-training&{KEPT}")

    kept = page.select_one(f"#keep-{GRANT}")
    other = next(a for a in page.select("a.keep") if a["id"] != kept["id"])
    slug = other["id"].removeprefix("keep-")
    tail = "/services?q=workforce+training+fund&form=workforce-training"
    assert kept["href"] == f"{tail}&saved={LEAN}#program-{GRANT}"
    assert other["href"] == f"{tail}&{KEPT}&saved={slug}#program-{slug}"
    assert page.select(f"#program-{slug}")


def test_a_listing_and_the_programs_of_an_organization_can_be_kept(browser):
    listing = browser.get(f"/services/{LEAN}")
    theirs = browser.get("/organizations/massmep")

    assert listing.select_one("a.keep")["href"] == f"/services/{LEAN}?saved={LEAN}#main"
    href = f"/organizations/massmep?saved={LEAN}#program-{LEAN}"
    assert theirs.select_one(f"#keep-{LEAN}")["href"] == href


def test_a_full_shortlist_takes_no_more(browser):
    full = "&".join(f"saved={slug}" for slug in TWELVE)

    page = browser.get(f"/services?{full}")

    others = [a for a in page.select("a.keep") if a["id"].removeprefix("keep-") not in TWELVE]
    assert others
    assert {a["href"] for a in others} == {shortlist(*TWELVE)}


def test_unknown_bad_and_surplus_slugs_are_not_carried(browser):
    many = "&".join(f"saved={slug}" for slug in ("zzz", "A B", "%3Cb%3E", LEAN, LEAN, "zzz"))

    page = browser.get(f"/?{many}")

    assert saved_in(page.select_one(".site-header__nav a")["href"]) == [LEAN]


def test_pages_with_a_shortlist_are_known_to_machines_without_it(browser):
    page = browser.get(f"/es/services/{LEAN}?{KEPT}&x=1&%73aved=massmep-cnc")

    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    canonical = page.select_one("link[rel=canonical]")["href"]
    assert canonical == f"http://localhost/es/services/{LEAN}?x=1"
    assert not [a for a in page.select("link[rel=alternate]") if "saved" in a["href"]]
    data = page.select_one("script[type='application/ld+json']").string
    assert "saved" not in data
    assert json.loads(data)


def test_a_page_without_a_shortlist_stays_open_to_search_engines(browser):
    assert not browser.get(f"/services/{LEAN}").select("meta[name=robots]")
    assert not browser.get("/services").select("meta[name=robots]")
    assert len(browser.get(f"/services?q=cnc&{KEPT}").select("meta[name=robots]")) == 1


def test_data_and_feeds_carry_no_shortlist(browser):
    assert "saved" not in json.dumps(browser.json(f"/services.json?q=cnc&{KEPT}"))
    assert "saved" not in json.dumps(browser.json(f"/suggestions.json?q=lean&{KEPT}"))
    assert b"saved" not in browser.client.get(f"/feeds/services.atom?q=cnc&{KEPT}").data
    page = browser.get(f"/services?q=cnc&{KEPT}")
    assert not [a for a in page.select("[href*='/feeds/']") if "saved" in a["href"]]


def test_the_language_switch_keeps_the_shortlist(browser):
    page = browser.get(f"/services?q=cnc&{KEPT}")

    hrefs = [a["href"] for a in page.select("#languages a")]
    assert hrefs == [f"{prefix}/services?q=cnc&{KEPT}" for prefix in ("", "/es", "/pt")]
