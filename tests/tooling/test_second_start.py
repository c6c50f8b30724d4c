"""A second start makes nothing anew; a changed source does, and only what is made from it."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from portal import create_app, serve
from portal.config import Settings
from tests.journeys.live_portal import free_port, stop
from tooling import assets
from tooling.places import PYTHON, ROOT
from tooling.stamps import Stamp, fingerprint
from tooling.stops import Stop

NOBODY_LISTENS = "http://127.0.0.1:9"


class Workshop:
    """A copy of what assets are made from, and a builder that only notes that it was asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.build = root / "static" / "build"
        self.sass = root / "static" / "scss" / "app.scss"
        self.asked: list[list[object]] = []
        self.fails = False
        self.sass.parent.mkdir(parents=True)
        self.sass.write_text("a { color: red; }\n")
        (root / "package-lock.json").write_text("{}\n")
        (root / "tooling").mkdir()
        for name in ("asset_build", "fonts", "outlines", "sprite"):
            (root / "tooling" / f"{name}.py").write_text("made up\n")

    def call(self, command: list[object], *, cwd: Path) -> int:
        """Build as the real one does: files, and a manifest that names them."""
        assert cwd == self.root
        self.asked.append(command)
        if self.fails:
            return 1
        self.build.mkdir(exist_ok=True)
        (self.build / "app-0000000000.css").write_text(self.sass.read_text())
        (self.build / "manifest.json").write_text(json.dumps({"app.css": "app-0000000000.css"}))
        return 0


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A workshop in which the assets were built once."""
    shop = Workshop(tmp_path)
    monkeypatch.setattr(assets, "ROOT", shop.root)
    monkeypatch.setattr(assets, "STATIC", shop.root / "static")
    monkeypatch.setattr(assets, "BUILD", shop.build)
    monkeypatch.setattr(assets, "STAMP", Stamp(shop.build / ".stamp"))
    monkeypatch.setattr(assets, "fingerprint", partial(fingerprint, root=shop.root))
    for step in ("ensure_packages", "ensure_node_modules"):
        monkeypatch.setattr(assets, step, lambda *_, step=step: shop.asked.append([step]))
    monkeypatch.setattr(assets.subprocess, "call", shop.call)
    assets.ensure_assets()
    assert shop.asked == [
        ["ensure_packages"],
        ["ensure_node_modules"],
        [PYTHON, "-m", "tooling.asset_build"],
    ]
    shop.asked.clear()
    return shop


def test_unchanged_assets_are_not_built_again(workshop):
    assets.ensure_assets()

    assert workshop.asked == []


def test_one_changed_byte_of_sass_is_built_once(workshop):
    workshop.sass.write_text("b { color: red; }\n")

    assets.ensure_assets()
    assets.ensure_assets()

    assert len(workshop.asked) == 3
    assert (workshop.build / "app-0000000000.css").read_text() == "b { color: red; }\n"


def test_a_new_script_is_built(workshop):
    (workshop.root / "static" / "js").mkdir()
    (workshop.root / "static" / "js" / "new.js").write_text("")

    assets.ensure_assets()

    assert len(workshop.asked) == 3


def test_a_lost_file_is_built_again(workshop):
    (workshop.build / "app-0000000000.css").unlink()

    assets.ensure_assets()

    assert len(workshop.asked) == 3


def test_a_build_that_failed_is_tried_again(workshop):
    workshop.sass.write_text("a { color: ")
    workshop.fails = True
    for _ in range(2):
        with pytest.raises(Stop, match="assets were not built"):
            assets.ensure_assets()

    assert len(workshop.asked) == 6


def test_a_second_start_needs_no_network_and_makes_nothing(tmp_path):
    settings = Settings(instance=tmp_path / "instance")
    serve.prepare(create_app(settings), settings)  # the first start
    port = free_port()
    no_network = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), NOBODY_LISTENS)

    with subprocess.Popen(
        [sys.executable, "bootstrap.py", "run", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **no_network, "PORTAL_INSTANCE": str(settings.instance)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            said = process.stdout.readline()
        finally:
            stop(process)

    # Neither "Installing…" nor "Building assets…" nor "Loading the catalogue…" comes before it.
    assert said == f"http://localhost:{port}\n"
