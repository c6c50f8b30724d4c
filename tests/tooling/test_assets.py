"""How the assets are named, joined, checked and swapped in, and what they were built from."""

import gzip
import json
from pathlib import Path

import pytest

from tooling import asset_build, browser
from tooling.asset_build import Build, build_css, publish
from tooling.assets import is_complete
from tooling.places import BUILD
from tooling.sprite import build_sprite
from tooling.stops import Stop

DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">\n  <path d="M0 0h8"/>\n</svg>\n'


@pytest.fixture
def build(tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    return Build(folder)


@pytest.fixture
def icons(tmp_path):
    ours, theirs = tmp_path / "icons", tmp_path / "usa-icons"
    ours.mkdir()
    theirs.mkdir()
    (ours / "gear.svg").write_text(DOT)
    (ours / "uswds.txt").write_text("search\n")
    (theirs / "search.svg").write_text(DOT.replace("M0 0h8", "M1 1h6"))
    return ours, theirs


def test_name_holds_the_first_ten_digits_of_the_hash(build):
    # sha256 of nothing begins e3b0c44298.
    assert build.add("app.js", b"") == "app-e3b0c44298.js"
    assert build.manifest == {"app.js": "app-e3b0c44298.js"}


def test_gzip_twin_is_the_same_each_time_and_only_where_it_is_smaller(build):
    hashed = build.add("app.css", b"a" * 1000)
    build.add("tiny.css", b"a{}")
    build.add("font.woff2", b"a" * 1000)

    twins = [file.name for file in build.folder.iterdir() if file.suffix == ".gz"]
    packed = (build.folder / f"{hashed}.gz").read_bytes()
    assert twins == [f"{hashed}.gz"]
    assert gzip.decompress(packed) == b"a" * 1000
    assert packed[4:8] == b"\0\0\0\0"  # no time of making


def test_swap_replaces_the_old_build_and_leaves_nothing_of_it(build, tmp_path):
    target = tmp_path / "build"
    target.mkdir()
    (target / "app-0000000000.css").write_text("old")
    build.add("app.js", b"")

    publish(build, target)

    assert {file.name for file in target.iterdir()} == {"app-e3b0c44298.js", "manifest.json"}
    assert json.loads((target / "manifest.json").read_text()) == {"app.js": "app-e3b0c44298.js"}
    assert is_complete(target)


def test_build_with_a_lost_file_is_made_again(build, tmp_path):
    build.add("app.js", b"")
    publish(build, tmp_path / "build")
    (tmp_path / "build" / "app-e3b0c44298.js").unlink()

    assert not is_complete(tmp_path / "build")
    assert not is_complete(tmp_path / "nowhere")


def test_style_sheet_may_not_point_to_another_host(build):
    with pytest.raises(Stop, match=r'asks for "https://elsewhere\.example/a\.woff2"'):
        build.resolve("https://elsewhere.example/a.woff2")


def test_style_sheet_points_to_hashed_fonts_and_uswds_images(build):
    build.add("sans.woff2", b"")

    assert build.resolve("sans.woff2") == "sans-e3b0c44298.woff2"
    assert build.resolve("../img/usa-icons/search.svg").startswith("search-")
    assert "usa-icons/search.svg" in build.manifest


def test_style_sheet_without_uswds_fails_loudly(build, tmp_path, monkeypatch):
    (tmp_path / "scss").mkdir()
    (tmp_path / "scss" / "app.scss").write_text("a { color: red; }")
    monkeypatch.setattr(asset_build, "STATIC", tmp_path)

    with pytest.raises(Stop, match=r"^The style sheet has \d\d bytes, so USWDS is not in it"):
        build_css(build)


def test_built_style_sheet_names_two_fonts_of_ours_and_no_other_host():
    manifest = json.loads((BUILD / "manifest.json").read_text())
    css = (BUILD / manifest["app.css"]).read_text()
    fonts = [name for name in manifest.values() if name.endswith(".woff2")]

    assert len(fonts) == 2
    assert all(f"url({font})" in css for font in fonts)
    assert "//" not in css.replace("http://www.w3.org/2000/svg", "")
    assert max((BUILD / font).stat().st_size for font in fonts) < 16_000


def test_sprite_has_a_symbol_for_each_icon_named_for_its_file(icons):
    assert build_sprite(*icons) == (
        b'<svg xmlns="http://www.w3.org/2000/svg">'
        b'<symbol id="gear" viewBox="0 0 8 8"><path d="M0 0h8" /></symbol>'
        b'<symbol id="search" viewBox="0 0 8 8"><path d="M1 1h6" /></symbol>'
        b"</svg>"
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("uswds.txt", "serch", 'There is no USWDS icon "serch": mend icons/uswds.txt.'),
        ("search.svg", DOT, 'Two icons are named "search": rename ours or mend icons/uswds.txt.'),
        (
            "gear.svg",
            '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "The icon gear.svg has no viewBox: add it, or it cannot be scaled.",
        ),
    ],
)
def test_icon_that_cannot_be_joined_is_told(icons, name, text, sentence):
    (icons[0] / name).write_text(text)

    with pytest.raises(Stop) as stop:
        build_sprite(*icons)

    assert str(stop.value) == sentence


def test_browser_named_in_chromium_is_used_as_it_is():
    found = browser.find_browser({"CHROMIUM": "/usr/bin/chromium"})

    assert found == browser.Browser(Path("/usr/bin/chromium"), {})


def test_chromium_that_is_no_program_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(tmp_path))

    with pytest.raises(Stop) as stop:
        browser.ensure_browser(node=None)

    assert str(stop.value) == (
        f"CHROMIUM names {tmp_path}, which is no program: name another or unset it."
    )


def test_unpacked_browser_brings_its_own_libraries_and_fonts():
    found = browser.find_browser({})

    assert set(found.env) == {"LD_LIBRARY_PATH", "FONTCONFIG_FILE"}
    assert found.executable.name == "chromium"


def test_font_settings_survive_a_folder_with_an_ampersand(tmp_path):
    folder = tmp_path / "a & b"
    folder.mkdir()

    browser.write_fonts_conf(folder)

    assert f"<dir>{tmp_path}/a &amp; b/fonts</dir>" in (folder / "fonts.conf").read_text()
