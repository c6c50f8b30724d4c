"""From not knowing the words to a plan: five questions, with scripts and without, by keyboard."""

import re
import time
from email import policy
from email.parser import BytesParser
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import LANGUAGES, PLAN, in_language
from tests.journeys.keyboard import tab_to
from tests.journeys.looking import drawn_width

WIDTHS = {"en": 1280, "es": 320, "pt": 320}
KINDS_OF_VISITOR = [(js, lang, WIDTHS[lang]) for js in (True, False) for lang in LANGUAGES]
PLAN_ADDRESS = re.compile(r"/find/results\?.*employees=25.*v=1")


@pytest.fixture(
    params=KINDS_OF_VISITOR,
    ids=lambda kind: f"{kind[1]}-{kind[2]}-{'js' if kind[0] else 'nojs'}",
)
def visitor(request, open_page):
    """A page of a visitor, and the language read."""
    javascript, language, width = request.param
    return open_page(javascript=javascript, locale=language, width=width), language


def go_on(page: Page) -> None:
    """Press the button of the question."""
    page.locator("form.question button[type=submit]").click()


def answer_all(page: Page) -> None:
    """Answer the five questions of a machine shop in Worcester."""
    page.locator("label[for=need-quality-certificate]").click()
    page.locator("label[for=need-training-money]").click()
    go_on(page)
    page.locator("label[for=audience-sme]").click()
    page.locator("#employees").fill("25")
    go_on(page)
    page.locator("#zip").fill("01608")
    go_on(page)
    page.locator("label[for=industry-332710]").click()
    go_on(page)
    page.locator("label[for=budget-limited]").click()
    page.locator("label[for=delivery-on-site]").click()
    go_on(page)


def test_owner_gets_from_home_to_a_plan_and_changes_an_answer(visitor):
    page, language = visitor
    page.goto(in_language("/", language))
    page.locator(".hero a.action").click()

    answer_all(page)

    expect(page).to_have_url(PLAN_ADDRESS)
    expect(page.locator(".first-step")).to_have_count(3)
    expect(page.locator("h1")).to_contain_text("25")
    assert page.locator("html").get_attribute("lang").startswith(language)
    before = page.locator(".lead").text_content()
    page.locator(".answers a").nth(3).click()
    expect(page.locator("#industry-332710")).to_be_checked()
    page.locator("label[for=industry-336412]").click()
    go_on(page)
    expect(page).to_have_url(re.compile("industry=336412"))
    expect(page.locator(".first-step")).to_have_count(3)
    assert page.locator(".lead").text_content() != before
    assert drawn_width(page) <= page.viewport_size["width"]


