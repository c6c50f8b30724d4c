"""Takes out of a company's own words what would tell who it is (pure).

Words are shown without the names, addresses and numbers that were given beside them, and without
anything that looks like an address or a telephone number. What somebody tells in other words
stays: pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "[…]"
SHORTEST = 3  # a shorter name would take parts of other words away
_ADDRESS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|us|biz|io|co|edu|gov)\b\S*", re.I
)
_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{7,}\d")
# How companies end, and no one of them alone.
_ENDINGS = re.compile(r"[\s,]+(?:inc|llc|corp|corporation|company|co|ltd)\.?$", re.I)


def redacted(text: str, names: Iterable[str]) -> str:
    """Return a text without what names somebody.

    Args:
        text: a company's own words.
        names: of the company and of the person, as they gave them; blanks are passed over.
    """
    text = _ADDRESS.sub(GAP, text)
    text = _NUMBER.sub(GAP, text)
    for name in sorted(_said(names), key=len, reverse=True):
        # Blanks between words may be any, or a line's end.
        pattern = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", GAP, text, flags=re.I)
    return text


def _said(names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        whole = " ".join(name.split())
        found |= {whole, _ENDINGS.sub("", whole)}
    return {name for name in found if len(name) >= SHORTEST}
