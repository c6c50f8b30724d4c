"""Starts the test browser, in which no host but this machine has an address."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tooling.browser import find_browser
from tooling.node import own_node, system_node
from tooling.places import NODE_MODULES

PATIENCE_MS = 15_000

ARGUMENTS = (
    "--no-sandbox",  # root has none, and the portal's own pages are all that it opens
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


class NoBrowserError(Exception):
    """The browser was not unpacked; `python3 bootstrap.py test` does that."""


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the browser and stop it at the end."""
    chromium = find_browser()
    if not chromium.executable.exists():
        raise NoBrowserError(
            f"{chromium.executable} is missing: run python3 bootstrap.py test once."
        )
    # The Node that Playwright carries needs a library that a small Debian lacks.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str((system_node() or own_node()).node)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.executable),
            args=list(ARGUMENTS),
            env={**os.environ, **chromium.env},
            timeout=60_000,
        )
        try:
            yield browser
        finally:
            browser.close()


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """Check the open page against WCAG 2.2 AA.

    The text of axe goes in through the debugger: the portal's policy refuses a script tag.
    """
    source = (NODE_MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    options = json.dumps({"runOnly": {"type": "tag", "values": WCAG}})
    debugger = page.context.new_cdp_session(page)
    try:
        debugger.send("Runtime.evaluate", {"expression": source})
        answer = debugger.send(
            "Runtime.evaluate",
            {
                "expression": f"axe.run(document, {options}).then((found) => found.violations)",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
    finally:
        debugger.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(f"axe could not run: {answer['exceptionDetails']}")
    violations: list[dict[str, Any]] = answer["result"]["value"]
    return violations


def describe(violations: list[dict[str, Any]]) -> str:
    """Write violations as text: the rule, what is wrong, each element, and how to mend it."""
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"    {node['html'][:200]}")
            lines += [f"      {line.strip()}" for line in node["failureSummary"].splitlines()]
    return "\n".join(lines)
