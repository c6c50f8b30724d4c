"""The page of the regions: map and table say the same, and lead to the same search."""

from __future__ import annotations

import pytest

from portal import create_app
from portal.config import Settings

REGIONS = {
    "Cape & Islands": ("cape-islands", 12),
    "Western": ("western", 22),
    "Southeast": ("southeast", 18),
    "Northeast": ("northeast", 32),
    "Greater Boston": ("greater-boston", 36),
    "Metro South/West": ("metro-south-west", 15),
    "Central": ("central", 23),
}


def test_each_region_is_in_the_table_with_its_counts_and_its_search(browser):
    rows = browser.get("/regions").select(".regions__row")
    told = {
        row.a.get_text(strip=True): (row.a["href"], [td.get_text(strip=True) for td in row("td")])
        for row in rows
    }

    assert told == {
        name: (f"/services?region={code}", [str(local), "102"])
        for name, (code, local) in REGIONS.items()
    }


def test_the_counts_are_those_of_the_region_facet(browser):
    facet = {v["value"]: v for v in browser.json("/services.json")["facets"]["region"]}

    for code, local in REGIONS.values():
        assert facet[code]["dedicated"] == local
        assert facet[code]["count"] == local + 102


def test_each_drawing_has_one_named_link_for_each_region(browser):
    for drawing in browser.get("/regions").select("svg.region-map"):
        links = {link["href"]: link["aria-label"] for link in drawing.select("a")}
        assert len(links) == 7
        assert links["/services?region=central"] == (
            "Central. Local programs: 23. For the whole state: 102."
        )
        words = " ".join(t.get_text(" ") for t in drawing.select("text"))
        assert "South/West" in words
        assert len(drawing.select("text")) == 7


def test_every_county_is_in_the_table_and_those_in_several_regions_are_explained(browser):
    page = browser.get("/regions")
    table = page.select_one(".regions__table").get_text(" ", strip=True)

    for county in ("Barnstable", "Berkshire", "Nantucket", "Suffolk", "Worcester"):
        assert table.count(county) == 1
    assert table.count("Middlesex in part") == 3
    assert table.count("Norfolk in part") == 2
    assert "Quincy and Brookline lie in Greater Boston" in table


@pytest.mark.parametrize("prefix", ["", "/es", "/pt"])
def test_search_home_and_footer_lead_to_the_map_in_the_same_language(browser, prefix):
    wanted = f"{prefix}/regions"

    assert browser.get(f"{prefix}/services").select_one(f"#facet-region a[href='{wanted}']")
    home = browser.get(f"{prefix}/")
    assert home.select_one(f"main a[href='{wanted}']")
    assert home.select_one(f"footer a[href='{wanted}']")
    assert browser.get(wanted).status == 200


def test_the_page_is_small(browser):
    assert len(browser.get("/regions").response.data) < 40_000


def test_a_portal_without_listings_or_outline_still_answers(app, tmp_path):
    assert app.test_client().get("/regions").status_code == 200
    elsewhere = create_app(Settings(instance=tmp_path / "b", testing=True, state_name="Atlantis"))
    assert elsewhere.extensions["portal-assets"].get("outline-atlantis.json") is None
