"""Prints how fast pages are answered through waitress on one core, start-up and memory."""

from __future__ import annotations

import http.client
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.portals import resident_mb, served

ROUNDS = 60
PATHS = (
    ("all programs", "/services"),
    ("three words", "/services?q=cnc+training+grant"),
    (
        "three words, two facets",
        "/services?q=robot+machine+money&form=engineering-support&size=20-49",
    ),
    ("facets only", "/services?industry=332710&region=central&cost=free"),
    ("three words, JSON", "/services.json?q=cnc+training+grant"),
    ("suggestions", "/suggestions.json?q=mach"),
    ("a listing", "/services/massmep-quality"),
    ("home", "/"),
)


def main() -> None:
    """Start a portal twice (first start, second start) and measure the second."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        with served(instance) as (_address, _process, seconds):
            print(f"first start, catalogue loaded  {seconds:6.2f} s")
        with served(instance) as (address, process, seconds):
            print(f"start-up                       {seconds:6.2f} s")
            measured(address, PATHS)
            print(f"resident memory                {resident_mb(process.pid):6.0f} MB")


def measured(address: str, paths: Sequence[tuple[str, str]]) -> None:
    """Ask for each page in turn and print how long it takes.

    Args:
        address: of a portal on this machine.
        paths: (name, path) of each page; all answer 200.
    """
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    times: dict[str, list[float]] = {name: [] for name, _ in paths}
    for turn in range(ROUNDS + 5):
        for name, path in paths:  # interleaved, so that noise falls on all alike
            began = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}")
            if turn >= 5:
                times[name].append((time.perf_counter() - began) * 1e3)
    print(f"{'through waitress, one core':30} {'p50 ms':>7} {'p95 ms':>7} {'1/s':>6}")
    for name, values in times.items():
        p95 = statistics.quantiles(values, n=20)[-1]
        rate = 1000 / statistics.mean(values)
        print(f"{name:30} {statistics.median(values):7.1f} {p95:7.1f} {rate:6.0f}")
