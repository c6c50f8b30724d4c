"""Small looks at an open page that several journeys need."""

from playwright.sync_api import Page


def open_all_boxes(page: Page) -> None:
    """Open every box that can be opened, those within others too."""
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")


def drawn_width(page: Page) -> int:
    """Return how wide the page is drawn, in pixels; more than the screen is too wide."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
