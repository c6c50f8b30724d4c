"""Archives that would unpack to more than they should, told from their list of entries (pure).

Nothing is unpacked here. What an entry says of its size binds: reading stops there.
"""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

MAX_ENTRIES = 500
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 200  # of a spreadsheet of one repeated row it is about 50
SMALL_BYTES = 1_000_000  # nothing that unpacks to less is worth a thought

_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".xlsx", ".xlsm", ".jar")
_ARCHIVE_BEGINNINGS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_ENCRYPTED = 0x1
_UNOPENED = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Danger(StrEnum):
    """Why an archive is not opened."""

    DAMAGED = "damaged"
    ENTRIES = "entries"
    UNPACKED = "unpacked"
    RATIO = "ratio"
    NESTED = "nested"
    ENCRYPTED = "encrypted"


class DangerousArchiveError(Exception):
    """An archive that is refused."""

    def __init__(self, danger: Danger) -> None:
        super().__init__(danger)
        self.danger = danger


def check_archive(path: Path) -> list[str]:
    """Look at the list of entries of an archive.

    Args:
        path: a ZIP file, which an XLSX file is, too.

    Returns:
        The names of its entries.

    Raises:
        DangerousArchiveError: it is damaged, or would unpack to too much, or holds archives.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            danger = _danger_of(entries) or _danger_inside(archive, entries)
    except _UNOPENED:
        raise DangerousArchiveError(Danger.DAMAGED) from None
    if danger is not None:
        raise DangerousArchiveError(danger)
    return [entry.filename for entry in entries]


def _danger_of(entries: list[zipfile.ZipInfo]) -> Danger | None:
    if len(entries) > MAX_ENTRIES:
        return Danger.ENTRIES
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        return Danger.UNPACKED
    for entry in entries:
        if entry.file_size > SMALL_BYTES and entry.file_size > MAX_RATIO * entry.compress_size:
            return Danger.RATIO
        if entry.flag_bits & _ENCRYPTED:
            return Danger.ENCRYPTED
        if entry.filename.lower().endswith(_ARCHIVES):
            return Danger.NESTED
    return None


def _danger_inside(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Danger | None:
    """Read the first bytes of each entry: an archive may go by another name."""
    for entry in entries:
        with archive.open(entry) as file:
            if file.read(8).startswith(_ARCHIVE_BEGINNINGS):
                return Danger.NESTED
    return None