def test_owner_gets_from_home_to_a_plan_by_keyboard_alone(page, capsys):
    page.goto("/")
    began = time.monotonic()

    tab_to(page, ".hero a.action")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/find/need"))
    for need in ("quality-certificate", "training-money"):
        tab_to(page, f"#need-{need}")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/find/company"))
    tab_to(page, "#audience-sme")
    page.keyboard.press("Space")
    tab_to(page, "#employees")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/find/place"))
    tab_to(page, "#zip")
    page.keyboard.type("01608")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/find/industry"))
    tab_to(page, "#industry-334516")
    for _ in range(9):  # down to machine shops, the last of the ten
        page.keyboard.press("ArrowDown")
    expect(page.locator("#industry-332710")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/find/means"))
    tab_to(page, "#budget-free-only")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#delivery-on-site")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page).to_have_url(PLAN_ADDRESS)
    expect(page.locator(".first-step")).to_have_count(3)
    with capsys.disabled():
        print(f"\nfrom home to plan by keyboard: {time.monotonic() - began:.1f} s")  # noqa: T201


def test_a_wrong_number_is_explained_beside_its_field_and_kept(visitor):
    page, language = visitor
    page.goto(in_language("/find/company?need=scrap&v=1", language))

    page.locator("label[for=audience-sme]").click()
    page.locator("#employees").fill("twelve")
    go_on(page)

    expect(page.locator("#employees")).to_have_value("twelve")
    expect(page.locator("#employees-error-1")).to_be_visible()
    expect(page.locator("#audience-sme")).to_be_checked()
    page.locator(".usa-alert--error a").click()
    expect(page.locator("#employees")).to_be_focused()


def test_filter_box_finds_a_need_and_says_when_there_is_none(page):
    page.goto("/find/need")

    page.locator("#filter").fill("robot")

    expect(page.locator("label[for=need-robots]")).to_be_visible()
    expect(page.locator("label[for=need-export]")).to_be_hidden()
    page.locator("#filter").fill("xyzzy")
    expect(page.locator("#no-need")).not_to_be_empty()
    page.locator("#filter").fill("")
    expect(page.locator("label[for=need-export]")).to_be_visible()


def test_none_of_these_takes_the_others_off_and_the_count_follows(page):
    page.goto("/find/need")
    every = page.locator("#fitting").text_content()

    page.locator("label[for=need-export]").click()
    expect(page.locator("#fitting")).not_to_have_text(every)
    page.locator("label[for=need-none]").click()

    expect(page.locator("#need-export")).not_to_be_checked()
    expect(page.locator("#fitting")).to_have_text(every)


def test_without_scripts_none_of_these_beside_a_need_is_sent_back(open_page):
    page = open_page(javascript=False)
    page.goto("/find/need")

    page.locator("label[for=need-export]").click()
    page.locator("label[for=need-none]").click()
    go_on(page)

    expect(page.locator("#need-error-1")).to_be_visible()
    expect(page.locator("#need-export")).to_be_checked()


@pytest.mark.parametrize("page", [{"javascript": False}, {}], indirect=True, ids=["nojs", "js"])
def test_a_plan_is_kept_on_the_shortlist_and_compared(page):
    page.goto(PLAN)

    for _ in range(2):
        page.locator(".first-step a.keep:not(.keep--kept)").first.click()
        page.wait_for_url(re.compile("saved="))
    expect(page.locator(".first-step .keep--kept")).to_have_count(2)
    page.locator(".site-header__shortlist").click()
    expect(page.locator(".result")).to_have_count(2)
    page.locator(".kept__compare button").click()

    expect(page).to_have_url(re.compile("/compare"))
    expect(page.locator("h1")).to_be_visible()


def test_other_programs_open_with_their_reasons(page):
    page.goto(PLAN)

    part = page.locator("#part-workforce-training")
    part.locator("> summary").click()
    card = part.locator(".result").first
    card.locator("summary").click()

    expect(card.locator(".criteria__line").first).to_be_visible()


def test_plan_on_paper_has_its_code_and_nothing_to_press(page):
    page.goto(PLAN)
    page.emulate_media(media="print")

    expect(page.locator(".plan__code svg")).to_be_visible()
    expect(page.locator(".first-step")).to_have_count(3)
    for gone in (".share", ".keep", ".answers__change", "nav"):
        assert not [e for e in page.locator(gone).all() if e.is_visible()], gone


def test_pdf_of_a_plan_is_one_link_away(page):
    page.goto(PLAN)
    address = page.locator("a[href*='results.pdf']").get_attribute("href")

    answer = page.request.get(address)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")


def test_owner_mails_the_plan_to_themselves(visitor, live_portal):
    page, language = visitor
    address = f"owner-{language}-{page.viewport_size['width']}-{time.monotonic_ns()}@example.com"
    page.goto(in_language(PLAN, language))

    page.locator("a[href*='/find/email']").click()
    page.locator("#email").fill(address)
    go_on(page)

    expect(page.locator(".usa-alert--success")).to_be_visible()
    message = wait_for_mail(live_portal.instance / "mail", address)
    assert message["Content-Language"] == language
    assert "/find/results?" in message.get_body(("plain",)).get_content()


def wait_for_mail(folder, address):
    """Return the message to an address once the worker has delivered it."""
    pause = Event()
    for _ in range(200):
        for file in folder.glob("*.eml"):
            message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            if message["To"] == address:
                return message
        pause.wait(0.05)
    raise AssertionError(f"no mail to {address} in {folder}")
