"""The link checker against a real server on this machine: redirects, pins, limits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.upkeep import asking, resolving
from portal.upkeep.asking import Answer, ask


@dataclass
class Website:
    """A server on loopback: what it was asked, and where it is."""

    port: int = 0
    poured: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://site.example.org:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the address names, or leads on."""

    def do_HEAD(self) -> None:
        self.server.site.asked.append(("HEAD", self.path, self.headers["Host"]))
        name = self.path.strip("/").partition("/")[0]
        self.say({"no-head": 405, "endless": 404}.get(name, 0))

    def do_GET(self) -> None:
        self.server.site.asked.append(("GET", self.path, self.headers["Host"]))
        self.say(0)
        if self.path == "/endless":
            self.pour()

    def say(self, status: int) -> None:
        name, _, rest = self.path.strip("/").partition("/")
        if name == "slow":
            threading.Event().wait(1.5)
        leads_on = name in ("to", "turns")
        self.send_response(status or (302 if leads_on else int(name) if name.isdigit() else 200))
        if name == "to":
            self.send_header("Location", rest)
        elif name == "turns":
            self.send_header("Location", f"/turns/{int(rest) - 1}" if int(rest) else "/200")
        if name != "endless":
            self.send_header("Content-Length", "0")
        self.end_headers()

    def pour(self) -> None:
        with suppress(OSError):
            for _ in range(200):
                self.wfile.write(b"x" * 65_536)
                self.server.site.poured += 65_536

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def website() -> Iterator[Website]:
    site = Website()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.site, site.port = site, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def asked(url: str, resolve=here) -> Answer:
    return ask(url, user_agent="Portal link check", allow_loopback=True, resolve=resolve)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/200", Answer("answers", "200")),
        ("/404", Answer("broken", "404")),
        ("/410", Answer("broken", "410")),
        ("/403", Answer("answers", "403")),
        ("/500", Answer("unclear", "500")),
        ("/no-head", Answer("answers", "200")),
        ("/turns/4", Answer("answers", "200")),
        ("/turns/5", Answer("broken", "redirects")),
        ("/to/http://10.0.0.1/", Answer("refused", "number")),
        ("/to/http://169.254.169.254/latest", Answer("refused", "number")),
        ("/to/http://[::ffff:10.0.0.1]/", Answer("refused", "number")),
        ("/to/file:///etc/passwd", Answer("refused", "scheme")),
        ("/to/", Answer("refused", "redirect")),
    ],
)
def test_what_a_website_answers(website, path, answer):
    assert asked(website.url(path)) == answer


def test_the_head_is_asked_first_and_the_page_only_where_that_fails(website):
    asked(website.url("/200"))
    asked(website.url("/no-head"))

    assert [one[:2] for one in website.asked] == [
        ("HEAD", "/200"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]
    assert {one[2] for one in website.asked} == {f"site.example.org:{website.port}"}


def test_a_name_is_resolved_once_for_each_turn_and_pinned(website):
    calls = []

    def resolve(host: str, _port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"] if len(calls) == 1 else ["10.0.0.1"]

    assert asked(website.url("/no-head"), resolve).outcome == "answers"  # HEAD and GET, one number
    assert calls == ["site.example.org"]
    assert asked(website.url("/200"), resolve) == Answer("refused", "number")


@pytest.mark.parametrize(
    "numbers", [["127.0.0.1", "10.0.0.1"], ["8.8.8.8", "fe80::1"], ["::ffff:192.168.0.1"], []]
)
def test_one_number_that_is_not_public_is_enough_to_refuse(website, numbers):
    answer = asked(website.url("/200"), lambda *_: numbers)

    assert answer.outcome == "refused"
    assert website.asked == []


def test_without_the_test_s_leave_this_machine_is_not_asked(website):
    url = f"http://127.0.0.1:{website.port}/200"

    assert ask(url, user_agent="x").outcome == "refused"
    assert ask("http://public.example.org/", user_agent="x", resolve=here).outcome == "refused"
    assert website.asked == []


def test_no_more_than_a_megabyte_is_read(website):
    assert asked(website.url("/endless")).outcome == "answers"
    assert website.poured < 12_000_000  # of 13 MB: the line was cut, buffers are on the way


def test_a_slow_website_is_left(website, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT_S", 0.3)

    assert asked(website.url("/slow")) == Answer("unclear", "time")


def test_a_check_has_one_time_for_all_its_turns(website, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT_S", 0.5)
    turns = threading.Event()

    def slowly(_host: str, _port: int) -> list[str]:
        turns.wait(0.2)  # each turn alone is in time
        return ["127.0.0.1"]

    assert asked(website.url("/turns/5"), slowly) == Answer("unclear", "time")
    assert len(website.asked) < 5


@pytest.fixture
def never() -> Iterator[threading.Event]:
    """What a resolver waits for that hangs; set when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def test_a_resolver_that_hangs_is_left_behind(website, monkeypatch, never):
    monkeypatch.setattr(asking, "NAME_TIMEOUT_S", 0.2)

    def hang(_host: str, _port: int) -> list[str]:
        never.wait(60)
        return ["127.0.0.1"]

    assert asked(website.url("/200"), hang) == Answer("unclear", "time")
    assert website.asked == []


def test_resolvers_that_hang_do_not_fill_the_process(website, monkeypatch, never):
    monkeypatch.setattr(asking, "NAME_TIMEOUT_S", 0.01)
    monkeypatch.setattr(resolving, "_places", threading.BoundedSemaphore(2))
    hanging = []

    def hang(host: str, _port: int) -> list[str]:
        hanging.append(host)
        never.wait(60)
        return []

    answers = [asked(website.url("/200"), hang) for _ in range(5)]

    assert answers == [Answer("unclear", "time")] * 5
    assert len(hanging) == 2


def test_a_check_takes_ten_seconds_at_the_most_names_included():
    assert asking.TIMEOUT_S <= 10
    assert asking.NAME_TIMEOUT_S < asking.TIMEOUT_S


def test_a_server_that_is_not_there_is_unclear(website):
    assert asked("http://site.example.org:1/").outcome == "unclear"


def test_a_name_that_is_not_known_is_unclear():
    def resolve(_host: str, _port: int) -> list[str]:
        raise asking.socket.gaierror

    assert asked("http://nowhere.example.org/", resolve) == Answer("unclear", "name")


def test_the_same_website_is_asked_again_only_after_a_pause(website):
    pauses = []

    ask(
        website.url("/turns/1"),
        user_agent="x",
        allow_loopback=True,
        resolve=here,
        pause=lambda _left: pauses.append(len(website.asked)),
    )

    assert pauses == [1, 2]
