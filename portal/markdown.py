"""Markdown that people write → HTML that is safe to show: a few tags, links marked as others'."""

from __future__ import annotations

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(
    ["image", "heading", "lheading", "hr", "code", "fence", "html_block", "html_inline"]
)


def as_html(text: str) -> Markup:
    """Return markdown as HTML: paragraphs, emphasis, lists, quotations, links; nothing else."""
    clean = nh3.clean(
        _PARSER.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  nh3 has just let through only what is listed above


def init_app(app: Flask) -> None:
    """Give templates the filter."""
    app.jinja_env.filters["markdown"] = as_html
