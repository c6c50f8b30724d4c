"""Where uploads lie until an import is over: a folder that only the portal's user can read."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from portal.config import Settings


def folder_of(settings: Settings, job_id: uuid.UUID) -> Path:
    """Return the folder of an import's files."""
    return settings.instance / "imports" / job_id.hex


def keep(settings: Settings, job_id: uuid.UUID, streams: Iterable[IO[bytes]]) -> list[Path]:
    """Write streams to the disk, a piece at a time.

    Args:
        settings: say where.
        job_id: whose files they are.
        streams: open for reading.
    """
    folder = folder_of(settings, job_id)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    paths = []
    for position, stream in enumerate(streams):
        path = folder / str(position)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(stream, file)
        paths.append(path)
    return paths


def forget(settings: Settings, job_id: uuid.UUID) -> None:
    """Delete the files of an import, if they are still there."""
    shutil.rmtree(folder_of(settings, job_id), ignore_errors=True)
