"""Stamps: what a folder was made from; written last, so that an interrupted step is done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tooling.places import ROOT


def fingerprint(files: Iterable[Path], *facts: str, root: Path = ROOT) -> str:
    """Condense the contents and names of files, and other facts, to 64 hex characters.

    Names count from the root on, so a clone that moved keeps its stamps.
    """
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(b"fact\0" + fact.encode() + b"\0")
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"file\0{file.relative_to(root)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class Stamp:
    """One fingerprint on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holds(self, value: str) -> bool:
        """Tell whether the last finished making used these inputs."""
        try:
            return self.path.read_text("ascii") == value
        except (FileNotFoundError, NotADirectoryError):
            return False

    def exists(self) -> bool:
        """Tell whether anything was finished here."""
        return self.path.exists()

    def write(self, value: str) -> None:
        """Record that the making is finished."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(value, "ascii")

    def clear(self) -> None:
        """Forget, before the making starts."""
        self.path.unlink(missing_ok=True)
