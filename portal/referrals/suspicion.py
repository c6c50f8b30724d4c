"""What makes a request look like a machine's or a flood: codes, counted up (pure).

A suspicious request is held until a manager has looked; nobody is told so, and nothing is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum


class Signal(StrEnum):
    """Why a request was held."""

    TRAP = "trap"
    TOO_FAST = "too_fast"
    LINKS = "links"
    MARKUP = "markup"
    REPEATED = "repeated"
    ADVERTISING = "advertising"
    SAME_TEXT = "same_text"
    MANY_OF_ONE = "many_of_one"
    MANY_FOR_ONE = "many_for_one"
    MANY_AT_ONCE = "many_at_once"


ENOUGH = 2  # points of the words; less is how people write, too
MANY_LINKS = 3
LONGEST_RUN = 12  # of one character
WORDS_JUDGED = 12  # fewer words say nothing about repetition
MOST_OF_ONE_WORD = 0.5

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP = re.compile(r"\[/?(?:url|link|img)\b|<\s*/?\s*(?:a|img|script|iframe)\b", re.IGNORECASE)
_RUN = re.compile(rf"([^\s\d._=*-])\1{{{LONGEST_RUN - 1},}}")
_ADVERTISING = re.compile(
    r"\b(?:back-?links?|guest posts?|domain authority|seo (?:services?|experts?|agency|packages?)"
    r"|rank (?:your|higher|first)|first page of google|more (?:website )?traffic"
    r"|casino|viagra|cialis|porn|escorts?|payday loans?|forex|bitcoin|crypto(?:currency)? "
    r"(?:investment|trading)|explainer video|buy followers|web ?design (?:services|offer))\b",
    re.IGNORECASE,
)


def signals_of(need_text: str, *short_texts: str) -> tuple[Signal, ...]:
    """Return why the words of a request look like an advertisement's; none: they do not.

    A shop may name its website, and may ask for help with search engines: points are added up,
    and only ENOUGH of them hold a request.

    Args:
        need_text: what is needed, in the asker's words.
        short_texts: name, company, best time: none of them has a reason to hold a link.
    """
    points = points_of(need_text, *short_texts)
    return tuple(points) if sum(points.values()) >= ENOUGH else ()


def points_of(need_text: str, *short_texts: str) -> dict[Signal, int]:
    """Return the points of each signal that the words of a request give."""
    texts = (need_text, *short_texts)
    links = len(_LINK.findall(need_text))
    many = links >= MANY_LINKS or any(map(_LINK.search, short_texts))
    advertising = len({found.casefold() for text in texts for found in _ADVERTISING.findall(text)})
    points = {
        Signal.LINKS: 2 if many else int(links > 1),
        Signal.MARKUP: 2 * any(map(_MARKUP.search, texts)),
        Signal.REPEATED: 2 * _repeats(need_text),
        Signal.ADVERTISING: min(advertising, 2),
    }
    return {signal: value for signal, value in points.items() if value}


def _repeats(text: str) -> bool:
    if _RUN.search(text):
        return True
    words = re.findall(r"\w+", text.casefold())
    if len(words) < WORDS_JUDGED:
        return False
    return Counter(words).most_common(1)[0][1] / len(words) > MOST_OF_ONE_WORD
