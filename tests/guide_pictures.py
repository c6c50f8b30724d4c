"""Takes the pictures of the guide for staff anew: `python3 bootstrap.py pictures`.

From a portal of its own, filled as tests/seeded.py says, on 12 March 2026: the same code gives the
same pictures. They are in English and light.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page

from portal import clock
from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.conftest import DATA, NOON, make_app
from tests.journeys.chromium import PATIENCE_MS, started_browser
from tests.journeys.live_portal import started_portal
from tests.journeys.set_clock import set_clock, time_of
from tests.seeded import Seeded, seed
from tooling.places import STATIC

FOLDER = STATIC / "guide"
BEGIN = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
WIDTH = 440
SHARPNESS = 1.5  # pixels of the picture for each of the page
QUALITY = 70
MOST_BYTES = 60_000


@dataclass(frozen=True)
class Picture:
    """What is in a picture: a page from an element on, so many pixels high."""

    name: str
    path: str
    role: str
    height: int
    top: str = "h1"


PICTURES = (
    Picture("sign-in", "/account/sign-in", "visitor", 476),
    Picture("home", "/staff", "staff", 450),
    Picture("confirm", "/staff/organizations/massmep/confirm", "staff", 386),
    Picture("edit", "/staff/services/massmep-quality", "staff", 350),
    Picture("send", "/staff/services/massmep-quality", "staff", 390, top="label[for=reason]"),
    Picture("waiting", "/staff/services/massmep-lean", "staff", 560),
    Picture("close", "/staff/services/massmep-exportech/close", "staff", 530),
    Picture("suggestions", "/staff/suggestions", "staff", 560),
    Picture("second-step", "/account/second-factor", "half", 246),
)


def main() -> int:
    """Take all pictures; the next start builds them into the portal."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        instance.mkdir()
        set_clock(instance, BEGIN)
        seen = filled(instance)
        with (
            started_portal(instance, module="tests.journeys.set_clock") as portal,
            started_browser() as browser,
        ):
            for picture in PICTURES:
                content = taken(browser, portal.url, seen, picture)
                (FOLDER / f"{picture.name}.webp").write_bytes(content)
                print(f"{picture.name}.webp: {len(content):,} bytes")
                if len(content) > MOST_BYTES:
                    print(f"  is larger than {MOST_BYTES:,} bytes: show less of the page.")
                    return 1
    return 0


def filled(instance: Path) -> Seeded:
    """Fill a portal with the catalogue, and with what people have done in it."""
    real_now, clock.now = clock.now, lambda: time_of(instance)
    try:
        app = make_app(instance)
        with app.app_context(), write_unit():
            load_catalog(DATA, state_code="MA", now=NOON)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return seed(instance)
    finally:
        clock.now = real_now


def taken(browser: Browser, url: str, seen: Seeded, picture: Picture) -> bytes:
    """Return one picture as WebP, which Playwright's own screenshots cannot be."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": WIDTH, "height": 900},
        device_scale_factor=SHARPNESS,
        locale="en-US",
        timezone_id="America/New_York",
    )
    context.set_default_timeout(PATIENCE_MS)
    if picture.role != "visitor":
        cookie = {"name": "session", "value": seen.sessions[picture.role], "url": url}
        context.add_cookies([cookie])
    page = context.new_page()
    page.goto(picture.path)
    content = shot(page, picture)
    context.close()
    return content


def shot(page: Page, picture: Picture) -> bytes:
    """Return the part of an open page that a picture shows."""
    top = page.locator(picture.top).first.bounding_box()
    assert top is not None, picture
    debugger = page.context.new_cdp_session(page)
    answer = debugger.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "captureBeyondViewport": True,
            "clip": {
                "x": 0,
                "y": max(0, top["y"] - 16),
                "width": WIDTH,
                "height": picture.height,
                "scale": SHARPNESS,
            },
        },
    )
    debugger.detach()
    return base64.b64decode(answer["data"])


if __name__ == "__main__":
    sys.exit(main())
