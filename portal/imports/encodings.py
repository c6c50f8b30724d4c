"""How the text of a file is encoded: found out from its bytes, or as somebody says (pure)."""

from __future__ import annotations

import codecs
from enum import StrEnum


class Encoding(StrEnum):
    """The encodings that spreadsheets write."""

    UTF_8 = "utf-8"
    UTF_8_WITH_MARK = "utf-8-sig"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"


_BYTES_LOOKED_AT = 4_000


class WrongEncodingError(ValueError):
    """The bytes cannot be text in this encoding; `offset` is where they break it."""

    def __init__(self, encoding: Encoding, offset: int) -> None:
        super().__init__(encoding, offset)
        self.encoding, self.offset = encoding, offset


def encoding_of(data: bytes) -> Encoding:
    """Return how a text is most likely encoded.

    A mark at the beginning decides; then NUL bytes, which only UTF-16 has; then whether all of
    it is UTF-8, which other text almost never is by chance. What is left is Windows-1252.

    Args:
        data: the whole text.
    """
    if data.startswith(codecs.BOM_UTF8):
        return Encoding.UTF_8_WITH_MARK
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16
    if b"\0" in data[:_BYTES_LOOKED_AT]:
        return Encoding.UTF_16
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return Encoding.WINDOWS_1252
    return Encoding.UTF_8


def decoded(data: bytes, encoding: Encoding) -> str:
    """Return the text without its mark.

    Args:
        data: the whole text.
        encoding: how it is encoded.

    Raises:
        WrongEncodingError: it is not.
    """
    name = str(encoding)
    if encoding is Encoding.UTF_16 and not data.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        name = _byte_order(data)
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise WrongEncodingError(encoding, error.start) from None


def _byte_order(data: bytes) -> str:
    """Tell the order of UTF-16 without a mark: where the NUL bytes of plain letters stand."""
    start = data[:_BYTES_LOOKED_AT]
    return "utf-16-be" if start[0::2].count(0) > start[1::2].count(0) else "utf-16-le"
