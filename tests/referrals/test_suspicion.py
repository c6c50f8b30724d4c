"""What looks like a machine's words, and what a shop writes."""

from __future__ import annotations

import pytest

from portal.referrals.suspicion import Signal, signals_of


@pytest.mark.parametrize(
    "text",
    [
        "Scrap at our lathes is too high. See www.smith-shop.example for what we make.",
        "We need SEO services to be found by buyers.",
        "Necesitamos ayuda con ISO 9001 para 25 personas en Worcester.",
        "We make parts 12-4440000000000-A and need AS9100.",
        "Help help help",
    ],
)
def test_what_a_shop_writes_is_not_held(text):
    assert signals_of(text, "Ada Smith", "Smith & Daughters") == ()


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("http://a.example http://b.example http://c.example", Signal.LINKS),
        ("Look [url=http://a.example]here[/url]", Signal.MARKUP),
        ("Look <a href='http://a.example'>here</a>", Signal.MARKUP),
        ("buy " * 15, Signal.REPEATED),
        ("aaaaaaaaaaaaaaaa", Signal.REPEATED),
        ("Cheap backlinks and guest posts for you", Signal.ADVERTISING),
    ],
)
def test_what_machines_write_is_held_for_its_reason(text, signal):
    assert signal in signals_of(text, "Ada Smith")


def test_a_name_has_no_reason_to_hold_a_link():
    assert signals_of("We need lean.", "www.cheap.example") == (Signal.LINKS,)
