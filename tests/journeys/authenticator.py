"""A security key that says yes, given to one browser context for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


@contextmanager
def authenticator(page: Page) -> Iterator[None]:
    """Give the browser a security key that says yes, and take it away again.

    (No other debugger, such as axe, may come and go meanwhile: the browser would end with it.)
    """
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    added = debugger.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    debugger.send("WebAuthn.removeVirtualAuthenticator", added)
    debugger.send("WebAuthn.disable")
    debugger.detach()
