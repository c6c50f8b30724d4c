"""Prints what a first visit to the search page weighs, gzipped as it travels."""

from __future__ import annotations

import gzip
import tempfile
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from tests.bench.portals import served


class _Assets(HTMLParser):
    """Collects the style sheets and scripts that a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and values.get("src"):
            self.paths.append(str(values["src"]))
        if tag == "link" and "stylesheet" in str(values.get("rel")):
            self.paths.append(str(values["href"]))


def main() -> None:
    """Print the bytes of HTML, CSS and JavaScript, and the font files."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, _, _s):
        html, size = _fetch(address + "/services")
        parser = _Assets()
        parser.feed(html.decode())
        total = size
        print(f"{size / 1000:7.1f} KB  /services")
        for path in parser.paths:
            _, size = _fetch(address + path)
            total += size
            print(f"{size / 1000:7.1f} KB  {path}")
        print(f"{total / 1000:7.1f} KB  first visit, HTML + CSS + JS")
    fonts = sorted(Path("portal/static/build").glob("*.woff2"))
    print(f"fonts: {', '.join(f'{f.name} {f.stat().st_size / 1000:.1f} KB' for f in fonts)}")


def _fetch(url: str) -> tuple[bytes, int]:
    """Return the decoded body, and its size as it travelled."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as response:
        body = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            return gzip.decompress(body), len(body)
        return body, len(body)
