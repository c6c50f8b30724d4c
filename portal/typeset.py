"""Sets documents on paper: a Typst template and its data become a tagged PDF (PDF/UA-1).

The data travel as a JSON file beside the template, never inside it, so that no word of a visitor
is ever read as markup. A document that breaks a rule of PDF/UA is refused by Typst itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from markupsafe import Markup

from portal.assets import BUILD
from portal.lazy import lazy

if TYPE_CHECKING:
    import typst
else:
    typst = lazy("typst")

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
LATIN_ENDS = 0x180  # Public Sans has what lies below
SIGNS = frozenset("–—‘’‚“”„†•…‰‹›€™←↑→↓−≈≠≤≥✓✗")


def pdf(template: str, data: Mapping[str, Any], *, code: str = "") -> bytes:
    """Set a document.

    Args:
        template: a .typ file in the folder of templates; it reads `data.json`, and `code.svg` if
            `data.has_code`.
        data: what it says.
        code: an address that is printed as a QR code if one can hold it.

    Raises:
        typst.TypstError: the template is wrong, or the document is no PDF/UA.
    """
    drawn = _drawn(code) if code else None
    files = {
        "main": (TEMPLATES / template).read_bytes(),
        "data.json": json.dumps({**_printable(data), "has_code": drawn is not None}).encode(),
        "code.svg": _svg(drawn),
    }
    document: bytes = typst.compile(  # type: ignore[call-overload]  # its types know no dict
        files, font_paths=[str(BUILD)], ignore_system_fonts=True, pdf_standards=[STANDARD]
    )
    return document


def qr_code(address: str) -> Markup:
    """Return an address as a QR code: inline SVG that takes the size of its place.

    Nothing for an address that is longer than a code can hold.
    """
    drawn = _drawn(address)
    if drawn is None:
        return Markup()
    svg = drawn.svg_inline(scale=1, border=2, omitsize=True, svgclass="code", lineclass=None)
    return Markup(svg)  # noqa: S704  drawn by segno from the address; holds no text of it


def _svg(drawn: segno.QRCode | None) -> bytes:
    buffer = BytesIO()
    if drawn is not None:
        drawn.save(buffer, kind="svg", border=2)
    return buffer.getvalue()


def _drawn(address: str) -> segno.QRCode | None:
    try:
        # Trying all eight masks for the prettiest takes longer than making the page.
        return segno.make_qr(address, error="m", mask=2)
    except segno.DataOverflowError:
        return None


def _printable(value: Any) -> Any:
    """Return data in which every character has a glyph: PDF/UA allows no other."""
    if isinstance(value, str):
        return "".join(c if ord(c) < LATIN_ENDS or c in SIGNS else "?" for c in value)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value
