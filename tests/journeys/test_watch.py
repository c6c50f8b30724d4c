"""What the journeys rest on: errors, foreign requests and broken rules are found."""

import pytest

from tests.journeys.chromium import axe_violations, describe
from tests.journeys.watch import Watch

BASE = "http://localhost:1"
POLICY = "default-src 'self'; img-src *; script-src 'self' 'nonce-1'; style-src 'self'"


@pytest.fixture
def visit(chrome):
    """Open a page made of the given body; nothing is asked of the network."""
    contexts = []

    def visit(body, *expected):
        context = chrome.new_context()
        contexts.append(context)
        html = f'<!doctype html><html lang="en"><title>T</title><main><h1>T</h1>{body}</main>'
        headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        context.route("**/*", lambda route: route.fulfill(body="", status=404))
        context.route(f"{BASE}/", lambda route: route.fulfill(body=html, headers=headers))
        watch = Watch(context, BASE, expected)
        page = context.new_page()
        page.goto(f"{BASE}/")
        return page, watch.found

    yield visit
    for context in contexts:
        context.close()


def test_request_to_another_host_is_found(visit):
    _, found = visit('<img alt="" src="http://elsewhere.example/a.png">', "status of 404")

    assert found == ["request to another host: http://elsewhere.example/a.png"]


def test_script_error_is_found(visit):
    _, found = visit('<script nonce="1">throw new Error("boom")</script>')

    assert found == ["script error: boom"]


def test_script_that_the_policy_refuses_is_found(visit):
    _, found = visit("<script>document.title = 'no'</script>")

    assert len(found) == 1
    assert "Content Security Policy" in found[0]


def test_console_error_is_found_unless_the_journey_expects_it(visit):
    image = '<img alt="" src="/missing.png">'

    assert len(visit(image)[1]) == 1
    assert visit(image, "status of 404")[1] == []


def test_axe_finds_an_unlabelled_field_and_tells_it_in_words(visit):
    page, found = visit("<input>")

    told = describe(axe_violations(page))

    assert told.startswith("label (critical): Form elements must have labels\n    <input>")
    assert found == []


def test_axe_finds_nothing_on_a_sound_page(visit):
    page, _ = visit("<label>Name <input></label>")

    assert axe_violations(page) == []
