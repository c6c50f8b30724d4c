"""What a visit leaves behind: nothing beyond what the privacy page says; nobody else is asked."""

from playwright.sync_api import expect

from tests.journeys.addresses import EMAIL, ERROR_PAGES, SEARCH, STATUS_OF_PAGE

KEPT = "() => [Object.keys(localStorage), Object.keys(sessionStorage)]"
LAST_SEARCH = "htmx-current-path-for-history"  # until the tab is closed; the privacy page says so


def test_walk_through_all_pages_sets_no_cookie_and_asks_nobody_else(open_page):
    # The fixture fails for a request to another host.
    page = open_page(expected_errors=ERROR_PAGES)

    for path in set(STATUS_OF_PAGE) - {EMAIL}:
        page.goto(path)

    assert page.context.cookies() == []
    local, session = page.evaluate(KEPT)
    assert local == []
    assert set(session) <= {LAST_SEARCH}


def test_asking_for_mail_sets_one_cookie_that_ends_with_the_visit(page):
    page.goto(EMAIL)

    (cookie,) = page.context.cookies()
    assert cookie["name"] == "portal"
    assert cookie["expires"] == -1
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    expect(page.locator("main")).to_contain_text("one cookie")


def test_search_leaves_only_its_address_until_the_tab_is_closed(page):
    page.goto(SEARCH)

    page.locator("label[for=form-workforce-training]").click()
    expect(page.locator(".chosen__tag")).to_have_count(1)
    page.locator(".chosen__tag").click()
    expect(page.locator(".chosen__tag")).to_have_count(0)

    assert page.context.cookies() == []
    assert page.evaluate(KEPT) == [[], [LAST_SEARCH]]
    page.goto("/privacy")
    expect(page.locator("main")).to_contain_text("the address of your last search")
