"""Headers, hosts, cookies and limits of every answer."""

from __future__ import annotations

import json

import pytest
from flask import Flask, request, session

from portal import security
from portal.permissions import public
from tests.conftest import make_app
from tooling.places import BUILD

PATHS = ("/", "/services", "/services.json", "/no-such-page", "/live", "/freshness", "/es/services")


BUILT = "/static/build/" + json.loads((BUILD / "manifest.json").read_text())["app.css"]
NO_PAGES = (BUILT, "/es", "/nowhere/else", "/static/build/none.css")


@pytest.mark.parametrize("path", [*PATHS, *NO_PAGES])
def test_every_answer_carries_the_security_headers(browser, path):
    with browser.client.get(path) as answer:
        headers = answer.headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("path", ["/", *NO_PAGES])
def test_https_is_remembered_for_a_year(browser, path):
    with browser.client.get(path, base_url="https://localhost") as answer:
        headers = answer.headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_built_file_is_not_offered_to_other_websites(browser):
    with browser.client.get(BUILT) as answer:
        headers = answer.headers

    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in headers["Cache-Control"]


def test_an_answer_that_brings_a_stricter_header_keeps_it(app):
    def secret() -> tuple[str, dict[str, str]]:
        return "kept", {"Referrer-Policy": "no-referrer"}

    app.add_url_rule("/secret", "secret", public(secret))

    assert app.test_client().get("/secret").headers.getlist("Referrer-Policy") == ["no-referrer"]


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_gets_no_cookie(browser, path):
    assert "Set-Cookie" not in browser.client.get(path).headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.example",
        "[::1].evil.example",
        "[::2]",
    ],
)
def test_a_forged_host_is_refused(browser, host):
    assert browser.client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
)
def test_the_names_and_numbers_of_this_machine_are_trusted(browser, host):
    assert browser.client.get("/", headers={"Host": host}).status_code == 200


def with_session(app: Flask) -> Flask:
    def remember() -> str:
        session["word"] = "kept"
        return "kept"

    app.add_url_rule("/remember", "remember", public(remember))
    return app


def cookie(app: Flask, base_url: str) -> str | None:
    return app.test_client().get("/remember", base_url=base_url).headers.get("Set-Cookie")


def test_under_https_the_cookie_has_the_host_prefix_and_is_secure(app):
    sent = cookie(with_session(app), "https://localhost")

    assert sent.startswith("__Host-portal=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))
    assert "Domain" not in sent


def test_on_loopback_over_http_the_same_cookie_goes_without_prefix(app):
    sent = cookie(with_session(app), "http://localhost:8000")

    assert sent.startswith("portal=")
    assert "Secure" not in sent
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))


def test_over_http_elsewhere_there_is_no_cookie_at_all(tmp_path):
    app = make_app(tmp_path, trusted_hosts=("portal.example",))

    assert cookie(with_session(app), "http://portal.example") is None


def test_a_body_over_the_limit_is_refused(app):
    def take() -> str:
        return str(len(request.get_data()))

    view = public(take)
    app.add_url_rule("/take", "take", view, methods=["POST"])
    app.config["WTF_CSRF_ENABLED"] = False

    assert app.test_client().post("/take", data=b"x" * 1_000_001).status_code == 413


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "%00=1", "q=" + "x" * 9000])
def test_unusable_text_is_refused_with_a_page_that_helps(browser, query):
    page = browser.get(f"/services?{query}")

    assert page.status == 400
    assert page.select_one("a[href='/services']")


def test_headers_do_not_name_what_serves_them(browser):
    assert "Werkzeug" not in browser.client.get("/").headers.get("Server", "")


def test_forwarded_headers_are_believed_only_from_declared_proxies(tmp_path):
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
    alone = make_app(tmp_path / "a").test_client()
    behind = make_app(tmp_path / "b", trusted_proxies=1).test_client()

    assert "Strict-Transport-Security" not in alone.get("/live", headers=forged).headers
    assert "Strict-Transport-Security" in behind.get("/live", headers=forged).headers


def test_the_policy_names_no_other_host():
    assert "http" not in security.CONTENT_SECURITY_POLICY
    assert "*" not in security.CONTENT_SECURITY_POLICY
