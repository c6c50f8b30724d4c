"""Where things are in a clone; the only module of the tooling that knows the layout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

REQUIREMENTS = ROOT / "requirements"
STATIC = ROOT / "portal" / "static"
BUILD = STATIC / "build"
TRANSLATIONS = ROOT / "portal" / "translations"

# Made at set-up, never in git. Each carries its own stamps: remove a folder, and it is made again.
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "boot" / "bin" / "uv"
OWN_NODE = ROOT / ".node"
NODE_MODULES = ROOT / "node_modules"
BROWSER = ROOT / ".browser"
SETUP = ROOT / ".setup"
