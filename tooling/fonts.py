"""Cuts Public Sans to Latin (SIL Open Font License 1.1; its notices stay inside the files)."""

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Our name → the file in USWDS. Exactly two: each further weight costs a first visit about 15 KB.
FONTS = {
    "public-sans-regular.woff2": "PublicSans-Regular.woff2",
    "public-sans-bold.woff2": "PublicSans-Bold.woff2",
}

# Whole, for what is set on paper; the typesetter reads no WOFF2.
PAPER_FONTS = {
    "public-sans-regular.ttf": "PublicSans-Regular.ttf",
    "public-sans-bold.ttf": "PublicSans-Bold.ttf",
}

# English, Spanish and Portuguese with their typography; ✓ and ✗ come from the system's fonts.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x178, 0x2C6, 0x2DA, 0x2DC),
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265),
]


def latin_font(original: Path) -> bytes:
    """Return the font with Latin glyphs only, as WOFF2, the same bytes each time."""
    options = subset.Options()
    options.flavor = "woff2"
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]
    # Screens of today smooth the outlines themselves; hints are a third of the file.
    options.hinting = False
    options.recalc_timestamp = False
    font = TTFont(original, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
