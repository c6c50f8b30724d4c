"""Sets documents on paper: a Typst template and its data become a tagged PDF (PDF/UA-1).

The data travel as a JSON file beside the template, never inside it, so that no word of a visitor
is ever read as markup. A document that breaks a rule of PDF/UA is refused by Typst itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from markupsafe import Markup

from portal.assets import BUILD

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"


def pdf(template: str, data: Mapping[str, Any], *, code: str = "") -> bytes:
    """Set a document.

    Args:
        template: a .typ file in the folder of templates; it reads `data.json` and `code.svg`.
        data: what it says.
        code: an address that is printed as a QR code.

    Raises:
        typst.TypstError: the template is wrong, or the document is no PDF/UA.
    """
    files = {
        "main": (TEMPLATES / template).read_bytes(),
        "data.json": json.dumps(data).encode(),
        "code.svg": _svg(code),
    }
    document: bytes = typst.compile(  # type: ignore[call-overload]  # its types know no dict
        files, font_paths=[str(BUILD)], ignore_system_fonts=True, pdf_standards=[STANDARD]
    )
    return document


def qr_code(address: str) -> Markup:
    """Return an address as a QR code: inline SVG that takes the size of its place."""
    svg = _drawn(address).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="code", lineclass=None
    )
    return Markup(svg)  # noqa: S704  drawn by segno from the address; holds no text of it


def _svg(address: str) -> bytes:
    buffer = BytesIO()
    _drawn(address or " ").save(buffer, kind="svg", border=2)
    return buffer.getvalue()


def _drawn(address: str) -> segno.QRCode:
    # Trying all eight masks for the prettiest takes longer than making the page.
    return segno.make_qr(address, error="m", mask=2)
