"""Built assets: names with the hash of their content, served by WhiteNoise for a year."""

from __future__ import annotations

import json
import re
from pathlib import Path

from flask import Flask, current_app, request
from whitenoise import WhiteNoise

from portal.config import Settings

STATIC = Path(__file__).parent / "static"
BUILD = STATIC / "build"
PREFIX = "/static/build/"
EXTENSION = "portal-assets"
HASHED = re.compile(r"-[0-9a-f]{10}\.\w+$")


class AssetsMissingError(Exception):
    """The assets were not built; `python3 bootstrap.py run` builds them."""


def built_file(name: str) -> Path | None:
    """Return where a built file of the app that serves this request is, None if it was not built.

    Args:
        name: as the build names it, without the hash.
    """
    hashed: str | None = current_app.extensions[EXTENSION].get(name)
    return BUILD / hashed if hashed else None


def _is_immutable(_path: str, url: str) -> bool:
    return bool(HASHED.search(url))


def init_app(app: Flask, settings: Settings) -> None:
    """Serve `/static/build/` and give templates `asset(name)`.

    Raises:
        AssetsMissingError: there is no manifest, and this is not a test.
    """
    manifest_file = BUILD / "manifest.json"
    if not manifest_file.exists() and not settings.testing:
        raise AssetsMissingError(
            "The style sheets and scripts are not built yet: start with `python3 bootstrap.py run`."
        )
    manifest: dict[str, str] = (
        json.loads(manifest_file.read_text(encoding="utf-8")) if manifest_file.exists() else {}
    )

    def asset(name: str) -> str:
        """Return the address of a built file, without the language prefix."""
        root: str = request.environ.get("portal.root", "")
        return f"{root}{PREFIX}{manifest.get(name, name)}"

    app.extensions[EXTENSION] = manifest
    app.jinja_env.globals["asset"] = asset
    served = WhiteNoise(app.wsgi_app, immutable_file_test=_is_immutable, allow_all_origins=False)
    for name in manifest.values():
        served.add_file_to_dictionary(PREFIX + name, str(BUILD / name))
    app.wsgi_app = served  # type: ignore[method-assign]  # Flask's own way
