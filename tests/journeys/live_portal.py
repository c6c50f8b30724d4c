"""Starts the real portal as a process of its own, with an empty instance folder."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

from tooling.places import ROOT

READY_WITHIN_SECONDS = 60
STOPPED_WITHIN_SECONDS = 10


@dataclass(frozen=True)
class LivePortal:
    """A running portal: where it answers, and where it keeps its things."""

    url: str
    instance: Path


class PortalFailedError(Exception):
    """The portal ended or was not ready in time; the message holds what it printed."""


@contextmanager
def started_portal(
    instance: Path,
    *,
    module: str = "portal.serve",
    environment: Mapping[str, str] | None = None,
) -> Iterator[LivePortal]:
    """Serve until the end of the block.

    Args:
        instance: empty folder for database, keys and the like; the log is written beside it.
        module: what to run; takes `--port` and answers `/ready`.
        environment: settings beside those that the tests run with.

    Raises:
        PortalFailedError: it never answered.
    """
    port = free_port()
    log = instance.with_name(f"{instance.name}.log")
    command = [sys.executable, "-m", module, "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                **(environment or {}),
                "PORTAL_INSTANCE": str(instance),
                "PYTHONUNBUFFERED": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/ready", process, log)
            yield LivePortal(f"http://localhost:{port}", instance)
        finally:
            stop(process)


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask again until the portal answers, ends, or the time is up."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    pause = Event()
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=2) as answer:  # noqa: S310 - always http on this machine
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pause.wait(0.05)
    ended = f"ended with {process.poll()}" if process.poll() is not None else "was never ready"
    raise PortalFailedError(f"The portal {ended}. It printed:\n{log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and insist if it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
