"""Cells that a spreadsheet would run as a formula: written harmless, read back exactly (pure).

An apostrophe in front keeps a spreadsheet from calculating. A cell that already looks so gets
one more, so that each text has one written form and each written form one text.
"""

from __future__ import annotations

import re

APOSTROPHE = "'"
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALIZED = re.compile(r"'+[=+\-@\t\r]")


def neutralized(cell: str) -> str:
    """Return a cell as it may be written into a file that people open with a spreadsheet."""
    return APOSTROPHE + cell if _DANGEROUS.match(cell) else cell


def restored(cell: str) -> str:
    """Return the text of a cell that was written by `neutralized`."""
    return cell.removeprefix(APOSTROPHE) if _NEUTRALIZED.match(cell) else cell
