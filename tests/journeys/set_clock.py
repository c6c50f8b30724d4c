"""Serves the portal by a clock that a journey sets: `python -m tests.journeys.set_clock`.

The file `clock` beside the instance folder says what time it was when it was written; from then on
that time goes on as any other.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from portal import clock, serve
from portal.config import Settings


def set_clock(instance: Path, moment: datetime) -> None:
    """Tell the portal of an instance folder what time it is."""
    written = instance.with_name("clock.new")
    written.write_text(moment.isoformat())
    written.replace(instance.with_name("clock"))  # so that nobody reads half of it


def time_of(instance: Path) -> datetime:
    """Return what time it is in the portal of an instance folder."""
    file = instance.with_name("clock")
    passed = time.time() - file.stat().st_mtime
    return datetime.fromisoformat(file.read_text()) + timedelta(seconds=passed)


def main(arguments: list[str]) -> int:
    """Serve until stopped."""
    instance = Settings.from_environment().instance
    clock.now = lambda: time_of(instance)
    return serve.main(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
