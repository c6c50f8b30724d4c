"""The test browser: unpacks Chromium from its npm package, and tells what it needs to start.

The package's own starter is not used: it writes to /tmp and switches web security off.
"""

import os
import platform
import shutil
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tooling.node import Node
from tooling.places import BROWSER, NODE_MODULES
from tooling.stamps import Stamp, fingerprint
from tooling.steps import run_step, say
from tooling.stops import Stop

PACKAGE = NODE_MODULES / "@sparticuz" / "chromium"

# Node has brotli; Python's standard library does not.
UNPACK = """
const {createReadStream, createWriteStream} = require("node:fs");
const {pipeline} = require("node:stream");
const {createBrotliDecompress} = require("node:zlib");
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to), (error) => {
  if (error) { console.error(String(error)); process.exit(1); }
});
"""

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """An executable and the environment variables that it needs besides ours."""

    executable: Path
    env: dict[str, str]


def find_browser(env: Mapping[str, str] = os.environ) -> Browser:
    """Name the browser that the tests use: the one in CHROMIUM, else the unpacked one."""
    chosen = env.get("CHROMIUM")
    if chosen:
        return Browser(Path(chosen), {})
    libraries = str(BROWSER / "lib")
    return Browser(
        BROWSER / "chromium",
        {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(BROWSER / "fonts.conf")},
    )


def ensure_browser(node: Node) -> None:
    """Unpack the browser, unless it is there or CHROMIUM names another.

    Raises:
        Stop: CHROMIUM names no program, or none is packaged for this processor.
    """
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK) or Path(chosen).is_dir():
            raise Stop(f"CHROMIUM names {chosen}, which is no program: name another or unset it.")
        return
    if platform.machine() not in ("x86_64", "AMD64"):
        raise Stop(
            "No test browser is packaged for this processor: "
            "install Chromium and name it in the variable CHROMIUM."
        )
    stamp = Stamp(BROWSER / "stamp")
    value = fingerprint([PACKAGE / "package.json", Path(__file__)], str(BROWSER))
    if stamp.holds(value):
        return
    say("Unpacking the test browser…")
    shutil.rmtree(BROWSER, ignore_errors=True)
    BROWSER.mkdir()
    for name in ("chromium", "al2023.tar", "fonts.tar"):
        packed = PACKAGE / "bin" / f"{name}.br"
        run_step([node.node, "-e", UNPACK, packed, BROWSER / name], "Unpacking the browser")
    for name in ("al2023.tar", "fonts.tar"):
        with tarfile.open(BROWSER / name) as archive:
            # Debian 12's Python is older than this filter; the archives are hash-locked anyway.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(BROWSER)  # noqa: S202 - filtered where Python can, see above
        (BROWSER / name).unlink()
    (BROWSER / "chromium").chmod(0o755)
    write_fonts_conf(BROWSER)
    stamp.write(value)


def write_fonts_conf(folder: Path) -> None:
    """Let the browser use the fonts beside it; the machine may have none."""
    fonts, cache = (escape(str(folder / name)) for name in ("fonts", "cache"))
    text = FONTS_CONF.format(fonts=fonts, cache=cache)
    (folder / "fonts.conf").write_text(text, "utf-8")
