"""Saves pictures of whole pages, to be looked at: `python -m tests.pictures OUTDIR [PATH …]`."""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.chromium import PATIENCE_MS, started_browser
from tests.journeys.live_portal import started_portal

WIDTHS = (1280, 320)
PAGES = (
    "/",
    "/services",
    "/services?q=cnc",
    "/services?q=xyzzy",
    "/organizations",
    "/for/sme",
    "/for/startup",
    "/for/oem",
    "/for/university",
    "/freshness",
    "/regions",
    "/how-ranking-works",
    "/accessibility",
    "/privacy",
    "/nowhere",
)


def main(arguments: Sequence[str]) -> int:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("paths", nargs="*", default=PAGES, help="addresses without language prefix")
    parser.add_argument("--url", help="a portal that runs already; else one is started")
    parser.add_argument("--lang", choices=("en", "es", "pt"), default="en")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--print", action="store_true", dest="paper", help="as on paper")
    parser.add_argument("--no-javascript", action="store_true")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with portal_url(options.url) as url, started_browser() as browser:
        for path in options.paths:
            for width in WIDTHS:
                take(browser, url.rstrip("/"), path, width, options)
    return 0


@contextmanager
def portal_url(given: str | None) -> Iterator[str]:
    """Give the address of the portal named, or of one started for the purpose."""
    if given:
        yield given
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        started_portal(Path(folder) / "instance") as portal,
    ):
        yield portal.url


def take(browser: Browser, url: str, path: str, width: int, options: argparse.Namespace) -> None:
    """Save one page at one width, from top to bottom, and tell if it is wider than the screen."""
    prefix = "" if options.lang == "en" else f"/{options.lang}"
    context = browser.new_context(
        viewport={"width": width, "height": 900 if width > 600 else 640},
        java_script_enabled=not options.no_javascript,
        color_scheme="dark" if options.dark else "light",
        locale=options.lang,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    if options.paper:
        page.emulate_media(media="print")
    answer = page.goto(f"{url}{prefix}{path}")
    kinds = [options.lang, *(kind for kind in ("dark", "paper") if getattr(options, kind))]
    file = options.folder / f"{file_name(path)}-{'-'.join(kinds)}-{width}.png"
    page.screenshot(path=file, full_page=True)
    drawn = page.evaluate("document.documentElement.scrollWidth")
    wide = f"  WIDER THAN THE SCREEN: {drawn} px" if drawn > width else ""
    print(f"{answer.status if answer else '?'} {file}{wide}", flush=True)
    context.close()


def file_name(path: str) -> str:
    """Turn an address into a file name."""
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
