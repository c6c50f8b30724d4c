"""Portals to measure: in this process, or served by waitress in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask

from portal.database import write_unit
from portal.directory.operations import load_catalog
from portal.extensions import db
from tests.conftest import DATA, NOON, make_app

START_DEADLINE_S = 60


def filled_app(folder: Path) -> Flask:
    """Return a portal with the real catalogue."""
    app = make_app(folder)
    with app.app_context(), write_unit():
        load_catalog(DATA, state_code="MA", now=NOON)
        db.session.commit()
        db.session.remove()
    return app


def free_port() -> int:
    """Return a TCP port of the loopback interface that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(instance: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """Serve a portal on one core; yields (address, process, seconds until ready)."""
    port = free_port()
    environment = {**os.environ, "PORTAL_INSTANCE": str(instance), "DATABASE_URL": ""}
    core = str(max(os.sched_getaffinity(0)))
    started = time.perf_counter()
    process = subprocess.Popen(
        ["taskset", "-c", core, sys.executable, "-m", "portal.serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address + "/ready", process)
        yield address, process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    deadline = time.monotonic() + START_DEADLINE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the portal ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            pause.wait(0.02)
    raise TimeoutError(url)


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
