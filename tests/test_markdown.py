"""Markdown that people write becomes a few safe tags and nothing else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nh3 import clean

from portal.markdown import ATTRIBUTES, SCHEMES, TAGS, as_html


def test_paragraphs_emphasis_lists_and_links_are_shown():
    html = as_html("They **grew**.\n\n- one\n- two\n\n[site](https://example.org)")

    assert "<strong>grew</strong>" in html
    assert "<li>one</li>" in html
    assert '<a href="https://example.org" rel="noopener nofollow">site</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "# Big",
        '<a href="https://example.org" onclick="x()">x</a>',
        "<javascript:alert(1)>",
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_loads_or_shouts_comes_through(text):
    html = BeautifulSoup(as_html(text), "html.parser")

    assert not html.select("script, img, h1, style, [onclick], [href^=javascript]")


@given(st.text(max_size=200))
def test_whatever_is_typed_only_the_listed_tags_come_out(text):
    html = str(as_html(text))

    assert (
        clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener nofollow",
        )
        == html
    )
