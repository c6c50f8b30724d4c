"""No page breaks a rule of WCAG 2.2 AA that a machine can check, in any language or color."""

import pytest

from tests.journeys.addresses import (
    ERROR_PAGES,
    LANGUAGES,
    MAIN_PAGES,
    STATUS_OF_PAGE,
    in_language,
)
from tests.journeys.chromium import axe_violations, describe
from tests.journeys.looking import open_all_boxes


def faults_of(page, addresses):
    """Open each address; return its status if another is due, and what axe finds."""
    found = []
    for address, status in addresses.items():
        answer = page.goto(address)
        if answer.status != status:
            found.append(f"{address} answered {answer.status}, not {status}")
        violations = axe_violations(page)
        if violations:
            found.append(f"{address}\n{describe(violations)}")
    return found


@pytest.mark.parametrize(
    ("language", "width"), [*((language, 1280) for language in LANGUAGES), ("en", 320)]
)
def test_every_public_page_keeps_the_access_rules(open_page, language, width):
    page = open_page(locale=language, width=width, expected_errors=ERROR_PAGES)
    addresses = {in_language(path, language): status for path, status in STATUS_OF_PAGE.items()}

    faults = faults_of(page, addresses)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1280, 320])
def test_main_pages_keep_the_access_rules_on_dark_ground(open_page, width):
    page = open_page(dark=True, width=width)

    faults = faults_of(page, dict.fromkeys(MAIN_PAGES, 200))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, False), (320, True)])
def test_opened_filters_keep_the_access_rules(open_page, axe, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto("/services?q=cnc#filters")

    open_all_boxes(page)

    axe(page)


def test_page_after_a_swap_keeps_the_access_rules(page, axe):
    page.goto("/services?q=cnc")

    page.locator("label[for=form-workforce-training]").click()
    page.locator(".chosen__tag").wait_for()

    axe(page)
