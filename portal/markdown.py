"""Markdown that people write → HTML that is safe to show: a few tags, links marked as others'."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import nh3
from flask import Flask
from markupsafe import Markup

from portal.lazy import lazy

if TYPE_CHECKING:
    import markdown_it
else:
    markdown_it = lazy("markdown_it")

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}


@cache
def _parser() -> markdown_it.MarkdownIt:
    parser = markdown_it.MarkdownIt("commonmark", {"html": False, "linkify": False})
    return parser.disable(
        ["image", "heading", "lheading", "hr", "code", "fence", "html_block", "html_inline"]
    )


def as_html(text: str) -> Markup:
    """Return markdown as HTML: paragraphs, emphasis, lists, quotations, links; nothing else."""
    clean = nh3.clean(
        _parser().render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  nh3 has just let through only what is listed above


def init_app(app: Flask) -> None:
    """Give templates the filter."""
    app.jinja_env.filters["markdown"] = as_html
