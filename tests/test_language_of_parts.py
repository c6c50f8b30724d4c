"""Words of the catalogue are English on every page, and are marked so where the page is not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest
from bs4 import NavigableString, Tag

from tests.conftest import DATA
from tests.journeys.addresses import COMPARISON, KEPT, SHORTLIST, STATUS_OF_PAGE

PAGES = (
    *STATUS_OF_PAGE,
    f"/services?topic=cnc&{KEPT}",
    f"{SHORTLIST}&{KEPT}",
    "/services?q=hiring",
)


def cells(file: str, column: str) -> set[str]:
    with (DATA / file).open(encoding="utf-8", newline="") as rows:
        return {name for row in csv.DictReader(rows) for name in row[column].split("|") if name}


ORGANIZATIONS = cells("organizations.csv", "name")
NAMES = cells("programs.csv", "name") - ORGANIZATIONS
TOPICS = cells("programs.csv", "topics") - ORGANIZATIONS


def words(tag: Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text()).strip(" :·\n")


def is_marked(part: Tag | NavigableString) -> bool:
    """Whether a part of a page is in a language of its own, below html."""
    chain = [part, *part.parents]
    own = [tag.get("lang") for tag in chain if isinstance(tag, Tag) and tag.name != "html"]
    return next(filter(None, own), None) == "en"


def unmarked(soup: Tag, names: set[str]) -> Iterator[str]:
    """Give the elements that read as one of the names and are not all in English."""
    for tag in soup.find_all(True):
        if words(tag) in names:
            texts = [text for text in tag.find_all(string=True) if text.strip(" :·\n")]
            if not all(map(is_marked, texts)):
                yield f"{tag.name}.{'.'.join(tag.get('class', []))}: {words(tag)}"


@pytest.mark.parametrize("path", PAGES)
def test_names_of_programs_are_marked_as_english_on_a_spanish_page(browser, path):
    page = browser.get(f"/es{path}")

    assert not list(unmarked(page.soup.body, NAMES))


@pytest.mark.parametrize(
    ("path", "selector", "least"),
    [
        ("/services", "#facet-topic .facet__label", 12),
        ("/services?topic=cnc", ".chosen__tag", 1),
        ("/services/massmep-cnc", ".topics a", 6),
    ],
)
def test_topics_are_marked_as_english_on_a_spanish_page(browser, path, selector, least):
    page = browser.get(f"/es{path}")
    found = [text for tag in page.select(selector) for text in tag.find_all(string=True)]
    topics = [text for text in found if text.strip() in TOPICS]

    assert len(topics) >= least
    assert all(map(is_marked, topics))


def test_the_names_are_found_where_they_stand(browser):
    """Guards the two tests above: what they look for is there."""
    for path in ("/services", "/services/massmep-lean", SHORTLIST, COMPARISON, "/for/sme"):
        page = browser.get(f"/es{path}")
        assert [tag for tag in page.soup.body.find_all(True) if words(tag) in NAMES], path


def test_a_listing_is_titled_described_and_also_known_in_english(browser):
    page = browser.get("/es/services/massmep-cnc")

    assert page.select_one("title")["lang"] == "en"
    assert page.select_one("meta[name=description]")["lang"] == "en"
    also = page.select_one(".listing__also [lang=en]")
    assert also.text == "Accelerated CNC Program · Advanced CNC Training"
    assert page.select_one(".listing__also").text.startswith("También")


def test_filters_of_ours_are_in_the_language_of_the_page(browser):
    page = browser.get("/es/services?form=marketing")

    assert not page.select("#facet-form [lang], .chosen__tag [lang]")
