"""The commands of bootstrap.py; each ends in a result or in one sentence."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence

from tooling.assets import ensure_assets
from tooling.browser import ensure_browser
from tooling.languages import ensure_translations
from tooling.node import ensure_node_modules
from tooling.packages import ensure_packages
from tooling.places import PYTHON, ROOT
from tooling.relock import relock
from tooling.steps import one_at_a_time, say
from tooling.stops import Stop, explain_bind_error, explain_os_error

INTERRUPTED = 130
JOURNEYS = "tests/journeys"

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)

USAGE = """\
Usage: python3 bootstrap.py COMMAND

  run [--host H] [--port P]   set up what is missing and serve the portal (127.0.0.1, port 8000)
  test [pytest arguments]     set up the tests and a test browser, and run the whole suite
  check                       lint, format and types
  bench [name …]              print the figures of the README
  pictures                    take the pictures of the guide for staff anew
  assets                      build style sheet, scripts, icons, fonts and translations if changed
  lock                        resolve the packages anew and write the lock files\
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    name, *rest = arguments or ["help"]
    try:
        if name in WITH_ARGUMENTS:
            return WITH_ARGUMENTS[name](rest)
        if name in ALONE and not rest:
            return ALONE[name]()
        say(USAGE)
        return 0 if name in ("help", "-h", "--help") else 2
    except Stop as stop:
        say(str(stop))
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        say(explain_os_error(error))
    return 1


def run(arguments: Sequence[str]) -> int:
    """Set up and become the server, which then gets Ctrl-C and signals itself."""
    parser = argparse.ArgumentParser(prog="bootstrap.py run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    check_port(options.host, options.port)
    with one_at_a_time():
        ensure_packages("run")
        ensure_assets()
        ensure_translations()
    return become("portal.serve", "--host", options.host, "--port", str(options.port))


def test(arguments: Sequence[str]) -> int:
    """Set up the tests and run all, or become pytest with what was asked for."""
    set_up_tests()
    return become("pytest", *arguments) if arguments else test_side_by_side()


def test_side_by_side() -> int:
    """Run the journeys beside the other tests: their browser and portal wait for much of it."""
    pytest = [str(PYTHON), "-m", "pytest"]
    with tempfile.TemporaryFile() as told:
        journeys = subprocess.Popen([*pytest, JOURNEYS], cwd=ROOT, stdout=told, stderr=told)
        try:
            others = subprocess.call([*pytest, f"--ignore={JOURNEYS}"], cwd=ROOT)
            say("Waiting for the journeys…")
            code = journeys.wait()
        finally:
            if journeys.poll() is None:
                journeys.terminate()
                journeys.wait()
        told.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(told, sys.stdout.buffer)
    return others or code


def set_up_tests() -> None:
    """Make what tests need, a browser too."""
    with one_at_a_time():
        ensure_packages("test")
        node = ensure_node_modules("test")
        ensure_browser(node)
        ensure_assets()
        ensure_translations()


def bench(arguments: Sequence[str]) -> int:
    """Set up as for tests, without the browser, and become the benchmark."""
    with one_at_a_time():
        ensure_packages("test")
        ensure_assets()
        ensure_translations()
    return become("tests.bench", *arguments)


def pictures(arguments: Sequence[str]) -> int:
    """Set up as for tests and take the pictures of the guide anew."""
    set_up_tests()
    return become("tests.guide_pictures", *arguments)


def check() -> int:
    """Run every check, also after one has failed."""
    with one_at_a_time():
        ensure_packages("test")
    codes = [subprocess.call([PYTHON, "-m", *words], cwd=ROOT) for words in CHECKS]
    return 1 if any(codes) else 0


def assets() -> int:
    """Build the assets and compile the translations if their sources changed."""
    with one_at_a_time():
        ensure_assets()
        ensure_translations()
    return 0


def lock() -> int:
    """Write the lock files anew."""
    with one_at_a_time():
        relock()
    return 0


def become(module: str, *arguments: str) -> int:
    """Replace this process with a Python module of the environment."""
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606 - our own Python, no shell


def check_port(host: str, port: int) -> None:
    """Find out before the slow work whether the portal could listen here.

    Raises:
        Stop: it could not.
    """
    if not 0 < port < 65536:
        raise Stop(f"{port} is no port: choose one from 1024 to 65535 with --port.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As the server does; else a portal that was just stopped would seem to run still.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Stop(explain_bind_error(error, host, port)) from None


WITH_ARGUMENTS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "pictures": pictures,
}
ALONE: dict[str, Callable[[], int]] = {"check": check, "assets": assets, "lock": lock}
