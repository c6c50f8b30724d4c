"""Fixtures of the journeys: the real portal, a real browser, pages watched for errors."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.chromium import PATIENCE_MS, axe_violations, describe, started_browser
from tests.journeys.live_portal import LivePortal, started_portal
from tests.journeys.watch import Watch

HERE = Path(__file__).parent
JOURNEY_TIMEOUT_SECONDS = 180

OpenPage = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys last: a broken unit shows sooner and plainer in its own test."""
    journeys = [item for item in items if HERE in item.path.parents]
    for item in journeys:
        item.add_marker("journey")
        item.add_marker(pytest.mark.timeout(JOURNEY_TIMEOUT_SECONDS))
    items[:] = [item for item in items if item not in journeys] + journeys


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser, one for all journeys."""
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def live_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    """The real portal with the catalogue that ships with it, one for all journeys."""
    with started_portal(tmp_path_factory.mktemp("journeys") / "instance") as portal:
        yield portal


@pytest.fixture
def open_page(chrome: Browser, live_portal: LivePortal) -> Iterator[OpenPage]:
    """Open pages, each as a new visitor; fail if one met an error or asked another host.

    Call it with any of: `javascript=False`, `width=320`, `height=640`, `locale="es-US"`,
    `dark=True`, and `expected_errors=("status of 404",)` for words in console messages that
    belong to the journey.
    """
    contexts, watches = [], []

    def open_page(
        *,
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        locale: str = "en-US",
        dark: bool = False,
        expected_errors: tuple[str, ...] = (),
    ) -> Page:
        context = chrome.new_context(
            base_url=live_portal.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            timezone_id="America/New_York",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watches.append(Watch(context, live_portal.url, expected_errors))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    found = [line for watch in watches for line in watch.found]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture
def page(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    """One page; change it with `parametrize("page", [{"javascript": False}], indirect=True)`."""
    return open_page(**getattr(request, "param", {}))


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail with readable text if the open page breaks a rule of WCAG 2.2 AA."""

    def check(page: Page) -> None:
        violations = axe_violations(page)
        if violations:
            pytest.fail(f"{page.url}\n{describe(violations)}", pytrace=False)

    return check
