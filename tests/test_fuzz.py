"""Two thousand hostile requests: nothing a visitor can send makes a fault of ours."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REQUESTS = 2_000
PATHS = (
    "/",
    "/services",
    "/services.json",
    "/suggestions.json",
    "/feeds/services.atom",
    "/pt/feeds/services.atom",
    "/es/suggestions.json",
    "/services/massmep-lean",
    "/organizations",
    "/organizations/massmep",
    "/for/sme",
    "/freshness",
    "/shortlist",
    "/compare",
    "/pt/compare",
    "/regions",
    "/how-ranking-works",
    "/live",
    "/ready",
    "/es/services",
    "/pt/services.json",
    "/no/such/page",
    "/services/a--b",
    "/find",
    "/find/need",
    "/find/company",
    "/pt/find/place",
    "/find/results",
    "/es/find/results",
    "/find/results.json",
    "/find/results.pdf",
    "/find/count.json",
    "/find/email",
    "/for/nobody",
)
NAMES = (
    "q",
    "form",
    "industry",
    "region",
    "audience",
    "cost",
    "delivery",
    "size",
    "connects",
    "topic",
    "level",
    "side",
    "near",
    "within",
    "sort",
    "page",
    "saved",
    "service",
    "only",
    "need",
    "employees",
    "zip",
    "county",
    "budget",
    "go",
    "v",
    "utm_source",
    "",
)
NASTY = (
    "\0",
    "%00",
    "%ED%A0%80",
    "\ud800",
    str(2**63),
    "-1",
    "1e9",
    "0",
    "[]",
    "{}",
    "'",
    '"',
    "NaN",
    "(" * 200,
    '"a',
    "a OR",
    "NOT",
    "* *",
    "../../etc/passwd",
    "{{7*7}}",
    "<script>",
    "٣",
    "½",
    "robot " * 4_000,
    "\u202e",
    "💡" * 50,
    "A" * 7_000,
    "massmep-lean",
    "01608",
    "25",
    "office-25",
    "office-٢٥",
    "free",
    "scrap",
    "332710",
    "Worcester",
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))
pairs = st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=6)


def encoded(text: str) -> str:
    """Encode even what is no text: a lone surrogate goes as its three bytes."""
    return quote(text.encode("utf-8", "surrogatepass"))


@settings(
    max_examples=REQUESTS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=st.sampled_from(PATHS), query=pairs, tail=st.one_of(st.just(""), texts))
def test_two_thousand_hostile_requests_make_no_server_error(browser, path, query, tail):
    address = path.rstrip("/") + f"/{encoded(tail)[:2000].lstrip('/')}" if tail else path
    asked = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in query)

    answer = browser.client.get(f"{address}?{asked}")

    assert answer.status_code < 500, address


def test_raw_bytes_that_are_no_text_make_no_server_error(browser):
    for raw in (b"q=\xff\xfe", b"q=%ff%fe", b"%ff=%ff", b"q=%ED%A0%80", b"&&==&", b"q=%"):
        environ = {"QUERY_STRING": raw.decode("latin-1")}
        answer = browser.client.get("/services", environ_overrides=environ)
        assert answer.status_code < 500, raw


def test_a_query_of_four_thousand_terms_is_answered(browser):
    answer = browser.client.get("/services?" + urlencode({"q": "lean " * 4_000}))

    assert answer.status_code == 400


def test_a_thousand_parameters_are_refused(browser):
    answer = browser.client.get("/services?" + "&".join(["form=marketing"] * 400))

    assert answer.status_code == 400
