"""One slow step at a time: a line tells of it, its output is kept, its failure is a sentence."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tooling.places import ROOT, SETUP
from tooling.stops import Stop, explain_output, explain_signal


def say(line: str) -> None:
    """Tell the person at the keyboard what happens now."""
    print(line, file=sys.stderr, flush=True)


def run_step(
    command: Sequence[object],
    task: str,
    *,
    env: Mapping[str, str] | None = None,
    show: bool = False,
) -> str:
    """Run a tool quietly.

    Args:
        command: program and arguments.
        task: what it does, as a sentence's subject; used when it fails.
        env: its environment; ours if left out.
        show: print the tool's own words when it fails, for those who write what it reads.

    Returns:
        What it printed on standard output.

    Raises:
        Stop: it failed.
    """
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    output = f"{done.stdout}\n{done.stderr}"
    (SETUP / "last.log").write_text(output)
    if show:
        say(output.strip())
    if done.returncode < 0:
        raise Stop(explain_signal(-done.returncode, task))
    raise Stop(explain_output(output, task))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up in this folder wait for the first; one that died holds no lock."""
    SETUP.mkdir(exist_ok=True)
    with (SETUP / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder; waiting for it to finish…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def writable_caches() -> dict[str, str]:
    """Keep the tools' downloads in the project where the home folder is missing or not ours."""
    home = Path("~").expanduser()
    if home.is_dir() and os.access(home, os.W_OK):
        return {}
    cache = SETUP / "cache"
    return {
        "PIP_CACHE_DIR": str(cache / "pip"),
        "UV_CACHE_DIR": str(cache / "uv"),
        "npm_config_cache": str(cache / "npm"),
    }
