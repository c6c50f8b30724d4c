"""The Python packages in .venv: hash-locked wheels only, installed by a hash-locked uv."""

import importlib.util
import os
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tooling.places import PYTHON, REQUIREMENTS, UV, VENV
from tooling.stamps import Stamp, fingerprint
from tooling.steps import run_step, say, writable_caches
from tooling.stops import NO_ENSUREPIP, Stop

Packages = Literal["run", "test"]

STAMPS = VENV / "stamps"

# Wheels differ by these two, and a .venv of another Python must not be taken for ours.
TAG = f"{sys.implementation.cache_tag}-{platform.machine()}"

# pip's setting → uv's variable: a firm's mirror is often named in pip's configuration only.
MIRROR = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY"}

# Settings that would send packages elsewhere or lend the new environment those of another.
ASTRAY = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"}

LOCKED = ("--quiet", "--python", PYTHON, "--require-hashes", "--only-binary=:all:")


def ensure_packages(wanted: Packages) -> None:
    """Install the run set or the test set, unless it is there already.

    The test set holds the run set. An environment that has had the test set keeps it, so that
    run, test, run in turn neither remove nor install anything.
    """
    value = _value(wanted)
    if _venv_is_ours() and Stamp(STAMPS / wanted).holds(value):
        return
    _ensure_venv()
    _ensure_uv()
    keep_tests = wanted == "test" or Stamp(STAMPS / "test").exists()
    _sync("test" if keep_tests else "run")


def pinned_names(locked: str) -> set[str]:
    """List the packages that a lock file pins."""
    return set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", locked, re.MULTILINE))


def mirror_settings(pip_config: str, env: Mapping[str, str]) -> dict[str, str]:
    """Read a firm's mirror from `pip config list`, in uv's words; what is set for uv itself wins.

    Args:
        pip_config: lines such as `global.index-url='…'`, the stronger setting last.
        env: the environment of this command.
    """
    settings = {}
    for setting, text in re.findall(r"^[^=\n]*\.([a-z-]+)='(.*)'$", pip_config, re.MULTILINE):
        variable = MIRROR.get(setting)
        if variable and variable not in env:
            settings[variable] = text
    return settings


def _value(wanted: Packages) -> str:
    return fingerprint([REQUIREMENTS / f"{wanted}.txt"], TAG)


def _venv_is_ours() -> bool:
    return PYTHON.exists() and Stamp(STAMPS / "made").holds(TAG)


def _ensure_venv() -> None:
    if _venv_is_ours():
        return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Stop(NO_ENSUREPIP)
    say("Making .venv…")
    # Started from an activated .venv, its own Python is about to be replaced: use the one beneath.
    python = getattr(sys, "_base_executable", None) or sys.executable
    run_step([python, "-m", "venv", "--clear", VENV], "Making .venv", env=_environment())
    Stamp(STAMPS / "made").write(TAG)


def _ensure_uv() -> None:
    lock = REQUIREMENTS / "boot.txt"
    stamp, value = Stamp(STAMPS / "boot"), fingerprint([lock], TAG)
    if stamp.holds(value) and UV.exists():
        return
    say("Installing the installer (uv)…")
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary=:all:"]
    # In a folder of its own: uv removes from the environment what the lock file does not name.
    command += ["--upgrade", "--target", UV.parent.parent, "--requirement", lock]
    run_step(command, "Installing uv", env=_environment())
    stamp.write(value)


def _sync(wanted: Packages) -> None:
    lock = REQUIREMENTS / f"{wanted}.txt"
    say(f"Installing {len(pinned_names(lock.read_text()))} packages…")
    for name in ("run", "test"):
        Stamp(STAMPS / name).clear()
    # Compiled now: where PYTHONDONTWRITEBYTECODE is set, each start would take two seconds longer.
    command = [UV, "pip", "sync", "--compile-bytecode", *LOCKED, lock]
    run_step(command, "Installing packages", env=uv_environment())
    Stamp(STAMPS / "run").write(_value("run"))
    if wanted == "test":
        Stamp(STAMPS / "test").write(_value("test"))


def install_beside(lock: Path, target: Path, task: str) -> None:
    """Install a lock file into a folder of its own, which a sync of the environment leaves be."""
    command = [UV, "pip", "install", *LOCKED, "--target", target, "--requirement", lock]
    run_step(command, task, env=uv_environment())


def uv_environment() -> dict[str, str]:
    """Name the surroundings of uv: quiet, this Python only, the mirror that pip would use."""
    env = _environment()
    config = run_step([PYTHON, "-m", "pip", "config", "list"], "Reading pip's settings", env=env)
    env |= mirror_settings(config, env)
    return env | {"UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}


def _environment() -> dict[str, str]:
    env = {name: text for name, text in os.environ.items() if name not in ASTRAY}
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_RETRIES": "2"}
    return env | quiet | writable_caches()
