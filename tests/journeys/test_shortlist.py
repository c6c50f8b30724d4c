"""From a misspelled word to a shortlist on paper, with scripts and without, in three languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import COMPARISON, LANGUAGES, SEARCH, SHORTLIST, in_language
from tests.journeys.keyboard import stop, tab_to

KINDS_OF_VISITOR = [(js, lang) for js in (True, False) for lang in LANGUAGES]
MISSPELLED = "/services?q=machning"
AFTER = "(link) => getComputedStyle(link, '::after').content"
TOP_OF = "(element) => element.getBoundingClientRect().top"


@pytest.fixture(
    params=KINDS_OF_VISITOR, ids=lambda kind: f"{kind[1]}-{'js' if kind[0] else 'nojs'}"
)
def visitor(request, open_page):
    """A page of a visitor, whether scripts run in it, and the language read."""
    javascript, language = request.param
    return open_page(javascript=javascript, locale=language), javascript, language


def slug_of(keep) -> str:
    """Return which program a link puts on the shortlist."""
    return keep.get_attribute("id").removeprefix("keep-")


def test_owner_corrects_a_word_keeps_two_compares_them_and_prints_the_list(visitor):
    page, _, language = visitor
    page.goto(in_language(MISSPELLED, language))
    page.locator("#results a[href$='q=machining']").click()
    expect(page.locator("main input[name=q]")).to_have_value("machining")

    slugs = [slug_of(page.locator("a.keep").nth(place)) for place in (0, 2)]
    for number, slug in enumerate(slugs, 1):
        page.locator(f"#keep-{slug}").click()
        expect(page.locator("a.keep--kept")).to_have_count(number)
        expect(page.locator(".site-header__shortlist")).to_contain_text(str(number))
    query = "&".join(f"service={slug}" for slug in slugs)
    page.locator(".site-header__shortlist").click()
    expect(page).to_have_url(re.compile(re.escape(in_language(f"/shortlist?{query}", language))))
    expect(page.locator(".result")).to_have_count(2)
    page.locator("form.kept button[type=submit]").click()

    expect(page).to_have_url(re.compile(re.escape(in_language("/compare?", language))))
    expect(page.locator("thead .compare__name")).to_have_count(2)
    for place, slug in enumerate(slugs):
        name = page.locator("thead .compare__name").nth(place)
        assert f"/services/{slug}?" in name.get_attribute("href")
    page.locator(f".tools a[href*='/shortlist?{query}']").click()
    page.emulate_media(media="print")
    expect(page.locator(".result")).to_have_count(2)
    for hidden in ("nav", "button", "a.keep", ".pick", ".tools"):
        for element in page.locator(hidden).all():
            expect(element).not_to_be_visible()
    written = page.locator(".kept__ways a[href^=http]").first
    assert written.get_attribute("href") in written.evaluate(AFTER)
    expect(page.locator(".share__link")).to_be_visible()
    assert page.locator("html").get_attribute("lang").startswith(language)


def test_owner_keeps_and_compares_by_keyboard_alone(page):
    page.goto(SEARCH)

    tab_to(page, "a.keep")
    page.keyboard.press("Enter")
    expect(page.locator("a.keep--kept")).to_have_count(1)
    tab_to(page, "a.keep:not(.keep--kept)")
    page.keyboard.press("Enter")
    expect(page.locator("a.keep--kept")).to_have_count(2)
    page.keyboard.press("Control+Home")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.evaluate("() => document.querySelector('.usa-skipnav').focus()")
    tab_to(page, ".site-header__shortlist")
    page.keyboard.press("Enter")
    expect(page.locator("form.kept")).to_be_visible()
    tab_to(page, "form.kept button")
    assert not stop(page).fault
    page.keyboard.press("Enter")

    expect(page.locator("table.compare tbody tr")).to_have_count(13)


@pytest.mark.parametrize("width", [1280, 320])
def test_keeping_moves_nothing_keeps_the_focus_and_is_announced(open_page, width):
    page = open_page(width=width, height=640)
    page.goto("/services?q=cnc")
    keep = page.locator("a.keep").nth(4)
    slug = slug_of(keep)
    keep.scroll_into_view_if_needed()
    page.evaluate("window.samePage = true")
    before = keep.evaluate(TOP_OF)
    done = keep.get_attribute("data-done")

    keep.click()

    expect(page.locator(f"#keep-{slug}.keep--kept")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(done)
    assert abs(page.locator(f"#keep-{slug}").evaluate(TOP_OF) - before) <= 1
    expect(page).to_have_url(re.compile(rf"/services\?q=cnc&saved={slug}$"))
    assert page.evaluate("window.samePage"), "the whole page was loaded anew"
    for link in page.locator(
        "#languages a, .site-header__nav a, .site-footer__links a:not([href$='/account'])"
    ).all():
        assert slug in link.get_attribute("href")


def test_without_scripts_the_page_comes_back_at_the_same_program(open_page):
    page = open_page(javascript=False, height=640)
    page.goto("/services?q=cnc")
    keep = page.locator("a.keep").nth(6)
    slug = slug_of(keep)

    keep.click()

    expect(page).to_have_url(re.compile(rf"saved={slug}#program-{slug}$"))
    expect(page.locator(f"#keep-{slug}.keep--kept")).to_be_in_viewport()


def test_kept_programs_stay_when_filters_pages_and_order_change(visitor):
    page, javascript, language = visitor
    page.goto(in_language("/services?saved=massmep-lean", language))
    shown = page.locator(".site-header__shortlist")

    page.locator(".usa-pagination__next-page").click()
    expect(page.locator("ol.results")).to_have_attribute("start", "21")
    expect(shown).to_have_attribute("href", re.compile("service=massmep-lean$"))
    page.locator("label[for=form-marketing]").click()
    if not javascript:
        page.locator("#filters button[type=submit]").click()
    expect(page.locator(".chosen__tag")).to_have_count(1)
    expect(page).to_have_url(re.compile("saved=massmep-lean"))
    page.locator(".chosen__tag").click()
    expect(page.locator(".chosen__tag")).to_have_count(0)
    expect(page).to_have_url(re.compile("saved=massmep-lean"))
    page.locator(".result__name a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator(".site-header__nav a[href*='/organizations']").click()
    expect(page).to_have_url(re.compile(r"/organizations\?saved=massmep-lean$"))

    expect(shown).to_contain_text("1")


def test_back_takes_the_program_off_again(page):
    page.goto("/services?q=cnc")
    page.locator("a.keep").first.click()
    expect(page.locator("a.keep--kept")).to_have_count(1)

    page.go_back()

    expect(page.locator("a.keep--kept")).to_have_count(0)
    expect(page.locator(".site-header__shortlist")).to_have_count(0)


def test_address_is_copied_by_a_button(open_page):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(SHORTLIST)

    page.locator("button[data-copy]").click()

    expect(page.locator("#copied")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url


def test_no_more_than_four_can_be_marked(page):
    page.goto(
        "/shortlist?service=massmep-lean&service=das-sponsor&service=ampitup"
        "&service=wtfp-general&service=massmedic-member"
    )

    boxes = page.locator("input[name=service]")
    for place in range(4):
        boxes.nth(place).check()

    expect(boxes.nth(4)).to_be_disabled()
    boxes.nth(0).uncheck()
    expect(boxes.nth(4)).to_be_enabled()


def test_comparison_of_three_prints_on_one_sheet_in_landscape(page):
    page.goto(COMPARISON)

    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    (width, height) = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups()
    assert float(width) > float(height)


def test_comparison_on_a_phone_is_one_block_per_row_and_still_a_table(open_page):
    page = open_page(width=320, height=640)
    page.goto(COMPARISON)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_role("table")).to_have_count(1)
    expect(page.get_by_role("rowheader")).to_have_count(13)
    lefts = page.locator("#row-cost td").evaluate_all("cells => cells.map((c) => c.offsetLeft)")
    assert len(set(lefts)) == 1
    expect(page.locator("#row-cost .compare__program").first).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("address", [COMPARISON, SHORTLIST, "/compare", "/shortlist"])
def test_comparison_and_shortlist_keep_the_access_rules(open_page, axe, address, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto(address)

    axe(page)
