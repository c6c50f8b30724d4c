"""Single sign-on with a real OpenID Connect provider on this machine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
import requests

from portal import create_app
from portal.config import Settings
from portal.permissions import Role
from tests.factories import Make
from tests.journeys.live_portal import free_port
from tests.signed_browser import SignedBrowser


@pytest.fixture(scope="module")
def provider():
    port = free_port()
    url = f"http://localhost:{port}"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
        try:
            pause = Event()
            for _ in range(200):
                try:
                    requests.get(f"{url}/.well-known/openid-configuration", timeout=2)
                    break
                except requests.ConnectionError:
                    pause.wait(0.05)
            yield url
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture
def portal(provider: str, writable_app, tmp_path: Path) -> SignedBrowser:
    """A portal that knows the provider."""
    app = create_app(
        Settings(
            instance=tmp_path,
            testing=True,
            oidc_issuer=provider,
            oidc_client_id="portal",
            oidc_client_secret="secret",
        )
    )
    return SignedBrowser(app, Make(app))


def sign_on(portal: SignedBrowser, provider: str, subject: str, claims: dict) -> object:
    """Go to the provider as its user and come back; returns the portal's answer."""
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=10).raise_for_status()
    away = portal.client.get("/account/single-sign-on?to=/account")
    assert away.location.startswith(provider)
    back = requests.post(away.location, data={"sub": subject}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return portal.client.get(f"{parts.path}?{parts.query}")


def test_staff_sign_on_by_their_verified_address(portal, provider):
    person = portal.make.account(of=("massmep",), email="ana@massmep.org")

    answer = sign_on(portal, provider, "ana", {"email": person.email, "email_verified": True})

    assert answer.location == "/account"
    assert person.email in portal.get("/account").text


def test_managers_still_show_their_second_factor(portal, provider):
    person = portal.make.account(Role.MANAGER, email="mia@example.org")

    answer = sign_on(portal, provider, "mia", {"email": person.email, "email_verified": True})

    assert answer.location.startswith("/account/second-factor")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "ana@massmep.org", "email_verified": False},
        {"email": "ana@massmep.org"},
        {},
    ],
    ids=["unknown", "not verified", "says nothing of it", "no address"],
)
def test_whoever_is_not_known_for_certain_stays_outside(portal, provider, claims):
    portal.make.account(of=("massmep",), email="ana@massmep.org")

    answer = sign_on(portal, provider, "stranger", claims)

    assert answer.location == "/account/sign-in?sign_on=unknown"
    assert portal.client.get("/account").status_code == 302


def test_an_address_that_changes_hands_at_the_provider_opens_nothing(portal, provider):
    person = portal.make.account(of=("massmep",), email="ana@massmep.org")
    sign_on(portal, provider, "first", {"email": person.email, "email_verified": True})
    portal.sign_out()

    answer = sign_on(portal, provider, "second", {"email": person.email, "email_verified": True})

    assert "sign_on=unknown" in answer.location


def test_an_answer_that_was_not_asked_for_is_refused(portal):
    answer = portal.client.get("/account/single-sign-on/return?code=x&state=y")

    assert answer.location == "/account/sign-in?sign_on=failed"


def test_without_a_provider_there_is_no_single_sign_on(signed):
    assert signed.client.get("/account/single-sign-on").status_code == 404
    assert "/account/single-sign-on" not in signed.get("/account/sign-in").response.text
