"""The link checker asks public websites only, whatever an address is disguised as."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.upkeep.link_rules import (
    Meaning,
    RefusedError,
    check_number,
    meaning_of,
    next_url,
    number_of,
    target_of,
)

HOSTILE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://100.64.0.1/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[2002:808:808::1]/",
    "http://[::8.8.8.8]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[2001::1]/",
    "http://localhost/",
    "http://localhost./",
    "http://printer/",
    "http://server.local/",
    "http://metadata.google.internal/",
    "http://1.0.0.127.in-addr.arpa/",
    "https://user@example.org/",
    "https://example.org@127.0.0.1/",
    "https://example.org:22/",
    "https://example.org:6379/",
    "https://example.org:99999/",
    "https:///path",
    "https://",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "//example.org/",
    "example.org",
    "",
    "http://exa mple.org/",
    "http://example.org\\@127.0.0.1/",
    "http://example.org/\r\nHost: inside",
    "http://[::1",
    "http://a%00b.example.org/",
    "http://example.org/" + "a" * 3_000,
]


@pytest.mark.parametrize("url", HOSTILE, ids=lambda url: url[:40] or "blank")
def test_an_address_that_is_no_public_website_is_refused(url):
    with pytest.raises(RefusedError):
        target_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.mass.gov/bizworks",
        "http://example.org",
        "https://example.org:8443/a?b=c",
        "https://example.org./",
        "http://8.8.8.8/",
        "http://134744072/",
        "https://[2606:4700:4700::1111]/",
        "https://münchen.example.org/",
    ],
)
def test_a_public_website_may_be_asked(url):
    assert target_of(url).host


def test_an_address_is_taken_apart():
    target = target_of("https://Example.org/a?b=c#d")

    assert (target.scheme, target.host, target.port, target.path) == (
        "https",
        "example.org",
        443,
        "/a?b=c",
    )


def test_only_a_test_may_ask_this_machine_and_nothing_else_of_its_network():
    assert target_of("http://127.0.0.1:4711/", allow_loopback=True).port == 4711
    for url in ("http://10.0.0.1/", "http://169.254.169.254/", "http://[fe80::1]/"):
        with pytest.raises(RefusedError):
            target_of(url, allow_loopback=True)


PRIVATE = st.sampled_from(
    [
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/4",
    ]
).flatmap(
    lambda net: st.integers(0, ipaddress.ip_network(net).num_addresses - 1).map(
        lambda n: ipaddress.ip_network(net)[n]
    )
)


def disguises(number: ipaddress.IPv4Address) -> list[str]:
    value = int(number)
    first, rest = value >> 24, value & 0xFFFFFF
    high, low = value >> 16, value & 0xFFFF
    return [
        str(number),
        str(value),
        hex(value),
        oct(value).replace("0o", "0"),
        f"{first}.{rest}",
        f"{hex(first)}.{rest}",
        ".".join(f"0{int(part):o}" for part in str(number).split(".")),
        f"[::ffff:{number}]",
        f"[::{number}]",
        f"[64:ff9b::{high:x}:{low:x}]",
        f"[2002:{high:x}:{low:x}::1]",
    ]


@given(PRIVATE)
def test_no_disguise_of_a_private_number_gets_through(number):
    for host in disguises(number):
        with pytest.raises(RefusedError):
            target_of(f"http://{host}/")
        assert host.startswith("[") or number_of(host) == number


@given(st.ip_addresses())
def test_a_number_that_passes_is_one_public_host(number):
    try:
        check_number(number)
    except RefusedError:
        return
    assert not number.is_multicast
    assert not number.is_private or number.version == 6


def test_redirects_are_joined_and_judged_anew():
    assert next_url("https://example.org/a/b", "../c") == "https://example.org/c"
    assert next_url("https://example.org/", "//other.org/x") == "https://other.org/x"
    with pytest.raises(RefusedError):
        next_url("https://example.org/", "")
    with pytest.raises(RefusedError):
        target_of(next_url("https://example.org/", "http://127.0.0.1/"))
    with pytest.raises(RefusedError):
        next_url("https://example.org/", "http://[")


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, Meaning.ANSWERS),
        (204, Meaning.ANSWERS),
        (301, Meaning.MOVED),
        (308, Meaning.MOVED),
        (304, Meaning.ANSWERS),
        (403, Meaning.ANSWERS),
        (429, Meaning.ANSWERS),
        (404, Meaning.GONE),
        (410, Meaning.GONE),
        (400, Meaning.UNCLEAR),
        (500, Meaning.UNCLEAR),
        (503, Meaning.UNCLEAR),
    ],
)
def test_a_status_means(status, meaning):
    assert meaning_of(status) is meaning
