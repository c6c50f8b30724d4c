"""Watches a page for what no visitor should meet: script errors, and requests to another host."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

LOCAL_SCHEMES = {"data", "blob", "about"}


class Watch:
    """What happened in one browser context that should not have."""

    def __init__(self, context: BrowserContext, base_url: str, expected: tuple[str, ...]) -> None:
        self.host = urlsplit(base_url).netloc
        self.expected = expected
        self.found: list[str] = []
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda event: self._add(f"script error: {event.error}"))

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc != self.host:
            self._add(f"request to another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._add(f"console error: {message.text}")

    def _add(self, line: str) -> None:
        if not any(part in line for part in self.expected):
            self.found.append(line)
