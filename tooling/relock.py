"""Writes the lock files anew: one version for all Pythons, hashes of all wheels, no host named."""

from tooling.node import ensure_node
from tooling.packages import ensure_packages, uv_environment
from tooling.places import UV
from tooling.steps import run_step, say

OLDEST_PYTHON = "3.11"


def relock() -> None:
    """Take the newest versions that the .in files and package.json allow."""
    ensure_packages("run")
    for name in ("boot", "run", "test", "node"):
        say(f"Locking requirements/{name}.txt…")
        command = [UV, "pip", "compile", "--quiet", "--no-config", "--upgrade", "--universal"]
        command += [
            "--python-version",
            OLDEST_PYTHON,
            "--fork-strategy=fewest",
            "--generate-hashes",
        ]
        # A header would name paths of this machine, an index the host of its registry.
        command += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
        command += [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        run_step(command, f"Locking {name}.txt", env=uv_environment())
    say("Locking package-lock.json…")
    node = ensure_node()
    command = [*node.npm, "update", "--package-lock-only", "--loglevel=error"]
    run_step(command, "Locking npm packages", env=node.environment())
