"""What one cell of a catalogue file may hold: parsers from text to value, as data (pure).

A parser takes a stripped, filled cell and today's date; it returns the value or raises CellError.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

MAX_CELL_CHARACTERS = 10_000
MAX_SLUG_CHARACTERS = 120  # as long as an address of a listing may be
MAX_EMPLOYEES = 1_000_000
FIRST_YEAR = 1600

LIST_SEPARATOR = "|"
_DIGITS = 9  # of the longest number worth reading
_NAMED_AT_MOST = 10
_COMPARED_AT_MOST = 1_000

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_NAICS = re.compile(r"[0-9]{3}(?:[0-9]{3})?", re.ASCII)
_HOST = re.compile(r"\w+(?:[.-]+\w+)*\.?")
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+",
    re.ASCII | re.IGNORECASE,
)
_PHONE = re.compile(r"[+(]?[0-9][0-9 ().-]{5,20}[0-9](?: ?(?:x|ext\.?) ?[0-9]{1,6})?", re.ASCII)

Value = str | int | tuple[str, ...] | None
Parser = Callable[[str, date], Value]


class CellError(ValueError):
    """A cell cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a column is read.

    `blank` is the value of an empty cell; a required cell must not be empty.
    """

    parse: Parser
    is_required: bool
    blank: Value

    def read(self, cell: str, today: date) -> Value:
        """Return the value of a cell.

        Raises:
            CellError: the cell breaks the rule.
        """
        text = cell.replace("\r\n", "\n").strip()
        if len(text) > MAX_CELL_CHARACTERS:
            raise CellError(f"has {len(text):,} characters; {MAX_CELL_CHARACTERS:,} are the limit")
        if _CONTROL.search(text):
            raise CellError("holds a control character")
        if text:
            return self.parse(text, today)
        if self.is_required:
            raise CellError("is empty and must not be")
        return self.blank


def written(value: Value) -> str:
    """Return the cell that stands for a value."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return "" if value is None else str(value)


def nearest(word: str, allowed: Collection[str]) -> str:
    """Return a hint for somebody who wrote a word that is not allowed; may be empty.

    Args:
        word: what was written.
        allowed: what could have been meant.
    """
    if len(allowed) <= _COMPARED_AT_MOST and len(word) <= MAX_SLUG_CHARACTERS:
        best = process.extractOne(
            word, list(allowed), scorer=fuzz.ratio, processor=str.lower, score_cutoff=60
        )
        if best is not None:
            return f'; did you mean "{best[0]}"?'
    if len(allowed) <= _NAMED_AT_MOST:
        return f"; allowed: {', '.join(allowed)}"
    return ""


def not_among(word: str, allowed: Collection[str], whose: str) -> CellError:
    """Return the error for a word that is not allowed.

    Args:
        word: what was written.
        allowed: what could have been.
        whose: where the allowed ones are listed, as words after "is not".
    """
    hint = nearest(word, allowed)
    if "," in word or ";" in word:
        hint = f'; separate the items of a list with "{LIST_SEPARATOR}"'
    return CellError(f'"{shown(word)}" is not {whose}{hint}')


def shown(text: str, limit: int = 60) -> str:
    """Return text that is safe to print: control characters escaped, cut at a limit."""
    start = text[: limit + 1]
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in start)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def required(parse: Parser) -> Rule:
    """Return the rule of a column that must be filled."""
    return Rule(parse, is_required=True, blank="")


def optional(parse: Parser, blank: Value = "") -> Rule:
    """Return the rule of a column that may be blank."""
    return Rule(parse, is_required=False, blank=blank)


def slug(text: str, _today: date) -> str:
    """Read a key: lower-case letters, digits and single hyphens."""
    if not _SLUG.fullmatch(text):
        raise CellError("must be lower-case letters, digits and single hyphens")
    if len(text) > MAX_SLUG_CHARACTERS:
        raise CellError(f"has {len(text)} characters; {MAX_SLUG_CHARACTERS} are the limit")
    return text


def industry_code(text: str, _today: date) -> str:
    """Read a NAICS code of 3 or 6 digits."""
    if not _NAICS.fullmatch(text):
        raise CellError("must be 3 or 6 digits")
    return text


def line(text: str, _today: date) -> str:
    """Read text of one line."""
    if "\n" in text:
        raise CellError("must be one line")
    return text


def prose(text: str, _today: date) -> str:
    """Read text of any number of lines."""
    return text


def short_line(limit: int) -> Parser:
    """Return the parser of one line of at most `limit` characters."""

    def parse(text: str, today: date) -> str:
        if len(text) > limit:
            raise CellError(f"has {len(text)} characters; {limit} are the limit")
        return line(text, today)

    return parse


def one_of(words: Iterable[str]) -> Parser:
    """Return the parser of one word of a vocabulary."""
    allowed = tuple(words)

    def parse(text: str, _today: date) -> str:
        if text not in allowed:
            raise not_among(text, allowed, "a word of this column")
        return text

    return parse


def items(text: str, today: date) -> tuple[str, ...]:
    """Read a list of words of one's own choice."""
    found = tuple(item.strip() for item in line(text, today).split(LIST_SEPARATOR))
    if not all(found):
        raise CellError(f'has an empty item between its "{LIST_SEPARATOR}"')
    if len(set(found)) < len(found):
        doubled = Counter(found).most_common(1)[0][0]
        raise CellError(f'names "{shown(doubled)}" twice')
    return found


def items_of(words: Iterable[str]) -> Parser:
    """Return the parser of a list of words of a vocabulary."""
    allowed = tuple(words)

    def parse(text: str, today: date) -> tuple[str, ...]:
        found = items(text, today)
        for item in found:
            if item not in allowed:
                raise not_among(item, allowed, "a word of this column")
        return found

    return parse


def employees(text: str, _today: date) -> int:
    """Read a number of employees."""
    number = _digits(text)
    if not 1 <= number <= MAX_EMPLOYEES:
        raise CellError(f"must be a whole number from 1 to {MAX_EMPLOYEES:,}")
    return number


def year(text: str, today: date) -> int:
    """Read a year that has begun."""
    number = _digits(text)
    if not FIRST_YEAR <= number <= today.year:
        raise CellError(f"must be a year from {FIRST_YEAR} to {today.year}")
    return number


def month(text: str, today: date) -> str:
    """Read a month, YYYY-MM, that has begun."""
    if not _MONTH.fullmatch(text):
        raise CellError("must be a month written YYYY-MM")
    if text > f"{today:%Y-%m}":
        raise CellError("lies in the future")
    return text


def web_address(text: str, _today: date) -> str:
    """Read an address that begins with http:// or https://."""
    if re.search(r"[\s\\\"<>]", text):
        raise CellError("must be a web address without blanks, quotes or backslashes")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise CellError("must be a web address") from None
    if parts.scheme not in ("http", "https"):
        raise CellError("must begin with https:// or http://")
    if not _HOST.fullmatch(host) or port == 0 or "@" in parts.netloc:
        raise CellError("must name a host after https://")
    return text


def email(text: str, _today: date) -> str:
    """Read an e-mail address."""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise CellError("must be an e-mail address")
    return text


def phone(text: str, _today: date) -> str:
    """Read a telephone number, with an extension if need be."""
    if not _PHONE.fullmatch(text):
        raise CellError("must be a telephone number")
    return text


def _digits(text: str) -> int:
    """Return a whole number, or -1."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1
