"""bootstrap.py as a process of its own, in a copy of the project whose path holds a space."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.places import ROOT

GOES_ON_SECONDS = 30

NO_ENSUREPIP = (
    "This Python cannot make virtual environments: install its venv package "
    "(Debian, Ubuntu: apt install python3-venv) and run this again.\n"
)
WAITING = "Another set-up is at work in this folder; waiting for it to finish…\n"


def heed_ctrl_c() -> None:
    """Undo what a child inherits from a suite that was started in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Clone:
    """A copy of what bootstrap.py needs to begin with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "tooling", folder / "tooling")
        shutil.copytree(ROOT / "requirements", folder / "requirements")
        shutil.copy(ROOT / "bootstrap.py", folder)
        self.env = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def change_python(self, code: str) -> None:
        """Run code in the Python that reads bootstrap.py, before it does."""
        folder = self.folder / "changed"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(code)
        self.env["PYTHONPATH"] = str(folder)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "bootstrap.py", *arguments],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread runs beside these tests
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.start(*arguments)
        _, told = process.communicate(timeout=GOES_ON_SECONDS)
        return process.returncode, told


@pytest.fixture
def clone(tmp_path):
    folder = tmp_path / "my clone"
    folder.mkdir()
    return Clone(folder)


def test_busy_port_is_told_before_anything_is_installed(clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        code, told = clone.run("run", "--port", str(port))

    assert code == 1
    assert told == (
        f"Port {port} is in use: stop what runs there, or choose another with --port.\n"
    )
    assert not (clone.folder / ".venv").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--port", "65536"),
            "65536 is no port: choose one from 1024 to 65535 with --port.\n",
        ),
        (
            ("--host", "192.0.2.1"),
            "192.0.2.1 is not an address of this machine: choose another with --host.\n",
        ),
    ],
)
def test_address_that_cannot_be_is_told(clone, arguments, sentence):
    assert clone.run("run", *arguments) == (1, sentence)


def test_python_without_ensurepip_is_told_what_to_install(clone):
    clone.change_python("import sys; sys.modules['ensurepip'] = None")

    assert clone.run("check") == (1, NO_ENSUREPIP)


def test_old_python_is_told_which_is_needed(clone):
    clone.change_python("import sys; sys.version_info = (3, 10, 4)")

    code, told = clone.run("run")

    assert code == 1
    assert told == (
        "Python 3.11 or newer is needed and this is 3.10: install it and start this file "
        "with it, for example python3.12 bootstrap.py run.\n"
    )


def test_folder_that_cannot_be_written_to_is_told(clone):
    # Modes do not stop root; the kernel's own folder does.
    (clone.folder / ".setup").symlink_to("/sys/kernel")

    code, told = clone.run("check")

    assert code == 1
    assert told == (
        "This folder cannot be written to: copy the project into a folder of your own "
        "and run this again there.\n"
    )


def test_missing_network_is_told_and_the_next_run_begins_anew(clone):
    nobody_listens = "http://127.0.0.1:9"
    clone.env |= {"HTTPS_PROXY": nobody_listens, "HTTP_PROXY": nobody_listens}

    code, told = clone.run("check")

    assert code == 1
    assert told.splitlines()[-1] == (
        "The packages could not be downloaded: connect to the internet "
        "(behind a proxy, set HTTPS_PROXY) and run this again."
    )
    assert "Traceback" not in told
    assert [stamp.name for stamp in (clone.folder / ".venv" / "stamps").iterdir()] == ["made"]


def test_second_set_up_waits_for_the_first(clone):
    clone.change_python("import sys; sys.modules['ensurepip'] = None")
    (clone.folder / ".setup").mkdir()
    with (clone.folder / ".setup" / "lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = clone.start("check")
        assert second.stderr.readline() == WAITING

    _, told = second.communicate(timeout=GOES_ON_SECONDS)

    assert told == NO_ENSUREPIP


def test_ctrl_c_ends_it_quietly(clone):
    (clone.folder / ".setup").mkdir()
    with (clone.folder / ".setup" / "lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        process = clone.start("check")
        assert process.stderr.readline() == WAITING

        process.send_signal(signal.SIGINT)

        assert process.communicate(timeout=GOES_ON_SECONDS) == ("", "")
    assert process.returncode == 130


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 0), (("--help",), 0), (("rum",), 2), (("check", "portal"), 2)]
)
def test_usage_is_shown_to_whoever_asks_or_mistypes(clone, arguments, code):
    done, told = clone.run(*arguments)

    assert done == code
    assert told.startswith("Usage: python3 bootstrap.py COMMAND\n")


def test_ci_runs_the_test_command_and_then_the_checks():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert lines[-2:] == ["python3 bootstrap.py test", "python3 bootstrap.py check"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("name", ["run", "test", "check", "bench"])
def test_make_is_an_alias(name):
    assert f"\n{name}:\n\tpython3 bootstrap.py {name}\n" in (ROOT / "Makefile").read_text()
